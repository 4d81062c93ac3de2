// Moments and Hermite series of all activations against a rule of far more nodes, over all variances.
#include "numerics/theory/gaussian_moments.hpp"

#include <cmath>

#include "catch.hpp"
#include "numerics/theory/fine_quadrature.hpp"
#include "numerics/theory/normal_rule.hpp"

namespace gaussian_moments_test {

using namespace numerics;

namespace {

constexpr Activation activations[] = {Activation::linear, Activation::sigmoid,    Activation::tanh,
                                      Activation::relu,   Activation::leaky_relu, Activation::gelu,
                                      Activation::swish,  Activation::softsign};

double error(double value, fine::Real exact) { return static_cast<double>(std::abs((value - exact) / exact)); }

}  // namespace

TEST_CASE("moments have relative errors below 1e-14 for every activation and variances from 1e-12 to 1e6") {
  for (const Activation phi : activations) {
    double square = 0, growth = 0, slope_square = 0;
    for (double q = 1e-12; q < 1e6; q *= 1.37) {
      const GaussianMoments found = gaussian_moments(phi, q);
      const fine::Moments exact = fine::moments(phi, q);
      square = std::max(square, error(found.square, exact.square));
      growth = std::max(growth, error(found.square_growth, exact.square_growth));
      slope_square = std::max(slope_square, error(found.slope_square, exact.slope_square));
    }
    INFO(name(phi));
    CHECK(square < 1e-14);
    CHECK(growth < 1e-14);
    CHECK(slope_square < 1e-14);
  }
}

TEST_CASE("moments of smooth activations have no step where one quadrature follows another") {
  // E[phi^2] as its own Taylor polynomial from the middle of each pair of neighbours.
  for (const Activation phi : {Activation::tanh, Activation::sigmoid, Activation::gelu, Activation::swish})
    for (double q = 1e-3; q < 200; q *= 1.01) {
      const double h = 0.0005 * q;
      const GaussianMoments before = gaussian_moments(phi, q - h), after = gaussian_moments(phi, q + h);
      // The trapezoidal rule over 2 h has the error (2 h)^3 / 12 times the third derivative.
      CHECK(after.square - before.square ==
            Approx(h * (before.square_growth + after.square_growth)).margin(1e-9 * before.square));
    }
}

TEST_CASE("smooth activations take few nodes, as many as their nearest pole asks for") {
  CHECK(rule_for(Activation::tanh, 0.01).size() == 16);
  CHECK(rule_for(Activation::tanh, 1).size() == 48);
  CHECK(rule_for(Activation::tanh, 4).size() <= 96);
  CHECK(rule_for(Activation::swish, 4).size() == rule_for(Activation::tanh, 1).size());
  CHECK(rule_for(Activation::tanh, 1e4).size() == panel_rule().size());
  CHECK(rule_for(Activation::softsign, 0.01).size() == panel_rule().size());
  for (double q = 1e-12; q < 1e12; q *= 2)
    for (const Activation phi : activations) {
      CHECK(rule_for(phi, q).size() <= NormalRule::most);
      CHECK(rule_for(phi, q).size() % NormalRule::vector == 0);
      CHECK(hermite_rule(phi, q).rule.size() <= NormalRule::most);
    }
}

TEST_CASE("at variance 0 moments are the limits") {
  for (const Activation phi : activations) {
    const GaussianMoments at_zero = gaussian_moments(phi, 0), near = gaussian_moments(phi, 1e-12);
    INFO(name(phi));
    CHECK(at_zero.square == Approx(near.square).margin(2e-12));
    // The softsign's slope changes like |z|.
    const double tolerance = phi == Activation::softsign ? 1e-5 : 1e-11;
    CHECK(at_zero.square_growth == Approx(near.square_growth).epsilon(tolerance));
    CHECK(at_zero.slope_square == Approx(near.slope_square).epsilon(tolerance));
  }
}

TEST_CASE("moments of a billion are still known to a millionth, and slopes to a tenth") {
  for (const Activation phi : activations) {
    const GaussianMoments found = gaussian_moments(phi, 1e9);
    const fine::Moments exact = fine::moments(phi, 1e9);
    INFO(name(phi));
    CHECK(error(found.square, exact.square) < 1e-6);
    CHECK(error(found.slope_square, exact.slope_square) < 0.1);
  }
}

TEST_CASE("moments of infinite variances are those of steps") {
  // Of sign(z) and of its like.
  CHECK(gaussian_moments(Activation::tanh, 1e12).square == Approx(1).epsilon(1e-5));
  CHECK(gaussian_moments(Activation::sigmoid, 1e12).square == Approx(0.5).epsilon(1e-5));
  CHECK(gaussian_moments(Activation::swish, 1e12).square == Approx(0.5e12).epsilon(1e-9));
}

TEST_CASE("squares of Hermite coefficients are exact to rounding, and add up to the mean square") {
  for (const Activation phi :
       {Activation::sigmoid, Activation::tanh, Activation::gelu, Activation::swish, Activation::softsign})
    for (const double q : {1e-6, 0.01, 0.3, 1.0, 3.0, 7.0, 20.0, 100.0, 1e4}) {
      const auto squares = hermite_squares(phi, q);
      const std::size_t terms = squares.size() - 1;  // and the rest
      const auto exact = fine::hermite_squares(phi, q, terms);
      const double all = gaussian_moments(phi, q).square;
      double worst = 0, sum = squares.back();
      for (std::size_t k = 0; k < terms; ++k) {
        worst = std::max(worst, static_cast<double>(std::abs(squares[k] - exact[k])));
        sum += squares[k];
      }
      INFO(name(phi) << " " << q << ", " << terms << " terms, " << worst / all);
      CHECK(worst <= 2e-15 * all);
      CHECK(sum == Approx(all).epsilon(2e-15));
      CHECK(terms <= hermite_terms);
    }
}

TEST_CASE("a series ends where the rest is rounding: tanh of a small signal takes one block of terms") {
  CHECK(hermite_squares(Activation::tanh, 0.01).size() == 2 * HermiteRule::block + 1);
  CHECK(hermite_squares(Activation::tanh, 7).size() == hermite_terms + 1);
}

}  // namespace gaussian_moments_test
