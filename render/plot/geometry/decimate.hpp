// Thinning of lines that hold more points than paper can show. The extremes stay, exactly.
#pragma once

#include <vector>

#include "plot/geometry/box.hpp"

namespace plot {

/// Of each run of consecutive points within a column `column` points wide keeps the lowest and the
/// highest, in their order; the line's ends stay.
Polyline decimate(const Polyline& line, double column = 1);

/// Which points are the lowest or highest of their column of paper, or the leftmost or rightmost of their row.
std::vector<bool> extremes(const Polyline& points, const Box& box);

/// Of lines that go to and fro over the same paper leaves out what lies on paper that they have inked already, until
/// what is left makes a file that can be sent. The extremes of every column and row of paper stay, and the lines' ends.
std::vector<Polyline> thinned(std::vector<Polyline> lines, const Box& box);

}  // namespace plot
