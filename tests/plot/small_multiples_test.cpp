// Small multiples: the same axes for all, said once.
#include "plot/composites/small_multiples.hpp"

#include "catch.hpp"
#include "plot/layout/drawn.hpp"

namespace small_multiples_test {

using namespace plot;

namespace {

TextExtent measure(std::string_view text, Face, double size) {
  return {0.5 * size * static_cast<double>(text.size()), 0.7 * size, 0.25 * size};
}

std::vector<Panel> panels(std::size_t n, ScaleKind y = ScaleKind::linear) {
  std::vector<Panel> all;
  for (std::size_t k = 0; k < n; ++k) {
    const double size = static_cast<double>(k + 1);
    Panel panel;
    panel.title = std::string(1, static_cast<char>('A' + k));
    panel.marks = {Line{.series = "s", .x = {0, size}, .y = {1, 10 * size}}};
    panel.x = {.label = "x"};
    panel.y = {.label = "y", .scale = y};
    all.push_back(panel);
  }
  return all;
}

}  // namespace

TEST_CASE("all panels have the limits that they ask for together, in all rows and columns") {
  for (const ScaleKind kind : {ScaleKind::linear, ScaleKind::log}) {
    const Figure figure = small_multiples(panels(5, kind));
    const DrawnFigure drawn = draw(figure, measure);
    REQUIRE(drawn.panels.size() == 5);
    for (const DrawnPanel& panel : drawn.panels) {
      CHECK(panel.plan.x.low == Approx(0));
      CHECK(panel.plan.x.high == Approx(5));
      CHECK(panel.plan.y.low == Approx(drawn.panels[0].plan.y.low));
      CHECK(panel.plan.y.high == Approx(drawn.panels[0].plan.y.high));
      CHECK(panel.plan.box.width() == Approx(drawn.panels[0].plan.box.width()));
    }
  }
}

TEST_CASE("what the axes say stands once, at the left and under the lowest of each column") {
  const Figure figure = small_multiples(panels(5));
  const DrawnFigure drawn = draw(figure, measure);
  const std::vector<bool> numbers_below{false, false, true, true, true},
      numbers_beside{true, false, false, true, false};
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(drawn.panels[i].plan.x_numbers == numbers_below[i]);
    CHECK(drawn.panels[i].plan.y_numbers == numbers_beside[i]);
    CHECK(drawn.panels[i].plan.title.size() == 1);
  }
}

TEST_CASE("limits that a panel gives hold for all") {
  auto all = panels(3);
  all[1].y.min = -7;
  for (const Panel& panel : small_multiples(all).panels) CHECK(panel.y.min == -7);
}

TEST_CASE("panels stand in rows of three, four of them in two rows of two, or as is wanted") {
  CHECK(small_multiples(panels(2)).columns == 2);
  CHECK(small_multiples(panels(4)).columns == 2);
  CHECK(small_multiples(panels(7)).columns == 3);
  CHECK(small_multiples(panels(7), 4).columns == 4);
  CHECK(small_multiples({}).panels.empty());
}

}  // namespace small_multiples_test
