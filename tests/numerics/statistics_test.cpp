// Quantiles and the least-squares line.
#include "numerics/statistics.hpp"

#include <cmath>
#include <limits>

#include "catch.hpp"

namespace statistics_test {

using numerics::least_squares_slope;
using numerics::quantile;

namespace {
const double inf = std::numeric_limits<double>::infinity();
const double nan_value = std::numeric_limits<double>::quiet_NaN();
}  // namespace

TEST_CASE("quantiles are linear between order statistics") {
  // numpy.quantile([1, 2, 4, 8, 16], ...): 0.1 -> 1.4, 0.5 -> 4, 0.9 -> 12.8
  const std::vector<double> values{8, 1, 16, 2, 4};
  CHECK(quantile(values, 0) == 1);
  CHECK(quantile(values, 0.1) == Approx(1.4));
  CHECK(quantile(values, 0.5) == 4);
  CHECK(quantile(values, 0.9) == Approx(12.8));
  CHECK(quantile(values, 1) == 16);
  CHECK(quantile({1, 2}, 0.5) == 1.5);
  CHECK(quantile({7}, 0.9) == 7);
}

TEST_CASE("infinities have their place in the order, and NaN spoils it") {
  CHECK(quantile({1, inf, 2}, 0.5) == 2);
  CHECK(quantile({1, inf, inf, inf}, 0.5) == inf);
  CHECK(quantile({inf, inf}, 0.5) == inf);
  CHECK(quantile({-inf, 3}, 0.5) == -inf);
  CHECK(quantile({3, inf}, 0.5) == inf);
  CHECK(std::isnan(quantile({1, nan_value, 2}, 0.5)));
  CHECK(std::isnan(quantile({}, 0.5)));
}

TEST_CASE("a straight line has its slope, and points that are not finite do not count") {
  const std::vector<double> x{1, 2, 3, 4}, y{5, 3, nan_value, -1};
  CHECK(least_squares_slope(x, y) == Approx(-2));
  CHECK(std::isnan(least_squares_slope(x, std::vector<double>(4, nan_value))));
  CHECK(std::isnan(least_squares_slope(x, std::vector<double>{inf, 1, inf, -inf})));
}

TEST_CASE("mean and variance are those of the finite values") {
  const numerics::Moments moments = numerics::moments_of_finite({1, inf, 2, nan_value, 6, -inf});
  CHECK(moments.mean == Approx(3));
  CHECK(moments.variance == Approx(7));  // (4 + 1 + 9) / 2
  CHECK(numerics::moments_of_finite({5}).variance == 0);
}

TEST_CASE("the variance about a large mean keeps its digits") {
  const numerics::Moments moments = numerics::moments_of({1e9 + 1, 1e9 + 2, 1e9 + 6});
  CHECK(moments.mean == Approx(1e9 + 3).epsilon(1e-15));
  CHECK(moments.variance == Approx(7).epsilon(1e-12));
}

}  // namespace statistics_test
