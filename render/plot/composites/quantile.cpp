// See quantile.hpp.
#include "plot/composites/quantile.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace plot {

double quantile(const std::vector<double>& ascending, double p) {
  if (ascending.empty()) return std::numeric_limits<double>::quiet_NaN();
  const double at = static_cast<double>(ascending.size() - 1) * p;
  const auto below = static_cast<std::size_t>(at);
  const double share = at - static_cast<double>(below);
  // Infinite values are not interpolated with a share of nothing.
  return share == 0 ? ascending[below] : std::lerp(ascending[below], ascending[below + 1], share);
}

std::vector<double> ascending(std::vector<double> sample) {
  std::erase_if(sample, [](double value) { return std::isnan(value); });
  std::sort(sample.begin(), sample.end());
  return sample;
}

}  // namespace plot
