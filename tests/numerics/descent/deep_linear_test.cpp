// Deep linear networks: how two layers learn (Saxe, McClelland and Ganguli 2014), and the singular values of products
// of random matrices (the same; Pennington, Schoenholz and Ganguli 2017).
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

#include "catch.hpp"
#include "numerics/descent/gradient_flow.hpp"
#include "numerics/networks/backpropagation.hpp"
#include "numerics/networks/initialisation.hpp"
#include "numerics/networks/squared_loss.hpp"

namespace deep_linear_test {

using namespace numerics;

namespace {

constexpr double u0 = 1e-3;

/// Strength of a mode of size s at time t, from u0, for tau = 1: Saxe et al., equation 6.
double strength(double s, double t) {
  const double e = std::exp(2 * s * t);
  return s * e / (e - 1 + s / u0);
}

double half_time(double s) { return std::log(s / u0 - 1) / (2 * s); }

/// One mode of two layers: L = (s - a b)^2 / 2.
Objective mode(double s) {
  Objective objective;
  objective.dimension = 2;
  objective.gradient = [s](const Point& p) -> Point { return Point{{p[1], p[0]}} * (p[0] * p[1] - s); };
  objective.hessian = [s](const Point& p) -> Matrix<double> {
    Matrix<double> h(2, 2);
    h << p[1] * p[1], 2 * p[0] * p[1] - s, 2 * p[0] * p[1] - s, p[0] * p[0];
    return h;
  };
  return objective;
}

/// The largest deviation of gradient descent on two whole matrices from the closed form, over all modes and steps.
double descent_deviation(const Point& modes, double learning_rate) {
  const auto n = static_cast<int>(modes.size());
  // Whitened inputs, each with its opposite, so that biases have no gradient.
  Examples<double> examples;
  const double root = std::sqrt(static_cast<double>(n));
  examples.inputs.resize(n, 2 * n);
  examples.inputs << root * Matrix<double>::Identity(n, n), -root * Matrix<double>::Identity(n, n);
  examples.targets = modes.asDiagonal() * examples.inputs;
  SquaredLoss<double> loss(Activation::linear, {n, n, n}, examples);

  Mlp<double> network{Activation::linear, {}, {}};
  for (int layer = 0; layer < 2; ++layer) {
    network.weights.push_back(std::sqrt(u0) * Matrix<double>::Identity(n, n));
    network.biases.push_back(Vector<double>::Zero(n));
  }
  Vector<double> theta = flatten(network), gradient(theta.size());
  double deviation = 0;
  for (int k = 0; k * learning_rate < 5; ++k) {
    const Eigen::Map<const Matrix<double>> first(theta.data(), n, n), second(theta.data() + n * n + n, n, n);
    const Matrix<double> product = second * first;
    for (int i = 0; i < n; ++i)
      deviation = std::max(deviation, std::abs(product(i, i) - strength(modes[i], k * learning_rate)));
    loss.evaluate(theta, gradient);
    theta -= learning_rate * gradient;
  }
  return deviation;
}

/// Squared singular values of the product of so many random matrices, ascending.
Vector<double> squared_singular_values(const char* network, int n, int layers, std::uint64_t seed) {
  const auto random =
      initialise(*network_kind(network), std::vector<int>(static_cast<std::size_t>(layers) + 1, n), RandomStream(seed));
  Matrix<double> product = random.weights[0];
  for (std::size_t l = 1; l < random.weights.size(); ++l) product = (random.weights[l] * product).eval();
  return Eigen::SelfAdjointEigenSolver<Matrix<double>>(product.transpose() * product, Eigen::EigenvaluesOnly)
      .eigenvalues();
}

double variance(const Vector<double>& values) { return (values.array() - values.mean()).square().mean(); }

}  // namespace

TEST_CASE(
    "two linear layers learn a mode of strength s half at (1/2s) ln(s/u_0 - 1): 1.036725, 1.900101, 3.453377 (Saxe et "
    "al. 2014)") {
  CHECK(half_time(4) == Approx(1.036725).margin(1e-6));
  CHECK(half_time(2) == Approx(1.9001005836).margin(1e-9));
  CHECK(half_time(1) == Approx(3.453377).margin(1e-6));
  for (const double s : {4.0, 2.0, 1.0}) {
    const Point start = Point::Constant(2, std::sqrt(u0));
    const auto flow =
        integrate(gradient_field(mode(s)), start, {0, half_time(s) / 2, half_time(s)}, 1e-12, Method::explicit_dopri5);
    CHECK(flow.points[2].prod() == Approx(s / 2).epsilon(1e-9));
    CHECK(flow.points[1].prod() == Approx(strength(s, half_time(s) / 2)).epsilon(1e-9));
  }
}

TEST_CASE(
    "gradient descent on the two matrices deviates from Saxe's closed form by 12.50 eta for modes 4, 3, 2, 1: first "
    "order") {
  for (const double eta : {5e-4, 1e-3, 4e-3})
    CHECK(descent_deviation(Point{{4, 3, 2, 1}}, eta) / eta == Approx(12.50).epsilon(0.01));
}

TEST_CASE(
    "squared singular values of a product of L Gaussian matrices have mean 1 and variance L (Pennington et al. 2017)") {
  for (const int layers : {1, 2, 4, 8}) {
    const Vector<double> squares = squared_singular_values("linear-xavier", 600, layers, 1);
    INFO(layers);
    CHECK(squares.mean() == Approx(1).epsilon(0.03));
    CHECK(variance(squares) == Approx(layers).epsilon(0.1));
  }
}

TEST_CASE("the largest of them is (L+1)^(L+1) / L^L: 12.207 for L = 4") {
  for (const int layers : {2, 4}) {
    double largest = 0;
    for (std::uint64_t seed = 0; seed < 3; ++seed)
      largest += squared_singular_values("linear-xavier", 600, layers, seed).maxCoeff() / 3;
    CHECK(largest == Approx(std::pow(layers + 1, layers + 1) / std::pow(layers, layers)).epsilon(0.05));
  }
}

TEST_CASE("a product of orthogonal matrices has no singular value but 1, however deep") {
  const Vector<double> squares = squared_singular_values("linear-orthogonal", 100, 32, 1);
  CHECK(squares.minCoeff() == Approx(1).epsilon(1e-10));
  CHECK(squares.maxCoeff() == Approx(1).epsilon(1e-10));
}

TEST_CASE("ReLU networks' Jacobians spread twice as much with Gaussian weights (2L) as with orthogonal ones (L)") {
  // Weights of twice the variance, and half of the units live.
  constexpr int n = 400, layers = 4;
  for (const bool gaussian : {true, false}) {
    const char* name = gaussian ? "relu-he" : "relu-orthogonal-1.4142135623730951";
    double spread = 0;
    for (std::uint64_t seed = 0; seed < 3; ++seed) {
      const auto network = initialise(*network_kind(name), std::vector<int>(layers + 2, n), RandomStream(seed));
      Workspace<double> workspace;
      const Matrix<double> input = (1.7 * Eigen::ArrayXd::LinSpaced(n, 0, n - 1)).cos();
      forward<double>(network, input, workspace);
      Matrix<double> jacobian = Matrix<double>::Identity(n, n);
      for (std::size_t l = 0; l < layers; ++l)
        jacobian = ((workspace.activations[l].array() > 0).cast<double>().matrix().asDiagonal() *
                    (network.weights[l] * jacobian))
                       .eval();
      const Vector<double> squares =
          Eigen::SelfAdjointEigenSolver<Matrix<double>>(jacobian.transpose() * jacobian, Eigen::EigenvaluesOnly)
              .eigenvalues();
      spread += variance(squares) / std::pow(squares.mean(), 2) / 3;
    }
    CHECK(spread == Approx(gaussian ? 2 * layers : layers).epsilon(0.15));
  }
}

}  // namespace deep_linear_test
