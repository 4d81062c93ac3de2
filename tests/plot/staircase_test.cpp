// A line in steps holds each value where it is valid.
#include "plot/geometry/staircase.hpp"

#include <cmath>

#include "catch.hpp"
#include "plot/layout/drawn.hpp"
#include "plot/readout.hpp"

namespace staircase_test {

using namespace plot;

namespace {

using Values = std::vector<double>;

TextExtent measure(std::string_view text, Face, double size) {
  return {0.5 * size * static_cast<double>(text.size()), 0.7 * size, 0.25 * size};
}

Staircase stairs(const Values& x, const Values& y, Steps steps, ScaleKind x_kind = ScaleKind::linear) {
  return staircase(x, y, steps, x_kind, ScaleKind::linear);
}

}  // namespace

TEST_CASE("a value holds after its point, before it, or half way to both neighbours") {
  const Staircase after = stairs({0, 2}, {1, 5}, Steps::after);
  CHECK(after.x == Values{0, 2, 2});
  CHECK(after.y == Values{1, 1, 5});
  const Staircase before = stairs({0, 2}, {1, 5}, Steps::before);
  CHECK(before.x == Values{0, 0, 2});
  CHECK(before.y == Values{1, 5, 5});
  const Staircase middle = stairs({0, 2}, {1, 5}, Steps::middle);
  CHECK(middle.x == Values{0, 1, 1, 2});
  CHECK(middle.y == Values{1, 1, 5, 5});
}

TEST_CASE("half way is half way on paper") {
  CHECK(stairs({1, 100}, {1, 5}, Steps::middle, ScaleKind::log).x[1] == Approx(10));
}

TEST_CASE("before a gap a value holds as far as it is valid, and the gap itself has no stair") {
  const Staircase after = stairs({0, 1, 2, 3}, {1, NAN, 5, 6}, Steps::after);
  CHECK(after.x == Values{0, 1, 1, 2, 3, 3});
  CHECK(after.y[1] == 1);
  CHECK(std::isnan(after.y[2]));
  CHECK(after.y[3] == 5);
}

TEST_CASE("the line of a panel is the staircase, its markers stand at the data, and its readout holds the values") {
  Figure figure;
  figure.panels.resize(1);
  figure.panels[0].marks = {
      Line{.series = "s", .x = {0, 1, 2}, .y = {1, 3, 2}, .marker = Marker::square, .steps = Steps::after}};
  const DrawnFigure drawn = draw(figure, measure);
  std::size_t corners = 0, markers = 0;
  for (const Item& item : drawn.panels.at(0).marks) {
    const auto* path = std::get_if<Path>(&item);
    if (path && path->stroke) corners += path->steps.size();
    if (path && path->fill)
      for (const PathStep& step : path->steps) markers += std::holds_alternative<MoveTo>(step);
  }
  CHECK(corners == 5);
  CHECK(markers == 3);
  const auto panels = readout(figure, drawn);
  CHECK(panels.at(0).series.at(0).steps == Steps::after);
  CHECK(panels[0].series[0].y == Values{1, 3, 2});
}

}  // namespace staircase_test
