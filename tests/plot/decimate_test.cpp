// Thinning keeps what the eye would see: extremes, ends, order.
#include "plot/geometry/decimate.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "catch.hpp"

namespace decimate_test {

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
  for (int i = 0; i < 5000; ++i) line.push_back({50 + 40 * std::cos(i * 0.01), 50 + 40 * std::sin(i * 0.01)});
  const Polyline thin = decimate(line);
  std::size_t k = 0;
  for (const PaperPoint p : thin) {
    while (k < line.size() && !(line[k].x == p.x && line[k].y == p.y)) ++k;
    REQUIRE(k < line.size());
  }
}

TEST_CASE("a million points with gaps keep them, and both sides' extremes") {
  const Box box{0, 0, 300, 100};
  std::vector<Polyline> parts;
  for (int part = 0; part < 3; ++part) {
    Polyline line;
    for (int i = 0; i < 333333; ++i) line.push_back({part * 101 + 98.0 * i / 333332, 50 + 40 * std::sin(i * 12.9898)});
    parts.push_back(decimate(line));
    CHECK(parts.back().front().x == line.front().x);
    CHECK(parts.back().back().x == line.back().x);
  }
  const auto drawn = thinned(parts, box);
  // Nothing stands in the gaps, three points of paper wide.
  for (const Polyline& part : drawn)
    for (std::size_t i = 0; i + 1 < part.size(); ++i)
      CHECK(std::floor(part[i].x / 101) == std::floor(part[i + 1].x / 101));
}

TEST_CASE("short lines stay as they are") {
  CHECK(decimate({}).empty());
  CHECK(decimate({{1, 2}}).size() == 1);
  CHECK(decimate({{1, 2}, {1, 3}}).size() == 2);
}

namespace {

/// A fixed chaotic sequence of points on a box 100 by 50.
Polyline jumps(int n) {
  Polyline line;
  for (int i = 0; i < n; ++i)
    line.push_back({50 + 50 * std::sin(i * 12.9898) * std::cos(i * 78.233),
                    25 + 25 * std::sin(i * 39.425) * std::cos(i * 11.135)});
  return line;
}

std::size_t size_of(const std::vector<Polyline>& lines) {
  std::size_t size = 0;
  for (const Polyline& line : lines) size += line.size();
  return size;
}

/// The cells of paper, 2 points wide, that lines pass through.
std::set<std::pair<int, int>> inked(const std::vector<Polyline>& lines) {
  std::set<std::pair<int, int>> cells;
  for (const Polyline& line : lines)
    for (std::size_t i = 0; i + 1 < line.size(); ++i)
      for (double t = 0; t <= 1; t += 0.005)
        cells.emplace(static_cast<int>(std::lerp(line[i].x, line[i + 1].x, t) / 2),
                      static_cast<int>(std::lerp(line[i].y, line[i + 1].y, t) / 2));
  return cells;
}

}  // namespace

TEST_CASE(
    "a line that jumps to and fro keeps its ends, the extremes of every column and row, and all paper that it inks") {
  const Box box{0, 0, 100, 50};
  const Polyline line = jumps(50000);
  const std::vector<Polyline> thin = thinned({line}, box);
  CHECK(size_of(thin) < 20000);
  CHECK((thin.front().front().x == line.front().x && thin.back().back().x == line.back().x));
  std::set<std::pair<double, double>> kept;
  for (const Polyline& part : thin)
    for (const PaperPoint p : part) kept.emplace(p.x, p.y);
  const std::vector<bool> is_extreme = extremes(line, box);
  CHECK(std::count(is_extreme.begin(), is_extreme.end(), true) >= 200);
  for (std::size_t i = 0; i < line.size(); ++i)
    if (is_extreme[i]) REQUIRE(kept.count({line[i].x, line[i].y}) == 1);
  const auto before = inked({Polyline(line.begin(), line.begin() + 3000)}), after = inked(thin);
  CHECK(std::includes(after.begin(), after.end(), before.begin(), before.end()));
}

TEST_CASE("segments apart from each other are thinned too, and few are left as they are") {
  const Box box{0, 0, 100, 50};
  const Polyline line = jumps(60000);
  std::vector<Polyline> segments;
  for (std::size_t i = 0; i + 1 < line.size(); i += 2) segments.push_back({line[i], line[i + 1]});
  CHECK(size_of(thinned(segments, box)) < 20000);
  segments.resize(100);
  CHECK(thinned(segments, box).size() == 100);
}

}  // namespace decimate_test
