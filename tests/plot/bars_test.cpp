// Bars: where they begin and end, how they stand beside and on one another, and what is read off them.
#include "plot/marks/bars.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "catch.hpp"
#include "plot/composites/bar_groups.hpp"
#include "plot/layout/drawn.hpp"
#include "plot/readout.hpp"

namespace bars_test {

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

/// The filled rectangles of a series; tips have fewer corners.
std::vector<Box> boxes_of(const DrawnPanel& panel, const std::string& series) {
  std::vector<Polyline> outlines;
  for (const Item& item : panel.marks) {
    const auto* path = std::get_if<Path>(&item);
    if (!path || !path->fill || path->series != series) continue;
    for (const PathStep& step : path->steps) {
      if (const auto* move = std::get_if<MoveTo>(&step)) outlines.push_back({move->to});
      if (const auto* line = std::get_if<LineTo>(&step)) outlines.back().push_back(line->to);
    }
  }
  std::vector<Box> boxes;
  for (const Polyline& outline : outlines)
    if (outline.size() == 4) boxes.push_back({outline[0].x, outline[0].y, outline[2].x, outline[2].y});
  return boxes;
}

struct Drawing {
  explicit Drawing(const Figure& figure)
      : drawn(draw(figure, measure)),
        panel(drawn.panels.at(0)),
        frame(frame_on(panel.plan.box, panel.plan.x, panel.plan.y)) {}
  std::vector<Box> boxes(const std::string& series) const { return boxes_of(panel, series); }

  DrawnFigure drawn;
  const DrawnPanel& panel;
  Frame frame;
};

}  // namespace

TEST_CASE("a bar goes from the axis to its value, and the axis has no air below it") {
  const Drawing d(one_panel({Bars{.series = "s", .x = {0, 1, 2}, .y = {3, 1, 2}}}));
  CHECK(d.panel.plan.y.low == 0);
  CHECK(d.panel.plan.y.high > 3);
  const auto boxes = d.boxes("s");
  REQUIRE(boxes.size() == 3);
  CHECK(boxes[0].bottom == Approx(d.frame.box.bottom));
  CHECK(boxes[0].top == Approx(d.frame.y(3)));
  CHECK((boxes[1].left + boxes[1].right) / 2 == Approx(d.frame.x(1)));
  CHECK(boxes[1].width() == Approx(0.7 * (d.frame.x(1) - d.frame.x(0)) - 0.5));
}

TEST_CASE("negative bars hang from their base, and the axis has air below them alone") {
  const Drawing d(one_panel({Bars{.series = "s", .x = {0, 1}, .y = {-3, -1}}}));
  CHECK(d.panel.plan.y.high == 0);
  CHECK(d.panel.plan.y.low < -3);
  const auto boxes = d.boxes("s");
  REQUIRE(boxes.size() == 2);
  CHECK(boxes[0].top == Approx(d.frame.box.top));
  CHECK(boxes[0].bottom == Approx(d.frame.y(-3)));
}

TEST_CASE("horizontal bars go from left to right at the places of the y axis") {
  const Drawing d(one_panel({Bars{.series = "s", .x = {3, 1}, .y = {0, 1}, .horizontal = true}}));
  CHECK(d.panel.plan.x.low == 0);
  const auto boxes = d.boxes("s");
  REQUIRE(boxes.size() == 2);
  CHECK(boxes[0].left == Approx(d.frame.box.left));
  CHECK(boxes[0].right == Approx(d.frame.x(3)));
  CHECK((boxes[0].top + boxes[0].bottom) / 2 == Approx(d.frame.y(0)));
}

TEST_CASE("a bar that is longer than its axis has an open tip at the frame, one that fits has none") {
  for (const double top : {2.0, 4.0}) {
    Figure figure = one_panel({Bars{.series = "s", .x = {0}, .y = {3}}});
    figure.panels[0].y.max = top;
    const Drawing d(figure);
    const bool tipped = std::any_of(d.panel.marks.begin(), d.panel.marks.end(), [](const Item& item) {
      const auto* path = std::get_if<Path>(&item);
      return path && path->fill && path->fill->ink == Ink::background;
    });
    CHECK(tipped == (top < 3));
    REQUIRE(d.boxes("s").size() == 1);
    CHECK(d.boxes("s")[0].top >= d.frame.box.top);
  }
}

