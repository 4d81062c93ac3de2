// Scales: data values to positions on paper, linear, logarithmic or by date, either way round.
// See scale.hpp.
#include "plot/geometry/scale.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace plot {

double transform(ScaleKind kind, double value) { return kind == ScaleKind::log ? std::log10(value) : value; }

bool can_show(ScaleKind kind, double value) { return std::isfinite(value) && (kind != ScaleKind::log || value > 0); }

double Scale::place(double transformed) const {
  // Squares of differences must stay finite in whatever is computed from the position.
  constexpr double far = 1e150;
  const double unit = std::clamp((transformed - domain.low) / (domain.high - domain.low), -far, far);
  return at_low + unit * (at_high - at_low);
}

double Scale::extended(double value) const {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (can_show(domain.kind, value)) return (*this)(value);
  return place(value > 0 ? infinity : -infinity);
}

Scale lay(const Domain& domain, double start, double end) {
  return domain.reversed ? Scale{domain, end, start} : Scale{domain, start, end};
}

}  // namespace plot
