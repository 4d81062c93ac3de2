// See landscape.hpp.
#include "experiments/shared/landscape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "experiments/shared/figures.hpp"

namespace experiments {

Objective objective_named(const std::string& name, const std::vector<double>& curvatures) {
  if (name == "quadratic") return numerics::quadratic(to_point(curvatures));
  if (name == "rosenbrock") return numerics::rosenbrock();
  if (name == "product") return numerics::product();
  if (name == "mlp") return numerics::mlp();
  throw std::invalid_argument("no loss is named '" + name + "'");
}

std::string coordinate_label(const Objective& objective, int index) {
  if (objective.name == "rosenbrock") return index == 0 ? "$x$" : "$y$";
  if (objective.name == "product") return index == 0 ? "$a$" : "$b$";
  return fmt::format("${}_{{{}}}$", objective.name == "mlp" ? "w" : "\\theta", index + 1);
}

Point to_point(const std::vector<double>& coordinates) {
  return Eigen::Map<const Point>(coordinates.data(), static_cast<Eigen::Index>(coordinates.size()));
}

std::optional<double> loss_ceiling(const std::vector<experiment::Curve>& descents, const experiment::Curve& flow) {
  const double ceiling = 100 * std::ranges::max(flow.y);
  for (const experiment::Curve& descent : descents)
    for (const double loss : descent.y)
      if (loss > ceiling) return ceiling;
  return std::nullopt;
}

bool Window::contains(const Point& p) const {
  return p[0] >= x.first && p[0] <= x.second && p[1] >= y.first && p[1] <= y.second;
}

void Window::include(const Point& p) {
  x = {std::min(x.first, p[0]), std::max(x.second, p[0])};
  y = {std::min(y.first, p[1]), std::max(y.second, p[1])};
}

void Window::include(const std::vector<Point>& path) {
  for (const Point& at : path)
    if (at.allFinite()) include(at);
}

Window Window::padded(double fraction) const {
  const auto pad = [fraction](std::pair<double, double> range) {
    // A window of no extent (a trajectory that stands still) still needs some.
    const double extent = std::max(range.second - range.first, 1e-3);
    return std::pair{range.first - fraction * extent, range.second + fraction * extent};
  };
  return {pad(x), pad(y)};
}

Window Window::held(const experiment::HeldPanels& held, std::size_t panel, const plot::Axis& x_axis,
                    const plot::Axis& y_axis, const std::vector<Point>& seen) const {
  if (panel >= held.size() || !held[panel].is_of(x_axis, y_axis)) return *this;
  const experiment::HeldPanel& report = held[panel];
  Window window({report.x_low, report.x_high}, {report.y_low, report.y_high});
  constexpr double air = 0.04;  // of the window, around a point at its edge
  const Point room = to_point({air * (report.x_high - report.x_low), air * (report.y_high - report.y_low)});
  for (const Point& point : seen) window.include(std::vector<Point>{point - room, point + room});
  return window;
}

Point Window::exit(const Point& from, const Point& step) const {
  // The share of the step that lies in the window.
  const auto share = [&](int i, std::pair<double, double> range) {
    return step[i] == 0 ? 1.0 : ((step[i] > 0 ? range.second : range.first) - from[i]) / step[i];
  };
  return from + std::min(share(0, x), share(1, y)) * step;
}

plot::Axis Window::x_axis(std::string label) const { return axis(std::move(label), x.first, x.second); }

plot::Axis Window::y_axis(std::string label) const { return axis(std::move(label), y.first, y.second); }

plot::Contours landscape(const Objective& objective, const Window& window, bool labelled, bool decades_only,
                         double lowest, int cells) {
  plot::Contours contours;
  contours.labelled = labelled;
  for (int i = 0; i <= cells; ++i) {
    const double f = static_cast<double>(i) / cells;
    contours.grid.x.push_back(std::lerp(window.x.first, window.x.second, f));
    contours.grid.y.push_back(std::lerp(window.y.first, window.y.second, f));
  }
  double highest = 0;
  Point at(2);  // one for all samples, which are many: each point has its numbers on the heap
  contours.grid.z.reserve(contours.grid.x.size() * contours.grid.y.size());
  for (const double y : contours.grid.y)
    for (const double x : contours.grid.x) {
      at << x, y;
      contours.grid.z.push_back(objective.value(at));
      highest = std::max(highest, contours.grid.z.back());
    }
  for (int decade = static_cast<int>(std::floor(std::log10(lowest))); decade <= std::log10(highest); ++decade)
    for (const double factor : {1.0, 3.0}) {
      const double level = factor * std::pow(10, decade);
      const bool wanted = factor == 1.0 || !decades_only;
      if (wanted && level >= lowest && level < highest) contours.levels.push_back(level);
    }
  return contours;
}

}  // namespace experiments
