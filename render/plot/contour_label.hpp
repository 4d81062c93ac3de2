// Level curves with their level written on the line, in a gap, turned with it and upright.
#pragma once

#include "plot/canvas.hpp"

namespace plot {

void paint_contours(Canvas& canvas, const Contours& contours);

}  // namespace plot
