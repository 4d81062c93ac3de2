// Heat maps: bands that cover everything, numbers that say what a colour means.
#include "plot/marks/heat_map.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "catch.hpp"
#include "plot/geometry/level_set.hpp"
#include "plot/geometry/tick.hpp"
#include "plot/layout/color_bar.hpp"
#include "plot/layout/layout.hpp"

namespace heat_map_test {

using namespace plot;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// Half an em a character.
TextExtent measure(std::string_view text, Face, double size) {
  const auto characters = std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
  return {0.5 * size * static_cast<double>(characters), 0.8 * size, 0.25 * size};
}

template <class F>
Grid sampled(double from, double to, int n, const F& f) {
  Grid grid;
  for (int i = 0; i < n; ++i) grid.x.push_back(from + (to - from) * i / (n - 1));
  grid.y = grid.x;
  for (const double y : grid.y)
    for (const double x : grid.x) grid.z.push_back(f(x, y));
  return grid;
}

HeatMap map_of(Grid grid, Ramp ramp, std::vector<double> levels = {}) {
  return {std::move(grid), ramp, 0, std::move(levels), "value"};
}

/// Area by the shoelace formula; with holes counted negatively when outlines are nested (even-odd).
double area(const std::vector<Polyline>& outlines) {
  std::vector<double> areas;
  for (const Polyline& line : outlines) {
    double twice = 0;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) twice += line[i].x * line[i + 1].y - line[i + 1].x * line[i].y;
    areas.push_back(std::abs(twice) / 2);
  }
  if (areas.empty()) return 0;
  std::sort(areas.rbegin(), areas.rend());
  double total = areas[0];
  for (std::size_t i = 1; i < areas.size(); ++i) total -= areas[i];
  return total;
}

Axis axis(std::string label, ScaleKind scale = ScaleKind::linear) {
  Axis a;
  a.label = std::move(label);
  a.scale = scale;
  return a;
}

Scene scene_of(const HeatMap& map, Axis x = axis("x"), Axis y = axis("y")) {
  Figure figure;
  figure.panels.resize(1);
  figure.panels[0].x = std::move(x);
  figure.panels[0].y = std::move(y);
  figure.panels[0].marks = {map};
  return layout(figure, measure);
}

std::vector<Path> shaded(const Scene& scene) {
  std::vector<Path> found;
  for (const Item& item : scene.items)
    if (const auto* path = std::get_if<Path>(&item))
      if (path->fill && path->fill->shade) found.push_back(*path);
  return found;
}

std::string text_of(const TextItem& item) {
  std::string text;
  for (const TextRun& run : item.runs) text += run.text;
  return text;
}

bool says(const Scene& scene, const std::string& what) {
  return std::any_of(scene.items.begin(), scene.items.end(), [&](const Item& item) {
    const auto* text = std::get_if<TextItem>(&item);
    return text != nullptr && text_of(*text) == what;
  });
}

}  // namespace

TEST_CASE("the level set of a cone is the disc, to the area that chords cut off") {
  const Grid cone = sampled(-1, 1, 201, [](double x, double y) { return -std::hypot(x, y); });
  for (const double radius : {0.3, 0.7})
    CHECK(area(level_set(cone, -radius)) == Approx(M_PI * radius * radius).epsilon(4e-4));
}

TEST_CASE(
    "a level set follows the border where the function goes on beyond it, and its holes are outlines of their own") {
  const Grid bowl = sampled(-1, 1, 101, [](double x, double y) { return std::hypot(x, y); });
  const auto outlines = level_set(bowl, 0.5);
  REQUIRE(outlines.size() == 2);
  CHECK(area(outlines) == Approx(4 - M_PI * 0.25).epsilon(1e-3));
  SECTION("straight runs along the border need no points but their ends") {
    const auto smaller = std::min(outlines[0].size(), outlines[1].size());
    CHECK(smaller <= 6);
  }
}

TEST_CASE("a level below everything gives the whole rectangle, one above everything nothing") {
  const Grid plane = sampled(0, 2, 11, [](double x, double y) { return x + y; });
  CHECK(area(level_set(plane, -5)) == Approx(4));
  CHECK(area(level_set(plane, 0)) == Approx(4));
  CHECK(level_set(plane, 4.1).empty());
}

TEST_CASE("half of a slanted plane lies above its middle level, exactly") {
  const Grid plane = sampled(0, 1, 8, [](double x, double y) { return x - y; });
  CHECK(area(level_set(plane, 0)) == Approx(0.5));
}

TEST_CASE("samples that are not numbers are left blank, and infinite ones belong to an end") {
  Grid grid = sampled(0, 4, 5, [](double, double) { return 1.0; });
  grid.z[2 * 5 + 2] = not_a_number;  // its four cells lose half of their area each, as a diamond
  CHECK(area(level_set(grid, 0)) == Approx(16 - 0.5).margin(1.5));
  CHECK(area(level_set(grid, 0)) < 16);
  grid.z[2 * 5 + 2] = infinity;
  CHECK(area(level_set(grid, 0)) == Approx(16));
  grid.z[2 * 5 + 2] = -infinity;
  CHECK(area(level_set(grid, 0)) < 16);
  SECTION("and on paper minus infinity has the lowest band's colour, not the paper's") {
    const auto paths = shaded(scene_of(map_of(grid, Ramp::sequential, {0.5, 1.5})));
    REQUIRE(!paths.empty());
    CHECK(paths[0].steps.size() <= 7);  // a rectangle without a hole
  }
}

