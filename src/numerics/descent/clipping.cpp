// The norm is taken without overflow on the way: a vector of 1e200 has one, and so has one of 1e-200.
#include "numerics/descent/clipping.hpp"

#include <cmath>

#include "numerics/descent/gradient_descent.hpp"
#include "numerics/linear/norm.hpp"

namespace numerics {

Point clipped(const Point& gradient, double threshold) {
  const double length = norm(gradient);
  if (!(length > threshold) || !std::isfinite(length)) return gradient;
  return gradient / length * threshold;
}

std::vector<Point> clipped_descent(const Objective& objective, const Point& start, double learning_rate,
                                   double threshold, std::size_t steps) {
  Objective shortened = objective;
  shortened.gradient = [gradient = objective.gradient, threshold](const Point& p) {
    return clipped(gradient(p), threshold);
  };
  return gradient_descent(shortened, start, learning_rate, steps);
}

}  // namespace numerics
