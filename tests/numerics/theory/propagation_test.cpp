// Gradients of real random networks against the theory of infinite width.
#include <boost/random/normal_distribution.hpp>
#include <cmath>

#include "catch.hpp"
#include "numerics/linear/norm.hpp"
#include "numerics/networks/backpropagation.hpp"
#include "numerics/statistics.hpp"
#include "numerics/theory/gradient_theory.hpp"

namespace propagation_test {

using namespace numerics;

namespace {

constexpr int width = 256, depth = 50, classes = 10;

Matrix<double> gaussian_inputs(int rows, int columns, std::uint64_t seed) {
  auto engine = RandomStream(seed).child("inputs").engine();
  boost::random::normal_distribution<double> normal;
  return Matrix<double>::NullaryExpr(rows, columns, [&] { return normal(engine); });
}

struct Measured {
  std::vector<double> error_signal, weight_gradient;  // by layer
  PairMoments output_error;
};

Measured measure(const char* name, const Matrix<double>& inputs, std::uint64_t seed) {
  const auto network =
      initialise(*network_kind(name), layer_sizes(static_cast<int>(inputs.rows()), width, depth, classes),
                 RandomStream(seed).child(name));
  std::vector<std::uint8_t> labels;
  for (Eigen::Index j = 0; j < inputs.cols(); ++j) labels.push_back(static_cast<std::uint8_t>(j % classes));
  Workspace<double> workspace;
  backpropagate<double>(network, inputs, labels, workspace);
  Measured result;
  for (int layer = 1; layer <= depth; ++layer) {
    result.error_signal.push_back(norm(workspace.error_signals[static_cast<std::size_t>(layer - 1)]) /
                                  std::sqrt(static_cast<double>(inputs.cols())));
    result.weight_gradient.push_back(norm(weight_gradient<double>(workspace, inputs, layer)));
  }
  result.output_error = pair_moments(workspace.error_signals.back());
  return result;
}

/// Decades per layer towards the input over the hidden layers, the mean of three networks. The input's mean square is
/// of no account to it but for the first layers.
double slope_of_error_signal(const char* name) {
  const auto inputs = gaussian_inputs(width, 32, 1);
  double mean = 0;
  for (std::uint64_t seed = 0; seed < 3; ++seed) {
    std::vector<double> layers, logs;
    const auto measured = measure(name, inputs, seed);
    for (int layer = 1; layer < depth; ++layer) {
      layers.push_back(layer);
      logs.push_back(std::log10(measured.error_signal[static_cast<std::size_t>(layer - 1)]));
    }
    mean -= least_squares_slope(layers, logs) / 3;
  }
  return mean;
}

}  // namespace

TEST_CASE("the error signal changes by the square root of chi_1 a layer") {
  // log10(chi_1) / 2: sigmoid with Xavier 0.0557207, with U(+-1/sqrt n) 0.0200078; tanh with U 1/3, with N(0,1) 8.731;
  // ReLU with He 1, with Xavier 1/2.
  CHECK(slope_of_error_signal("sigmoid-xavier") == Approx(-0.6270).margin(0.01));
  CHECK(slope_of_error_signal("sigmoid-uniform-fan-in") == Approx(-0.8494).margin(0.01));
  CHECK(slope_of_error_signal("tanh-uniform-fan-in") == Approx(-0.2386).margin(0.005));
  CHECK(slope_of_error_signal("tanh-normal") == Approx(0.4705).margin(0.02));
  CHECK(slope_of_error_signal("relu-he") == Approx(0).margin(0.006));
  CHECK(slope_of_error_signal("relu-xavier") == Approx(-0.1505).margin(0.006));
}

TEST_CASE("layer-by-layer theory follows the norms of wide networks, ends included") {
  // Another fan-in at the first layer and another fan-out at the last.
  const auto inputs = gaussian_inputs(400, 40, 2);
  const auto sizes = layer_sizes(400, width, depth, classes);
  for (const char* name : {"sigmoid-xavier", "tanh-xavier", "relu-he", "tanh-uniform-fan-in", "tanh-orthogonal"}) {
    INFO(name);
    const auto measured = measure(name, inputs, 1);
    const auto theory = gradient_theory(propagate(*network_kind(name), sizes, pair_moments(inputs)),
                                        measured.output_error, static_cast<int>(inputs.cols()));
    for (std::size_t i = 0; i < depth; ++i) {
      INFO("layer " << i + 1);
      const double layers_from_output = static_cast<double>(depth - 1 - i);
      // A random walk of relative steps of order 1/sqrt(width) in the norm.
      CHECK(std::log(measured.error_signal[i] / theory.error_signal[i]) ==
            Approx(0).margin(0.05 + 4 * std::sqrt((layers_from_output + 1) / width)));
      CHECK(std::log(measured.weight_gradient[i] / theory.weight_gradient[i]) == Approx(0).margin(1.2));
    }
  }
}

TEST_CASE("weight gradients are flat where signals vanish both ways") {
  // tanh with U(+-1/sqrt n): the error signal falls 12 decades; Glorot and Bengio 2010 saw the flat weight gradient.
  const auto measured = measure("tanh-uniform-fan-in", gaussian_inputs(width, 32, 3), 1);
  CHECK(std::log10(measured.error_signal.back() / measured.error_signal.front()) == Approx(0.2386 * 49).margin(0.5));
  CHECK(std::log10(measured.weight_gradient[48] / measured.weight_gradient[1]) == Approx(0).margin(0.3));
}

TEST_CASE("the norm of a signal fluctuates by Hanin's law") {
  // One ReLU layer with He weights multiplies |x|^2 by (2/n) chi^2_K, K ~ Bin(n, 1/2). At n = 25 and 10 layers the
  // variance of ln |x|^2 is 10 (E psi_1(K/2) + Var psi(K/2)) = 10 * 0.23678 and its mean 10 * -0.10748.
  constexpr int n = 25, layers = 10, draws = 4000;
  const auto kind = *network_kind("relu-he");
  const Matrix<double> x = Vector<double>::Ones(n);
  double sum = 0, squares = 0;
  int alive = 0;
  for (std::uint64_t draw = 0; draw < draws; ++draw) {
    const auto network = initialise(kind, layer_sizes(n, n, layers + 1, 1), RandomStream(draw));
    Workspace<double> workspace;
    forward<double>(network, x, workspace);
    const double ratio = 0.5 * std::log(workspace.activations[layers - 1].squaredNorm() / n);
    if (!std::isfinite(ratio)) continue;
    ++alive;
    sum += ratio;
    squares += ratio * ratio;
  }
  const double mean = sum / alive, deviation = std::sqrt(squares / alive - mean * mean);
  CHECK(mean == Approx(10 * -0.10748 / 2).margin(4 * deviation / std::sqrt(double(draws))));
  CHECK(deviation == Approx(std::sqrt(10 * 0.23678) / 2).epsilon(0.05));
}

TEST_CASE("infinite width passes a limit between the layers whose sizes enclose it") {
  // ReLU with N(0, 1) weights multiplies the mean square by n / 2: at n = 200 the root mean square by 10.
  const NetworkKind kind = network_kinds({"relu-normal"}).front();
  const std::vector<int> sizes(40, 200);
  CHECK(layer_beyond(1e20, kind, sizes).value() == Approx(20).epsilon(1e-9));
  CHECK(layer_beyond(std::sqrt(10.0) * 1e5, kind, sizes).value() == Approx(5.5).epsilon(1e-9));
  CHECK_FALSE(layer_beyond(1e60, kind, sizes));
}

TEST_CASE("weight gradients in theory are scaled to the output layer's, error signals are not") {
  const std::vector<int> sizes(6, 50);
  const auto layers = propagate(network_kinds({"tanh-xavier"}).front(), sizes, {50, 10});
  const auto plain = gradient_theory(layers, {0.9, 0.1}, 8), scaled = gradient_theory(layers, {0.9, 0.1}, 8, 3);
  CHECK(scaled.error_signal == plain.error_signal);
  CHECK(scaled.weight_gradient.back() == Approx(3));
  CHECK(scaled.weight_gradient[0] / scaled.weight_gradient[4] ==
        Approx(plain.weight_gradient[0] / plain.weight_gradient[4]));
}

}  // namespace propagation_test
