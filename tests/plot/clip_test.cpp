// Clipping: exact ends, nothing outside, nothing lost inside.
#include "plot/geometry/clip.hpp"

#include <cmath>
#include <random>

#include "catch.hpp"

namespace clip_test {

using namespace plot;

namespace {

const Box box{0, 0, 100, 50};

double area(const Polyline& p) {
  double sum = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    const PaperPoint a = p[i], b = p[(i + 1) % p.size()];
    sum += a.x * b.y - a.y * b.x;
  }
  return std::abs(sum) / 2;
}

}  // namespace

TEST_CASE("a segment inside keeps its bits") {
  const auto s = clip_segment(box, {0.1, 0.2}, {99.7, 49.3});
  REQUIRE(s);
  CHECK((s->from.x == 0.1 && s->from.y == 0.2 && s->to.x == 99.7 && s->to.y == 49.3));
}

TEST_CASE("a segment through the box is cut on the sides exactly") {
  const auto s = clip_segment(box, {-50, 25}, {150, 25});
  REQUIRE(s);
  CHECK((s->from.x == 0 && s->from.y == 25 && s->to.x == 100 && s->to.y == 25));
  const auto d = clip_segment(box, {50, -1e9}, {50.5, 1e9});
  REQUIRE(d);
  CHECK((d->from.y == 0 && d->to.y == 50));
  CHECK(d->from.x == Approx(50.25).margin(1e-6));
}

TEST_CASE("a segment that passes a corner outside is not seen") {
  CHECK_FALSE(clip_segment(box, {-10, 5}, {5, -10}));
  CHECK_FALSE(clip_segment(box, {-10, 60}, {110, 51}));
}

TEST_CASE("coordinates of 1e150 are clipped, not overflowed") {
  const auto s = clip_segment(box, {50, 25}, {50, -1e150});
  REQUIRE(s);
  CHECK((s->to.x == 50 && s->to.y == 0));
}

TEST_CASE("clipped segments agree with sampling, and never leave the box") {
  std::mt19937 generator(7);
  const auto uniform = [&](double low, double high) {
    return low + (high - low) * static_cast<double>(generator()) / 4294967296.0;
  };
  for (int trial = 0; trial < 2000; ++trial) {
    const PaperPoint a{uniform(-100, 200), uniform(-100, 150)}, b{uniform(-100, 200), uniform(-100, 150)};
    const auto s = clip_segment(box, a, b);
    int inside = 0;
    const int samples = 400;
    for (int k = 0; k < samples; ++k) {
      const double t = (k + 0.5) / samples;
      inside += box.contains(PaperPoint{a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)}) ? 1 : 0;
    }
    const double length = std::hypot(b.x - a.x, b.y - a.y);
    const double kept = s ? std::hypot(s->to.x - s->from.x, s->to.y - s->from.y) : 0;
    CHECK(kept == Approx(length * inside / samples).margin(2.1 * length / samples));
    if (s) CHECK((box.contains(s->from) && box.contains(s->to)));
  }
}

TEST_CASE("a polyline that leaves and comes back has two parts") {
  const auto parts = clip_polyline(box, {{10, 25}, {20, 25}, {20, 100}, {40, 100}, {40, 25}, {50, 25}});
  REQUIRE(parts.size() == 2);
  CHECK(parts[0].size() == 3);
  CHECK(parts[0].back().y == 50);
  CHECK(parts[1].front().x == 40);
}

TEST_CASE("a polygon keeps the area that it shares with the box") {
  // A diamond about (100, 25) of half-diagonals 50 and 25: its left half is inside.
  CHECK(area(clip_polygon(box, {{50, 25}, {100, 0}, {150, 25}, {100, 50}})) == Approx(50 * 50 / 2.0));
  CHECK(area(clip_polygon(box, {{-1e150, -1e150}, {1e150, -1e150}, {1e150, 1e150}, {-1e150, 1e150}})) == Approx(5000));
  CHECK(clip_polygon(box, {{-3, -3}, {-1, -3}, {-1, -1}}).empty());
}

}  // namespace clip_test
