// Level curves: where they run, and that they join.
#include "plot/geometry/contour.hpp"

#include <cmath>
#include <functional>

#include "catch.hpp"

namespace contour_test {

using namespace plot;

namespace {

Grid sample(double from, double to, int n, const std::function<double(double, double)>& f) {
  Grid grid;
  for (int i = 0; i < n; ++i) grid.x.push_back(from + (to - from) * i / (n - 1));
  grid.y = grid.x;
  for (const double y : grid.y)
    for (const double x : grid.x) grid.z.push_back(f(x, y));
  return grid;
}

double length(const Polyline& line) {
  double sum = 0;
  for (std::size_t i = 1; i < line.size(); ++i) sum += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
  return sum;
}

}  // namespace

TEST_CASE("the contour of x^2 + y^2 is one closed circle of the right radius and length") {
  const auto curves = level_curves(sample(-1, 1, 101, [](double x, double y) { return x * x + y * y; }), 0.5);
  REQUIRE(curves.size() == 1);
  CHECK(curves[0].closed);
  const Polyline& p = curves[0].points;
  CHECK((p.front().x == p.back().x && p.front().y == p.back().y));
  // Linear interpolation of a quadratic errs by at most h^2 / 8 in each coordinate, h = 0.02.
  for (const PaperPoint q : p) CHECK(std::hypot(q.x, q.y) == Approx(std::sqrt(0.5)).margin(1e-4));
  CHECK(length(p) == Approx(2 * 3.14159265358979 * std::sqrt(0.5)).epsilon(1e-3));
}

TEST_CASE("a curve that leaves the grid is open and ends at its sides") {
  const auto curves = level_curves(sample(-1, 1, 21, [](double x, double y) { return x + 0.5 * y; }), 0.1);
  REQUIRE(curves.size() == 1);
  CHECK_FALSE(curves[0].closed);
  // The function is linear: every crossing is exact.
  for (const PaperPoint q : curves[0].points) CHECK(q.x + 0.5 * q.y == Approx(0.1).margin(1e-12));
  CHECK(std::abs(curves[0].points.front().y) == 1);
  CHECK(std::abs(curves[0].points.back().y) == 1);
}

TEST_CASE("a saddle has two curves that do not touch") {
  const auto curves = level_curves(sample(-1, 1, 40, [](double x, double y) { return x * y; }), 0.01);
  REQUIRE(curves.size() == 2);
  for (const LevelCurve& c : curves) {
    for (const PaperPoint q : c.points) CHECK(q.x * c.points.front().x > 0);
  }
}

TEST_CASE("four minima have four closed curves") {
  const auto curves = level_curves(
      sample(-2, 2, 81, [](double x, double y) { return std::pow(x * x - 1, 2) + std::pow(y * y - 1, 2); }), 0.3);
  CHECK(curves.size() == 4);
  for (const LevelCurve& c : curves) CHECK(c.closed);
}

TEST_CASE("samples that are not finite, wrong sizes and levels out of reach give no curve there") {
  Grid grid = sample(-1, 1, 21, [](double x, double y) { return x * x + y * y; });
  CHECK(level_curves(grid, 17).empty());
  CHECK(level_curves(grid, NAN).empty());
  grid.z[10 * 21 + 3] = NAN;
  for (const LevelCurve& c : level_curves(grid, 0.5)) {
    CHECK_FALSE(c.closed);
    for (const PaperPoint q : c.points) CHECK((std::isfinite(q.x) && std::isfinite(q.y)));
  }
  grid.z.pop_back();
  CHECK(level_curves(grid, 0.5).empty());
}

}  // namespace contour_test
