// Mean-field theory against published and independently computed critical points.
#include "numerics/theory/mean_field.hpp"

#include <cmath>
#include <numbers>

#include "catch.hpp"

namespace mean_field_test {

using namespace numerics;

namespace {

double chi(const MeanField& field) { return susceptibility(field, fixed_variance(field)); }

/// The weight variance at which chi_1 = 1, between two bounds.
double variance_of_chi_one(Activation phi, double bias_variance, double low, double high) {
  for (int i = 0; i < 100; ++i) {
    const double middle = 0.5 * (low + high);
    (chi({phi, middle, bias_variance}) < 1 ? low : high) = middle;
  }
  return low;
}

}  // namespace

TEST_CASE("where signals die out, a rectifier's factor is still half the weights' variance") {
  // chi_1 = sigma_w^2 / 2 at every q (He et al. 2015), so also at the fixed point 0 of Xavier's weights.
  const numerics::MeanField xavier{numerics::Activation::relu, 1, 0};
  CHECK(numerics::fixed_variance(xavier) == 0);
  CHECK(numerics::susceptibility(xavier, 0) == Approx(0.5));
  CHECK(numerics::susceptibility({numerics::Activation::gelu, 2, 0}, 0) == Approx(0.5));
  CHECK(numerics::susceptibility({numerics::Activation::tanh, 0.5, 0}, 0) == Approx(0.5));
}

TEST_CASE("Gaussian means are those of the normal distribution") {
  CHECK(gaussian_mean([](double) { return 1.0; }) == Approx(1).epsilon(1e-14));
  CHECK(gaussian_mean([](double z) { return z * z * z * z; }) == Approx(3).epsilon(1e-13));
  CHECK(gaussian_mean([](double z) { return std::abs(z); }) == Approx(std::sqrt(2 / std::numbers::pi)).epsilon(1e-14));
  CHECK(gaussian_mean([](double z) { return std::cos(3 * z); }) == Approx(std::exp(-4.5)).epsilon(1e-11));
}

TEST_CASE("the critical line of tanh") {
  // Schoenholz et al. 2017 use (1.76, 0.05), Xiao et al. 2018 (1.05, 2.01e-5); digits by independent quadrature.
  CHECK(variance_of_chi_one(Activation::tanh, 0.05, 1, 3) == Approx(1.760955).margin(1e-6));
  CHECK(variance_of_chi_one(Activation::tanh, 2.01e-5, 1, 3) == Approx(1.049996).margin(1e-6));
  CHECK(variance_of_chi_one(Activation::tanh, 1, 1, 9) == Approx(3.443211).margin(1e-6));
  CHECK(fixed_variance({Activation::tanh, 1.760955, 0.05}) == Approx(0.570048).margin(1e-6));
  CHECK(fixed_variance({Activation::tanh, 1, 0}) == 0);
}

TEST_CASE("tanh on both sides of its critical line") {
  CHECK(chi({Activation::tanh, 1, 0.05}) == Approx(0.75903).margin(1e-5));
  CHECK(chi({Activation::tanh, 4, 0.05}) == Approx(1.34240).margin(1e-5));
  CHECK(chi({Activation::tanh, 2, 0}) == Approx(1.10553).margin(1e-5));
  // N(0,1) weights at widths 100, 256, 784
  CHECK(chi({Activation::tanh, 100, 0}) == Approx(5.545).margin(1e-3));
  CHECK(chi({Activation::tanh, 256, 0}) == Approx(8.731).margin(1e-3));
  CHECK(chi({Activation::tanh, 784, 0}) == Approx(15.111).margin(1e-3));
}

TEST_CASE("the sigmoid is a tanh with another scale and a bias") {
  // sigma(z) = 1/2 + tanh(z/2)/2: (w, b) of the sigmoid are (w/16, w/16 + b/4) of tanh.
  CHECK(chi({Activation::sigmoid, 1, 0}) == Approx(0.0557207).margin(1e-7));
  CHECK(chi({Activation::sigmoid, 1.0 / 3, 0}) == Approx(0.0200078).margin(1e-7));
  CHECK(chi({Activation::sigmoid, 16, 0}) == Approx(chi({Activation::tanh, 1, 1})).epsilon(1e-12));
  CHECK(variance_of_chi_one(Activation::sigmoid, 0, 16, 400) == Approx(103.0076).margin(1e-4));
}

TEST_CASE("GELU and swish have half-stable critical points") {
  // Roberts, Yaida and Hanin, The Principles of Deep Learning Theory; K* of GELU is (3 + sqrt 17) / 2.
  const MeanField gelu{Activation::gelu, 1.98305826, 0.17292239};
  const double k = (3 + std::sqrt(17.0)) / 2;
  CHECK(next_variance(gelu, k) == Approx(k).margin(1e-7));
  CHECK(susceptibility(gelu, k) == Approx(1).margin(1e-7));
  CHECK(variance_susceptibility(gelu, k) == Approx(1).margin(1e-7));
  const MeanField swish{Activation::swish, 1.98800468, 0.55514317};
  CHECK(next_variance(swish, 14.32017362) == Approx(14.32017362).margin(1e-6));
  CHECK(susceptibility(swish, 14.32017362) == Approx(1).margin(1e-7));
  CHECK(variance_susceptibility(swish, 14.32017362) == Approx(1).margin(1e-7));
}

TEST_CASE("the derivative of the variance map is chi parallel") {
  for (const Activation phi : {Activation::tanh, Activation::sigmoid, Activation::gelu, Activation::swish}) {
    const MeanField field{phi, 1.7, 0.1};
    const double h = 1e-4;
    const double difference = (next_variance(field, 0.8 + h) - next_variance(field, 0.8 - h)) / (2 * h);
    CHECK(variance_susceptibility(field, 0.8) == Approx(difference).epsilon(1e-6));
  }
}

TEST_CASE("the ReLU's variance is halved, and 2 keeps it") {
  for (const double q : {1e-8, 1.0, 1e8}) {
    CHECK(mean_square(Activation::relu, q) == Approx(q / 2).epsilon(1e-13));
    CHECK(mean_square_slope(Activation::relu, q) == Approx(0.5).epsilon(1e-14));
  }
  CHECK(fixed_variance({Activation::relu, 2, 0}) == 1);
  CHECK(fixed_variance({Activation::relu, 1, 0}) == 0);
  CHECK(std::isinf(fixed_variance({Activation::relu, 3, 0})));
}

TEST_CASE("the ReLU's correlation map is Cho and Saul's") {
  // c' = (sqrt(1 - c^2) + c (pi - arccos c)) / pi; E[phi' phi'] = (pi - arccos c) / (2 pi)
  const MeanField he{Activation::relu, 2, 0};
  for (const double c : {-0.9, -0.3, 0.0, 0.5, 0.99, 0.99999}) {
    const double angle = std::acos(c), pi = std::numbers::pi;
    CHECK(next_correlation(he, 2.5, c) == Approx((std::sqrt(1 - c * c) + c * (pi - angle)) / pi).epsilon(1e-7));
    CHECK(mean_slope_product(Activation::relu, 2.5, c) == Approx((pi - angle) / (2 * pi)).epsilon(1e-6).margin(1e-7));
  }
  double c = 0;
  for (int layer = 0; layer < 50; ++layer) c = next_correlation(he, 1, c);
  CHECK(c == Approx(0.987862).margin(1e-6));
}

TEST_CASE("products of one example with itself are its squares") {
  for (const Activation phi : {Activation::tanh, Activation::sigmoid, Activation::relu, Activation::softsign}) {
    CHECK(mean_product(phi, 3, 1) == Approx(mean_square(phi, 3)).epsilon(1e-12));
    CHECK(mean_product(phi, 3, 1 - 1e-12) == Approx(mean_square(phi, 3)).epsilon(1e-6));
    CHECK(mean_slope_product(phi, 30, 1) == Approx(mean_square_slope(phi, 30)).epsilon(1e-12));
  }
  const double mean = gaussian_mean([](double z) { return 1 / (1 + std::exp(-2 * z)); });
  CHECK(mean_product(Activation::sigmoid, 4, 0) == Approx(mean * mean).epsilon(1e-8));
}

TEST_CASE("correlations of tanh networks settle where theory says") {
  // sigma_w^2 = 1.3 and 2.5, sigma_b^2 = 0.05, from c = 0.5, layer 40: 0.9976 and 0.4487
  for (const auto& [variance, expected] : {std::pair{1.3, 0.9976}, std::pair{2.5, 0.4487}}) {
    const MeanField field{Activation::tanh, variance, 0.05};
    const double q = fixed_variance(field);
    double c = 0.5;
    for (int layer = 0; layer < 40; ++layer) c = next_correlation(field, q, c);
    CHECK(c == Approx(expected).margin(2e-3));
  }
}

}  // namespace mean_field_test
