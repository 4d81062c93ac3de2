// Activations against differences, against each other's identities, and in their vectorised form.
#include "numerics/networks/activation.hpp"

#include <cmath>
#include <limits>

#include "catch.hpp"

namespace activation_test {

using namespace numerics;

namespace {

const std::vector<Activation> all{Activation::linear,     Activation::sigmoid, Activation::tanh,  Activation::relu,
                                  Activation::leaky_relu, Activation::gelu,    Activation::swish, Activation::softsign};

/// Fourth-order central difference.
template <class F>
double difference(const F& f, double z) {
  const double h = 1e-3;
  return (8 * (f(z + h) - f(z - h)) - (f(z + 2 * h) - f(z - 2 * h))) / (12 * h);
}

template <class Scalar>
void compare_with_scalar_form(Activation phi, double tolerance) {
  const std::vector<double> points{-700, -60, -15, -3.3, -0.7, -0.5, -1e-3, -1e-12, 1e-12, 1e-3, 0.5, 0.7, 2.5, 15, 60};
  const auto rows = static_cast<Eigen::Index>(points.size());
  Matrix<Scalar> with_slope(rows, 2), slopes(rows, 2), alone;
  Vector<Scalar> bias = Vector<Scalar>::Constant(rows, Scalar(0.25));
  for (Eigen::Index i = 0; i < rows; ++i) with_slope.row(i).setConstant(static_cast<Scalar>(points[i]) - bias(i));
  alone = with_slope;
  const Matrix<Scalar> before = with_slope;
  activate_layer(phi, bias, with_slope, slopes);
  activate_layer(phi, bias, alone);
  for (Eigen::Index i = 0; i < rows; ++i) {
    const double z = static_cast<double>(before(i, 1) + bias(i));
    INFO(name(phi) << " at " << z);
    const double smallest = static_cast<double>(std::numeric_limits<Scalar>::min());
    CHECK(static_cast<double>(with_slope(i, 1)) == Approx(activate(phi, z)).epsilon(tolerance).margin(smallest));
    CHECK(static_cast<double>(alone(i, 1)) == Approx(activate(phi, z)).epsilon(tolerance).margin(100 * smallest));
    CHECK(static_cast<double>(slopes(i, 1)) == Approx(slope(phi, z)).epsilon(tolerance).margin(100 * smallest));
  }
}

}  // namespace

TEST_CASE("the derivatives of every activation agree with differences") {
  for (const Activation phi : all) {
    for (const double z : {-6.0, -2.2, -0.4, -0.05, 0.05, 0.3, 1.7, 5.0}) {
      INFO(name(phi) << " at " << z);
      CHECK(slope(phi, z) ==
            Approx(difference([&](double x) { return activate(phi, x); }, z)).epsilon(1e-9).margin(1e-11));
      CHECK(curvature(phi, z) ==
            Approx(difference([&](double x) { return slope(phi, x); }, z)).epsilon(1e-8).margin(1e-11));
    }
  }
}

TEST_CASE("whole layers are activated as single numbers are") {
  for (const Activation phi : all) {
    compare_with_scalar_form<double>(phi, 4e-15);
    compare_with_scalar_form<float>(phi, 2e-6);
  }
}

TEST_CASE("saturated slopes keep their relative accuracy") {
  // sigma'(z) = e^-|z| (1 - 2 e^-|z| + ...), tanh'(z) = 4 e^-2|z| (1 - 2 e^-2|z| + ...)
  CHECK(slope(Activation::sigmoid, 40) == Approx(std::exp(-40.0)).epsilon(1e-15));
  CHECK(slope(Activation::sigmoid, -40) == Approx(std::exp(-40.0)).epsilon(1e-15));
  CHECK(slope(Activation::tanh, 30) == Approx(4 * std::exp(-60.0)).epsilon(1e-15));
  CHECK(slope(Activation::sigmoid, 0) == 0.25);
  CHECK(slope(Activation::sigmoid, 2) == Approx(0.104993585403507).epsilon(1e-13));  // e^-2 / (1 + e^-2)^2
}

TEST_CASE("the ReLU has slope 0 at 0, and leaky ReLU one hundredth below") {
  CHECK(slope(Activation::relu, 0) == 0);
  CHECK(activate(Activation::leaky_relu, -3) == Approx(-0.03));
  CHECK(slope(Activation::leaky_relu, -3) == 0.01);
}

TEST_CASE("NaN and infinity pass through a layer and are not turned into numbers") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const Activation phi : all) {
    INFO(name(phi));
    Matrix<double> a = Matrix<double>::Constant(9, 1, nan);
    Matrix<float> b = Matrix<float>::Constant(9, 1, std::numeric_limits<float>::quiet_NaN());
    activate_layer<double>(phi, Vector<double>::Zero(9), a);
    activate_layer<float>(phi, Vector<float>::Zero(9), b);
    CHECK(a.array().isNaN().all());
    CHECK(b.array().isNaN().all());
  }
  Matrix<double> z = Matrix<double>::Constant(3, 1, std::numeric_limits<double>::infinity());
  activate_layer<double>(Activation::relu, Vector<double>::Zero(3), z);
  CHECK(std::isinf(z(0)));
}

}  // namespace activation_test
