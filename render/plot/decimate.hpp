// Thinning polylines that hold more points than paper can show.
// Minimum and maximum of each column of paper: the core of M4, Jugel et al., PVLDB 7 (2014) 797.
#pragma once

#include "plot/geometry.hpp"

namespace plot {

/// Of each run of consecutive points within a column `column` points wide keeps the lowest and the
/// highest, in order; the line's two ends stay. The points that remain are points of the line.
Polyline decimate(const Polyline& line, double column = 1);

}  // namespace plot
