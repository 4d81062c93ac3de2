// Gaussian layers in their exact law, against networks with all their weights and against Hanin's moments.
#include "numerics/theory/gaussian_layer.hpp"

#include <cmath>

#include "catch.hpp"
#include "numerics/networks/activation.hpp"
#include "numerics/networks/initialisation.hpp"
#include "numerics/statistics.hpp"

namespace gaussian_layer_test {

using namespace numerics;

namespace {

MersenneTwister engine_of(std::uint64_t seed) { return RandomStream(seed).child("test").engine(); }

double angle_cosine(const Matrix<double>& z) { return z.col(0).dot(z.col(1)) / (z.col(0).norm() * z.col(1).norm()); }

}  // namespace

TEST_CASE("pre-activations have the covariance of their inputs") {
  Matrix<double> a(3, 2);
  a << 1, 0.5, 2, -1, -1, 3;
  MersenneTwister engine = engine_of(1);
  const Matrix<double> z = gaussian_layer(a, 200000, {Activation::tanh, 1.5, 0.2}, engine);
  const Matrix<double> measured = z.transpose() * z / static_cast<double>(z.rows());
  const Matrix<double> expected = (1.5 / 3 * (a.transpose() * a)).array() + 0.2;
  CHECK((measured - expected).cwiseAbs().maxCoeff() < 0.05);
}

TEST_CASE("equal inputs stay equal, and inputs of zero are zero without biases") {
  MersenneTwister engine = engine_of(2);
  Matrix<double> a = Matrix<double>::Ones(4, 2);
  const Matrix<double> z = gaussian_layer(a, 50, {Activation::tanh, 1, 0}, engine);
  CHECK((z.col(0) - z.col(1)).norm() == 0);
  a.setZero();
  CHECK(gaussian_layer(a, 50, {Activation::tanh, 1, 0}, engine).norm() == 0);
}

TEST_CASE("the law is that of a layer with all its weights: norms and angles have the same quantiles") {
  constexpr int n = 40, draws = 4000;
  Matrix<double> a(n, 2);
  for (int i = 0; i < n; ++i) a.row(i) << std::sin(i), std::cos(1.3 * i);
  const auto kind = *network_kind("relu-he");
  std::vector<double> norms, full_norms, cosines, full_cosines;
  MersenneTwister engine = engine_of(3);
  for (int draw = 0; draw < draws; ++draw) {
    const Matrix<double> z = gaussian_layer(a, n, {Activation::relu, 2, 0}, engine);
    const Matrix<double> full = initialise(kind, {n, n}, RandomStream(static_cast<std::uint64_t>(draw))).weights[0] * a;
    norms.push_back(z.col(0).cwiseMax(0).norm());
    full_norms.push_back(full.col(0).cwiseMax(0).norm());
    cosines.push_back(angle_cosine(z));
    full_cosines.push_back(angle_cosine(full));
  }
  for (const double p : {0.05, 0.25, 0.5, 0.75, 0.95}) {
    // Standard errors of quantiles are about 2 sd / sqrt(draws).
    CHECK(quantile(norms, p) == Approx(quantile(full_norms, p)).epsilon(0.02));
    CHECK(quantile(cosines, p) == Approx(quantile(full_cosines, p)).margin(0.02));
  }
}

TEST_CASE("moments of the logarithm of one ReLU layer, times 50: Hanin and Nica 2019") {
  // Exact mean of ln |x_50|^2 and standard deviation of log10 |x_50|, by independent summation.
  struct Row {
    int width;
    double mean, deviation;
  };
  for (const Row& row : {Row{25, -5.374, 0.7472}, Row{50, -2.587, 0.5050}, Row{100, -1.271, 0.3499},
                         Row{256, -0.491, 0.2162}, Row{784, -0.160, 0.1229}}) {
    const LayerLaw law = relu_layer_law(row.width);
    INFO(row.width);
    CHECK(50 * law.mean_log == Approx(row.mean).margin(6e-4));
    CHECK(std::sqrt(50 * law.variance_log) / 2 / std::log(10) == Approx(row.deviation).margin(6e-5));
  }
}

TEST_CASE("wide layers fluctuate by 5/n with rectifiers and by 2/n without, and drift by half of that downwards") {
  constexpr int n = 4000;
  CHECK(relu_layer_law(n).variance_log == Approx(5.0 / n).epsilon(0.01));
  CHECK(relu_layer_law(n).mean_log == Approx(-2.5 / n).epsilon(0.01));
  CHECK(linear_layer_law(n).variance_log == Approx(2.0 / n).epsilon(0.01));
  CHECK(linear_layer_law(n).mean_log == Approx(-1.0 / n).epsilon(0.01));
}

TEST_CASE("one draw of a ReLU layer has mean 1 and second moment 1 + 5/n, a linear one 1 + 2/n (Hanin 2018)") {
  constexpr int n = 10, draws = 200000;
  MersenneTwister engine = engine_of(4);
  const Matrix<double> a = Matrix<double>::Ones(n, 1);
  for (const bool relu : {true, false}) {
    double first = 0, second = 0;
    for (int draw = 0; draw < draws; ++draw) {
      Matrix<double> z = gaussian_layer(a, n, {Activation::relu, relu ? 2.0 : 1.0, 0}, engine);
      if (relu) z = z.cwiseMax(0);
      const double m = z.squaredNorm() / n;
      first += m / draws;
      second += m * m / draws;
    }
    const LayerLaw law = relu ? relu_layer_law(n) : linear_layer_law(n);
    CHECK(first == Approx(1).margin(0.01));
    CHECK(second == Approx(law.second_moment).epsilon(0.02));
  }
}

TEST_CASE("a layer is dead with probability 2^-n: 4.8 % of networks of 50 layers at width 10") {
  CHECK(1 - std::pow(1 - relu_layer_law(10).dead, 50) == Approx(0.048).margin(5e-4));
}

TEST_CASE("the norm of a signal through random networks drifts as the layers' law says") {
  for (const Activation phi : {Activation::relu, Activation::linear}) {
    const bool relu = phi == Activation::relu;
    const MeanField field{phi, relu ? 2.0 : 1.0, 0};
    const LayerLaw law = relu ? relu_layer_law(40) : linear_layer_law(40);
    auto engine = RandomStream(5).engine();
    double mean = 0;
    for (int draw = 0; draw < 400; ++draw) {
      const auto logs = log_norms(field, 40, 10, engine);
      REQUIRE(logs.size() == 11);
      CHECK(logs[0] == 0);
      mean += 2 * std::log(10) * logs[10] / 400;
    }
    CHECK(mean == Approx(10 * law.mean_log).margin(4 * std::sqrt(10 * law.variance_log / 400)));
  }
}

TEST_CASE("a layer without a live unit ends the signal for good") {
  auto engine = RandomStream(6).engine();
  const auto logs = log_norms({Activation::relu, 2, 0}, 1, 60, engine);
  CHECK(std::isinf(logs.back()));
  CHECK(logs.back() < 0);
}

TEST_CASE("two inputs start at their correlation and follow the map of infinite width") {
  const MeanField field{Activation::tanh, 1.5, 0.1};
  const double q = fixed_variance(field);
  auto engine = RandomStream(7).engine();
  const auto list = correlations(field, q, 0.3, 3000, 3, engine);
  REQUIRE(list.size() == 4);
  CHECK(list[0] == Approx(0.3).epsilon(1e-12));
  double expected = 0.3;
  for (std::size_t l = 1; l < list.size(); ++l)
    CHECK(list[l] == Approx(expected = next_correlation(field, q, expected)).margin(0.06));
}

TEST_CASE("the law of a layer is that of its activation") {
  CHECK(layer_law(Activation::relu, 9).mean_log == relu_layer_law(9).mean_log);
  CHECK(layer_law(Activation::linear, 9).mean_log == linear_layer_law(9).mean_log);
}

}  // namespace gaussian_layer_test
