// A panel's legend: under the panel, what its marks are called whose labels found no free place beside them.
#pragma once

#include <string>
#include <vector>

#include "plot/layout/panel_layout.hpp"
#include "plot/layout/placed_label.hpp"

namespace plot {

/// How high a panel's legend is with its remark, its distance from what stands above included.
double legend_height(const PanelPlan& plan, double width, const Style& style, const Measure& measure);

void draw_legend(const PanelPlan& plan, const Style& style, const Measure& measure, std::vector<Item>& items,
                 std::vector<PlacedLabel>& placed);

}  // namespace plot
