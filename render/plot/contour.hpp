// Level curves of a sampled function: marching squares, crossings joined to polylines.
// Lorensen and Cline, Computer Graphics 21 (1987) 163, in two dimensions; saddles by the cell's
// mean.
#pragma once

#include <cstddef>
#include <vector>

#include "plot/figure.hpp"
#include "plot/geometry.hpp"
#include "plot/trace.hpp"

namespace plot {

/// A level curve. A closed one repeats its first point at its end.
struct LevelCurve {
  Polyline points;
  bool closed = false;
};

/// The grid with paper's coordinates; columns and rows without a place on the axes are left out.
Grid on_paper(const Grid& grid, const Frame& frame);

/// The curves z = level, in the grid's own coordinates. Cells with a sample that is not finite hold
/// none.
std::vector<LevelCurve> level_curves(const Grid& grid, double level);

/// A piece of a level curve that is seen on paper.
struct VisibleCurve {
  std::size_t level = 0;  // which of the mark's
  Polyline points;
};

/// All pieces of the level curves of a mark, level by level.
std::vector<VisibleCurve> visible_curves(const Contours& contours, const Frame& frame);

}  // namespace plot
