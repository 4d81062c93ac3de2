// What is said of samples. The univariate data sets of NIST's Statistical Reference Datasets have certified values.
#include "numerics/sample_statistics.hpp"

#include <cmath>
#include <limits>

#include "catch.hpp"
#include "numerics/statistics.hpp"

namespace sample_statistics_test {

using numerics::sample_statistics;

namespace {

const double nan_value = std::numeric_limits<double>::quiet_NaN();

/// NIST's NumAcc3 and NumAcc4: 1001 values, base + 0.2 and then base + 0.1 and base + 0.3 in turn.
std::vector<double> in_turn(double base) {
  std::vector<double> values{base + 0.2};
  for (int i = 0; i < 500; ++i) values.insert(values.end(), {base + 0.1, base + 0.3});
  return values;
}

}  // namespace

TEST_CASE("missing values do not count, and are counted") {
  const auto s = sample_statistics(std::vector<double>{nan_value, 3, 1, nan_value, 8, nan_value});
  CHECK(s.n == 3);
  CHECK(s.missing == 3);
  CHECK(s.sum == 12);
  CHECK(s.mean == 4);
  CHECK(s.sd == Approx(std::sqrt(13)).epsilon(1e-15));  // (1 + 9 + 16) / 2
  CHECK(s.se == Approx(std::sqrt(13.0 / 3)).epsilon(1e-15));
  CHECK(s.min == 1);
  CHECK(s.max == 8);
  CHECK(s.first == 3);
  CHECK(s.last == 8);
}

TEST_CASE("of too few values there is no mean, no deviation") {
  const auto none = sample_statistics(std::vector<double>{nan_value});
  CHECK(none.n == 0);
  CHECK(none.missing == 1);
  CHECK(none.sum == 0);
  for (const double x : {none.mean, none.sd, none.se, none.min, none.max, none.first, none.last}) CHECK(std::isnan(x));
  const auto one = sample_statistics(std::vector<double>{5});
  CHECK(one.mean == 5);
  CHECK(one.first == 5);
  CHECK(one.last == 5);
  CHECK(std::isnan(one.sd));
  CHECK(std::isnan(one.se));
}

TEST_CASE("NIST's hard samples keep their certified digits") {
  // NumAcc1, NumAcc3 and NumAcc4.
  const auto first = sample_statistics(std::vector<double>{10000001, 10000003, 10000002});
  CHECK(first.mean == 10000002);
  CHECK(first.sd == 1);
  const auto third = sample_statistics(in_turn(1e6));
  CHECK(third.mean == Approx(1000000.2).epsilon(1e-15));
  CHECK(third.sd == Approx(0.1).epsilon(1e-9));  // the values themselves are off by 1e-10
  const auto fourth = sample_statistics(in_turn(1e7));
  CHECK(fourth.mean == Approx(10000000.2).epsilon(1e-15));
  CHECK(fourth.sd == Approx(0.1).epsilon(1e-7));
}

TEST_CASE("small terms are not lost beside large ones") {
  CHECK(sample_statistics(std::vector<double>{1e16, 1, 1, 1, -1e16}).sum == 3);
  CHECK(sample_statistics(std::vector<double>{1, 1e100, 1, -1e100}).sum == 2);
  const auto tenths = sample_statistics(std::vector<double>(1000000, 0.1));
  CHECK(tenths.sum == 100000);
  CHECK(tenths.mean == 0.1);
  CHECK(tenths.sd == 0);
}

TEST_CASE("the largest and the smallest doubles have a mean and a deviation") {
  const double largest = std::numeric_limits<double>::max();
  const auto large = sample_statistics(std::vector<double>{largest, largest});
  CHECK(large.mean == largest);
  CHECK(large.sd == 0);
  CHECK(sample_statistics(std::vector<double>{1e300, 3e300}).sd == Approx(std::sqrt(2) * 1e300).epsilon(1e-15));
  CHECK(sample_statistics(std::vector<double>{-1e300, 1e300}).mean == 0);
  const auto small = sample_statistics(std::vector<double>{1e-300, 3e-300});
  CHECK(small.mean == Approx(2e-300).epsilon(1e-15));
  CHECK(small.sd == Approx(std::sqrt(2) * 1e-300).epsilon(1e-15));
}

TEST_CASE("quantiles are those of the values that are there") {
  // R: quantile(c(NA, 8, 1, 16, NA, 2, 4), c(0.1, 0.5), na.rm = TRUE) gives 1.4 and 4.
  const std::vector<double> values{nan_value, 8, 1, 16, nan_value, 2, 4};
  CHECK(numerics::present(values) == std::vector<double>{8, 1, 16, 2, 4});
  CHECK(numerics::quantile(numerics::present(values), 0.1) == Approx(1.4));
  CHECK(numerics::quantile(numerics::present(values), 0.5) == 4);
}

}  // namespace sample_statistics_test
