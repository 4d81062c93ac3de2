// One step of gradient descent, Runge-Kutta and implicit Euler: what they do to an eigendirection, and their orders.
#include "numerics/descent/step_method.hpp"

#include <cmath>

#include "catch.hpp"
#include "numerics/descent/gradient_flow.hpp"

namespace step_method_test {

using namespace numerics;

TEST_CASE("a step on a quadratic multiplies each eigendirection by the stability function of eta lambda") {
  const Objective bowl = quadratic(Point{{1, 2.5, 100}});
  const double eta = 0.021;
  for (const StepMethod method : step_methods()) {
    INFO(name(method));
    const Point after = step(method, bowl, Point::Ones(3), eta);
    for (int i = 0; i < 3; ++i) {
      const double lambda = bowl.hessian(after)(i, i);
      CHECK(after[i] == Approx(stability_function(method, eta * lambda)).epsilon(1e-13));
    }
  }
}

TEST_CASE("RK4 is stable up to eta lambda = 2.785294, Euler up to 2, implicit Euler always (Hairer and Wanner, IV.2)") {
  CHECK(stability_limit(StepMethod::gradient_descent) == 2);
  CHECK(stability_limit(StepMethod::runge_kutta_4) == Approx(2.785293563).epsilon(1e-9));
  CHECK(std::isinf(stability_limit(StepMethod::implicit_euler)));
  CHECK(stability_function(StepMethod::runge_kutta_4, stability_limit(StepMethod::runge_kutta_4)) ==
        Approx(1).epsilon(1e-12));
}

TEST_CASE("the error of one step on Rosenbrock's function falls with the method's order plus one") {
  const Objective loss = rosenbrock();
  const Field field = gradient_field(loss);
  const auto error = [&](StepMethod method, double eta) {
    const Point exact = integrate(field, loss.start, {0, eta}, 1e-13, Method::explicit_dopri5).points.back();
    return (step(method, loss, loss.start, eta) - exact).norm();
  };
  const auto order = [&](StepMethod method, double eta) {
    return std::log2(error(method, eta) / error(method, eta / 2)) - 1;
  };
  CHECK(order(StepMethod::gradient_descent, 1e-5) == Approx(1).margin(0.05));
  CHECK(order(StepMethod::implicit_euler, 1e-5) == Approx(1).margin(0.05));
  CHECK(order(StepMethod::runge_kutta_4, 2e-4) == Approx(4).margin(0.2));
}

TEST_CASE("the implicit step is the minimiser of the loss plus the squared distance over 2 eta") {
  const Objective loss = rosenbrock();
  const double eta = 0.01;
  const Point p{{0.5, 0.3}}, q = step(StepMethod::implicit_euler, loss, p, eta);
  CHECK((q - p + eta * loss.gradient(q)).norm() < 1e-13);
  CHECK(loss.value(q) < loss.value(p));
}

TEST_CASE("descent's decay rate is the modified flow's up to the square of eta lambda") {
  CHECK(decay_rate(0) == 1);
  CHECK(decay_rate(0.5) == Approx(2 * std::log(2.0)));
  CHECK(decay_rate(1.5) == Approx(std::log(2.0) / 1.5));
  CHECK(std::isinf(decay_rate(1)));
  // -ln(1 - z) / z = 1 + z/2 + z^2/3 + ...
  CHECK((decay_rate(1e-3) - modified_decay_rate(1e-3)) / 1e-6 == Approx(1.0 / 3).epsilon(1e-3));
}

TEST_CASE("descent decays as fast as the flow at z = 1.2785 too") {
  const double z = equal_decay();
  CHECK(std::log(z - 1) == Approx(-z).epsilon(1e-12));
  CHECK(z == Approx(1.2785).epsilon(1e-4));
}

}  // namespace step_method_test
