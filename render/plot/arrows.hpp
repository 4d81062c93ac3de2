// Arrows on paper: their shafts and heads, thinned where there are more than can be told apart.
#pragma once

#include <vector>

#include "plot/clip.hpp"
#include "plot/trace.hpp"

namespace plot {

struct ArrowHead {
  PaperPoint middle;
  double dx = 0, dy = 0;  // a direction of length 1
  double length = 0;

  /// Its corners, the tip first.
  Polyline outline() const;
};

struct ArrowsOnPaper {
  std::vector<Polyline> shafts;
  std::vector<ArrowHead> heads;
};

ArrowsOnPaper on_paper(const Arrows& arrows, const Frame& frame);

}  // namespace plot
