// Signals on their way forward: exact cases, and networks against infinite width.
#include "numerics/theory/signal_profile.hpp"

#include <cmath>

#include "catch.hpp"
#include "numerics/networks/initialisation.hpp"

namespace signal_profile_test {

using namespace numerics;

TEST_CASE("the profile of the inputs is that of their columns") {
  // Two orthogonal columns of length sqrt(2): rms 1; their mean has length 1, and so has each one's distance from it.
  const Matrix<double> inputs = Matrix<double>::Identity(2, 2) * std::sqrt(2.0);
  const Mlp<double> network{Activation::linear, {Matrix<double>::Identity(2, 2)}, {Vector<double>::Zero(2)}};
  const SignalProfile profile = signal_profile(network, inputs);
  REQUIRE(profile.rms.size() == 1);  // the output layer is none of the signal's
  CHECK(profile.rms[0] == Approx(1));
  CHECK(profile.variation[0] == Approx(1));
  CHECK(profile.similarity[0] == Approx(0).margin(1e-15));
}

TEST_CASE("columns scaled to one length keep their directions and their mean square") {
  const Matrix<double> scaled = of_equal_length(Matrix<double>{{3, 0, 0}, {4, 1, 0}});
  CHECK(scaled.col(0).norm() == Approx(std::sqrt(26.0 / 3)));
  CHECK(scaled.col(1).norm() == Approx(std::sqrt(26.0 / 3)));
  CHECK(scaled(0, 0) / scaled(1, 0) == Approx(0.75));
  CHECK(scaled.col(2).norm() == 0);
}

TEST_CASE("a wide network's signals follow infinite width") {
  const NetworkKind kind = network_kinds({"relu-he"}).front();
  const std::vector<int> sizes{30, 2000, 2000, 2000, 10};
  const Matrix<double> inputs = of_equal_length(Matrix<double>::Random(30, 20));
  const SignalProfile measured = signal_profile(initialise(kind, sizes, RandomStream(8)), inputs);
  const SignalProfile theory = signal_theory(kind, sizes, pair_moments(inputs));
  REQUIRE(measured.rms.size() == 4);
  REQUIRE(theory.rms.size() >= 4);
  for (std::size_t l = 0; l < 4; ++l) {
    INFO("layer " << l);
    CHECK(measured.rms[l] == Approx(theory.rms[l]).epsilon(0.06));
    CHECK(measured.variation[l] == Approx(theory.variation[l]).epsilon(0.06));
  }
}

TEST_CASE("what is left of a difference shrinks by its own law where digits are gone") {
  // sigmoid-xavier multiplies a difference by sqrt(chi_1) = 1/4 a layer, far below what two numbers' difference holds.
  const NetworkKind kind = network_kinds({"sigmoid-xavier"}).front();
  const SignalProfile theory = signal_theory(kind, std::vector<int>(60, 100), {100, 0});
  CHECK(theory.variation.back() < 1e-30);
  CHECK(theory.variation[50] / theory.variation[49] ==
        Approx(theory.variation[40] / theory.variation[39]).epsilon(1e-6));
}

}  // namespace signal_profile_test
