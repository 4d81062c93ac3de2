// Backpropagation against central differences, and the softmax at its extremes.
#include "numerics/networks/backpropagation.hpp"

#include <cmath>
#include <limits>

#include "catch.hpp"
#include "numerics/networks/initialisation.hpp"

namespace backpropagation_test {

using namespace numerics;

namespace {

struct Problem {
  Mlp<double> network;
  Matrix<double> inputs;
  std::vector<std::uint8_t> labels;

  double loss() const {
    Workspace<double> workspace;
    return total_cross_entropy<double>(network, inputs, labels, workspace) / static_cast<double>(labels.size());
  }
};

Problem small_problem(const NetworkKind& kind) {
  const std::vector<int> sizes{7, 6, 5, 6, 4};
  Problem problem{initialise(kind, sizes, RandomStream(11)), Matrix<double>(7, 9), {}};
  Mlp<double> noise = initialise({Activation::tanh, Initialisation::normal, 1}, {9, 7}, RandomStream(2));
  problem.inputs = noise.weights[0];
  for (std::uint8_t i = 0; i < 9; ++i) problem.labels.push_back(i % 4);
  // Biases that are not 0, so that their part in the forward pass is tested as well.
  for (auto& biases : problem.network.biases) biases.setLinSpaced(-0.2, 0.3);
  return problem;
}

/// Fourth-order central difference of the loss in one parameter.
double numerical_derivative(const Problem& problem, double& parameter) {
  const double h = 1e-3, start = parameter;
  const auto at = [&](double shift) {
    parameter = start + shift;
    return problem.loss();
  };
  const double derivative = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
  parameter = start;
  return derivative;
}

bool has_kink(Activation phi) {
  return phi == Activation::relu || phi == Activation::leaky_relu || phi == Activation::softsign;
}

/// The smallest |z| of all hidden units: differences across a kink are not derivatives.
bool kink_is_near(const Problem& problem) {
  if (!has_kink(problem.network.activation)) return false;
  Matrix<double> a = problem.inputs;
  double smallest = 1;
  for (std::size_t i = 0; i + 1 < problem.network.weights.size(); ++i) {
    const Matrix<double> z = (problem.network.weights[i] * a).colwise() + problem.network.biases[i];
    smallest = std::min(smallest, z.cwiseAbs().minCoeff());
    Mlp<double> one{problem.network.activation,
                    {problem.network.weights[i], Matrix<double>::Identity(z.rows(), z.rows())},
                    {problem.network.biases[i], Vector<double>::Zero(z.rows())}};
    Workspace<double> workspace;
    a = forward<double>(one, a, workspace);
  }
  return smallest < 0.05;
}

}  // namespace

TEST_CASE("backpropagation agrees with central differences for every activation and initialisation") {
  for (const std::string& activation_name : activation_names()) {
    for (const std::string& initialisation_name : initialisation_names()) {
      Problem problem = small_problem(*network_kind(activation_name + "-" + initialisation_name));
      INFO(activation_name << "-" << initialisation_name);
      // Kinks are moved away from: shifted inputs until no unit is within reach of one.
      for (int shift = 0; kink_is_near(problem) && shift < 5000; ++shift) {
        problem.network.biases[static_cast<std::size_t>(shift % 3)].array() += 0.013 * (1 + shift % 7);
        problem.inputs.array() *= 1.001;
      }
      REQUIRE_FALSE(kink_is_near(problem));
      Workspace<double> workspace;
      backpropagate<double>(problem.network, problem.inputs, problem.labels, workspace);
      for (int layer = 1; layer <= problem.network.depth(); ++layer) {
        const std::size_t i = static_cast<std::size_t>(layer - 1);
        Matrix<double> numerical(problem.network.weights[i].rows(), problem.network.weights[i].cols());
        for (Eigen::Index k = 0; k < numerical.size(); ++k)
          numerical(k) = numerical_derivative(problem, problem.network.weights[i](k));
        const Matrix<double> exact = weight_gradient<double>(workspace, problem.inputs, layer);
        CHECK((numerical - exact).norm() <= 1e-7 * exact.norm() + 1e-12);
        Vector<double> numerical_bias(problem.network.biases[i].size());
        for (Eigen::Index k = 0; k < numerical_bias.size(); ++k)
          numerical_bias(k) = numerical_derivative(problem, problem.network.biases[i](k));
        const Vector<double> exact_bias = bias_gradient(workspace, layer);
        CHECK((numerical_bias - exact_bias).norm() <= 1e-7 * exact_bias.norm() + 1e-12);
      }
    }
  }
}

TEST_CASE("a descent step is the old weights less the step times the gradient") {
  for (const char* name : {"tanh-xavier", "gelu-he", "sigmoid-normal"}) {
    Problem problem = small_problem(*network_kind(name));
    Workspace<double> workspace;
    backpropagate<double>(problem.network, problem.inputs, problem.labels, workspace);
    Mlp<double> stepped = problem.network;
    Workspace<double> other;
    descend<double>(stepped, problem.inputs, problem.labels, 0.1, other);
    for (int layer = 1; layer <= stepped.depth(); ++layer) {
      const std::size_t i = static_cast<std::size_t>(layer - 1);
      const Matrix<double> expected =
          problem.network.weights[i] - 0.1 * weight_gradient<double>(workspace, problem.inputs, layer);
      CHECK(stepped.weights[i].isApprox(expected, 1e-14));
      CHECK(stepped.biases[i].isApprox(problem.network.biases[i] - 0.1 * bias_gradient(workspace, layer), 1e-14));
    }
  }
}

TEST_CASE("the loss of one batch does not depend on how many examples stand beside it") {
  Problem problem = small_problem(*network_kind("tanh-xavier"));
  Workspace<double> workspace;
  double sum = 0;
  for (Eigen::Index j = 0; j < 9; ++j)
    sum += cross_entropy(forward<double>(problem.network, problem.inputs.col(j), workspace),
                         Labels(problem.labels).subspan(static_cast<std::size_t>(j), 1));
  CHECK(sum / 9 == Approx(problem.loss()).epsilon(1e-13));
}

TEST_CASE("cross entropy is exact at extreme logits") {
  Matrix<double> logits(3, 1);
  const std::vector<std::uint8_t> first{0}, second{1};
  logits << 1000, 0, -1000;
  CHECK(cross_entropy(logits, first) == 0);
  CHECK(cross_entropy(logits, second) == 1000);
  logits << 40, 0, 0;  // -ln(1 / (1 + 2 e^-40)) = 2 e^-40 to first order
  CHECK(cross_entropy(logits, first) == Approx(2 * std::exp(-40.0)).epsilon(1e-14));
  logits.setZero();
  CHECK(cross_entropy(logits, first) == Approx(std::log(3.0)).epsilon(1e-15));
  logits << 0, std::numeric_limits<double>::quiet_NaN(), 0;
  CHECK(std::isnan(cross_entropy(logits, first)));
  logits << std::numeric_limits<double>::infinity(), 0, 0;
  CHECK(std::isinf(cross_entropy(logits, second)));
  CHECK(std::isnan(cross_entropy(logits, first)));  // Infinity - Infinity
}

TEST_CASE("the output's error signal is softmax minus label, without cancellation") {
  Mlp<double> network{Activation::linear, {Matrix<double>::Identity(3, 3)}, {Vector<double>::Zero(3)}};
  Matrix<double> inputs(3, 2);
  inputs << 40, 1000, 0, 0, 0, -1000;
  const std::vector<std::uint8_t> labels{0, 1};
  Workspace<double> workspace;
  backpropagate<double>(network, inputs, labels, workspace);
  const auto& delta = workspace.error_signals.back();
  CHECK(delta(0, 0) == Approx(-2 * std::exp(-40.0)).epsilon(1e-14));  // p - 1 would be 0
  CHECK(delta(1, 0) == Approx(std::exp(-40.0)).epsilon(1e-14));
  CHECK(delta(0, 1) == 1);
  CHECK(delta(1, 1) == -1);
}

}  // namespace backpropagation_test
