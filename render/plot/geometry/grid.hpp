// A function of the plane, sampled on a grid.
#pragma once

#include <vector>

namespace plot {

/// Samples z[j * x.size() + i] of a function at (x[i], y[j]); x and y ascend.
struct Grid {
  std::vector<double> x{}, y{}, z{};
};

}  // namespace plot
