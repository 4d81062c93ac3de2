// See small_multiples.hpp.
#include "plot/composites/small_multiples.hpp"

#include <algorithm>
#include <cmath>

#include "plot/layout/autoscale.hpp"

namespace plot {

namespace {

constexpr double row_mm = 42, most_mm = 200;

double value_at(ScaleKind kind, double transformed) {
  return kind == ScaleKind::log ? std::pow(10.0, transformed) : transformed;
}

/// Gives all axes the limits that hold for what their panels ask together.
void equalise(const std::vector<Axis*>& axes, const Autoscale& asked) {
  const Domain domain = choose_domain({axes.begin(), axes.end()}, asked);
  for (Axis* axis : axes) {
    axis->min = value_at(domain.kind, domain.low);
    axis->max = value_at(domain.kind, domain.high);
  }
}

}  // namespace

Figure small_multiples(std::vector<Panel> panels, std::size_t columns) {
  Figure figure;
  figure.panels = std::move(panels);
  const std::size_t count = figure.panels.size();
  if (count == 0) return figure;
  if (columns == 0) columns = count == 4 ? 2 : std::min<std::size_t>(count, 3);

  Autoscale x, y;
  std::vector<Axis*> x_axes, y_axes;
  for (Panel& panel : figure.panels) {
    const Autoscaler asked = autoscale(panel);
    x.include(asked.x);
    y.include(asked.y);
    x_axes.push_back(&panel.x);
    y_axes.push_back(&panel.y);
  }
  equalise(x_axes, x);
  equalise(y_axes, y);
  figure.columns = static_cast<int>(columns);
  figure.share_x = figure.share_y = true;
  figure.height_mm =
      std::min(most_mm, std::max(70.0, row_mm * std::ceil(static_cast<double>(count) / static_cast<double>(columns))));
  return figure;
}

}  // namespace plot
