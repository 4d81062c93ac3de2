// Losses of two parameters as figures show them: the losses to choose from, the part of the plane that is seen, and
// level curves under trajectories.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "experiment/held_panels.hpp"
#include "experiment/outputs.hpp"
#include "numerics/descent/objective.hpp"
#include "plot/figure.hpp"

namespace experiments {

using numerics::Objective;
using numerics::Point;

/// The loss of this name; the curvatures are the quadratic's.
Objective objective_named(const std::string& name, const std::vector<double>& curvatures);

/// "$\\theta_1$", "$\\theta_2$", or what the parameters of this loss are called.
std::string coordinate_label(const Objective&, int index);

Point to_point(const std::vector<double>& coordinates);

/// An upper limit for an axis of losses: divergence must not squeeze the rest, so nothing beyond a hundred times the
/// flow's largest loss is shown. None where nothing goes there.
std::optional<double> loss_ceiling(const std::vector<experiment::Curve>& descents, const experiment::Curve& flow);

/// A rectangle of the parameter plane.
struct Window {
  std::pair<double, double> x, y;

  explicit Window(const Point& only) : x{only[0], only[0]}, y{only[1], only[1]} {}
  Window(std::pair<double, double> x_range, std::pair<double, double> y_range) : x(x_range), y(y_range) {}

  bool contains(const Point&) const;
  void include(const Point&);
  void include(const std::vector<Point>& path);  // where it is finite
  Window padded(double fraction) const;
  /// While a reader moves, what the report's own drawing shows, with more where one of these points would not be seen:
  /// the paths move then, and not the plane.
  Window held(const experiment::HeldPanels& held, std::size_t panel, const plot::Axis& x, const plot::Axis& y,
              const std::vector<Point>& seen) const;
  /// Where a step from a point in it leaves it.
  Point exit(const Point& from, const Point& step) const;
  /// Its x and its y as an axis of this name.
  plot::Axis x_axis(std::string label) const;
  plot::Axis y_axis(std::string label) const;
};

/// Level curves of a loss of two parameters in a window, at 1, 3, 10, 30, ... or whole decades, from `lowest` on;
/// sampled at the corners of so many cells along each side.
plot::Contours landscape(const Objective&, const Window&, bool labelled, bool decades_only, double lowest,
                         int cells = 240);

}  // namespace experiments
