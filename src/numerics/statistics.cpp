// Quantiles after Hyndman and Fan 1996; the line by the textbook's centred sums.
#include "numerics/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace numerics {

double quantile(std::vector<double> values, double probability) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  if (values.empty() || std::any_of(values.begin(), values.end(), [](double v) { return std::isnan(v); })) return nan;
  std::sort(values.begin(), values.end());
  const double position = probability * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  const double share = position - static_cast<double>(below);
  // From an infinite neighbour there is no interpolating: Infinity - Infinity would be NaN.
  if (share == 0 || std::isinf(values[below])) return values[below];
  return values[below] + share * (values[below + 1] - values[below]);
}

double least_squares_slope(std::span<const double> x, std::span<const double> y) {
  double count = 0, x_sum = 0, y_sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!std::isfinite(y[i])) continue;
    count += 1;
    x_sum += x[i];
    y_sum += y[i];
  }
  double products = 0, squares = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!std::isfinite(y[i])) continue;
    products += (x[i] - x_sum / count) * (y[i] - y_sum / count);
    squares += std::pow(x[i] - x_sum / count, 2);
  }
  return products / squares;
}

Moments moments_of_finite(const std::vector<double>& values) {
  double count = 0, sum = 0, squares = 0;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    count += 1;
    sum += value;
    squares += value * value;
  }
  const double mean = sum / count;
  return {mean, (squares - count * mean * mean) / std::max(1.0, count - 1)};
}

Moments moments_of(const std::vector<double>& values) {
  const double count = static_cast<double>(values.size());
  double sum = 0, squares = 0;
  for (const double value : values) sum += value;
  const double mean = sum / count;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, squares / (count - 1)};
}

}  // namespace numerics
