// A line that holds each value as long as it is valid.
#pragma once

#include <vector>

#include "plot/geometry/scale.hpp"

namespace plot {

/// How a line goes from point to point: straight, or in steps. A value holds after its x (as a setting does until the
/// next one), before it (as a mean of what was before), or half way to both neighbours on paper.
enum class Steps { none, after, before, middle };

/// The points of a staircase through (x, y): these themselves, with its corners between them. A value that the axes
/// cannot show has no stair; the one before it holds as far as it is valid.
struct Staircase {
  std::vector<double> x, y;
};
Staircase staircase(const std::vector<double>& x, const std::vector<double>& y, Steps steps, ScaleKind x_kind,
                    ScaleKind y_kind);

}  // namespace plot
