// Statistics over repetitions: quantiles, and the straight line through points.
#pragma once

#include <span>
#include <vector>

namespace numerics {

/// The quantile of a sample, linear between order statistics (Hyndman and Fan's definition 7: that of R and NumPy).
/// -Infinity and Infinity take their places in the order; with a NaN among the values the answer is NaN.
double quantile(std::vector<double> values, double probability);

/// The slope of the least-squares line through the points with finite y; NaN for fewer than two.
double least_squares_slope(std::span<const double> x, std::span<const double> y);

/// Mean and variance of the values that are finite.
struct Moments {
  double mean = 0, variance = 0;
};
Moments moments_of_finite(const std::vector<double>& values);

/// The mean of all values, and the variance about it by a second pass.
Moments moments_of(const std::vector<double>& values);

}  // namespace numerics
