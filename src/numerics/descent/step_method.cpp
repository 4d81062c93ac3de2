// The steps through an objective's derivatives, the stability functions in closed form.
#include "numerics/descent/step_method.hpp"

#include <Eigen/LU>
#include <cmath>
#include <limits>

#include "numerics/root.hpp"

namespace numerics {
namespace {

Point runge_kutta_4(const Objective& loss, const Point& p, double eta) {
  const Point k1 = -loss.gradient(p);
  const Point k2 = -loss.gradient(p + eta / 2 * k1);
  const Point k3 = -loss.gradient(p + eta / 2 * k2);
  const Point k4 = -loss.gradient(p + eta * k3);
  return p + eta / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
}

Point implicit_euler(const Objective& loss, const Point& p, double eta) {
  constexpr int most_iterations = 50;
  Point q = p;
  for (int i = 0; i < most_iterations; ++i) {
    const Matrix<double> jacobian = Matrix<double>::Identity(p.size(), p.size()) + eta * loss.hessian(q);
    const Point correction = jacobian.partialPivLu().solve(q - p + eta * loss.gradient(q));
    q -= correction;
    if (correction.norm() <= 1e-14 * (1 + q.norm())) break;
  }
  return q;
}

}  // namespace

const std::vector<StepMethod>& step_methods() {
  static const std::vector<StepMethod> methods{StepMethod::gradient_descent, StepMethod::runge_kutta_4,
                                               StepMethod::implicit_euler};
  return methods;
}

std::string name(StepMethod method) {
  switch (method) {
    case StepMethod::gradient_descent:
      return "gradient-descent";
    case StepMethod::runge_kutta_4:
      return "runge-kutta-4";
    case StepMethod::implicit_euler:
      return "implicit-euler";
  }
  return "";
}

Point step(StepMethod method, const Objective& loss, const Point& p, double eta) {
  switch (method) {
    case StepMethod::gradient_descent:
      return p - eta * loss.gradient(p);
    case StepMethod::runge_kutta_4:
      return runge_kutta_4(loss, p, eta);
    case StepMethod::implicit_euler:
      return implicit_euler(loss, p, eta);
  }
  return p;
}

double stability_function(StepMethod method, double z) {
  switch (method) {
    case StepMethod::gradient_descent:
      return 1 - z;
    case StepMethod::runge_kutta_4:
      return 1 - z * (1 - z / 2 * (1 - z / 3 * (1 - z / 4)));
    case StepMethod::implicit_euler:
      return 1 / (1 + z);
  }
  return 1;
}

double stability_limit(StepMethod method) {
  switch (method) {
    case StepMethod::gradient_descent:
      return 2;
    case StepMethod::implicit_euler:
      return std::numeric_limits<double>::infinity();
    case StepMethod::runge_kutta_4:
      break;
  }
  // R - 1 changes sign once between the minimum of R, near 1.6, and 3.
  return root_between([](double z) { return stability_function(StepMethod::runge_kutta_4, z) - 1; }, 2.0, 3.0);
}

double decay_rate(double z) { return z == 0 ? 1 : -std::log(std::abs(1 - z)) / z; }
double modified_decay_rate(double z) { return 1 + z / 2; }

double equal_decay() {
  return root_between([](double z) { return decay_rate(z) - 1; }, 1.1, 2.0);
}

}  // namespace numerics
