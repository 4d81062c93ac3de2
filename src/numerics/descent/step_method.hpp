// One step of the methods that discretise gradient flow, and what each does to an eigendirection of a quadratic loss:
// theta <- R(z) theta, z = eta lambda. Hairer and Wanner, Solving Ordinary Differential Equations II, chapter IV.
#pragma once

#include <string>
#include <vector>

#include "numerics/descent/objective.hpp"

namespace numerics {

enum class StepMethod {
  gradient_descent,  // explicit Euler
  runge_kutta_4,     // the classical method of order 4
  implicit_euler     // the proximal step: the minimiser of L + |theta - theta_k|^2 / (2 eta)
};

const std::vector<StepMethod>& step_methods();

/// "gradient-descent", "runge-kutta-4", "implicit-euler".
std::string name(StepMethod);

/// The point after one step of size eta. The implicit equation is solved by Newton's method.
Point step(StepMethod, const Objective&, const Point&, double eta);

/// R(z), the stability function.
double stability_function(StepMethod, double z);

/// The largest z with |R| <= 1 on all of (0, z]; infinite for the implicit method.
double stability_limit(StepMethod);

/// How much gradient descent decays per unit of effective time, over lambda: -ln|1 - z| / z at z = eta lambda. That of
/// the gradient flow is 1, that of the modified flow (Barrett and Dherin 2021) the next term of this one.
double decay_rate(double z);
double modified_decay_rate(double z);

/// The z beyond 1 at which descent decays as fast as the flow: ln(z - 1) = -z.
double equal_decay();

}  // namespace numerics
