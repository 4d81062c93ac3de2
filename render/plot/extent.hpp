// What the data of a panel asks of its axes, and the domain that grants it.
#pragma once

#include <limits>
#include <vector>

#include "plot/figure.hpp"
#include "plot/scale.hpp"

namespace plot {

/// An interval that grows to hold what it is given.
struct Extent {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  bool empty() const { return low > high; }
  void include(double value);
  void include(const Extent& other);
};

/// Transformed values to be seen on an axis. Some want air around them (markers, the tops of
/// curves), others may touch the frame (a curve's first and last x, the edge of a sampled grid).
struct Wish {
  Extent airy;
  Extent exact;
  void include(const Wish& other);
};

/// Level curves or a heat map lie under the marks: no axis is a value.
bool is_landscape(const Panel& panel);

Wish wish_for_x(const Panel& panel);
/// Points whose x lies outside limits given by the x axis do not count.
Wish wish_for_y(const Panel& panel);

/// The domain of one axis shared by several panels; the first one's kind and direction hold for
/// all. Limits that are absent, not finite, or impossible on the scale are chosen from the wish.
Domain choose_domain(const std::vector<const Axis*>& axes, const Wish& wish);

/// Which y values of a panel have no place on its axis, and hence need a strip.
struct Strips {
  bool not_finite = false;
  bool zero = false;
  bool negative = false;
};
Strips strips_of(const Panel& panel);

}  // namespace plot
