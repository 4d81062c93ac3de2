// What every way of writing a scene agrees on: lengths of dashes, widths of halos, and what is refused.
#pragma once

#include <cmath>
#include <span>
#include <stdexcept>

#include "plot/scene.hpp"

namespace cairo {

constexpr double halo_width = 2.2;  // points, both sides together; more would cut lines that labels stand beside
constexpr double farthest = 1e5;    // points; Cairo wraps at 2^23

inline plot::PaperPoint checked(plot::PaperPoint p) {
  if (!(std::abs(p.x) < farthest && std::abs(p.y) < farthest))
    throw std::invalid_argument("a coordinate of a scene is not finite or far outside the page");
  return p;
}

inline void check_width(double width) {
  if (!(width >= 0 && width < farthest)) throw std::invalid_argument("a scene has a line of no possible width");
}

inline void check_opacity(double opacity) {
  if (!(opacity >= 0 && opacity <= 1))
    throw std::invalid_argument("a scene has an opacity that is not between 0 and 1");
}

/// Lengths of dashes and gaps in points; none for a solid line.
inline std::span<const double> dash_lengths(plot::Dash dash) {
  static constexpr double dashed[] = {4, 3}, dotted[] = {1, 2}, dash_dot[] = {5, 2, 1, 2};
  switch (dash) {
    case plot::Dash::solid:
      break;
    case plot::Dash::dashed:
      return dashed;
    case plot::Dash::dotted:
      return dotted;
    case plot::Dash::dash_dot:
      return dash_dot;
  }
  return {};
}

}  // namespace cairo
