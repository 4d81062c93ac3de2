// Box plots of samples.
#pragma once

#include <vector>

#include "plot/marks/boxes.hpp"

namespace plot {

/// Boxes of samples at places x: quartiles and medians as `quantile` gives them (plot/composites/quantile.hpp),
/// whiskers to the last values within one and a half times the distance of the quartiles from the box, outliers beyond.
/// Values that are not numbers do not count. Series, label and looks are the caller's.
Boxes box_plot(const std::vector<double>& x, const std::vector<std::vector<double>>& samples);

}  // namespace plot
