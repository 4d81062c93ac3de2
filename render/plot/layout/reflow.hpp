// Which panels of a figure stand beside each other in the place that it is given, and how high it is there.
// A panel is never squeezed below the width that it was made for: what does not fit in a row is stacked.
#pragma once

#include "plot/figure.hpp"
#include "plot/layout/panel_layout.hpp"

namespace plot {

double width_in_mm(FigureWidth width);

struct Reflowed {
  Grouping grouping;
  double width_mm = 0, height_mm = 0;
};

/// The panels in the order in which they are placed, row by row. They keep the letters of the figure's own order, by
/// which captions call them, and the scales that they share.
Reflowed reflow(const Figure& figure);

}  // namespace plot
