// Roots, and the float from which on something holds.
#include "numerics/root.hpp"

#include "catch.hpp"

namespace root_test {

using namespace numerics;

TEST_CASE("the root of cos lies at pi / 2") {
  CHECK(root_between([](double x) { return std::cos(x); }, 1.0, 2.0) == Approx(1.5707963267948966).epsilon(1e-15));
}

TEST_CASE("Newton's method between two points finds the root to rounding, also where its steps lead astray") {
  const auto cosine = [](double x) { return ValueAndSlope{std::cos(x), -std::sin(x)}; };
  CHECK(newton_between(cosine, 1.0, 2.0) == Approx(1.5707963267948966).epsilon(4e-16));
  // From 2 a step leads to a negative number; a slope of 0 at 1 leads nowhere.
  const auto steep = [](double x) {
    return ValueAndSlope{std::atan(8 * (x - 0.3)), 8 / (1 + 64 * (x - 0.3) * (x - 0.3))};
  };
  CHECK(newton_between(steep, 0.1, 2.0) == Approx(0.3).epsilon(4e-16));
  const auto flat = [](double x) { return ValueAndSlope{std::pow(x - 1, 3) + 0.125, 3 * (x - 1) * (x - 1)}; };
  CHECK(newton_between(flat, 0.1, 1.0) == Approx(0.5).epsilon(4e-16));
  // A root at an end.
  CHECK(newton_between([](double x) { return ValueAndSlope{x - 2, 1}; }, 1.0, 2.0) == 2);
  // Twofold but for the last digits: the root is where the sign changes, as far as that can be known.
  const auto twofold = [](double x) { return ValueAndSlope{x * (x - 1e-9), 2 * x - 1e-9}; };
  CHECK(newton_between(twofold, 1e-10, 1.0) == Approx(1e-9).epsilon(1e-14));
}

TEST_CASE("the first float is exact to the last bit") {
  const float found = first_float(0, 10, [](float x) { return x >= 0.3f; });
  CHECK(found == 0.3f);
  // Its square is the first to overflow: sqrt(2^128) = 2^64, to half a unit of the largest float.
  const float overflows = first_float(1, 1e30f, [](float x) { return std::isinf(x * x); });
  CHECK(std::isinf(overflows * overflows));
  const float before = std::nextafter(overflows, 0.0f);
  CHECK_FALSE(std::isinf(before * before));
}

}  // namespace root_test
