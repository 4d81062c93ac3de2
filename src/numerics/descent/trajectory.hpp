// What can be read off a path of points: coordinates, losses, rises of the loss, the longest step.
#pragma once

#include <cstddef>
#include <vector>

#include "numerics/descent/objective.hpp"

namespace numerics {

/// Coordinate `index` of every point.
std::vector<double> coordinates(const std::vector<Point>& path, int index);

/// The loss at every point.
std::vector<double> losses(const Objective&, const std::vector<Point>& path);

/// How often the loss rises from one step to the next.
int count_rises(const std::vector<double>& losses);

/// The first of those that are as long as any, to rounding. Of a path that does not move: none, and its first landing.
struct LongestStep {
  double length = 0;
  std::size_t before = 0;  // steps before it
  Point landing;
};
LongestStep longest_step(const std::vector<Point>& path);

}  // namespace numerics
