// One network in two precisions: where single precision overflows.
#include "numerics/theory/precision_profile.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "catch.hpp"
#include "numerics/linear/norm.hpp"
#include "numerics/networks/initialisation.hpp"

namespace precision_profile_test {

using namespace numerics;

TEST_CASE("squares overflow in float long before activations do, and neither does in double") {
  // Two layers without bends: the first multiplies by 1e25, the second by 1e10.
  const Matrix<double> one = Matrix<double>::Identity(2, 2);
  const Mlp<double> network{Activation::linear,
                            {1e25 * one, 1e10 * one, 1e10 * one},
                            {Vector<double>::Zero(2), Vector<double>::Zero(2), Vector<double>::Zero(2)}};
  const Matrix<double> inputs = Matrix<double>::Ones(2, 1);
  const std::vector<std::uint8_t> labels{0};
  const auto [exact, single] = precision_profiles(network, inputs, labels);
  REQUIRE(single.activations.size() == 3);
  CHECK(exact.activations[2] == Approx(1e35).epsilon(1e-12));
  CHECK(single.activations[1] == Approx(1e25).epsilon(1e-6));
  CHECK(single.activations[2] == Approx(1e35).epsilon(1e-6));
  CHECK(std::isinf(single.own_norms[1]));
  CHECK(exact.own_norms[1] == Approx(std::sqrt(2.0) * 1e25));
  REQUIRE(exact.error_signals.size() == 3);
  CHECK(exact.error_signals[1] == Approx(1e10 * exact.error_signals[2]));
}

namespace {

const std::vector<int> sizes{20, 33, 33, 33, 10};

Matrix<double> some_inputs() { return Matrix<double>::Random(20, 7); }
const std::vector<std::uint8_t> some_labels{0, 1, 2, 3, 4, 5, 6};

/// Also where both are NaN.
void check_same(const std::vector<double>& a, const std::vector<double>& b) {
  REQUIRE(a.size() == b.size());
  CHECK(std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0);
}
void check_same(const PrecisionProfile& a, const PrecisionProfile& b) {
  check_same(a.activations, b.activations);
  check_same(a.error_signals, b.error_signals);
  check_same(a.own_norms, b.own_norms);
}

template <class Scalar>
void check_against_passes(const PrecisionProfile& profile, const Mlp<double>& network, const Matrix<double>& inputs) {
  Workspace<Scalar> workspace;
  const Matrix<Scalar> own_inputs = inputs.cast<Scalar>();
  backpropagate<Scalar>(in_precision<Scalar>(network), own_inputs, some_labels, workspace);
  REQUIRE(profile.error_signals.size() == workspace.error_signals.size());
  REQUIRE(profile.activations.size() == workspace.activations.size());
  CHECK(profile.activations[0] == Approx(rms(own_inputs)).epsilon(1e-14));
  for (std::size_t l = 0; l < workspace.error_signals.size(); ++l)
    CHECK(profile.error_signals[l] == Approx(rms(workspace.error_signals[l])).epsilon(1e-14));
  for (std::size_t l = 0; l + 1 < workspace.activations.size(); ++l) {
    CHECK(profile.activations[l + 1] == Approx(rms(workspace.activations[l])).epsilon(1e-14));
    CHECK(profile.own_norms[l + 1] == static_cast<double>(workspace.activations[l].norm()));
  }
}

}  // namespace

TEST_CASE("profiles are those of backpropagation in each precision") {
  const Matrix<double> inputs = some_inputs();
  for (const char* name : {"tanh-normal", "relu-he", "sigmoid-uniform-fan-in", "gelu-xavier", "tanh-orthogonal"}) {
    INFO(name);
    const auto network = initialise(*network_kind(name), sizes, RandomStream(5));
    const auto [exact, single] = precision_profiles(network, inputs, some_labels);
    check_against_passes<double>(exact, network, inputs);
    check_against_passes<float>(single, network, inputs);
  }
}

TEST_CASE("below the smallest normal float error signals are those of the processor's own floats, until all are zero") {
  // The sigmoid loses 0.85 decades a layer: subnormal from layer 42 from the output on, zero from about 49.
  const auto deep = layer_sizes(20, 40, 60, 10);
  const auto network = initialise(*network_kind("sigmoid-uniform-fan-in"), deep, RandomStream(7));
  const Matrix<double> inputs = some_inputs();
  const PrecisionProfile single = precision_profiles(network, inputs, some_labels).single;
  check_against_passes<float>(single, network, inputs);
  const auto subnormal = std::count_if(single.error_signals.begin(), single.error_signals.end(),
                                       [](double v) { return v > 0 && v < std::numeric_limits<float>::min(); });
  CHECK(subnormal > 4);
  CHECK(single.error_signals.front() == 0);
}

TEST_CASE("a network that is drawn layer by layer, and again on the way back, is the one drawn at once") {
  const Matrix<double> inputs = some_inputs();
  for (const std::string& initialisation : initialisation_names()) {
    INFO(initialisation);
    const NetworkKind kind = *network_kind("tanh-" + initialisation);
    const auto at_once = precision_profiles(initialise(kind, sizes, RandomStream(6)), inputs, some_labels);
    const auto by_layer = precision_profiles(kind, sizes, RandomStream(6), inputs, some_labels);
    check_same(at_once.exact, by_layer.exact);
    check_same(at_once.single, by_layer.single);
  }
}

}  // namespace precision_profile_test
