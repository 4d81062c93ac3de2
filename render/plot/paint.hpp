// Marks as paths on paper.
#pragma once

#include "plot/canvas.hpp"

namespace plot {

/// Paints the marks in their order, without their labels; contours with theirs, for the line leaves
/// a gap there.
void paint_marks(Canvas& canvas);

/// Pointers at the frame and crosses in the strips, for what is out of sight.
void paint_unseen(Canvas& canvas);

/// A path through the points.
std::vector<PathStep> path_through(const Polyline& line);

}  // namespace plot
