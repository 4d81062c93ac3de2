// Initial weights have the variances that are promised.
#include "numerics/networks/initialisation.hpp"

#include <cmath>

#include "catch.hpp"

namespace initialisation_test {

using namespace numerics;

TEST_CASE("initial weights have the declared variance and mean 0, biases are 0") {
  for (const std::string& name : initialisation_names()) {
    for (const double scale : {1.0, 0.3}) {
      const NetworkKind kind{Activation::tanh, *initialisation(name), scale};
      const auto network = initialise(kind, {300, 200, 400}, RandomStream(3));
      for (std::size_t i = 0; i < 2; ++i) {
        INFO(kind.name() << ", layer " << i + 1);
        const auto& w = network.weights[i].array();
        const int inputs = i == 0 ? 300 : 200, outputs = i == 0 ? 200 : 400;
        REQUIRE(network.weights[i].rows() == outputs);
        REQUIRE(network.weights[i].cols() == inputs);
        const double variance = weight_variance(kind, inputs, outputs);
        const auto count = static_cast<double>(w.size());
        CHECK(w.square().mean() == Approx(variance).epsilon(4 * std::sqrt(2 / count)));
        CHECK(std::abs(w.mean()) < 4 * std::sqrt(variance / count));
        CHECK(network.biases[i].isZero(0));
      }
    }
  }
}

TEST_CASE("variances follow the formulas") {
  const auto variance = [](const char* name) { return weight_variance(*network_kind(name), 50, 150); };
  CHECK(variance("tanh-uniform-fan-in") == Approx(1 / 150.0));
  CHECK(variance("tanh-xavier") == Approx(0.01));
  CHECK(variance("relu-he") == Approx(0.04));
  CHECK(variance("tanh-normal") == 1);
  CHECK(variance("tanh-normal-2") == 4);
  CHECK(variance("tanh-orthogonal") == Approx(1 / 150.0));
}

TEST_CASE("uniform weights stay within one over the root of the fan-in") {
  const auto network = initialise(*network_kind("tanh-uniform-fan-in"), {100, 500, 10}, RandomStream(1));
  CHECK(network.weights[0].cwiseAbs().maxCoeff() <= 0.1);
  CHECK(network.weights[0].cwiseAbs().maxCoeff() > 0.0999);
}

TEST_CASE("orthogonal weights keep lengths where the layer does not narrow") {
  const auto network = initialise(*network_kind("linear-orthogonal"), {30, 30, 50, 20}, RandomStream(1));
  const auto& w = network.weights;
  CHECK((w[0].transpose() * w[0]).isIdentity(1e-13));
  CHECK((w[1].transpose() * w[1]).isIdentity(1e-13));
  CHECK((w[2] * w[2].transpose()).isIdentity(1e-13));
}

TEST_CASE("orthogonal weights are drawn uniformly: the diagonal has no preferred sign") {
  double trace = 0;
  constexpr int draws = 400;
  for (std::uint64_t i = 0; i < draws; ++i)
    trace += initialise(*network_kind("linear-orthogonal"), {5, 5}, RandomStream(i)).weights[0].trace() / draws;
  CHECK(std::abs(trace) < 4 / std::sqrt(double(draws)));  // the trace of a Haar matrix has mean 0 and variance 1
}

TEST_CASE("a deeper network begins with the layers of a shallower one") {
  const auto kind = *network_kind("relu-he");
  const auto shallow = initialise(kind, layer_sizes(20, 8, 3, 8), RandomStream(5));
  const auto deep = initialise(kind, layer_sizes(20, 8, 6, 8), RandomStream(5));
  for (std::size_t i = 0; i < 3; ++i) CHECK(shallow.weights[i] == deep.weights[i]);
  CHECK(layer_sizes(20, 8, 3, 10) == std::vector<int>{20, 8, 8, 10});
  CHECK(layer_sizes(20, 8, 1, 10) == std::vector<int>{20, 10});
}

TEST_CASE("mean-field theory sees a hidden layer's weights times its width") {
  CHECK(field_of(network_kinds({"relu-he"}).front(), 50).weight_variance == Approx(2));
  CHECK(field_of(network_kinds({"tanh-normal"}).front(), 50).weight_variance == Approx(50));
  CHECK(field_of(network_kinds({"sigmoid-uniform-fan-in"}).front(), 50).weight_variance == Approx(1.0 / 3));
  CHECK(field_of(network_kinds({"relu-he"}).front(), 50).activation == Activation::relu);
}

}  // namespace initialisation_test
