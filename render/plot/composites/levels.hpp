// Levels for the colours of a heat map.
#pragma once

#include <vector>

namespace plot {

/// Levels around 0 in steps of an eighth of the first of 0.2, 0.4, 1, ... 20 that is no less than `most`, as far as
/// values from low to high need them.
std::vector<double> symmetric_levels(double most, double low, double high);

}  // namespace plot
