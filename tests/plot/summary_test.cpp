// A summary says what was drawn, whatever the letters' widths; a data point is found on the drawing.
#include "plot/summary.hpp"

#include <cmath>

#include "catch.hpp"
#include "plot/find_data_point.hpp"

namespace summary_test {

using namespace plot;

namespace {

Measure letters_of(double width) {
  return [width](std::string_view text, Face, double size) {
    return TextExtent{width * size * static_cast<double>(text.size()), 0.7 * size, 0.25 * size};
  };
}

Figure two_panels() {
  Panel left;
  left.title = "left";
  left.x = {.label = "x", .min = 0, .max = 10};
  left.y = {.label = "y", .min = 0, .max = 1};
  left.marks = {
      Band{"a", {0, 10}, {0.1, 0.1}, {0.3, 0.3}, Ink::blue},
      Line{.series = "a", .x = {0, 10}, .y = {0.2, 0.2}, .stroke = {Ink::blue, 1.3, Dash::dashed, 1}, .label = "first"},
      Points{.series = "b", .x = {2, 5}, .y = {0.5, 0.7}, .marker = Marker::square, .ink = Ink::green, .label = ""}};
  Panel right = left;
  right.title = "right";
  right.y = {.label = "z", .scale = ScaleKind::log, .min = 1e-3, .max = 1};
  right.marks = {Line{.series = "a", .x = {0, 10}, .y = {0.01, 0.1}, .stroke = {Ink::orange}, .label = ""}};
  Figure figure;
  figure.panels = {left, right};
  figure.columns = 2;
  figure.width = FigureWidth::full;
  return figure;
}

}  // namespace

TEST_CASE("a summary tells each series' form, style and place, in painting order") {
  const Summary summary = summarise(two_panels(), letters_of(0.5));
  REQUIRE(summary.panels.size() == 2);
  CHECK(summary.panels[0].title == "a left");
  CHECK(summary.panels[1].title == "b right");
  const auto& shapes = summary.panels[0].shapes;
  REQUIRE(shapes.size() == 3);
  CHECK(shapes[0].form == "polygon of 4");
  CHECK(shapes[0].fill->ink == Ink::blue);
  CHECK(shapes[0].bottom == Approx(0.1).margin(1e-6));
  CHECK(shapes[0].top == Approx(0.3).margin(1e-6));
  CHECK(shapes[1].form == "line");
  CHECK(shapes[1].series == "a");
  CHECK(shapes[1].stroke->dash == Dash::dashed);
  CHECK(shapes[1].left == Approx(0).margin(1e-6));
  CHECK(shapes[1].right == Approx(1).margin(1e-6));
  CHECK(shapes[1].bottom == Approx(0.2).margin(1e-6));
  CHECK(shapes[2].series == "b");
  CHECK(shapes[2].form == "polygon of 4");
  CHECK((shapes[2].left + shapes[2].right) / 2 == Approx(0.35).margin(1e-6));
}

TEST_CASE("a curve and its mirror image have the same box and length, but not the same middle") {
  const auto middle = [](const std::vector<double>& y) {
    Figure figure = two_panels();
    figure.panels[0].marks = {Line{.series = "a", .x = {0, 1, 10}, .y = y, .stroke = {Ink::blue}, .label = ""}};
    const auto shape = summarise(figure, letters_of(0.5)).panels[0].shapes.at(0);
    return std::pair{shape.middle_x, shape.middle_y};
  };
  // From (0, 0.2) to (0.1, 0.8) and on to (1, 0.8): the legs' lengths are sqrt(0.37) and 0.9.
  const double steep = std::sqrt(0.37), flat = 0.9;
  const auto [x, y] = middle({0.2, 0.8, 0.8});
  CHECK(x == Approx((0.05 * steep + 0.55 * flat) / (steep + flat)).margin(1e-6));
  CHECK(y == Approx((0.5 * steep + 0.8 * flat) / (steep + flat)).margin(1e-6));
  CHECK(middle({0.8, 0.2, 0.2}).second == Approx(1 - y).margin(1e-6));
}

TEST_CASE("a summary has the ticks where their strokes stand, in data units") {
  const Summary summary = summarise(two_panels(), letters_of(0.5));
  const AxisSummary& x = summary.panels[0].x;
  REQUIRE(x.ticks.size() >= 2);
  for (const TickSummary& tick : x.ticks) CHECK(tick.place == Approx(tick.value / 10).margin(1e-9));
  const AxisSummary& y = summary.panels[1].y;
  CHECK(y.scale == ScaleKind::log);
  CHECK(y.low == Approx(1e-3));
  for (const TickSummary& tick : y.ticks) CHECK(tick.place == Approx((std::log10(tick.value) + 3) / 3).margin(1e-9));
}

TEST_CASE("wider letters change no word, style, tick or place of a summary") {
  const Summary one = summarise(two_panels(), letters_of(0.45)), other = summarise(two_panels(), letters_of(0.55));
  for (std::size_t i = 0; i < 2; ++i) {
    REQUIRE(one.panels[i].shapes.size() == other.panels[i].shapes.size());
    for (std::size_t k = 0; k < one.panels[i].shapes.size(); ++k) {
      const ShapeSummary &a = one.panels[i].shapes[k], &b = other.panels[i].shapes[k];
      CHECK(a.form == b.form);
      CHECK(a.left == Approx(b.left).margin(2e-3));
      CHECK(a.right == Approx(b.right).margin(2e-3));
      CHECK(a.bottom == Approx(b.bottom).margin(2e-3));
      CHECK(a.top == Approx(b.top).margin(2e-3));
    }
    REQUIRE(one.panels[i].texts.size() == other.panels[i].texts.size());
    for (std::size_t k = 0; k < one.panels[i].texts.size(); ++k)
      CHECK(one.panels[i].texts[k].text == other.panels[i].texts[k].text);
  }
}

TEST_CASE("a data point is found in the panel whose curve passes by, and held inside it") {
  const Figure figure = two_panels();
  const DrawnFigure drawn = draw(figure, letters_of(0.5));
  const Box left = drawn.panels[0].plan.box, right = drawn.panels[1].plan.box;
  const auto flat = find_data_point(drawn, "a", 10, 0.2);
  REQUIRE(flat);
  CHECK(flat->x == Approx(left.right));
  CHECK(flat->y == Approx(left.bottom - 0.2 * left.height()));
  const auto steep = find_data_point(drawn, "a", 0, 0.01);
  REQUIRE(steep);
  CHECK(steep->x == Approx(right.left));
  CHECK(steep->y == Approx(right.bottom - right.height() / 3));
  const auto beyond = find_data_point(drawn, "b", 2, INFINITY);
  REQUIRE(beyond);
  CHECK(left.contains(*beyond));
  CHECK(!find_data_point(drawn, "c", 1, 1));
}

}  // namespace summary_test
