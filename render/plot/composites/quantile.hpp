// Quantiles of samples.
#pragma once

#include <vector>

namespace plot {

/// The quantile p (0 to 1) of an ascending sample: definition 7 of Hyndman and Fan (The American Statistician 50 (1996)
/// 361), which interpolates between the order statistics at 1 + (n - 1) p and is what R, NumPy and spreadsheets give;
/// NaN of none.
double quantile(const std::vector<double>& ascending, double p);

/// The values of a sample that are numbers, in ascending order.
std::vector<double> ascending(std::vector<double> sample);

}  // namespace plot
