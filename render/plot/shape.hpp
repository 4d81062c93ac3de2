// Marks that are plain shapes, on paper: the visible part of a region, of a slope guide.
#pragma once

#include <optional>

#include "plot/clip.hpp"
#include "plot/trace.hpp"

namespace plot {

/// The visible part of a region; a side that is infinite, or impossible on a log axis, is the
/// panel's edge.
std::optional<Box> region_box(const Region& region, const Frame& frame);

/// The visible part of a slope guide.
std::optional<Segment> guide_segment(const SlopeGuide& guide, const Frame& frame);

/// The right angle of the triangle on it, below the line.
PaperPoint guide_corner(const Segment& guide);

}  // namespace plot
