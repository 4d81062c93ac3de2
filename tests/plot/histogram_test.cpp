// Histograms: which bins are chosen, and what their bars hold.
#include "plot/composites/histogram.hpp"

#include <cmath>
#include <limits>
#include <numeric>

#include "catch.hpp"

namespace histogram_test {

using namespace plot;

namespace {

using Values = std::vector<double>;

/// n values from a to b, equally far apart.
Values even(double a, double b, int n) {
  Values values;
  for (int i = 0; i < n; ++i) values.push_back(a + (b - a) * i / (n - 1));
  return values;
}

double sum(const Values& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

}  // namespace

TEST_CASE("a value on an edge belongs to the bin on its right, on the last edge to the last bin") {
  const Bars bars = histogram({0, 1, 1, 1.5, 2, 3}, {0, 1, 2, 3});
  CHECK(bars.y == Values{1, 3, 2});
  CHECK(bars.x == Values{0.5, 1.5, 2.5});
  CHECK(bars.sides.lower == Values{0, 1, 2});
  CHECK(bars.sides.upper == Values{1, 2, 3});
}

TEST_CASE("what is beyond the edges, infinite or not a number is not counted") {
  CHECK(sum(histogram({-1, 0.5, 7, NAN, std::numeric_limits<double>::infinity()}, {0, 1, 2}).y) == 1);
}

TEST_CASE("densities of bins of any widths cover an area of one") {
  const Bars bars = histogram({0.1, 0.2, 1.5, 3, 7}, {0, 1, 2, 8}, BinHeight::density);
  CHECK(bars.y[0] == Approx(0.4));
  CHECK(bars.y[2] == Approx(0.4 / 6));
  CHECK(bars.y[0] * 1 + bars.y[1] * 1 + bars.y[2] * 6 == Approx(1));
}

TEST_CASE("bins have the width of Freedman and Diaconis, rounded to 1, 2 or 5") {
  // 1000 values evenly over 0 to 10: quartiles 5 apart, a width of 2 * 5 / 10.
  CHECK(bin_edges(even(0, 10, 1000)) == Values{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  // 27 values over 0.3 to 1: 2 * 0.35 / 3 = 0.23, nearest 0.2.
  const Values edges = bin_edges(even(0.3, 1, 27));
  REQUIRE(edges.size() == 5);
  CHECK(edges[0] == Approx(0.2));
  CHECK(edges[4] == Approx(1));
}

TEST_CASE("whole numbers stand in the middle of their bins") {
  CHECK(bin_edges({1, 2, 2, 3, 3, 3, 4}) == Values{0.5, 1.5, 2.5, 3.5, 4.5});
  CHECK(bin_edges({0, 0, 0, 0, 1}) == Values{-0.5, 0.5, 1.5});
}

TEST_CASE("a far outlier makes no thousands of bins, and equal quartiles no infinite number") {
  Values sample = even(0, 1, 500);
  sample.push_back(1e6);
  CHECK(bin_edges(sample).size() <= 100);
  Values same(100, 2.5);
  same.push_back(3.75);
  const Values edges = bin_edges(same);
  CHECK(edges.size() >= 3);
  CHECK(edges.size() <= 20);
}

TEST_CASE("every finite value has its bin") {
  for (const Values& sample : {Values{2.7}, Values{-3, -3}, Values{1e-9, 2e-9, 5e-9}, Values{-1e9, 0.5, 1e9},
                               Values{0.1, 0.2, 0.3}, even(-5, 5, 77), Values{1, 2, 3, 1000}}) {
    const Values edges = bin_edges(sample);
    REQUIRE(edges.size() >= 2);
    CHECK(sum(histogram(sample, edges).y) == static_cast<double>(sample.size()));
    for (std::size_t k = 1; k < edges.size(); ++k) CHECK(edges[k] > edges[k - 1]);
    CHECK(sum(histogram(sample, bin_edges(sample, 7)).y) == static_cast<double>(sample.size()));
  }
  CHECK(bin_edges({NAN}).empty());
  CHECK(bin_edges({}, 4).empty());
}

TEST_CASE("as many bins as are wanted reach from the least to the greatest value") {
  CHECK(bin_edges({2, 5, 4}, 3) == Values{2, 3, 4, 5});
}

}  // namespace histogram_test
