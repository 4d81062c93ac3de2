// Outlines of markers.
#pragma once

#include <string>
#include <vector>

#include "plot/scene.hpp"

namespace plot {

enum class Marker { none, circle, square, triangle, diamond, cross, plus, star };

/// Crosses and pluses have no inside: they are stroked.
bool has_inside(Marker marker);

/// The outline, `size` points across, about its centre. Squares, triangles and diamonds are as
/// large to the eye as the circle of the same size.
std::vector<PathStep> outline(Marker marker, PaperPoint centre, double size);

/// One marker as an item: filled with the ink, or open.
Path marker_item(Marker marker, PaperPoint centre, double size, bool filled, Ink ink, const std::string& series);

/// The small triangle at a frame that says "goes on beyond": its tip at `tip`, pointing up or down.
std::vector<PathStep> pointer(PaperPoint tip, bool up, double size);

}  // namespace plot
