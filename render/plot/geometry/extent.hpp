// An interval that grows to hold what it is given.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace plot {

struct Extent {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  bool empty() const { return low > high; }
  void include(double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
  void include(const Extent& other) {
    low = std::min(low, other.low);
    high = std::max(high, other.high);
  }
};

/// Of the values that are finite.
inline Extent finite_extent(const std::vector<double>& values) {
  Extent extent;
  for (const double v : values)
    if (std::isfinite(v)) extent.include(v);
  return extent;
}

}  // namespace plot
