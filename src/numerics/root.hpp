// The root of a function between two points where it has opposite signs (Alefeld, Potra and Shi 1995; Newton).
#pragma once

#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <cstdint>

namespace numerics {

/// To about 52 bits.
template <class F>
double root_between(const F& f, double low, double high) {
  std::uintmax_t iterations = 200;
  const boost::math::tools::eps_tolerance<double> tolerance(52);
  const auto [a, b] = boost::math::tools::toms748_solve(f, low, high, tolerance, iterations);
  return a + (b - a) / 2;
}

struct ValueAndSlope {
  double value = 0, slope = 0;
};

/// The root of f(x), which gives value and slope, between two positive points where it has opposite signs: to rounding,
/// by Newton's method from the upper one, and by halving where a step would leave the interval.
template <class F>
double newton_between(const F& f, double low, double high) {
  constexpr double rounding = 0x1p-53;
  auto here = f(high);
  const bool falls = here.value < 0;
  double x = high, before = 0;  // the step before; 0 where it was no step of Newton's
  for (int i = 0; i < 200 && here.value != 0; ++i) {
    ((here.value < 0) == falls ? high : low) = x;
    const double step = here.value / here.slope;
    const double next = x - step;
    if (std::abs(step) <= rounding * x || high - low <= rounding * high) return x;
    if (next > low && next < high) {
      // Steps shrink by their square, so that the one to come is known, and near enough to nothing need not be taken.
      if (before != 0 && std::abs(step) * (step / before) * (step / before) <= rounding * x) return next;
      before = step;
      x = next;
    } else {
      before = 0;
      x = low + (high - low) / 2;
    }
    here = f(x);
  }
  return x;
}

/// The smallest float above `low` at which something holds that holds at all above it, `high` among them.
template <class Holds>
float first_float(float low, float high, const Holds& holds) {
  while (std::nextafter(low, high) < high) {
    const float middle = low + (high - low) / 2;
    (holds(middle) ? high : low) = middle;
  }
  return high;
}

}  // namespace numerics
