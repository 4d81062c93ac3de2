// Names of categories at an axis: whole where they fit, else broken at spaces, turned, or shortened.
#pragma once

#include <string>
#include <vector>

#include "plot/geometry/scale.hpp"
#include "plot/geometry/tick.hpp"
#include "plot/style.hpp"
#include "plot/text/label.hpp"

namespace plot {

struct CategoryLabels {
  std::vector<Tick> ticks;
  bool turned = false;  // by a quarter, to be read from below
};

/// Names below an axis, each in its part of the axis' length: in one line, in up to three, or turned. Where there are
/// more than can stand side by side even so, every second, third ... one stands; turned names are shortened to an inch.
CategoryLabels category_labels_below(const std::vector<std::string>& names, const Scale& scale, const Style& style,
                                     const Measure& measure);

/// Names beside an upright axis, no wider than `most`: in as many lines as its part of the axis is high, the last of
/// them shortened where that is not enough.
std::vector<Tick> category_labels_beside(const std::vector<std::string>& names, const Scale& scale, double most,
                                         const Style& style, const Measure& measure);

}  // namespace plot
