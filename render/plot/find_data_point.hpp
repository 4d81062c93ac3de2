// Where in a drawing a data point of a series stands.
#pragma once

#include <optional>
#include <string>

#include "plot/layout/drawn.hpp"

namespace plot {

/// The place of (x, y) in the panel that draws this series closest to it, held inside the data area; nothing when no
/// panel draws the series.
std::optional<PaperPoint> find_data_point(const DrawnFigure& figure, const std::string& series, double x, double y);

}  // namespace plot
