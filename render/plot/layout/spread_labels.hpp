// Labels in a column that push each other apart.
// Least squares under order and distance constraints: isotonic regression by pooling adjacent
// violators, Barlow et al., Statistical Inference under Order Restrictions (1972).
#pragma once

#include <vector>

namespace plot {

/// Positions as near as possible (in the squared sense) to those wanted, at least `gap` apart and
/// within [low, high]; equal wishes keep their order. When not all fit, the gap shrinks to what is
/// there.
std::vector<double> spread_labels(const std::vector<double>& wanted, double gap, double low, double high);

}  // namespace plot
