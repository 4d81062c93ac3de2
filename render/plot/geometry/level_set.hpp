// Where a sampled function is at least as high as a level.
#pragma once

#include <vector>

#include "plot/geometry/box.hpp"
#include "plot/geometry/grid.hpp"

namespace plot {

/// Where z >= level, as outlines for the even-odd rule; they run along the grid's border. Samples that are not a number
/// are outside, infinite ones above or below every level.
std::vector<Polyline> level_set(const Grid& grid, double level);

}  // namespace plot
