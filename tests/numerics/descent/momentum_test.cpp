// Momentum on quadratics: its rate, its optimum and its limit of stability, after Goh 2017.
#include "numerics/descent/momentum.hpp"

#include <Eigen/Eigenvalues>
#include <cmath>

#include "catch.hpp"

namespace momentum_test {

using namespace numerics;

TEST_CASE("at kappa = 100 momentum contracts by 9/11 at best, descent by 99/101 (Goh 2017)") {
  const Momentum heavy = best_momentum(1, 100), plain = best_descent(1, 100);
  CHECK(heavy.step == Approx(4.0 / 121));
  CHECK(heavy.decay == Approx(81.0 / 121));
  // The matrix is defective there: a rounding error of 1e-16 moves the double eigenvalue by 1e-8.
  CHECK(contraction(heavy, 1, 100) == Approx(9.0 / 11).epsilon(1e-7));
  CHECK(contraction(heavy.step * 1, heavy.decay) == Approx(9.0 / 11).epsilon(1e-7));
  CHECK(contraction(heavy.step * 100, heavy.decay) == Approx(9.0 / 11).epsilon(1e-7));
  CHECK(plain.step == Approx(2.0 / 101));
  CHECK(contraction(plain, 1, 100) == Approx(99.0 / 101).epsilon(1e-12));
}

TEST_CASE("the contraction is the spectral radius of one step's matrix") {
  for (const double beta : {0.0, 0.3, 0.9})
    for (const double x : {0.05, 0.7, 2.0, 2.9, 4.5}) {
      INFO("beta " << beta << ", alpha lambda " << x);
      const Matrix<double> step{{beta, 1}, {-x * beta, 1 - x}};  // of (z, theta) with alpha = x, lambda = 1
      const auto roots = Eigen::EigenSolver<Matrix<double>>(step, false).eigenvalues();
      CHECK(contraction(x, beta) == Approx(std::max(std::abs(roots[0]), std::abs(roots[1]))).epsilon(1e-9));
    }
}

TEST_CASE("momentum is stable exactly for 0 < alpha lambda < 2 + 2 beta (Goh 2017)") {
  for (int i = 0; i <= 33; ++i)
    for (int j = 1; j <= 200; ++j) {
      const double beta = 0.03 * i, x = 0.021 * j;
      CHECK((contraction(x, beta) < 1) == (x < 2 + 2 * beta));
    }
}

TEST_CASE("nothing contracts faster than the optimum over a grid of steps and decays") {
  const double best = contraction(best_momentum(1, 100), 1, 100);
  for (int i = 0; i < 100; ++i)
    for (int j = 1; j <= 400; ++j) CHECK(contraction(Momentum{j * 1e-4, i / 100.0}, 1, 100) >= best - 1e-7);
}

TEST_CASE("a trajectory contracts by k rho^k at the optimum, and reaches 3.71 in the steep direction first") {
  const Momentum m = best_momentum(1, 100);
  const auto path = momentum_descent(quadratic(Point{{1, 100}}), Point::Ones(2), m, 400);
  double highest = 0;
  for (const Point& p : path) highest = std::max(highest, std::abs(p[1]));
  CHECK(highest == Approx(3.71).margin(0.005));
  const double rho = 9.0 / 11;
  CHECK(std::abs(path[400][0]) / (400 * std::pow(rho, 400)) ==
        Approx(std::abs(path[300][0]) / (300 * std::pow(rho, 300))).epsilon(0.01));
}

TEST_CASE("momentum without decay is gradient descent") {
  const Objective loss = rosenbrock();
  const auto path = momentum_descent(loss, loss.start, {0.001, 0}, 3);
  Point p = loss.start;
  for (int k = 0; k < 3; ++k) p -= 0.001 * loss.gradient(p);
  CHECK(path[3] == p);
}

TEST_CASE("the distance at either optimum follows its closed form step by step") {
  const double kappa = 30;
  const Objective bowl = quadratic(Point{{1.0, kappa}});
  for (const Momentum& m : {best_descent(1, kappa), best_momentum(1, kappa)}) {
    const auto path = momentum_descent(bowl, Point::Ones(2), m, 60);
    for (const int k : {0, 1, 2, 7, 60}) {
      INFO("decay " << m.decay << ", step " << k);
      CHECK(distance_at_optimum(m, kappa, k) == Approx(path[static_cast<std::size_t>(k)].norm()).epsilon(1e-9));
    }
  }
}

TEST_CASE("a path that comes near and leaves again has arrived only when it stays") {
  // With decay 0.9 and a small step theta swings through 0 again and again.
  const Objective bowl = quadratic(Point::Ones(1));
  const Momentum swinging{0.05, 0.9};
  const double steps = steps_to_stay_within(1e-3, bowl, Point::Ones(1), swinging);
  const auto path = momentum_descent(bowl, Point::Ones(1), swinging, 1000);
  CHECK(std::abs(path[static_cast<std::size_t>(steps) - 1][0]) >= 1e-3);
  for (std::size_t k = static_cast<std::size_t>(steps); k < path.size(); ++k) CHECK(std::abs(path[k][0]) < 1e-3);
  std::size_t first = 0;
  while (std::abs(path[first][0]) >= 1e-3) ++first;
  CHECK(static_cast<double>(first) < steps);
  CHECK(std::isinf(steps_to_stay_within(1e-3, bowl, Point::Ones(1), {1e-9, 0})));
}

}  // namespace momentum_test
