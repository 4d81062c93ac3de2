// Gradient descent with momentum on a quadratic (Polyak 1964), in the notation of Goh, Why Momentum Really Works
// (Distill, 2017): z <- beta z + grad L, theta <- theta - alpha z.
#pragma once

#include <cstddef>
#include <vector>

#include "numerics/descent/objective.hpp"

namespace numerics {

struct Momentum {
  double step = 0;   // alpha
  double decay = 0;  // beta; 0 is gradient descent
};

/// The start and the points after each step; ends with the first that is not finite.
std::vector<Point> momentum_descent(const Objective&, const Point& start, const Momentum&, std::size_t steps);

/// The factor by which an eigendirection of curvature lambda contracts in the long run: the spectral radius of
/// (z, theta) -> next, whose characteristic polynomial is r^2 - (1 + beta - alpha lambda) r + beta. Stable while
/// 0 < alpha lambda < 2 + 2 beta.
double contraction(double step_times_curvature, double decay);

/// The slowest contraction over curvatures from `lowest` to `highest`; it is that of one of the two.
double contraction(const Momentum&, double lowest, double highest);

/// The fastest: alpha = (2 / (sqrt(lowest) + sqrt(highest)))^2, rate sqrt(beta) = (sqrt(kappa) - 1) / (sqrt(kappa) +
/// 1).
Momentum best_momentum(double lowest, double highest);

/// The fastest without momentum: alpha = 2 / (lowest + highest), rate (kappa - 1) / (kappa + 1).
Momentum best_descent(double lowest, double highest);

/// |theta_k| from (1, 1) on the quadratic with curvatures 1 and kappa, at either optimum. Without momentum both
/// directions contract by the rate. With it each matrix has one double eigenvalue r, and a direction follows
/// (1 + c k) r^k with (1 + c) r = 1 - alpha lambda.
double distance_at_optimum(const Momentum&, double kappa, int k);

/// The last step outside this distance from 0, and one: alternation must not count as arrival. Infinity where that
/// takes more than a million.
double steps_to_stay_within(double distance, const Objective&, const Point& start, const Momentum&);

}  // namespace numerics
