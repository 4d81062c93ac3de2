// Where single precision ends, and how figures show it.
#pragma once

#include <limits>

#include "plot/figure.hpp"

namespace experiments {

inline constexpr double largest_float = std::numeric_limits<float>::max();
inline constexpr double smallest_normal_float = std::numeric_limits<float>::min();

/// Half a unit in the last place at 1: what differs by less is the same number there.
inline constexpr double float_resolution = std::numeric_limits<float>::epsilon() / 2.0;
inline constexpr double double_resolution = std::numeric_limits<double>::epsilon() / 2;

/// Below the smallest normal float32.
inline plot::Region subnormal_floats(bool labelled = true) {
  return {.y = {0, smallest_normal_float}, .label = labelled ? "float32 subnormal" : ""};
}

inline plot::Rule end_of_floats(bool labelled = true) {
  return {.y = largest_float, .label = labelled ? "largest float32" : ""};
}

}  // namespace experiments
