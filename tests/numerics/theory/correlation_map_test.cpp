// Order and chaos: the correlation map against quadrature and closed forms, depth scales against published ones.
#include "numerics/theory/correlation_map.hpp"

#include <cmath>
#include <numbers>

#include "catch.hpp"
#include "numerics/theory/fine_quadrature.hpp"

namespace correlation_map_test {

using namespace numerics;

TEST_CASE("the power series of the correlation map is the integral over both inputs") {
  for (const Activation phi : {Activation::tanh, Activation::sigmoid, Activation::gelu, Activation::swish,
                               Activation::softsign, Activation::leaky_relu, Activation::relu, Activation::linear}) {
    for (const double q : {0.1, 1.0, 6.0}) {
      const MeanField field{phi, 1.7, 0.1};
      const CorrelationMap map(field, q);
      for (const double c : {0.0, 0.3, 0.9, 0.999}) {
        INFO(name(phi) << " " << q << " " << c);
        CHECK(map(c) == Approx(next_correlation(field, q, c)).margin(2e-7));
        // The softsign's second derivative jumps at 0, so that its series converges only like a power.
        const double tolerance = phi == Activation::softsign ? 1e-3 : 1e-5;
        CHECK(map.contraction(c) == Approx(1.7 * mean_slope_product(phi, q, c)).epsilon(tolerance));
      }
      CHECK(map(1) == Approx(1).epsilon(1e-12));
      CHECK(map.contraction(1) == Approx(susceptibility(field, q)).epsilon(1e-12));
    }
  }
}

TEST_CASE(
    "Cho and Saul's map of the ReLU from orthogonal inputs: 1/pi, 0.493731, 0.604826, and 0.987862 after 50 layers") {
  const CorrelationMap map({Activation::relu, 2, 0}, 1);
  double c = 0;
  std::vector<double> layers{c};
  for (int l = 0; l < 50; ++l) layers.push_back(c = map(c));
  CHECK(layers[1] == Approx(1 / std::numbers::pi).epsilon(1e-12));
  CHECK(layers[2] == Approx(0.493731).margin(1e-6));
  CHECK(layers[3] == Approx(0.604826).margin(1e-6));
  CHECK(layers[5] == Approx(0.735946).margin(1e-6));
  CHECK(layers[10] == Approx(0.871536).margin(1e-6));
  CHECK(layers[20] == Approx(0.948428).margin(1e-6));
  CHECK(layers[50] == Approx(0.987862).margin(1e-6));
}

TEST_CASE("depth scales of tanh on Schoenholz et al.'s line sigma_b^2 = 0.05") {
  struct Row {
    double weight_variance, chi, depth, correlation;
  };
  // Computed independently by two-dimensional quadrature.
  for (const Row& row :
       {Row{1.0, 0.75903, 3.627, 1}, Row{1.3, 0.88016, 7.834, 1}, Row{1.7, 0.98674, 74.92, 1},
        Row{1.75, 0.99766, 426.2, 1}, Row{2.0, 1.04767, 25.21, 0.744}, Row{4.0, 1.34240, 6.98, 0.165}}) {
    const Phase phase = phase_of({Activation::tanh, row.weight_variance, 0.05});
    INFO(row.weight_variance);
    CHECK(phase.susceptibility == Approx(row.chi).margin(6e-6));
    CHECK(phase.correlation_depth == Approx(row.depth).epsilon(3e-4));
    CHECK(phase.correlation == Approx(row.correlation).margin(5e-4));
    if (row.correlation == 1) CHECK(phase.gradient_depth == Approx(phase.correlation_depth).epsilon(1e-12));
  }
}

TEST_CASE("over the whole map q*, chi_1 and c* are those of a quadrature of far more nodes, for every activation") {
  // Residuals of the equations that they solve, with all integrals anew; the least c* of the map is near 0.05.
  for (const std::string& activation_name : activation_names()) {
    const Activation phi = *activation(activation_name);
    for (int j = 0; j <= 10; ++j)
      for (int i = 0; i <= 10; ++i) {
        const double weights = (phi == Activation::sigmoid ? 40 : 1) * (0.2 + 0.48 * i), biases = 0.02 * j * j;
        const Phase phase = phase_of({phi, weights, biases});
        INFO(activation_name << " " << weights << " " << biases << ": " << phase.variance << " " << phase.correlation);
        if (phase.variance == 0 || std::isinf(phase.variance)) continue;
        const fine::Moments exact = fine::moments(phi, phase.variance);
        const double q = phase.variance, chi = static_cast<double>(weights * exact.slope_square);
        CHECK(static_cast<double>(weights * exact.square + biases) == Approx(q).epsilon(4e-15));
        CHECK(phase.susceptibility == Approx(chi).epsilon(1e-14));
        const bool smooth = !is_kinked(phi) && phi != Activation::softsign;
        if (!smooth || chi < 1 || i % 2 + j % 2 > 0) continue;
        // (1 - c') / (1 - c) = 1 by its series, and its contraction.
        const auto squares = fine::hermite_squares(phi, q, 1000);
        const fine::Real c = phase.correlation;
        fine::Real divergence = 0, contraction = 0, rest = exact.square;
        for (std::size_t k = squares.size(); k-- > 0;) {
          divergence += squares[k] * (1 - std::pow(c, k)) / (1 - c);
          if (k > 0) contraction += static_cast<fine::Real>(k) * squares[k] * std::pow(c, k - 1);
          rest -= squares[k];
        }
        divergence += rest / (1 - c);
        const double depth = static_cast<double>(-1 / std::log(weights * contraction / q));
        // At the sigmoid's variances the series is cut off.
        const bool is_whole = phi != Activation::sigmoid;
        CHECK(static_cast<double>(weights * divergence / q) == Approx(1).epsilon(is_whole ? 1e-12 : 1e-7));
        CHECK(phase.correlation_depth == Approx(depth).epsilon(is_whole ? 1e-11 : 1e-5));
      }
  }
}

TEST_CASE("Poole et al.'s three settings, sigma_b = 0.3") {
  const Phase ordered = phase_of({Activation::tanh, 1.3 * 1.3, 0.09});
  CHECK(ordered.variance == Approx(0.60705).margin(1e-5));
  CHECK(ordered.susceptibility == Approx(0.93981).margin(1e-5));
  CHECK(ordered.correlation == 1);
  const Phase chaotic = phase_of({Activation::tanh, 2.5 * 2.5, 0.09});
  CHECK(chaotic.variance == Approx(4.07912).margin(1e-5));
  CHECK(chaotic.susceptibility == Approx(1.58522).margin(1e-5));
  CHECK(chaotic.correlation == Approx(0.12210).margin(1e-5));
  const Phase deep = phase_of({Activation::tanh, 16, 0.09});
  CHECK(deep.variance == Approx(12.60415).margin(1e-5));
  CHECK(deep.susceptibility == Approx(2.36726).margin(1e-5));
  CHECK(deep.correlation == Approx(0.0296959).margin(1e-6));  // by a sum over a fine grid of both inputs
}

TEST_CASE("the critical line of tanh at ten bias variances") {
  // Digits by independent quadrature; Schoenholz et al. 2017 use (1.76, 0.05), Xiao et al. 2018 publish
  // (1.05, 2.01e-5).
  struct Row {
    double bias_variance, weight_variance, variance;
  };
  for (const Row& row : {Row{2.01e-5, 1.049996, 0.025919}, Row{1e-3, 1.189190, 0.107292}, Row{0.01, 1.424205, 0.273301},
                         Row{0.05, 1.760955, 0.570048}, Row{0.09, 1.947655, 0.763475}, Row{0.1, 1.986073, 0.805799},
                         Row{0.3, 2.505127, 1.461169}, Row{0.5, 2.843167, 1.971031}, Row{1, 3.443211, 3.036396},
                         Row{2, 4.266396, 4.830586}}) {
    const auto critical = critical_weight_variance(Activation::tanh, row.bias_variance, 0.5, 10);
    REQUIRE(critical);
    CHECK(*critical == Approx(row.weight_variance).margin(1e-6));
    CHECK(fixed_variance({Activation::tanh, *critical, row.bias_variance}) == Approx(row.variance).margin(2e-6));
  }
}

TEST_CASE(
    "critical points of the sigmoid (103.0076), of tanh without biases (1), of the ReLU (2) and of the leaky ReLU") {
  CHECK(*critical_weight_variance(Activation::sigmoid, 0, 1, 400) == Approx(103.0076).margin(1e-4));
  CHECK(*critical_weight_variance(Activation::tanh, 0, 0.5, 4) == Approx(1).margin(1e-6));
  CHECK(*critical_weight_variance(Activation::relu, 0, 0.5, 4) == Approx(2).margin(1e-9));
  CHECK(*critical_weight_variance(Activation::relu, 0.3, 0.5, 4) == Approx(2).margin(1e-9));
  // He et al. 2015: 2 / (1 + a^2) for slope a below zero.
  CHECK(*critical_weight_variance(Activation::leaky_relu, 0, 0.5, 4) == Approx(2 / (1 + 1e-4)).margin(1e-9));
  CHECK_FALSE(critical_weight_variance(Activation::sigmoid, 0, 1, 50));
}

TEST_CASE("in the chaotic phase the fixed correlation is fixed, and attracts from both sides") {
  for (const Activation phi : {Activation::tanh, Activation::softsign, Activation::sigmoid}) {
    const MeanField field{phi, phi == Activation::sigmoid ? 300.0 : 6.0, 0.1};
    const double q = fixed_variance(field);
    const CorrelationMap map(field, q);
    const double c = map.fixed_point();
    INFO(name(phi));
    REQUIRE(c < 0.999);
    CHECK(map(c) == Approx(c).margin(1e-9));
    CHECK(map.contraction(c) < 1);
    for (double start : {0.0, 0.9999}) {
      for (int l = 0; l < 400; ++l) start = map(start);
      CHECK(start == Approx(c).margin(1e-6));
    }
  }
}

TEST_CASE("without biases a network below criticality forgets everything, the linear net among them") {
  const Phase phase = phase_of({Activation::tanh, 1.0 / 3, 0});
  CHECK(phase.variance == 0);
  CHECK(phase.susceptibility == Approx(1.0 / 3).epsilon(1e-14));
  CHECK(phase.correlation == 1);
  CHECK(phase.correlation_depth == Approx(1 / std::log(3.0)).epsilon(1e-12));
  CHECK(std::isinf(phase_of({Activation::tanh, 1, 0}).correlation_depth));
  CHECK(std::isinf(phase_of({Activation::relu, 2, 0}).gradient_depth));
}

TEST_CASE("the map iterated is the map of the map") {
  const CorrelationMap map({Activation::relu, 2, 0}, 1);
  CHECK(iterated(map, 0, 2) == std::vector<double>{0, map(0), map(map(0))});
  CHECK(map(0) == Approx(1 / std::numbers::pi));  // Cho and Saul 2009
}

TEST_CASE("at the critical point a layer keeps gradients, and two inputs drift apart by chi_1's square root a layer") {
  const CriticalPoint point = critical_point(Activation::tanh, 0.05);
  CHECK(susceptibility({Activation::tanh, point.weight_variance, 0.05}, point.variance) == Approx(1).epsilon(1e-9));
  CHECK(critical_point(Activation::relu, 0).weight_variance == Approx(2));
  const MeanField chaotic{Activation::tanh, 4, 0};
  const double chi = susceptibility(chaotic, fixed_variance(chaotic));
  CHECK(drift_decades(chaotic, 10) == Approx(5 * std::log10(chi)));
  CHECK(drift_decades({Activation::tanh, 0.5, 0}, 10) == 0);  // the signal dies
}

}  // namespace correlation_map_test
