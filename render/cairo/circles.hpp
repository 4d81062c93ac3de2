// Circles in paths: a filled one is a dot of a round pen, a tenth as long to write as its outline.
#pragma once

#include <vector>

#include "plot/scene.hpp"

namespace cairo {

struct Circle {
  plot::PaperPoint centre;
  double diameter = 0;
};

/// The circles of a path that is nothing but filled circles of one size, or none.
std::vector<Circle> dots_of(const plot::Path& path);

}  // namespace cairo
