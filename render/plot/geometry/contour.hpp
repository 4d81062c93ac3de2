// Level curves of a sampled function: marching squares, crossings joined to polylines.
// Lorensen and Cline, Computer Graphics 21 (1987) 163, in two dimensions; saddles by the cell's
// mean.
#pragma once

#include <cstddef>
#include <vector>

#include "plot/geometry/box.hpp"
#include "plot/geometry/grid.hpp"
#include "plot/geometry/projected_series.hpp"

namespace plot {

/// A level curve. A closed one repeats its first point at its end.
struct LevelCurve {
  Polyline points;
  bool closed = false;
};

/// The grid with paper's coordinates; columns and rows without a place on the axes are left out.
Grid on_paper(const Grid& grid, const Frame& frame);

/// The curves z = level for each level, in the grid's own coordinates. Cells with a sample that is not finite hold
/// none.
std::vector<std::vector<LevelCurve>> level_curves(const Grid& grid, const std::vector<double>& levels);

/// Those of one level.
inline std::vector<LevelCurve> level_curves(const Grid& grid, double level) {
  return level_curves(grid, std::vector<double>{level}).front();
}

}  // namespace plot
