// A panel for each category.
#pragma once

#include <cstddef>
#include <vector>

#include "plot/figure.hpp"

namespace plot {

/// Panels in rows of `columns` (0: as suits their number) whose axes are the same: limits that no panel gives are those
/// that all panels together ask for, and what the axes say stands once, at the left and at the bottom. Titles are the
/// panels' own. The figure is as wide as a column; its height suits its rows.
Figure small_multiples(std::vector<Panel> panels, std::size_t columns = 0);

}  // namespace plot
