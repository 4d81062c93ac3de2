// Box plots of samples.
#pragma once

#include <vector>

#include "plot/figure.hpp"

namespace plot {

/// Boxes of samples at places x: quartiles and medians as `quantile` gives them (plot/composites/quantile.hpp),
/// whiskers to the last values within one and a half times the distance of the quartiles from the box, outliers beyond.
/// Values that are not numbers do not count. Series, label and looks are the caller's.
Boxes box_plot(const std::vector<double>& x, const std::vector<std::vector<double>>& samples);

/// Marks of the same boxes, side by side about their places: as a group they are as wide as one of them would be alone.
std::vector<Mark> grouped(std::vector<Boxes> series);

}  // namespace plot
