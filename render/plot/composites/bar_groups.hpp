// Several series of bars beside or on one another.
#pragma once

#include <vector>

#include "plot/figure.hpp"

namespace plot {

/// Marks of the same bars, side by side about their places: as a group they are as wide as one of them would be alone.
std::vector<Mark> grouped(std::vector<Bars> series);

/// Marks of the same bars on one another in the order given, positive ones up and negative ones down from 0. What
/// stands at one place is found by its value, whatever the order of a series.
std::vector<Mark> stacked(std::vector<Bars> series);

}  // namespace plot
