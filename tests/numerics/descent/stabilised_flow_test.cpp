// The Runge-Kutta-Chebyshev integrator against closed forms and against another integrator.
#include "numerics/descent/stabilised_flow.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include "catch.hpp"
#include "numerics/descent/gradient_flow.hpp"

namespace stabilised_flow_test {

using namespace numerics;

namespace {

StabilisedFlow<double> flow_of(const Objective& objective, const Point& start, double tolerance) {
  return {[gradient = objective.gradient](const Point& at, Point& g) { g = gradient(at); }, start, tolerance};
}

}  // namespace

TEST_CASE("the stabilised flow follows exp(-lambda t) in fast and slow directions of a quadratic") {
  const Objective bowl = quadratic(Point{{1, 30, 1000, -0.1}});
  auto flow = flow_of(bowl, Point::Ones(4), 1e-8);
  // Errors of 1e-8 a step add up over a few hundred steps.
  for (const double time : {0.001, 0.1, 1.0, 3.0}) {
    flow.advance(time, 1000);
    CHECK(flow.time() == time);
    CHECK(flow.point()[0] == Approx(std::exp(-time)).epsilon(1e-4));
    CHECK(flow.point()[1] == Approx(std::exp(-30 * time)).margin(1e-5));
    CHECK(flow.point()[2] == Approx(std::exp(-1000 * time)).margin(1e-5));
    CHECK(flow.point()[3] == Approx(std::exp(0.1 * time)).epsilon(1e-4));
  }
}

TEST_CASE("the stabilised flow takes far fewer gradients than lambda T / 3.3 steps of six") {
  const Objective bowl = quadratic(Point{{1, 1e4}});
  auto flow = flow_of(bowl, Point::Ones(2), 1e-4);
  flow.advance(5, 1e4);
  CHECK(flow.point()[0] == Approx(std::exp(-5)).epsilon(0.02));
  CHECK(static_cast<double>(flow.gradients()) < 5 * 1e4 / 3.3 * 6 / 20);
}

TEST_CASE("the stabilised flow's error falls with its tolerance to the power 2/3: second order") {
  const Objective o = rosenbrock();
  const Point exact = integrate(gradient_field(o), o.start, {0, 1}, 1e-13, Method::explicit_dopri5).points.back();
  const auto error = [&](double tolerance) {
    auto flow = flow_of(o, o.start, tolerance);
    flow.advance(1, 1506);
    return (flow.point() - exact).norm();
  };
  const double coarse = error(1e-6), fine = error(1e-9);
  CHECK(fine < 1e-5);
  CHECK(std::log10(coarse / fine) == Approx(2).margin(0.7));
}

TEST_CASE("the stabilised flow recovers from a sharpness that is said too small") {
  const Objective bowl = quadratic(Point{{1, 500}});
  auto flow = flow_of(bowl, Point::Ones(2), 1e-6);
  flow.advance(2, 100);
  CHECK(flow.point()[0] == Approx(std::exp(-2)).epsilon(1e-3));
  CHECK(std::abs(flow.point()[1]) < 1e-3);
}

TEST_CASE("the stabilised flow refuses to go where the gradient is not finite") {
  StabilisedFlow<double> flow([](const Point& at, Point& g) { g = at * std::numeric_limits<double>::quiet_NaN(); },
                              Point::Ones(2), 1e-6);
  CHECK_THROWS_AS(flow.advance(1, 1), std::overflow_error);
}

}  // namespace stabilised_flow_test
