// The iteration itself, and what can be read off a finished trajectory.
#include "numerics/descent/gradient_descent.hpp"

#include <cmath>

namespace numerics {

std::vector<Point> gradient_descent(const Objective& objective, const Point& start, double learning_rate,
                                    std::size_t steps) {
  std::vector<Point> trajectory{start};
  trajectory.reserve(steps + 1);
  while (trajectory.size() <= steps && trajectory.back().allFinite())
    trajectory.push_back(trajectory.back() - learning_rate * objective.gradient(trajectory.back()));
  return trajectory;
}

std::size_t steps_within(double time, double learning_rate) {
  const double quotient = time / learning_rate;
  const double whole = std::round(quotient);
  const bool is_whole = std::abs(quotient - whole) <= 1e-12 * whole;
  return static_cast<std::size_t>(is_whole ? whole : std::floor(quotient));
}

std::optional<TwoCycle> final_two_cycle(const std::vector<Point>& trajectory, double tolerance) {
  if (trajectory.size() < 3 || !trajectory.back().allFinite()) return std::nullopt;
  const Point& last = trajectory[trajectory.size() - 1];
  const Point& other = trajectory[trajectory.size() - 2];
  const Point& before = trajectory[trajectory.size() - 3];
  const double jump = (last - other).norm();
  // A sequence that converges monotonely or by alternation has jumps that shrink; close to its
  // limit they are noise.
  const double noise = 1e-9 * (1 + last.norm());
  if (jump <= noise || (last - before).norm() > tolerance * jump) return std::nullopt;
  return TwoCycle{other, last};
}

}  // namespace numerics
