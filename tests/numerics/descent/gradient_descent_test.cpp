// Gradient descent against closed forms and against steps counted independently (numpy, float64).
#include "numerics/descent/gradient_descent.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "catch.hpp"

namespace gradient_descent_test {

using namespace numerics;

namespace {

const Objective bowl = quadratic(Point{{1.0, 100.0}});
const Point ones = Point{{1.0, 1.0}};

std::size_t first_step(const std::vector<Point>& trajectory, const std::function<bool(const Point&)>& passed) {
  const auto found = std::find_if(trajectory.begin(), trajectory.end(), passed);
  REQUIRE(found != trajectory.end());
  return static_cast<std::size_t>(found - trajectory.begin());
}

}  // namespace

TEST_CASE("gradient descent on a quadratic follows (1 - eta lambda)^k") {
  for (const double eta : {0.001, 0.01, 0.019, 2.0 / 101, 0.0199, 0.021}) {
    const auto trajectory = gradient_descent(bowl, ones, eta, 200);
    REQUIRE(trajectory.size() == 201);
    for (int k = 0; k <= 200; ++k) {
      INFO("eta " << eta << ", step " << k);
      // Each step rounds twice, so 200 of them stay within 1e-12 (measured: 6e-15).
      CHECK(trajectory[k][0] == Approx(std::pow(1 - eta, k)).epsilon(1e-12));
      CHECK(trajectory[k][1] == Approx(std::pow(1 - 100 * eta, k)).epsilon(1e-12).margin(1e-300));
    }
  }
}

TEST_CASE("the bowl's slow direction falls below 1e-3 after 6905, 361 and 326 steps") {
  // The least k with |1 - eta|^k < 1e-3.
  const auto slow = [](const Point& p) { return std::abs(p[0]) < 1e-3; };
  CHECK(first_step(gradient_descent(bowl, ones, 0.001, 7000), slow) == 6905);
  CHECK(first_step(gradient_descent(bowl, ones, 0.019, 7000), slow) == 361);
  CHECK(first_step(gradient_descent(bowl, ones, 0.021, 700), slow) == 326);
  const auto steep = [](const Point& p) { return std::abs(p[1]) < 1e-3; };
  CHECK(first_step(gradient_descent(bowl, ones, 0.019, 100), steep) == 66);
  CHECK(first_step(gradient_descent(bowl, ones, 2.0 / 101, 400), steep) == 346);
}

TEST_CASE("above 2 / lambda_max the loss grows as 50.5, 60.9792, 73.6643, 89.0183, 107.6014") {
  const auto trajectory = gradient_descent(bowl, ones, 0.021, 4);
  const double expected[] = {50.5, 60.9792, 73.6643, 89.0183, 107.6014};
  for (int k = 0; k < 5; ++k) CHECK(bowl.value(trajectory[k]) == Approx(expected[k]).epsilon(1e-6));
}

TEST_CASE(
    "a trajectory that overflows keeps what was computed and ends with the point that is not "
    "finite") {
  const auto trajectory = gradient_descent(bowl, ones, 1.0, 1000);  // multiplier -99: 99^155 > 1.8e308
  // The gradient 100 theta overflows two decades before theta itself would.
  CHECK(trajectory.size() == 156);
  CHECK(std::isinf(trajectory.back()[1]));
  CHECK(trajectory.back()[0] == 0);
  CHECK(trajectory[trajectory.size() - 2].allFinite());
}

TEST_CASE("Rosenbrock: 17 082 steps of 0.001, 34 175 of 0.0005 come within 1e-3 of the minimum") {
  const Objective o = rosenbrock();
  const auto near = [&](const Point& p) { return (p - o.minima[0]).norm() < 1e-3; };
  CHECK(std::abs(static_cast<int>(first_step(gradient_descent(o, o.start, 0.001, 20000), near)) - 17082) <= 2);
  CHECK(std::abs(static_cast<int>(first_step(gradient_descent(o, o.start, 0.0005, 40000), near)) - 34175) <= 2);
}

TEST_CASE(
    "beyond 2 / lambda_max descent on Rosenbrock rests on a two-cycle whose midpoint has "
    "lambda_max = 2 / eta") {
  const Objective o = rosenbrock();
  const auto cycle = final_two_cycle(gradient_descent(o, o.start, 0.0025, 10000));
  REQUIRE(cycle);
  const Point middle = cycle->midpoint();
  CHECK(middle[0] == Approx(0.8649).margin(1e-4));
  CHECK(middle[1] == Approx(0.7484).margin(1e-4));
  CHECK(sharpness(o, middle) * 0.0025 / 2 == Approx(0.9999).margin(5e-4));
  CHECK(std::max(o.value(cycle->first), o.value(cycle->second)) == Approx(0.179).margin(1e-3));
  CHECK(std::min(o.value(cycle->first), o.value(cycle->second)) == Approx(0.170).margin(1e-3));
}

TEST_CASE("trajectories that converge, alternate while they shrink, or diverge end in no two-cycle") {
  const Objective o = rosenbrock();
  CHECK_FALSE(final_two_cycle(gradient_descent(o, o.start, 0.0019, 20000)));
  CHECK_FALSE(final_two_cycle(gradient_descent(bowl, ones, 0.019, 50)));
  CHECK_FALSE(final_two_cycle(gradient_descent(bowl, ones, 0.019, 5000)));
  CHECK_FALSE(final_two_cycle(gradient_descent(bowl, ones, 0.021, 50)));
  CHECK_FALSE(final_two_cycle(gradient_descent(bowl, ones, 1.0, 1000)));
  CHECK_FALSE(final_two_cycle({ones, ones}));
  // At eta = 2 / lambda_max exactly the steep direction is a two-cycle of the bowl.
  CHECK(final_two_cycle(gradient_descent(bowl, ones, 0.02, 2000)));
}

TEST_CASE("at a saddle (x^2 - y^2) / 2 descent of rate 1 needs 20 steps to leave 1e-6") {
  // y doubles at each step: 2^20 > 10^6; in effective time 19.93 = 6 ln 10 / ln 2, later than the
  // flow's 13.816.
  const auto trajectory = gradient_descent(quadratic(Point{{1.0, -1.0}}), Point{{1.0, 1e-6}}, 1.0, 40);
  CHECK(first_step(trajectory, [](const Point& p) { return std::abs(p[1]) >= 1; }) == 20);
  CHECK(std::log(1e6) / std::log1p(1.0) == Approx(19.932).epsilon(1e-4));
}

TEST_CASE("the product model ends at flatter minima the larger the learning rate") {
  // a^2 + b^2 at the end, from (2.8, 3.5); the flow's is 4.842324.
  const Objective o = product();
  const auto flatness = [&](double eta) { return gradient_descent(o, o.start, eta, 2000).back().squaredNorm(); };
  CHECK(flatness(0.025) == Approx(4.51538).epsilon(1e-5));
  CHECK(flatness(0.05) == Approx(4.02641).epsilon(1e-5));
  CHECK(flatness(0.1) == Approx(2.20085).epsilon(1e-5));
}

TEST_CASE("the steps within a time count quotients that are whole but for rounding as whole") {
  CHECK(steps_within(0.3, 0.1) == 3);  // 0.3 / 0.1 is 2.9999999999999996
  CHECK(steps_within(25, 0.0025) == 10000);
  CHECK(steps_within(25, 0.00199) == 12562);
  CHECK(steps_within(0.05, 0.1) == 0);
}

TEST_CASE("a two-cycle of L = theta^4 / 4 attracts or repels as the derivative of two steps says") {
  // From theta = sqrt(2 / eta) a step leads to -theta and back; each multiplies distances by 1 - 3 eta theta^2 = -5.
  Objective quartic;
  quartic.gradient = [](const Point& p) { return Point{{p[0] * p[0] * p[0]}}; };
  quartic.hessian = [](const Point& p) { return Matrix<double>{{3 * p[0] * p[0]}}; };
  const double eta = 0.1, theta = std::sqrt(2 / eta);
  CHECK(cycle_multiplier(quartic, eta, {Point{{theta}}, Point{{-theta}}}) == Approx(25));
}

TEST_CASE("coordinates arrive after ln(distance) / ln|1 - eta lambda| steps, or never") {
  const auto steps = steps_to_reach(1e-3, bowl, ones, 0.019);
  // 0.981^k < 1e-3 from k = 361 on, 0.9^k from k = 66 on.
  CHECK(steps == std::vector<double>{361, 66});
  const auto diverging = steps_to_reach(1e-3, bowl, ones, 0.021);
  CHECK(std::isfinite(diverging[0]));
  CHECK(std::isinf(diverging[1]));
  CHECK(steps_to_reach(1e-3, bowl, Point{{0, 1e-4}}, 0.01) == std::vector<double>{0, 0});
  CHECK(std::isinf(steps_to_reach(1e-3, bowl, ones, 1e-9)[0]));  // 7e9 steps
}

TEST_CASE("a descent rests on a two-cycle about a place whose sharpness is 2 / eta, or on none") {
  const auto path = gradient_descent(rosenbrock(), Point{{-1.2, 1}}, 0.0025, 10000);
  const RestingPlace place = resting_place(rosenbrock(), 0.0025, path);
  CHECK(place.is_two_cycle);
  CHECK(place.edge == Approx(1).epsilon(0.02));
  CHECK(place.multiplier < 1);
  const RestingPlace none = resting_place(bowl, 0.01, gradient_descent(bowl, ones, 0.01, 50));
  CHECK_FALSE(none.is_two_cycle);
  REQUIRE(none.midpoint.size() == 2);
  CHECK(std::isnan(none.midpoint[1]));
  CHECK(std::isnan(none.edge));
  CHECK(std::isnan(none.multiplier));
}

}  // namespace gradient_descent_test
