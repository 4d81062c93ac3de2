// Roots, and the float from which on something holds.
#include "numerics/root.hpp"

#include "catch.hpp"

namespace root_test {

using namespace numerics;

TEST_CASE("the root of cos lies at pi / 2") {
  CHECK(root_between([](double x) { return std::cos(x); }, 1.0, 2.0) == Approx(1.5707963267948966).epsilon(1e-15));
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
