// What the drawing of one panel's marks and of its labels share.
#pragma once

#include <vector>

#include "plot/geometry/ink_map.hpp"
#include "plot/geometry/projected_series.hpp"
#include "plot/layout/panel_layout.hpp"
#include "plot/layout/placed_label.hpp"

namespace plot {

struct PanelContext {
  const PanelPlan& plan;
  const Style& style;
  const Measure& measure;
  Box page;
  Frame frame;
  std::vector<ProjectedSeries> projected;  // one for each mark; empty for marks that are not series
  InkMap ink_map;                          // of series and labels
  std::vector<Item> items;
  std::vector<std::size_t> shown;     // of each item, the mark that it shows
  std::vector<std::size_t> unplaced;  // marks whose labels found no free place
  std::vector<PlacedLabel> placed;
  bool is_settled = true;  // no label is on its way to another place

  const std::vector<Mark>& marks() const { return plan.panel->marks; }
};

}  // namespace plot
