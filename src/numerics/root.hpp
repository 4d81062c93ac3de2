// The root of a function between two points where it has opposite signs (Alefeld, Potra and Shi 1995).
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
