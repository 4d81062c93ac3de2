// Points whose areas and colours stand for numbers, and points by category.
#include "plot/marks/points.hpp"

#include <cmath>

#include "catch.hpp"
#include "plot/composites/by_category.hpp"
#include "plot/layout/drawn.hpp"
#include "plot/readout.hpp"

namespace points_test {

using namespace plot;

namespace {

TextExtent measure(std::string_view text, Face, double size) {
  return {0.5 * size * static_cast<double>(text.size()), 0.7 * size, 0.25 * size};
}

Figure one_panel(std::vector<Mark> marks) {
  Figure figure;
  figure.panels.resize(1);
  figure.panels[0].marks = std::move(marks);
  return figure;
}

/// How far each of the panel's round markers is across, in the order in which they are painted.
std::vector<double> diameters(const DrawnPanel& panel) {
  std::vector<double> found;
  for (const Item& item : panel.marks) {
    const auto* path = std::get_if<Path>(&item);
    if (!path || path->steps.size() != 6) continue;
    const double right = std::get<MoveTo>(path->steps[0]).to.x, left = std::get<CurveTo>(path->steps[2]).to.x;
    found.push_back(right - left);
  }
  return found;
}

std::vector<std::optional<Shade>> shades(const DrawnPanel& panel) {
  std::vector<std::optional<Shade>> found;
  for (const Item& item : panel.marks)
    if (const auto* path = std::get_if<Path>(&item); path && path->fill) found.push_back(path->fill->shade);
  return found;
}

}  // namespace

TEST_CASE("areas are as the sizes, the largest has the marker's size, and the largest are painted first") {
  const DrawnFigure drawn =
      draw(one_panel({Points{.series = "s", .x = {0, 1, 2}, .y = {0, 1, 2}, .size = 12, .sizes = {1, 4, 9}}}), measure);
  const auto found = diameters(drawn.panels.at(0));
  REQUIRE(found.size() == 3);
  CHECK(found[0] == Approx(12));
  CHECK(found[1] == Approx(8));
  CHECK(found[2] == Approx(4));
}

TEST_CASE("sizes that are not positive, or missing, have the smallest marker") {
  const DrawnFigure drawn = draw(
      one_panel({Points{.series = "s", .x = {0, 1, 2, 3}, .y = {0, 1, 2, 3}, .size = 12, .sizes = {4, 0, -4, NAN}}}),
      measure);
  const auto found = diameters(drawn.panels.at(0));
  REQUIRE(found.size() == 4);
  for (const std::size_t i : {1u, 2u, 3u}) CHECK(found[i] == Approx(1));
}

TEST_CASE("the legend says what areas stand for, once") {
  const Points points{.series = "s", .x = {0, 1}, .y = {0, 1}, .sizes = {10, 40}, .size_label = "people"};
  Figure figure = one_panel({points, points});
  CHECK(draw(figure, measure).panels.at(0).remark == "area: people, the largest 40");
}

TEST_CASE("colours are the bands of a colour bar, and a point without a number is open") {
  const DrawnFigure drawn = draw(one_panel({Points{.series = "s",
                                                   .x = {0, 1, 2},
                                                   .y = {0, 1, 2},
                                                   .colors = {0.5, 2.5, NAN},
                                                   .color_scale = {.levels = {0, 1, 2, 3}, .label = "depth"}}}),
                                 measure);
  const auto found = shades(drawn.panels.at(0));
  REQUIRE(found.size() == 3);
  REQUIRE(found[0]);
  REQUIRE(found[1]);
  CHECK(found[0]->tone < found[1]->tone);
  CHECK_FALSE(found[2]);
  CHECK_FALSE(drawn.panels[0].color_bar.empty());
  CHECK_FALSE(drawn.panels[0].plan.bar_label.empty());
}

TEST_CASE("values beyond the levels have the colour of the nearest band") {
  const std::vector<double> levels{0, 1, 2}, values{-5, 0.5, 1.5, 9};
  const std::string label;
  const ColorBands bands = color_bands(ColorValues{Ramp::sequential, 0, levels, label, values});
  CHECK(bands.below);
  CHECK(bands.above);
  CHECK(bands.shade_of(-5) == bands.shade_of(0.5));
  CHECK(bands.shade_of(9) == bands.shade_of(1.5));
  CHECK_FALSE(bands.shade_of(0.5) == bands.shade_of(1.5));
}

TEST_CASE("sizes and colours are read with their points") {
  const Figure figure = one_panel({Points{.series = "s",
                                          .x = {0, 1},
                                          .y = {0, 1},
                                          .sizes = {10, 40},
                                          .size_label = "people",
                                          .colors = {1.5, NAN},
                                          .color_scale = {.label = "rain"}}});
  const auto panels = readout(figure, draw(figure, measure));
  CHECK(panels.at(0).series.at(0).notes == std::vector<std::string>{"people 10; rain 1.5", "people 40; rain missing"});
}

TEST_CASE("points without sizes and colours have no notes") {
  const Figure figure = one_panel({Points{.series = "s", .x = {0, 1}, .y = {0, 1}}});
  CHECK(readout(figure, draw(figure, measure)).at(0).series.at(0).notes.empty());
}

TEST_CASE("each category has its points, a name, an ink and a marker, in order of appearance") {
  const auto marks = by_category({.x = {0, 1, 2, 3}, .y = {4, 5, 6, 7}, .sizes = {1, 2, 3, 4}, .colors = {5, 6, 7, 8}},
                                 {"b", "a", "b", "c"});
  REQUIRE(marks.size() == 3);
  const auto& first = std::get<Points>(marks[0]);
  const auto& second = std::get<Points>(marks[1]);
  CHECK(first.label == "b");
  CHECK(first.series == "b");
  CHECK(first.x == std::vector<double>{0, 2});
  CHECK(first.y == std::vector<double>{4, 6});
  CHECK(first.sizes == std::vector<double>{1, 3});
  CHECK(second.label == "a");
  CHECK(first.ink != second.ink);
  CHECK(first.marker != second.marker);
  // A size and a colour mean the same in every category.
  CHECK(first.full_size == 4);
  CHECK(second.full_size == 4);
  CHECK(first.color_scale.levels.size() >= 2);
  CHECK(first.color_scale.levels == second.color_scale.levels);
}

}  // namespace points_test
