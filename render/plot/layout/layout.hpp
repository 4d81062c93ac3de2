// Figure -> Scene: places panels, scales, ticks, marks and labels on paper.
#pragma once

#include "plot/figure.hpp"
#include "plot/scene.hpp"
#include "plot/text/label.hpp"
#include "text/words.hpp"

namespace plot {

/// Lays a figure out at its final size, with a language's words. The same figure, measure and words give the same
/// scene, to the last bit.
Scene layout(const Figure& figure, const Measure& measure, const text::Words& words = text::english());

}  // namespace plot
