// Labels of marks: at line ends in the margin, beside what they name inside the panel, notes.
#pragma once

#include <vector>

#include "plot/layout/panel_context.hpp"

namespace plot {

/// Sets all labels of the marks (but the contours') and reserves their places in the context's
/// map of ink. They are returned and not yet painted, for they belong above everything else.
std::vector<Item> place_labels(PanelContext& context);

}  // namespace plot
