// See staircase.hpp.
#include "plot/geometry/staircase.hpp"

#include <algorithm>
#include <cmath>

namespace plot {

Staircase staircase(const std::vector<double>& x, const std::vector<double>& y, Steps steps, ScaleKind x_kind,
                    ScaleKind y_kind) {
  Staircase stairs;
  const std::size_t n = std::min(x.size(), y.size());
  const auto add = [&](double at, double value) {
    stairs.x.push_back(at);
    stairs.y.push_back(value);
  };
  const auto middle = [x_kind](double a, double b) {
    return x_kind == ScaleKind::log ? std::sqrt(a) * std::sqrt(b) : a / 2 + b / 2;
  };
  for (std::size_t i = 0; i < n; ++i) {
    add(x[i], y[i]);
    if (i + 1 == n || !can_show(x_kind, x[i]) || !can_show(x_kind, x[i + 1])) continue;
    const bool has_this = can_show(y_kind, y[i]), has_next = can_show(y_kind, y[i + 1]);
    if (steps == Steps::after && has_this) add(x[i + 1], y[i]);
    if (steps == Steps::before && has_next) add(x[i], y[i + 1]);
    if (steps == Steps::middle && has_this) add(middle(x[i], x[i + 1]), y[i]);
    if (steps == Steps::middle && has_next) add(middle(x[i], x[i + 1]), y[i + 1]);
  }
  return stairs;
}

}  // namespace plot
