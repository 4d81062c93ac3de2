// Thinning keeps what the eye would see: extremes, ends, order.
#include "plot/decimate.hpp"

#include <algorithm>
#include <cmath>

#include "catch.hpp"

using namespace plot;

TEST_CASE("thinning a noisy line keeps the extremes of every column, and both ends") {
  Polyline line;
  for (int i = 0; i < 100000; ++i) {
    // A fixed chaotic sequence on (-1, 1), with one spike.
    const double y = std::sin(i * 12.9898) * std::cos(i * 78.233);
    line.push_back({i * 0.003, i == 54321 ? 40.0 : y});
  }
  const Polyline thin = decimate(line);
  CHECK(thin.size() <= 2 * 301 + 2);
  CHECK((thin.front().y == line.front().y && thin.back().y == line.back().y));
  CHECK(std::any_of(thin.begin(), thin.end(), [](PaperPoint p) { return p.y == 40; }));
  for (int column = 0; column < 300; ++column) {
    const auto extremes = [&](const Polyline& points) {
      double low = 1e9, high = -1e9;
      for (const PaperPoint p : points) {
        if (std::floor(p.x) != column) continue;
        low = std::min(low, p.y);
        high = std::max(high, p.y);
      }
      return std::pair(low, high);
    };
    if (column % 10 == 0) CHECK(extremes(line) == extremes(thin));
  }
}

TEST_CASE("thinning keeps the order of points and invents none") {
  Polyline line;
  for (int i = 0; i < 5000; ++i)
    line.push_back({50 + 40 * std::cos(i * 0.01), 50 + 40 * std::sin(i * 0.01)});
  const Polyline thin = decimate(line);
  std::size_t k = 0;
  for (const PaperPoint p : thin) {
    while (k < line.size() && !(line[k].x == p.x && line[k].y == p.y)) ++k;
    REQUIRE(k < line.size());
  }
}

TEST_CASE("short lines stay as they are") {
  CHECK(decimate({}).empty());
  CHECK(decimate({{1, 2}}).size() == 1);
  CHECK(decimate({{1, 2}, {1, 3}}).size() == 2);
}
