// Error bars: where they end, what stands there, and what is read off them.
#include "plot/marks/error_bars.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "catch.hpp"
#include "plot/layout/drawn.hpp"
#include "plot/readout.hpp"

namespace error_bars_test {

using namespace plot;

namespace {

const double infinity = std::numeric_limits<double>::infinity();

TextExtent measure(std::string_view text, Face, double size) {
  return {0.5 * size * static_cast<double>(text.size()), 0.7 * size, 0.25 * size};
}

Figure one_panel(ErrorBars bars) {
  bars.series = "s";
  Figure figure;
  figure.panels.resize(1);
  figure.panels[0].x = {.min = 0, .max = 10};
  figure.panels[0].y = {.min = -10, .max = 10};
  figure.panels[0].marks = {std::move(bars)};
  return figure;
}

/// The stroked polylines of the series: bars, caps and arrows.
std::vector<Polyline> strokes_of(const DrawnPanel& panel) {
  std::vector<Polyline> strokes;
  for (const Item& item : panel.marks) {
    const auto* path = std::get_if<Path>(&item);
    if (!path || path->fill || path->series != "s") continue;
    for (const PathStep& step : path->steps) {
      if (const auto* move = std::get_if<MoveTo>(&step)) strokes.push_back({move->to});
      if (const auto* line = std::get_if<LineTo>(&step)) strokes.back().push_back(line->to);
    }
  }
  return strokes;
}

struct Drawing {
  explicit Drawing(const Figure& figure)
      : drawn(draw(figure, measure)),
        panel(drawn.panels.at(0)),
        frame(frame_on(panel.plan.box, panel.plan.x, panel.plan.y)),
        strokes(strokes_of(panel)) {}
  std::size_t arrows() const {
    return static_cast<std::size_t>(
        std::count_if(strokes.begin(), strokes.end(), [](const Polyline& stroke) { return stroke.size() == 3; }));
  }

