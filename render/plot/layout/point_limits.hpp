// How many of its points a mark may draw, so that the figure is a file that can be sent.
#pragma once

#include <cstddef>
#include <vector>

#include "plot/geometry/projected_series.hpp"
#include "plot/layout/panel_layout.hpp"

namespace plot {

/// The same share for all marks of a figure: where one cloud is twice as dense as another, it is drawn twice as dense.
struct PointLimits {
  double share = 1;

  /// About how many of these points may be drawn; few are drawn as they are, whatever the others do.
  std::size_t most(const std::vector<double>& x, const std::vector<double>& y, const Frame& frame) const;
};

PointLimits point_limits(const std::vector<PanelPlan>& plans);

}  // namespace plot
