// Norms by layer against backpropagation in double precision, and where no number could hold them.
#include "numerics/networks/gradient_norms.hpp"

#include <boost/random/uniform_real_distribution.hpp>
#include <cmath>

#include "catch.hpp"
#include "numerics/linear/norm.hpp"

namespace gradient_norms_test {

using namespace numerics;

namespace {

struct Problem {
  Mlp<double> network;
  Matrix<double> inputs;
  std::vector<std::uint8_t> labels;
};

Problem problem(const char* kind, int depth, int width, int batch) {
  Problem p{initialise(*network_kind(kind), layer_sizes(50, width, depth, 10), RandomStream(5)), {}, {}};
  auto engine = RandomStream(6).engine();
  boost::random::uniform_real_distribution<double> uniform(0, 1);
  p.inputs = Matrix<double>::NullaryExpr(50, batch, [&] { return uniform(engine); });
  for (int i = 0; i < batch; ++i) p.labels.push_back(static_cast<std::uint8_t>(i % 10));
  return p;
}

}  // namespace

TEST_CASE("norms by layer are those of backpropagation in double precision, to six digits") {
  // Networks that are not chaotic: in those, two precisions soon follow different signals.
  for (const char* kind :
       {"tanh-xavier", "relu-he", "sigmoid-xavier", "tanh-uniform-fan-in", "gelu-he", "softsign-xavier"}) {
    INFO(kind);
    const Problem p = problem(kind, 30, 64, 48);
    const GradientNorms norms = gradient_norms(p.network, p.inputs, p.labels);
    Workspace<double> workspace;
    backpropagate<double>(p.network, p.inputs, p.labels, workspace);
    REQUIRE(norms.error_signal.size() == 30);
    for (int layer = 1; layer <= 30; ++layer) {
      const auto i = static_cast<std::size_t>(layer - 1);
      INFO("layer " << layer);
      const double signal = norm(workspace.error_signals[i]) / std::sqrt(48.0);
      const double gradient = norm(weight_gradient<double>(workspace, p.inputs, layer));
      CHECK(norms.error_signal[i] == Approx(std::log10(signal)).margin(1e-5));
      CHECK(norms.weight_gradient[i] == Approx(std::log10(gradient)).margin(1e-5));
    }
    CHECK(norms.output_error.self == Approx(pair_moments(workspace.error_signals.back()).self).epsilon(1e-5));
  }
}

TEST_CASE("error signals are followed to where no double is small enough") {
  // A sigmoid with Xavier's weights loses 0.627 decades a layer (half of log10 of chi_1 = 0.0557): 600 layers, 376
  // decades.
  const Problem p = problem("sigmoid-xavier", 600, 64, 8);
  const GradientNorms norms = gradient_norms(p.network, p.inputs, p.labels);
  const double lost = norms.error_signal.back() - norms.error_signal.front();
  CHECK(lost == Approx(0.627 * 599).epsilon(0.03));
  CHECK(std::isfinite(norms.weight_gradient.front()));
}

TEST_CASE("where floats overflow on the way forward, doubles are taken") {
  // ReLU with N(0, 1) weights of width 64 gains 0.75 decades a layer: 45 after 60 layers.
  const Problem p = problem("relu-normal", 60, 64, 8);
  CHECK_FALSE(std::isfinite(
      gradient_norms_in<float>(in_precision<float>(p.network), p.inputs.cast<float>(), p.labels).error_signal.front()));
  const GradientNorms norms = gradient_norms(p.network, p.inputs, p.labels);
  CHECK(norms.error_signal == gradient_norms_in<double>(p.network, p.inputs, p.labels).error_signal);
  CHECK(norms.error_signal.front() > 38);
}

TEST_CASE("norms that overflow doubles on the way forward are not numbers") {
  const Problem p = problem("relu-normal", 450, 64, 2);
  CHECK_FALSE(std::isfinite(gradient_norms(p.network, p.inputs, p.labels).error_signal.front()));
}

}  // namespace gradient_norms_test
