// Clipping to a box in double precision, before Cairo's 24.8 fixed point sees a coordinate.
// Segments: Liang and Barsky, ACM Trans. Graphics 3 (1984) 1. Polygons: Sutherland and Hodgman,
// CACM 17 (1974) 32.
#pragma once

#include <optional>
#include <vector>

#include "plot/geometry/box.hpp"

namespace plot {

struct Segment {
  PaperPoint from, to;
};

/// The part of a segment inside the box. An end that was cut lies on the box's side exactly.
std::optional<Segment> clip_segment(const Box& box, PaperPoint from, PaperPoint to);

/// The parts of a polyline inside the box, in order; points of the inside keep their bits.
std::vector<Polyline> clip_polyline(const Box& box, const Polyline& line);

/// The part of a filled polygon inside the box; edges may run along the box's sides.
Polyline clip_polygon(const Box& box, Polyline polygon);

}  // namespace plot