TEST_CASE("bands of a diverging map are round, symmetric about the centre, and light up to it from both sides") {
  const HeatMap map = map_of(sampled(-0.43, 0.21, 20, [](double x, double) { return x; }), Ramp::diverging);
  const ColorBands bands = color_bands(map);
  CHECK(bands.edges.front() == Approx(-0.45));
  CHECK(bands.edges.back() == Approx(0.25));
  CHECK(bands.shades.size() == bands.edges.size() - 1);
  const int half = tones(Ramp::diverging) / 2;
  for (std::size_t k = 0; k < bands.shades.size(); ++k) {
    const bool above = bands.edges[k] > -1e-9;
    CHECK((bands.shades[k].tone >= half) == above);
    if (k > 0) CHECK(bands.shades[k].tone > bands.shades[k - 1].tone);
  }
  CHECK(!bands.below);
  CHECK(!bands.above);
}

TEST_CASE("given levels are kept, and samples beyond them are said to be") {
  const ColorBands bands =
      color_bands(map_of(sampled(0, 1, 20, [](double x, double) { return x; }), Ramp::sequential, {0.1, 0.4, 0.9}));
  CHECK(bands.edges == std::vector<double>{0.1, 0.4, 0.9});
  CHECK(bands.shades.size() == 2);
  CHECK(bands.shades[0].tone < bands.shades[1].tone);
  CHECK(bands.below);
  CHECK(bands.above);
}

TEST_CASE("there are never more bands than tones, whatever the samples") {
  for (const double size : {1e-12, 0.007, 0.99, 1.0, 3.2e5, 1e300}) {
    for (const Ramp ramp : {Ramp::sequential, Ramp::diverging}) {
      for (const double offset : {0.0, -0.3, -1.0}) {
        const ColorBands bands =
            color_bands(map_of(sampled(0, 1, 9, [&](double x, double) { return size * (x + offset); }), ramp));
        INFO(size << " " << offset);
        CHECK(bands.shades.size() >= 2);
        CHECK(static_cast<int>(bands.shades.size()) <= tones(ramp));
        CHECK(bands.edges.front() <= size * offset);
        CHECK(bands.edges.back() >= size * (1 + offset) * (1 - 1e-9));
      }
    }
  }
  SECTION("a constant has a band too, and nothing at all has none") {
    CHECK(color_bands(map_of(sampled(0, 1, 3, [](double, double) { return 2.0; }), Ramp::sequential)).shades.size() >=
          1);
    CHECK(color_bands(map_of(sampled(0, 1, 3, [](double, double) { return not_a_number; }), Ramp::sequential)).empty());
    CHECK(shaded(scene_of(map_of(sampled(0, 1, 3, [](double, double) { return not_a_number; }), Ramp::sequential)))
              .empty());
  }
}

TEST_CASE(
    "a map is painted from its lowest band up, each band over the upper part of the one below, so that no seam can "
    "show") {
  const Scene scene = scene_of(map_of(sampled(0, 1, 30, [](double x, double y) { return x * y; }), Ramp::sequential));
  const auto paths = shaded(scene);
  const ColorBands bands =
      color_bands(map_of(sampled(0, 1, 30, [](double x, double y) { return x * y; }), Ramp::sequential));
  REQUIRE(paths.size() == 2 * bands.shades.size());  // the map, then its bar
  for (std::size_t k = 0; k < bands.shades.size(); ++k) {
    CHECK(paths[k].fill->shade == bands.shades[k]);
    CHECK(paths[k].fill->opacity == 1);
    CHECK(paths[k].even_odd);
  }
}

TEST_CASE("a map fills its panel to the edges and never leaves it, whatever part of it the axes show") {
  const Grid grid = sampled(0.01, 10, 40, [](double x, double y) { return std::sin(3 * x) + y; });
  for (const ScaleKind kind : {ScaleKind::linear, ScaleKind::log}) {
    for (const bool zoomed : {false, true}) {
      Axis x = axis("x", kind), y = axis("y", kind);
      if (zoomed) {
        x.min = 0.5;
        x.max = 4;
        y.reversed = true;
      }
      const Scene scene = scene_of(map_of(grid, Ramp::sequential), x, y);
      const auto paths = shaded(scene);
      REQUIRE(!paths.empty());
      double left = infinity, right = -infinity;
      for (const PathStep& step : paths[0].steps) {
        const PaperPoint* p = nullptr;
        if (const auto* m = std::get_if<MoveTo>(&step)) p = &m->to;
        if (const auto* l = std::get_if<LineTo>(&step)) p = &l->to;
        if (p == nullptr) continue;
        REQUIRE(std::isfinite(p->x));
        REQUIRE((p->x >= 0 && p->x <= scene.width && p->y >= 0 && p->y <= scene.height));
        left = std::min(left, p->x);
        right = std::max(right, p->x);
      }
      CHECK(right - left > 0.6 * scene.width);
    }
  }
}

TEST_CASE("the colour bar stands inside the page and says its numbers, the centre among them, and its label") {
  const HeatMap map = map_of(sampled(-1, 1, 20, [](double x, double) { return 0.43 * x; }), Ramp::diverging);
  const Scene scene = scene_of(map);
  for (const char* text : {"0", "0.2", "−0.2", "value"}) {
    INFO(text);
    CHECK(says(scene, text));
  }
  for (const Item& item : scene.items)
    if (const auto* text = std::get_if<TextItem>(&item)) CHECK(text->origin.x <= scene.width);
}

TEST_CASE("round steps: the smallest of 1, 2, 5 times a power of ten that needs no more parts") {
  CHECK(round_step(1, 10) == Approx(0.1));
  CHECK(round_step(0.43, 10) == Approx(0.05));
  CHECK(round_step(0.51, 10) == Approx(0.1));
  CHECK(round_step(0.5, 10) == Approx(0.05));
  CHECK(round_step(7, 3) == Approx(5));
  CHECK(round_step(0, 3) == 0);
}

}  // namespace heat_map_test