TEST_CASE("of a bar that ends before its axis begins, or begins behind its end, a tip stands at the frame") {
  for (const bool horizontal : {false, true})
    for (const double value : {3.0, -3.0}) {
      Bars bars{.series = "s", .x = {0, 1}, .y = {value, 0}, .horizontal = horizontal};
      if (horizontal) std::swap(bars.x, bars.y);
      Figure figure = one_panel({bars});
      (horizontal ? figure.panels[0].x : figure.panels[0].y) = {.min = value > 0 ? 10 : -20,
                                                                .max = value > 0 ? 20 : -10};
      const Drawing d(figure);
      std::size_t tips = 0;
      for (const Item& item : d.panel.marks) {
        const auto* path = std::get_if<Path>(&item);
        if (path && path->fill && path->fill->ink == Ink::blue)
          for (const PathStep& step : path->steps) {
            const auto* move = std::get_if<MoveTo>(&step);
            tips += move && d.frame.box.grown(1e-9).contains(move->to) && path->steps.size() == 8;
          }
      }
      CHECK(tips == 2);
    }
}

TEST_CASE("on a log axis bars reach down to the frame") {
  Figure figure = one_panel({Bars{.series = "s", .x = {0, 1}, .y = {1, 100}}});
  figure.panels[0].y.scale = ScaleKind::log;
  const Drawing d(figure);
  for (const Box& box : d.boxes("s")) CHECK(box.bottom == Approx(d.frame.box.bottom));
}

TEST_CASE("bars that touch in their data have paper between them, very thin ones do not") {
  const Drawing wide(one_panel({Bars{.series = "s", .x = {0, 1}, .y = {1, 1}, .width = 1}}));
  const auto boxes = wide.boxes("s");
  REQUIRE(boxes.size() == 2);
  CHECK(boxes[1].left - boxes[0].right == Approx(0.5));
  std::vector<double> x, y;
  for (int i = 0; i < 400; ++i) {
    x.push_back(i);
    y.push_back(1);
  }
  const Drawing narrow(one_panel({Bars{.series = "s", .x = x, .y = y, .width = 1}}));
  const auto many = narrow.boxes("s");
  REQUIRE(many.size() == 400);
  CHECK(many[1].left == Approx(many[0].right));
}

TEST_CASE("of more bars than paper can show the longest ones stay, to either side") {
  std::vector<double> x, y;
  for (int i = 0; i < 100000; ++i) {
    x.push_back(i);
    y.push_back(i == 70001 ? 9 : i == 30001 ? -9 : 1);
  }
  const Drawing d(one_panel({Bars{.series = "s", .x = x, .y = y}}));
  const auto boxes = d.boxes("s");
  CHECK(boxes.size() < 4000);
  CHECK(std::any_of(boxes.begin(), boxes.end(), [&](const Box& b) { return b.top == Approx(d.frame.y(9)); }));
  CHECK(std::any_of(boxes.begin(), boxes.end(), [&](const Box& b) { return b.bottom == Approx(d.frame.y(-9)); }));
}

TEST_CASE("grouped bars share the width of one and stand about its place in their order") {
  const Drawing d(
      one_panel(grouped({{.series = "a", .x = {0, 1}, .y = {1, 2}}, {.series = "b", .x = {0, 1}, .y = {3, 4}}})));
  const auto a = d.boxes("a"), b = d.boxes("b");
  REQUIRE(a.size() == 2);
  REQUIRE(b.size() == 2);
  const double unit = d.frame.x(1) - d.frame.x(0);
  CHECK(b[0].right - a[0].left == Approx(0.7 * unit - 0.5));
  CHECK((a[0].left + b[0].right) / 2 == Approx(d.frame.x(0)));
  CHECK(a[0].right < b[0].left);
}

