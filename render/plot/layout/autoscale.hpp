// What the data of a panel ask of its axes, and the domain that grants it.
#pragma once

#include <limits>
#include <vector>

#include "plot/figure.hpp"
#include "plot/geometry/extent.hpp"
#include "plot/geometry/scale.hpp"

namespace plot {

/// Transformed values to be seen on an axis. Some want air around them (markers, the tops of
/// curves), others may touch the frame (a curve's first and last x, the edge of a sampled grid).
struct Autoscale {
  Extent padded;
  Extent tight;
  void include(const Autoscale& other);
};

/// Takes from the marks of a panel what they ask of its axes. Values that an axis cannot show ask for nothing.
class Autoscaler {
 public:
  Autoscaler(const Axis& x, const Axis& y);

  ScaleKind x_scale() const { return x_kind_; }
  ScaleKind y_scale() const { return y_kind_; }
  void pad_x(double value);
  void pad_x(const std::vector<double>& values);
  void touch_x(const std::vector<double>& values);
  void pad_y(double value);
  void pad_transformed_y(double value);
  /// Points whose x lies outside limits given by the x axis do not count.
  void pad_y(const std::vector<double>& x, const std::vector<double>& y);
  void touch_y(const std::vector<double>& values);

  Autoscale x, y;

 private:
  ScaleKind x_kind_, y_kind_;
  double lowest_x_ = -std::numeric_limits<double>::infinity();
  double highest_x_ = std::numeric_limits<double>::infinity();
};

/// What all marks of a panel ask.
Autoscaler autoscale(const Panel& panel);

/// The domain of one axis shared by several panels; the first one's kind and direction hold for
/// all. Limits that are absent, not finite, or impossible on the scale are chosen from what the data ask.
Domain choose_domain(const std::vector<const Axis*>& axes, const Autoscale& asked);

/// Which y values of a panel have no place on its axis, and hence need a strip.
struct Strips {
  bool not_finite = false;
  bool zero = false;
  bool negative = false;
};
Strips strips_of(const Panel& panel);

}  // namespace plot
