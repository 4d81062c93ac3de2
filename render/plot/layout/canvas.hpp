// What the drawing of one panel's marks and of its labels share.
#pragma once

#include <vector>

#include "plot/geometry/occupancy.hpp"
#include "plot/geometry/trace.hpp"
#include "plot/layout/arrange.hpp"

namespace plot {

struct Canvas {
  const PanelPlan& plan;
  const Style& style;
  const Measure& measure;
  Box page;
  Frame frame;
  std::vector<Trace> traces;  // one a mark; empty for marks that are not series
  Occupancy occupancy;        // of series and labels
  std::vector<Item> items;
  std::vector<std::size_t> shown;     // of each item, the mark that it shows
  std::vector<std::size_t> unplaced;  // marks whose labels found no free place

  const std::vector<Mark>& marks() const { return plan.panel->marks; }
};

}  // namespace plot
