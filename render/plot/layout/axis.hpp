// Axes, titles and strips of a panel.
#pragma once

#include <vector>

#include "plot/layout/panel_layout.hpp"

namespace plot {

/// Left and bottom spines, ticks, tick labels and axis labels.
void draw_axes(const PanelPlan& plan, const Style& style, const Measure& measure, std::vector<Item>& items);

/// The panel's letter, bold, and its title.
void draw_title(const PanelPlan& plan, const Style& style, const Measure& measure, std::vector<Item>& items);

/// The tinted strips for values that the axis cannot show, with their names.
void draw_strips(const PanelPlan& plan, const Style& style, const Measure& measure, std::vector<Item>& items);

/// Heights of the two strips' middles.
double infinite_strip_middle(const PanelPlan& plan, const Style& style);
double zero_strip_middle(const PanelPlan& plan, const Style& style);

}  // namespace plot
