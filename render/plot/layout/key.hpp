// A panel's key: under the panel, what its marks are called whose labels found no free place beside them.
#pragma once

#include <string>
#include <vector>

#include "plot/layout/arrange.hpp"

namespace plot {

/// How high a panel's key is with its remark, its distance from what stands above included.
double key_height(const PanelPlan& plan, double width, const Style& style, const Measure& measure);

void draw_key(const PanelPlan& plan, const Style& style, const Measure& measure, std::vector<Item>& items);

}  // namespace plot
