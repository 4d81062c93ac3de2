// What is said of a sample: its size, its mean and how far it scatters. NaN stands for a missing value and does not
// count.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace numerics {

/// NaN where there are too few values: none for the mean and its like, one for sd and se.
struct SampleStatistics {
  std::size_t n = 0, missing = 0;
  double sum = 0;
  double mean = 0;
  double sd = 0;  // the standard deviation about the mean, with n - 1
  double se = 0;  // of the mean: sd / sqrt(n)
  double min = 0, max = 0;
  double first = 0, last = 0;
};

/// Of finite values. The sum is compensated, the deviations are those of a second pass, and both are scaled, so that
/// neither cancellation nor the range of doubles spoils a digit that the result can hold.
SampleStatistics sample_statistics(std::span<const double> values);

/// The values that are not missing, in their order; their quantiles are `quantile`'s.
std::vector<double> present(std::span<const double> values);

}  // namespace numerics
