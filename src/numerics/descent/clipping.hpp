// Gradient clipping by norm (Mikolov 2012; Pascanu, Mikolov and Bengio 2013): g <- c g / |g| where |g| > c.
#pragma once

#include <cstddef>
#include <vector>

#include "numerics/descent/objective.hpp"

namespace numerics {

/// The gradient, shortened to length c where it is longer. A gradient that is not finite has no direction: it stays.
Point clipped(const Point& gradient, double threshold);

/// Gradient descent as in gradient_descent.hpp, every gradient clipped; an infinite threshold clips nothing.
std::vector<Point> clipped_descent(const Objective&, const Point& start, double learning_rate, double threshold,
                                   std::size_t steps);

}  // namespace numerics
