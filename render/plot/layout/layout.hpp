// Figure -> Scene: places panels, scales, ticks, marks and labels on paper.
#pragma once

#include "plot/figure.hpp"
#include "plot/scene.hpp"
#include "plot/text/label.hpp"

namespace plot {

/// Lays a figure out at its final size. The same figure and measure give the same scene, to the last bit.
Scene layout(const Figure& figure, const Measure& measure);

}  // namespace plot
