// What a logarithmic axis has to show.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace experiments {

/// The smallest and the largest of the numbers that a logarithmic axis can show.
struct PositiveRange {
  double low = std::numeric_limits<double>::infinity();
  double high = 0;

  void include(const std::vector<double>& values) {
    for (const double value : values) {
      if (!(value > 0) || std::isinf(value)) continue;
      low = std::min(low, value);
      high = std::max(high, value);
    }
  }
};

}  // namespace experiments
