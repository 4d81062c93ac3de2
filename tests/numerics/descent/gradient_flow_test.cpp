// Gradient flow and its modification against closed forms, invariants and orders of convergence.
#include "numerics/descent/gradient_flow.hpp"

#include <cmath>
#include <stdexcept>

#include "catch.hpp"
#include "numerics/descent/gradient_descent.hpp"

namespace gradient_flow_test {

using namespace numerics;

namespace {

constexpr Method methods[] = {Method::explicit_dopri5, Method::implicit_rosenbrock4};

Point flow_at(const Objective& o, const Point& start, double time, double tolerance, Method method) {
  return integrate(gradient_field(o), start, {0, time}, tolerance, method).points.back();
}

}  // namespace

TEST_CASE("the flow on a quadratic is exp(-lambda t) in every direction, with either method") {
  const Objective bowl = quadratic(Point{{1.0, 100.0, -0.5}});
  const std::vector<double> times{0, 0.001, 0.01, 0.1, 1};
  for (const Method method : methods) {
    const auto flow = integrate(gradient_field(bowl), Point{{1.0, 1.0, 0.3}}, times, 1e-12, method);
    REQUIRE(flow.points.size() == times.size());
    for (std::size_t i = 0; i < times.size(); ++i) {
      const double t = times[i];
      CHECK(flow.times[i] == t);
      CHECK(flow.points[i][0] == Approx(std::exp(-t)).epsilon(1e-9));
      CHECK(flow.points[i][1] == Approx(std::exp(-100 * t)).margin(1e-9));
      CHECK(flow.points[i][2] == Approx(0.3 * std::exp(0.5 * t)).epsilon(1e-9));
    }
  }
}

TEST_CASE("Rosenbrock's flow passes (0.322398, 0.100853) at t = 1, and both methods agree") {
  // Loss 0.460098 there and 5.889e-5 at t = 10 (SciPy, DOP853 and BDF).
  const Objective o = rosenbrock();
  const Point a = flow_at(o, o.start, 1, 1e-12, methods[0]), b = flow_at(o, o.start, 1, 1e-12, methods[1]);
  CHECK(a[0] == Approx(0.322398).margin(1e-6));
  CHECK(a[1] == Approx(0.100853).margin(1e-6));
  CHECK(o.value(a) == Approx(0.460098).margin(1e-6));
  CHECK((a - b).norm() < 1e-11);
  CHECK(o.value(flow_at(o, o.start, 10, 1e-10, methods[1])) == Approx(5.889e-5).epsilon(1e-3));
}

TEST_CASE("a smaller tolerance gives a smaller error, in proportion") {
  const Objective o = rosenbrock();
  for (const Method method : methods) {
    const Point exact = flow_at(o, o.start, 1, 1e-13, method);
    double before = INFINITY;
    for (const double tolerance : {1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10}) {
      const double error = (flow_at(o, o.start, 1, tolerance, method) - exact).norm();
      INFO("method " << static_cast<int>(method) << ", tolerance " << tolerance << ", error " << error);
      CHECK(error < before / 3);
      CHECK(error < 10 * tolerance);
      before = error;
    }
  }
}

TEST_CASE("Rosenbrock is stiff: stability binds the explicit method, not the implicit one") {
  // Measured with Boost 1.74 up to t = 60: 17 683 to 20 056 steps against 184 to 3 860, for 1e-6 to
  // 1e-10.
  const Objective o = rosenbrock();
  const auto steps = [&](double tolerance, Method method) {
    return integrate(gradient_field(o), o.start, {0, 60}, tolerance, method).steps;
  };
  for (const double tolerance : {1e-6, 1e-8, 1e-10}) {
    // lambda_max T / 3.3 = 18 211: no tolerance makes the explicit method take fewer.
    CHECK(steps(tolerance, Method::explicit_dopri5) > 17000);
    CHECK(steps(tolerance, Method::implicit_rosenbrock4) < 4500);
  }
  CHECK(steps(1e-6, Method::implicit_rosenbrock4) < 250);
  CHECK(suitable_method(gradient_field(o), o.start, 60) == Method::implicit_rosenbrock4);
  CHECK(suitable_method(gradient_field(product()), product().start, 0.1) == Method::explicit_dopri5);
}

TEST_CASE(
    "Rosenbrock's flow comes within 0.1, 0.01, 0.001 of the minimum at t = 5.692, 11.337, "
    "17.0906") {
  const Objective o = rosenbrock();
  const Field field = gradient_field(o);
  const auto flow = integrate(field, o.start, sample_times(25, sharpness(o, o.start), 500), 1e-10);
  const auto passage = [&](double distance) {
    const auto time =
        first_passage(field, flow, 1e-10, [&](const Point& p) { return (p - o.minima[0]).norm() < distance; });
    REQUIRE(time);
    return *time;
  };
  CHECK(passage(0.1) == Approx(5.692).margin(1e-3));
  CHECK(passage(0.01) == Approx(11.337).margin(1e-3));
  CHECK(passage(0.001) == Approx(17.0906).margin(1e-3));
  CHECK_FALSE(first_passage(field, flow, 1e-10, [](const Point& p) { return p[0] > 2; }));
  CHECK(first_passage(field, flow, 1e-10, [](const Point& p) { return p[0] < 0; }) == 0.0);
}

TEST_CASE("the flow leaves a saddle from 1e-6 after 6 ln 10 = 13.816") {
  const Objective saddle = quadratic(Point{{1.0, -1.0}});
  const Field field = gradient_field(saddle);
  const auto flow = integrate(field, Point{{1.0, 1e-6}}, sample_times(20, 1, 100), 1e-12);
  const auto time = first_passage(field, flow, 1e-12, [](const Point& p) { return std::abs(p[1]) >= 1; });
  REQUIRE(time);
  CHECK(*time == Approx(6 * std::log(10.0)).epsilon(1e-6));
}

TEST_CASE("the product model's flow keeps a^2 - b^2 and ends at (0.464932, 2.150851)") {
  const Objective o = product();
  for (const Method method : methods) {
    const auto flow = integrate(gradient_field(o), o.start, sample_times(10, 20, 50), 1e-12, method);
    for (const Point& p : flow.points) CHECK(p[0] * p[0] - p[1] * p[1] == Approx(-4.41).epsilon(1e-9));
    CHECK(flow.points.back()[0] == Approx(0.464932).margin(1e-6));
    CHECK(flow.points.back()[1] == Approx(2.150851).margin(1e-6));
    CHECK(flow.points.back().squaredNorm() == Approx(4.842324).margin(1e-6));
  }
}

TEST_CASE("descent follows the flow to order 1 and the modified flow to order 2") {
  struct Case {
    Objective objective;
    double time, coarse;
  };
  for (const auto& each : {Case{product(), 0.1, 0.00125}, Case{rosenbrock(), 1, 0.000125}}) {
    const Objective& o = each.objective;
    const double time = each.time;
    double errors[2][2];
    for (int i = 0; i < 2; ++i) {
      const double h = each.coarse / (1 << i);
      const Point descent = gradient_descent(o, o.start, h, steps_within(time, h)).back();
      const auto end = [&](const Field& field) { return integrate(field, o.start, {0, time}, 1e-12).points.back(); };
      errors[0][i] = (descent - end(gradient_field(o))).norm();
      errors[1][i] = (descent - end(modified_field(o, h))).norm();
    }
    INFO(o.name);
    CHECK(std::log2(errors[0][0] / errors[0][1]) == Approx(1).margin(0.1));
    CHECK(std::log2(errors[1][0] / errors[1][1]) == Approx(2).margin(0.1));
  }
}

TEST_CASE("on a quadratic the modified flow decays at rate lambda (1 + h lambda / 2)") {
  // Gradient descent's own rate is -ln(1 - h lambda) / h = lambda (1 + h lambda / 2 + ...).
  const Objective o = quadratic(Point{{1.0, 2.0}});
  const double h = 0.1;
  for (const Method method : methods) {
    const Point p = integrate(modified_field(o, h), Point{{1.0, 1.0}}, {0, 1}, 1e-12, method).points.back();
    CHECK(p[0] == Approx(std::exp(-1.05)).epsilon(1e-10));
    CHECK(p[1] == Approx(std::exp(-2.2)).epsilon(1e-10));
  }
}

TEST_CASE("the modified field is the gradient field of L + h/4 |grad L|^2, with the right Jacobian") {
  const double h = 0.01, step = 1e-5;
  for (const auto& o : {rosenbrock(), product(), mlp()}) {
    const Field field = modified_field(o, h);
    const Point p{{0.7, -0.4}};
    const auto modified_loss = [&](const Point& q) { return o.value(q) + h / 4 * o.gradient(q).squaredNorm(); };
    for (int d = 0; d < 2; ++d) {
      const Point e = step * Point::Unit(2, d);
      CHECK(field.velocity(p)[d] == Approx(-(modified_loss(p + e) - modified_loss(p - e)) / (2 * step)).margin(1e-5));
      const Point column = (field.velocity(p + e) - field.velocity(p - e)) / (2 * step);
      CHECK((field.jacobian(p).col(d) - column).norm() < 1e-5 * (1 + column.norm()));
    }
  }
}

TEST_CASE("sample times ascend from 0 to the horizon exactly, and resolve the fastest rate") {
  for (const double horizon : {1e-6, 0.1, 25.0, 1e4}) {
    const auto times = sample_times(horizon, 1506, 1000);
    REQUIRE(times.size() == 1001);
    CHECK(times.front() == 0);
    CHECK(times.back() == horizon);
    CHECK(times[1] <= 0.0501 / 1506);
    for (std::size_t i = 1; i < times.size(); ++i) CHECK(times[i] > times[i - 1]);
  }
}

TEST_CASE("samples do not depend on how many others are asked for, within the tolerance") {
  const Objective o = rosenbrock();
  const auto fine = integrate(gradient_field(o), o.start, sample_times(25, 1506, 2000), 1e-10);
  const auto coarse = integrate(gradient_field(o), o.start, {0, 25}, 1e-10);
  CHECK((fine.points.back() - coarse.points.back()).norm() < 1e-9);
}

TEST_CASE("a flow that grows beyond all bounds says so, and does not go on for ever") {
  const Objective saddle = quadratic(Point{{1.0, -1.0}});
  for (const Method method : methods)
    CHECK_THROWS_AS(integrate(gradient_field(saddle), Point{{1.0, 1.0}}, {0, 1000}, 1e-6, method), std::overflow_error);
}

TEST_CASE("the flow at a time is where it is then, and at time 0 the start") {
  const Objective bowl = quadratic(Point{{1.0, 100.0}});
  const Point start{{1.0, 1.0}};
  CHECK(flow_at(gradient_field(bowl), start, 0, 1e-12) == start);
  CHECK(flow_at(gradient_field(bowl), start, 2, 1e-12)[0] == Approx(std::exp(-2)).epsilon(1e-10));
  const FlowSamples flow = flow_from(bowl, start, 2, 1e-12);
  CHECK(flow.times.size() == 2001);
  CHECK(flow.times.back() == 2);
  CHECK(flow.times[1] < 0.01);  // the fall into the valley takes a hundredth
  CHECK(flow.points.back()[0] == Approx(std::exp(-2)).epsilon(1e-9));
}

}  // namespace gradient_flow_test
