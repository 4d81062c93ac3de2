// The iteration itself, and what can be read off a finished trajectory.
#include "numerics/descent/gradient_descent.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "numerics/linear/eigenvalues.hpp"

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

double cycle_multiplier(const Objective& objective, double learning_rate, const TwoCycle& cycle) {
  using Square = Matrix<double>;
  const auto jacobian = [&](const Point& at) -> Square {
    return Square::Identity(at.size(), at.size()) - learning_rate * objective.hessian(at);
  };
  return spectral_radius(jacobian(cycle.first).lazyProduct(jacobian(cycle.second)));
}

std::vector<double> steps_to_reach(double distance, const Objective& objective, const Point& start,
                                   double learning_rate) {
  constexpr std::size_t patience = 1000000, leg = 1000;
  std::vector<double> first(static_cast<std::size_t>(start.size()), std::numeric_limits<double>::infinity());
  Point from = start;
  for (std::size_t done = 0; done <= patience && from.allFinite(); done += leg) {
    const auto path = gradient_descent(objective, from, learning_rate, leg);
    for (std::size_t k = 0; k < path.size(); ++k)
      for (std::size_t i = 0; i < first.size(); ++i)
        if (std::isinf(first[i]) && std::abs(path[k][static_cast<int>(i)]) < distance)
          first[i] = static_cast<double>(done + k);
    if (std::ranges::none_of(first, [](double k) { return std::isinf(k); })) break;
    if (path.back() == from) break;  // at rest: nothing will change any more
    from = path.back();
  }
  return first;
}

RestingPlace resting_place(const Objective& objective, double learning_rate, const std::vector<Point>& trajectory) {
  const auto cycle = final_two_cycle(trajectory);
  if (!cycle)
    return {.midpoint = std::vector<double>(static_cast<std::size_t>(trajectory[0].size()),
                                            std::numeric_limits<double>::quiet_NaN())};
  const Point middle = cycle->midpoint();
  return {true,
          {middle.begin(), middle.end()},
          sharpness(objective, middle) * learning_rate / 2,
          cycle_multiplier(objective, learning_rate, *cycle)};
}

}  // namespace numerics
