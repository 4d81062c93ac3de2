// Heat maps: bands of colour between levels, as filled level sets, each over the one below it.
#pragma once

#include <vector>

#include "plot/canvas.hpp"

namespace plot {

/// The bands of a heat map from low to high: one shade between each two neighbouring edges.
struct ColorBands {
  std::vector<double> edges;
  std::vector<Shade> shades;
  bool below = false, above = false;  // whether there are samples beyond the first or last edge

  bool empty() const { return shades.empty(); }
};

/// Edges as given, or round numbers around the samples; a diverging ramp's are the same distance apart on both sides of
/// the centre, and so are its shades.
ColorBands color_bands(const HeatMap& map);

/// Where z >= level, as outlines for the even-odd rule; they run along the grid's border. Samples that are not a number
/// are outside, infinite ones above or below every level.
std::vector<Polyline> level_set(const Grid& grid, double level);

void paint_heat_map(Canvas& canvas, const HeatMap& map);

}  // namespace plot
