// Gradient descent with a fixed learning rate: theta <- theta - eta grad L(theta) (Cauchy, 1847).
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <vector>

#include "numerics/descent/objective.hpp"

namespace numerics {

/// The start and the points after each of `steps` steps. A trajectory that overflows ends with its
/// first point that is not finite: that point is kept, so that a reader can see where it went.
std::vector<Point> gradient_descent(const Objective&, const Point& start, double learning_rate, std::size_t steps);

/// The number of steps that fit into an effective time: the largest k with k eta <= time. A
/// quotient that is whole but for rounding counts as whole, so that 0.3 / 0.1 gives 3.
std::size_t steps_within(double time, double learning_rate);

/// A period-2 orbit on which a trajectory has come to rest, as its two points in order of their
/// steps.
struct TwoCycle {
  Point first, second;
  Point midpoint() const { return (first + second) / 2; }
};

/// The two-cycle in which a trajectory ends, if it does: its last points repeat at distance two,
/// not at distance one. `tolerance` is how much of the jump between the two points may be missing.
std::optional<TwoCycle> final_two_cycle(const std::vector<Point>& trajectory, double tolerance = 1e-3);

/// Two steps on a two-cycle multiply small distances by (I - eta H(second)) (I - eta H(first)): the largest modulus of
/// the eigenvalues, below 1 where the cycle attracts.
double cycle_multiplier(const Objective&, double learning_rate, const TwoCycle&);

/// Where a descent ends that does not converge; NaN where that is no two-cycle.
struct RestingPlace {
  bool is_two_cycle = false;
  std::vector<double> midpoint;
  double edge = std::numeric_limits<double>::quiet_NaN();        // sharpness at the midpoint over 2 / eta
  double multiplier = std::numeric_limits<double>::quiet_NaN();  // of the cycle
};
RestingPlace resting_place(const Objective&, double learning_rate, const std::vector<Point>& trajectory);

/// Of each coordinate, after how many steps it is first closer to 0 than `distance`; Infinity for those that take more
/// than a million, or never get there.
std::vector<double> steps_to_reach(double distance, const Objective&, const Point& start, double learning_rate);

}  // namespace numerics