TEST_CASE("stacked bars stand on one another, negative ones hang below one another, and gaps leave no hole") {
  const Drawing d(one_panel(stacked({{.series = "a", .x = {0, 1}, .y = {1, -2}},
                                     {.series = "b", .x = {1, 0}, .y = {-3, NAN}},
                                     {.series = "c", .x = {0, 1}, .y = {4, 5}}})));
  const auto a = d.boxes("a"), b = d.boxes("b"), c = d.boxes("c");
  REQUIRE(a.size() == 2);
  REQUIRE(b.size() == 1);
  REQUIRE(c.size() == 2);
  CHECK(c[0].bottom == Approx(a[0].top));
  CHECK(c[0].top == Approx(d.frame.y(5)));
  CHECK(b[0].top == Approx(a[1].bottom));
  CHECK(b[0].bottom == Approx(d.frame.y(-5)));
  CHECK(c[1].bottom == Approx(d.frame.y(0)));
}

TEST_CASE("errors are drawn through the ends of bars, wherever these stand") {
  auto marks =
      stacked({{.series = "a", .x = {0}, .y = {1}}, {.series = "b", .x = {0}, .y = {2}, .errors = {{1.5}, {2.5}}}});
  const Drawing d(one_panel(marks));
  std::vector<PaperPoint> ends;
  for (const Item& item : d.panel.marks) {
    const auto* path = std::get_if<Path>(&item);
    if (!path || path->fill || path->series != "b") continue;
    for (const PathStep& step : path->steps) {
      if (const auto* move = std::get_if<MoveTo>(&step)) ends.push_back(move->to);
      if (const auto* line = std::get_if<LineTo>(&step)) ends.push_back(line->to);
    }
  }
  REQUIRE(ends.size() == 6);  // a bar and two caps
  CHECK(ends[0].x == Approx(d.frame.x(0)));
  CHECK(ends[0].y == Approx(d.frame.y(2.5)));
  CHECK(ends[1].y == Approx(d.frame.y(3.5)));
}

TEST_CASE("the bars of a group are read at their common place, a stack's parts by their own lengths") {
  Figure figure =
      one_panel(grouped({{.series = "a", .x = {0, 1}, .y = {1, 2}}, {.series = "b", .x = {0, 1}, .y = {3, 4}}}));
  figure.panels[0].x.categories = {"one", "two"};
  auto panels = readout(figure, draw(figure, measure));
  REQUIRE(panels.at(0).series.size() == 2);
  CHECK(panels[0].x.categories == std::vector<std::string>{"one", "two"});
  CHECK_FALSE(panels[0].plane);
  const SeriesReadout& b = panels[0].series[1];
  CHECK(b.x == std::vector<double>{0, 1});
  CHECK(b.y == std::vector<double>{3, 4});
  REQUIRE(b.bars);
  CHECK(b.bars->offset == Approx(0.175));

  figure = one_panel(stacked({{.series = "a", .x = {0, 1}, .y = {1, 2}}, {.series = "b", .x = {0, 1}, .y = {3, 4}}}));
  panels = readout(figure, draw(figure, measure));
  const SeriesReadout& upper = panels.at(0).series.at(1);
  CHECK(upper.y == std::vector<double>{3, 4});
  REQUIRE(upper.bars);
  CHECK(upper.bars->below == std::vector<double>{1, 2});
}

TEST_CASE("horizontal bars are met where they end, and bins are read with their sides") {
  Figure figure = one_panel({Bars{.series = "s", .x = {3, 1}, .y = {0, 1}, .horizontal = true}});
  CHECK(readout(figure, draw(figure, measure)).at(0).plane);
  figure = one_panel({Bars{.series = "s", .x = {0.5, 2}, .y = {4, 2}, .sides = {{0, 1}, {1, 3}}}});
  const auto panels = readout(figure, draw(figure, measure));
  CHECK(panels.at(0).series.at(0).left == std::vector<double>{0, 1});
  CHECK(panels[0].series[0].right == std::vector<double>{1, 3});
}

TEST_CASE("names of several series of bars stand in the legend, in their order") {
  const Drawing d(one_panel(grouped({{.series = "a", .x = {0, 1}, .y = {1, 2}, .label = "first"},
                                     {.series = "b", .x = {0, 1}, .y = {3, 4}, .label = "second"}})));
  CHECK(d.panel.plan.legend == std::vector<std::size_t>{0, 1});
}

}  // namespace bars_test
