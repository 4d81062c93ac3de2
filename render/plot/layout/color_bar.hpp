// The colour bar of a heat map: its bands in a column to the panel's right, with numbers at their edges.
#pragma once

#include <vector>

#include "plot/layout/panel_layout.hpp"

namespace plot {

/// The heat map of a panel, or nullptr. A panel has one colour bar: its first map's.
const HeatMap* heat_map_of(const Panel& panel);

/// The width that the bar of a panel needs to its right, 0 for a panel without.
double color_bar_room(const PanelPlan& plan, const Style& style, const Measure& measure);

void draw_color_bar(const PanelPlan& plan, const Style& style, const Measure& measure, std::vector<Item>& items);

}  // namespace plot
