// The colour bar of a panel: bands in a column to the panel's right, with numbers at their edges.
#pragma once

#include <optional>
#include <vector>

#include "plot/layout/panel_layout.hpp"

namespace plot {

/// The values that a panel shows by colours. A panel has one colour bar: that of its first mark with such values.
std::optional<ColorValues> color_values_of(const Panel& panel);

/// The width that the bar of a panel needs to its right, 0 for a panel without.
double color_bar_room(const PanelPlan& plan, const Style& style, const Measure& measure);

void draw_color_bar(const PanelPlan& plan, const Style& style, const Measure& measure, std::vector<Item>& items);

}  // namespace plot
