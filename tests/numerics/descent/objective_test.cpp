// Losses of few parameters: derivatives against central differences, and what is known of them
// exactly.
#include "numerics/descent/objective.hpp"

#include <cmath>

#include "catch.hpp"

namespace objective_test {

using namespace numerics;

namespace {

const std::vector<Objective> catalogue{quadratic(Point{{1.0, 100.0}}), quadratic(Point{{3.0, -1.0, 0.5}}), rosenbrock(),
                                       product(), mlp()};

// Points in general position, away from symmetry axes.
Point general(const Objective& objective, int i) {
  Point p(objective.dimension);
  for (int d = 0; d < objective.dimension; ++d) p[d] = 1.7 * std::sin(1.3 * i + 2.1 * d + 0.4);
  return p;
}

Point unit(const Objective& objective, int d) { return Point::Unit(objective.dimension, d); }

}  // namespace

TEST_CASE("gradients are the central differences of values") {
  const double h = 1e-5;
  for (const auto& o : catalogue)
    for (int i = 0; i < 6; ++i) {
      const Point p = general(o, i), g = o.gradient(p);
      INFO(o.name << " at " << p.transpose());
      for (int d = 0; d < o.dimension; ++d) {
        const double difference = (o.value(p + h * unit(o, d)) - o.value(p - h * unit(o, d))) / (2 * h);
        // Truncation h^2 L'''/6 and rounding 1e-16 L/h both stay below this.
        CHECK(g[d] == Approx(difference).margin(1e-6));
      }
    }
}

TEST_CASE("Hessians are symmetric and the central differences of gradients") {
  const double h = 1e-5;
  for (const auto& o : catalogue)
    for (int i = 0; i < 6; ++i) {
      const Point p = general(o, i);
      const Matrix<double> hessian = o.hessian(p);
      INFO(o.name << " at " << p.transpose());
      CHECK(hessian == hessian.transpose());
      for (int d = 0; d < o.dimension; ++d) {
        const Point difference = (o.gradient(p + h * unit(o, d)) - o.gradient(p - h * unit(o, d))) / (2 * h);
        CHECK((hessian.col(d) - difference).norm() < 1e-6 * (1 + hessian.norm()));
      }
    }
}

TEST_CASE(
    "at a loss's minima the gradient vanishes, no eigenvalue is negative and no general point lies "
    "lower") {
  for (const auto& o : catalogue) {
    INFO(o.name);
    for (const Point& minimum : o.minima) {
      CHECK(o.gradient(minimum).norm() == Approx(0).margin(1e-15));
      CHECK(hessian_eigenvalues(o, minimum)[0] >= -1e-15);
      CHECK(o.value(minimum) == 0);
      for (int i = 0; i < 6; ++i) CHECK(o.value(general(o, i)) > 0);
    }
    CHECK(o.start.size() == o.dimension);
  }
  CHECK(quadratic(Point{{1.0, -1.0}}).minima.empty());
}

TEST_CASE("the nearest minimum is the one on the same side") {
  CHECK(nearest_minimum(mlp(), Point{{0.5, 3.0}}) == Point{{1.0, 2.0}});
  CHECK(nearest_minimum(mlp(), Point{{-1.3, -1.7}}) == Point{{-1.0, -2.0}});
}

TEST_CASE("Rosenbrock's Hessian at its minimum has eigenvalues (1002 -+ sqrt 1002404) / 2") {
  // Trace 1002 and determinant 400 of [[802, -400], [-400, 200]].
  const Point eigenvalues = hessian_eigenvalues(rosenbrock(), Point{{1.0, 1.0}});
  CHECK(eigenvalues[0] == Approx(0.3993607674876).epsilon(1e-10));
  CHECK(eigenvalues[1] == Approx(1001.6006392325).epsilon(1e-10));
  CHECK(2 / sharpness(rosenbrock(), Point{{1.0, 1.0}}) == Approx(0.00199680383744).epsilon(1e-10));
}

TEST_CASE("Rosenbrock's customary start has loss 24.2, gradient (-215.6, -88) and sharpness 1506.367") {
  const Objective o = rosenbrock();
  CHECK(o.value(o.start) == Approx(24.2));
  CHECK(o.gradient(o.start)[0] == Approx(-215.6));
  CHECK(o.gradient(o.start)[1] == Approx(-88));
  CHECK(sharpness(o, o.start) == Approx(1506.367).epsilon(1e-6));
  CHECK(hessian_eigenvalues(o, o.start)[0] == Approx(23.633).epsilon(1e-4));
}

TEST_CASE("the product model's sharpness on its minima is a^2 + b^2") {
  for (const double a : {0.4, 1.0, 2.5}) {
    const Point eigenvalues = hessian_eigenvalues(product(), Point{{a, 1 / a}});
    CHECK(eigenvalues[0] == Approx(0).margin(1e-12));
    CHECK(eigenvalues[1] == Approx(a * a + 1 / (a * a)));
  }
}

TEST_CASE("the network's loss does not see the sign of its hidden unit") {
  const Objective o = mlp();
  for (int i = 0; i < 6; ++i) {
    const Point p = general(o, i);
    CHECK(o.value(p) == Approx(o.value(-p)).epsilon(1e-15));
  }
}

TEST_CASE("eigenvalues where the Hessian overflows are NaN, not an error") {
  CHECK(std::isnan(sharpness(rosenbrock(), Point{{1e200, 0.0}})));
}

TEST_CASE("on its line of given sharpness Rosenbrock's function has it") {
  for (const double s : {250.0, 800.0, 1001.6})
    for (const double x : {-1.5, 0.0, 0.7, 2.0})
      CHECK(sharpness(rosenbrock(), Point{{x, rosenbrock_with_sharpness(s, x)}}) == Approx(s).epsilon(1e-12));
}

}  // namespace objective_test
