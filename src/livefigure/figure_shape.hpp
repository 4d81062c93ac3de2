// What a directive says of a figure's place on the page, whatever its experiment.
#pragma once

#include <string>

#include "plot/figure.hpp"

namespace livefigure {

struct FigureShape {
  std::string title;       // over the panels; empty: the experiment's own
  std::string width;       // "margin", "column", "full"; empty: the experiment's choice
  double height_mm = 0;    // 0: as suits the width
  bool has_margin = true;  // of the document, into which full figures reach
};

/// The figure in this shape.
plot::Figure shaped(plot::Figure figure, const FigureShape& shape);

}  // namespace livefigure
