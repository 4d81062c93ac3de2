// The iteration, and its rate in closed form.
#include "numerics/descent/momentum.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace numerics {

std::vector<Point> momentum_descent(const Objective& objective, const Point& start, const Momentum& m,
                                    std::size_t steps) {
  std::vector<Point> trajectory{start};
  trajectory.reserve(steps + 1);
  Point z = Point::Zero(start.size());
  while (trajectory.size() <= steps && trajectory.back().allFinite()) {
    z = m.decay * z + objective.gradient(trajectory.back());
    trajectory.push_back(trajectory.back() - m.step * z);
  }
  return trajectory;
}

double contraction(double step_times_curvature, double decay) {
  const double half_sum = (1 + decay - step_times_curvature) / 2;
  const double discriminant = half_sum * half_sum - decay;
  if (discriminant <= 0) return std::sqrt(decay);  // a pair of complex roots, whose product it is
  return std::abs(half_sum) + std::sqrt(discriminant);
}

double contraction(const Momentum& m, double lowest, double highest) {
  return std::max(contraction(m.step * lowest, m.decay), contraction(m.step * highest, m.decay));
}

Momentum best_momentum(double lowest, double highest) {
  const double low = std::sqrt(lowest), high = std::sqrt(highest);
  return {std::pow(2 / (low + high), 2), std::pow((high - low) / (high + low), 2)};
}

Momentum best_descent(double lowest, double highest) { return {2 / (lowest + highest), 0}; }

double distance_at_optimum(const Momentum& m, double kappa, int k) {
  double square = 0;
  for (const double lambda : {1.0, kappa}) {
    const double first = 1 - m.step * lambda;
    double size = std::pow(first, k);
    if (m.decay > 0) {
      const double r = std::copysign(std::sqrt(m.decay), lambda == 1 ? 1 : -1);
      size = (1 + (first / r - 1) * k) * std::pow(r, k);
    }
    square += size * size;
  }
  return std::sqrt(square);
}

double steps_to_stay_within(double distance, const Objective& objective, const Point& start, const Momentum& m) {
  constexpr std::size_t patience = 1000000;
  for (std::size_t steps = 1000;; steps = std::min(10 * steps, patience)) {
    const auto path = momentum_descent(objective, start, m, steps);
    std::size_t k = path.size();
    while (k > 0 && path[k - 1].norm() < distance) --k;
    // What follows the end could leave again; a tenth of the way back within is enough to trust.
    if (k + k / 10 < path.size()) return static_cast<double>(k);
    if (steps == patience) return std::numeric_limits<double>::infinity();
  }
}

}  // namespace numerics
