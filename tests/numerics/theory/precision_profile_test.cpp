// One network in two precisions: where single precision overflows.
#include "numerics/theory/precision_profile.hpp"

#include <cmath>

#include "catch.hpp"
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
  const PrecisionProfile single = precision_profile<float>(network, inputs, labels);
  const PrecisionProfile exact = precision_profile<double>(network, inputs, labels);
  REQUIRE(single.activations.size() == 3);
  CHECK(exact.activations[2] == Approx(1e35).epsilon(1e-12));
  CHECK(single.activations[1] == Approx(1e25).epsilon(1e-6));
  CHECK(single.activations[2] == Approx(1e35).epsilon(1e-6));
  CHECK(std::isinf(single.own_norms[1]));
  CHECK(exact.own_norms[1] == Approx(std::sqrt(2.0) * 1e25));
  REQUIRE(exact.error_signals.size() == 3);
  CHECK(exact.error_signals[1] == Approx(1e10 * exact.error_signals[2]));
}

}  // namespace precision_profile_test