  DrawnFigure drawn;
  const DrawnPanel& panel;
  Frame frame;
  std::vector<Polyline> strokes;
};

}  // namespace

TEST_CASE("a bar reaches from bound to bound, with a cap across each") {
  const Drawing d(one_panel({.x = {5}, .y = {2}, .along_y = {{-1}, {7}}, .cap = 6}));
  REQUIRE(d.strokes.size() == 3);
  const double x = d.frame.x(5), low = d.frame.y(-1), high = d.frame.y(7);
  CHECK(d.strokes[0].front().y == Approx(low));
  CHECK(d.strokes[0].back().y == Approx(high));
  for (const std::size_t cap : {1u, 2u}) {
    REQUIRE(d.strokes[cap].size() == 2);
    const auto [left, right] = std::minmax(d.strokes[cap][0].x, d.strokes[cap][1].x);
    CHECK(left == Approx(x - 3));
    CHECK(right == Approx(x + 3));
    CHECK(d.strokes[cap][0].y == Approx(cap == 1 ? low : high));
    CHECK(d.strokes[cap][1].y == Approx(d.strokes[cap][0].y));
  }
}

TEST_CASE("bars along both axes cross at their point") {
  const Drawing d(one_panel({.x = {5}, .y = {2}, .along_y = plus_minus({2}, {1}), .along_x = plus_minus({5}, {2})}));
  REQUIRE(d.strokes.size() == 6);
  CHECK(d.strokes[3].front().x == Approx(d.frame.x(3)));
  CHECK(d.strokes[3].back().x == Approx(d.frame.x(7)));
  CHECK(d.strokes[3].front().y == Approx(d.frame.y(2)));
}

TEST_CASE("bars without caps are single lines") {
  CHECK(Drawing(one_panel({.x = {5}, .y = {2}, .along_y = plus_minus({2}, {1}), .cap = 0})).strokes.size() == 1);
}

TEST_CASE("an axis holds its bars' bounds, with air") {
  Figure figure =
      one_panel({.x = {1, 2}, .y = {2, 3}, .along_y = plus_minus({2, 3}, {1, 4}), .along_x = {{0.5, 1}, {2, 9}}});
  figure.panels[0].x = figure.panels[0].y = {};
  const Drawing d(figure);
  CHECK(d.panel.plan.y.low < -1);
  CHECK(d.panel.plan.y.high > 7);
  CHECK(d.panel.plan.x.low < 0.5);
  CHECK(d.panel.plan.x.high > 9);
  CHECK(d.arrows() == 0);
}

TEST_CASE("a lower bound that is not positive is drawn to a log axis, where an arrow goes on") {
  for (const double bound : {0.0, -3.0, -infinity}) {
    Figure figure = one_panel({.x = {5}, .y = {2}, .along_y = {{bound}, {7}}});
    figure.panels[0].y = {.scale = ScaleKind::log, .min = 0.1, .max = 10};
    const Drawing d(figure);
    CHECK_FALSE(d.panel.plan.strips.zero);
    REQUIRE(d.strokes.size() == 3);
    REQUIRE(d.arrows() == 1);
    const Polyline& arrow = d.strokes[1];
    CHECK(arrow[1].y == Approx(d.frame.box.bottom));  // its tip
    CHECK(arrow[1].x == Approx(d.frame.x(5)));
    CHECK(arrow[0].y < arrow[1].y);
    CHECK(d.strokes[2].size() == 2);
  }
}

TEST_CASE("bars are cut at the panel's edges, with an arrow where they go on, and nothing passes the frame") {
  const Drawing d(one_panel({.x = {5, 0, 9.9},
                             .y = {2, 0, 9.9},
                             .along_y = {{-50, -1, 9}, {infinity, 1, 12}},
                             .along_x = {{4, -2, 9}, {6, 2, 20}},
                             .cap = 9}));
  CHECK(d.arrows() == 5);
  for (const Polyline& stroke : d.strokes)
    for (const PaperPoint p : stroke) CHECK(d.frame.box.grown(1e-9).contains(p));
}

TEST_CASE("of a point out of sight the bar is seen where it passes through, and its pointer stands for an arrow") {
  const Drawing d(one_panel({.x = {5, 20}, .y = {30, 0}, .along_y = {{0, -5}, {40, 5}}}));
  REQUIRE(d.strokes.size() == 2);
  CHECK(d.arrows() == 0);
  const auto [high, low] = std::minmax(d.strokes[0].front().y, d.strokes[0].back().y);
  CHECK(high == Approx(d.frame.box.top));
  CHECK(low == Approx(d.frame.y(0)));
  const bool pointed = std::any_of(d.panel.marks.begin(), d.panel.marks.end(), [](const Item& item) {
    const auto* path = std::get_if<Path>(&item);
    return path && path->fill && path->steps.size() == 4;
  });
  CHECK(pointed);
}

TEST_CASE("a bound that is not a number, or missing, makes no bar") {
  const Drawing d(one_panel({.x = {1, 2, 3}, .y = {1, 2, 3}, .along_y = {{NAN, 1}, {2, NAN}}}));
  CHECK(d.strokes.empty());
}

TEST_CASE("where there are more points than can be drawn, those that are have their bars") {
  ErrorBars bars;
  for (int i = 0; i < 6000; ++i) {
    bars.x.push_back(10 * std::fmod(i * 0.7548776662, 1));
    bars.y.push_back(18 * std::fmod(i * 0.5698402909, 1) - 9);
  }
  bars.along_y = plus_minus(bars.y, std::vector<double>(bars.y.size(), 0.5));
  const Drawing d(one_panel(bars));
  const auto drawn = static_cast<std::size_t>(
      std::count_if(d.strokes.begin(), d.strokes.end(), [](const Polyline& s) { return s[0].x == s[1].x; }));
  CHECK(drawn > 1000);
  CHECK(drawn < 2000);
  CHECK(d.panel.remark.find("of 6000 points drawn") != std::string::npos);
  CHECK(d.panel.remark.starts_with(std::to_string(drawn)));
}

TEST_CASE("the bounds of bars are read with their points") {
  const Figure figure = one_panel({.x = {1, 2}, .y = {3, 4}, .along_y = {{2, 1}, {5, 6}}, .along_x = {{0, 1}, {3, 7}}});
  const auto panels = readout(figure, draw(figure, measure));
  REQUIRE(panels.at(0).series.size() == 1);
  const SeriesReadout& series = panels[0].series[0];
  CHECK_FALSE(series.joined);
  CHECK(series.lower == std::vector<double>{2, 1});
  CHECK(series.upper == std::vector<double>{5, 6});
  CHECK(series.left == std::vector<double>{0, 1});
  CHECK(series.right == std::vector<double>{3, 7});
}

TEST_CASE("two marks of one series have their own bounds") {
  Figure figure = one_panel({.x = {1}, .y = {3}, .along_y = {{2}, {5}}});
  figure.panels[0].marks.emplace_back(ErrorBars{.series = "s", .x = {4, 5}, .y = {1, 2}, .along_y = {{0, 1}, {2, 3}}});
  const auto panels = readout(figure, draw(figure, measure));
  REQUIRE(panels.at(0).series.size() == 2);
  CHECK(panels[0].series[0].upper == std::vector<double>{5});
  CHECK(panels[0].series[1].upper == std::vector<double>{2, 3});
}

TEST_CASE("where a series with bars finds no place for its name, the legend shows a bar with its marker") {
  ErrorBars bars{.label = "a name that is far too long for the panel"};
  for (int i = 0; i < 400; ++i) {
    bars.x.push_back(10 * std::fmod(i * 0.7548776662, 1));
    bars.y.push_back(18 * std::fmod(i * 0.5698402909, 1) - 9);
  }
  bars.along_y = plus_minus(bars.y, std::vector<double>(bars.y.size(), 1));
  Figure figure = one_panel(bars);
  figure.width = FigureWidth::margin;
  const DrawnFigure drawn = draw(figure, measure);
  std::size_t strokes = 0, fills = 0;
  for (const Item& item : drawn.panels.at(0).legend)
    if (const auto* path = std::get_if<Path>(&item)) (path->fill ? fills : strokes) += 1;
  CHECK(strokes == 1);
  CHECK(fills == 1);
}

}  // namespace error_bars_test
