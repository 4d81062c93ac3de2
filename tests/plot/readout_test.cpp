// What can be read off a panel: its points and where they stand, named as its labels name them.
#include "plot/readout.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "catch.hpp"
#include "plot/layout/layout.hpp"

namespace readout_test {

using namespace plot;

namespace {

TextExtent measure(std::string_view text, Face, double size) {
  return {0.5 * size * static_cast<double>(text.size()), 0.8 * size, 0.25 * size};
}

std::vector<double> ramp(double from, double to, int n) {
  std::vector<double> values;
  for (int i = 0; i < n; ++i) values.push_back(from + (to - from) * i / (n - 1));
  return values;
}

Figure one_panel(std::vector<Mark> marks) {
  Figure figure;
  figure.panels.resize(1);
  figure.panels[0].title = "loss $\\mathcal{L}$";
  figure.panels[0].x.label = "step $k$";
  figure.panels[0].marks = std::move(marks);
  return figure;
}

Line line(std::string series, std::vector<double> x, std::vector<double> y) {
  Line l;
  l.series = std::move(series);
  l.x = std::move(x);
  l.y = std::move(y);
  return l;
}

std::vector<PanelReadout> read(const Figure& figure) { return plot::readout(figure, draw(figure, measure)); }

}  // namespace

TEST_CASE("a point read off a panel stands where the line is drawn") {
  Figure figure = one_panel({line("a", {1, 2, 3}, {1, 100, 10})});
  figure.panels[0].y.scale = ScaleKind::log;
  figure.panels[0].x.reversed = true;
  const auto readings = read(figure);
  REQUIRE(readings.size() == 1);
  const PanelReadout& panel = readings[0];
  CHECK(panel.x.label == "step k");
  const Scene scene = layout(figure, measure);
  const Path* drawn = nullptr;
  for (const Item& item : scene.items)
    if (const auto* path = std::get_if<Path>(&item); path && path->series == "a") drawn = path;
  REQUIRE(drawn);
  REQUIRE(drawn->steps.size() == 3);
  const SeriesReadout& series = panel.series.at(0);
  for (std::size_t i = 0; i < 3; ++i) {
    const PaperPoint at = std::visit(
        [](const auto& step) {
          if constexpr (requires { step.to; })
            return step.to;
          else
            return PaperPoint{};
        },
        drawn->steps[i]);
    CHECK(panel.x.scale(series.x[i]) == Approx(at.x).margin(1e-9));
    CHECK(panel.y.scale(series.y[i]) == Approx(at.y).margin(1e-9));
  }
  CHECK(panel.x.scale(1) > panel.x.scale(3));
}

TEST_CASE("series are named by their labels, wherever in the figure these stand") {
  Line labelled = line("tanh-xavier", {1, 2}, {3, 4});
  labelled.label = "tanh, $n^{-1/2}$";
  Line theory = line("tanh-xavier", {1, 2}, {3, 4});
  theory.role = Role::theory;
  Figure figure = one_panel({line("tanh-xavier", {1, 2}, {1, 2}), theory});
  figure.panels.push_back(figure.panels[0]);
  figure.panels[1].marks = {labelled};
  const auto panels = read(figure);
  REQUIRE(panels.size() == 2);
  CHECK(panels[0].title.starts_with("a loss"));
  CHECK(panels[0].series.at(0).name == plain_text(labelled.label));
  CHECK(panels[0].series.at(1).name == plain_text(labelled.label));
  CHECK_FALSE(panels[0].series.at(0).theory);
  CHECK(panels[0].series.at(1).theory);
  theory.series = "chance";
  CHECK_FALSE(read(one_panel({theory}))[0].series.at(0).theory);
  CHECK(read(one_panel({line("eta=0.01", {1, 2}, {1, 2})}))[0].series.at(0).name == plain_text("$\\eta=0.01$"));
}

TEST_CASE("points, bands and bars have roles as curves have") {
  const Points measured{.series = "s", .x = {1, 2}, .y = {3, 4}, .label = "$s$"};
  const Points theory{.series = "s", .x = {1, 2}, .y = {3, 5}, .role = Role::theory};
  const Points level{.series = "s", .x = {1, 2}, .y = {3, 3}, .role = Role::reference};
  const Band spread{.series = "s", .x = {1, 2}, .lower = {2, 3}, .upper = {4, 5}};
  const Band expected{.series = "s", .x = {1, 2}, .lower = {1, 1}, .upper = {9, 9}, .role = Role::theory};
  const auto series = read(one_panel({expected, spread, measured, theory, level}))[0].series;
  REQUIRE(series.size() == 3);
  CHECK(series[1].name == "s");
  CHECK((!series[0].theory && series[1].theory && !series[2].theory));
  CHECK(series[0].upper == std::vector<double>{4, 5});
  CHECK(series[1].upper == std::vector<double>{9, 9});
  CHECK(series[2].upper.empty());
}

TEST_CASE("theory that leaves the panel gets no mark at the frame, whatever draws it") {
  for (const Role role : {Role::measured, Role::theory, Role::reference}) {
    const std::vector<double> x{1, 2, 3}, y{0, 5, 50};
    for (const Mark& mark : {Mark{Line{.series = "s", .x = x, .y = y, .role = role}},
                             Mark{Points{.series = "s", .x = x, .y = y, .role = role}},
                             Mark{ErrorBars{.series = "s", .x = x, .y = y, .role = role}}}) {
      Figure figure = one_panel({mark});
      figure.panels[0].y.max = 10;
      const auto pointers = [&] {
        const DrawnFigure drawn = draw(figure, measure);
        const auto& items = drawn.panels[0].marks;
        return std::count_if(items.begin(), items.end(), [](const Item& item) {
          const auto* path = std::get_if<Path>(&item);
          return path && path->fill && path->steps.size() == 4;  // a triangle
        });
      };
      CHECK(pointers() == (role == Role::measured ? 1 : 0));
    }
  }
}

TEST_CASE("of a heat map at most 41 by 41 samples are read, its corners among them") {
  HeatMap map;
  map.label = "level $z$";
  map.grid.x = ramp(0, 1, 162);
  map.grid.y = ramp(0, 2, 20);
  for (const double y : map.grid.y)
    for (const double x : map.grid.x) map.grid.z.push_back(10 * y + x);
  const auto reading = read(one_panel({map}))[0].map;
  REQUIRE(reading);
  CHECK(reading->label == "level z");
  CHECK(reading->x.size() <= 41);
  CHECK(reading->y == map.grid.y);
  CHECK(reading->x.front() == 0);
  CHECK(reading->x.back() == 1);
  REQUIRE(reading->value.size() == reading->x.size() * reading->y.size());
  for (std::size_t row = 0; row < reading->y.size(); ++row)
    for (std::size_t column = 0; column < reading->x.size(); ++column)
      REQUIRE(reading->value[row * reading->x.size() + column] == 10 * reading->y[row] + reading->x[column]);
  CHECK_FALSE(read(one_panel({line("a", {1, 2}, {1, 2})}))[0].map);
}

TEST_CASE("a series that continues another's name is named after its label") {
  Line labelled = line("tanh-he", {1, 2}, {1, 2});
  labelled.label = "tanh, He";
  const auto series =
      read(one_panel({labelled, line("tanh-he float32", {1, 2}, {1, 2}), line("tanh-he-2", {1, 2}, {1, 2})}))[0].series;
  CHECK(series.at(1).name == "tanh, He, float32");
  CHECK(series.at(2).name == "tanh-he-2");
}

TEST_CASE("values that an axis cannot show are still read along x, and points off the frame over a plane are not") {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  Figure figure = one_panel({line("a", {1, 2, 3, 4}, {1, 0, infinity, 1e9})});
  figure.panels[0].y = {.scale = ScaleKind::log, .min = 0.1, .max = 10};
  CHECK(read(figure)[0].series.at(0).y == std::vector<double>{1, 0, infinity, 1e9});

  Contours contours;
  contours.grid = {{0, 10}, {0, 10}, {0, 1, 1, 2}};
  contours.levels = {1};
  Figure plane = one_panel({contours, line("a", {1, 2, 30}, {1, 2, 3})});
  plane.panels[0].x = {.min = 0, .max = 10};
  CHECK(read(plane)[0].plane);
  CHECK(read(plane)[0].series.at(0).index == std::vector<std::size_t>{0, 1});
}

TEST_CASE("a line that turns back is readable where it is, not at its x") {
  CHECK_FALSE(read(one_panel({line("a", {3, 2, 1}, {1, 2, 3})}))[0].plane);
  CHECK(read(one_panel({line("a", {1, 2, 1}, {1, 2, 3})}))[0].plane);
}

TEST_CASE("a band's bounds stand beside the values of its series") {
  Band band;
  band.series = "a";
  band.x = {1, 2, 3};
  band.lower = {0, 1, 2};
  band.upper = {2, 3, 4};
  const auto panels = read(one_panel({band, line("a", {1, 2, 3}, {1, 2, 3}), line("b", {1, 2, 3}, {1, 2, 3})}));
  REQUIRE(panels[0].series.size() == 2);
  CHECK(panels[0].series[0].lower == band.lower);
  CHECK(panels[0].series[0].upper == band.upper);
  CHECK(panels[0].series[1].lower.empty());
}

TEST_CASE("a hundred thousand points are thinned to what paper can tell apart") {
  std::vector<double> x = ramp(0, 1, 100000), y;
  for (const double v : x) y.push_back(std::sin(2 * std::numbers::pi * v));
  const SeriesReadout series = read(one_panel({line("a", x, y)}))[0].series.at(0);
  CHECK(series.index.size() <= 400);
  CHECK(series.index.size() > 150);
  CHECK(series.index.front() == 0);
  CHECK(series.index.back() == 99999);
  CHECK(std::is_sorted(series.index.begin(), series.index.end()));
}

TEST_CASE("of a noisy curve the values on the page keep each stretch's extremes, a lone spike and a gap") {
  std::vector<double> x = ramp(0, 1, 1000000), y;
  for (std::size_t i = 0; i < x.size(); ++i) y.push_back(std::sin(static_cast<double>(i) * 12.9898) + x[i]);
  y[345678] = 30;
  y[654321] = -20;
  y[500000] = NAN;
  const SeriesReadout series = read(one_panel({line("a", x, y)}))[0].series.at(0);
  CHECK(series.index.size() <= 402);
  CHECK(std::is_sorted(series.index.begin(), series.index.end()));
  CHECK(std::count(series.index.begin(), series.index.end(), 345678) == 1);
  CHECK(std::count(series.index.begin(), series.index.end(), 654321) == 1);
  CHECK(std::count(series.index.begin(), series.index.end(), 500000) == 1);
  // Low and high are read at every twentieth of the axis.
  for (int k = 0; k < 20; ++k) {
    double low = 9, high = -9;
    for (std::size_t i = 0; i < series.x.size(); ++i)
      if (series.x[i] >= k / 20.0 && series.x[i] <= (k + 1) / 20.0 && std::abs(series.y[i]) < 5) {
        low = std::min(low, series.y[i]);
        high = std::max(high, series.y[i]);
      }
    CHECK(low == Approx(k / 20.0 - 1).margin(0.02));
    CHECK(high == Approx((k + 1) / 20.0 + 1).margin(0.02));
  }
}

TEST_CASE("of a cloud the values on the page are as dense as the points") {
  Points cloud;
  cloud.series = "a";
  for (int i = 0; i < 100000; ++i) {
    // Nine in ten to the left, in an order that jumps to and fro.
    const double u = std::fmod(i * 0.6180339887, 1), v = std::fmod(i * 0.7548776662, 1);
    cloud.x.push_back(i % 10 == 0 ? 9 + u : u);
    cloud.y.push_back(v);
  }
  cloud.y[7777] = 3;
  const SeriesReadout series = read(one_panel({cloud}))[0].series.at(0);
  CHECK(series.index.size() >= 800);
  CHECK(series.index.size() <= 864);
  CHECK(std::count(series.index.begin(), series.index.end(), 7777) == 1);
  const auto right = std::count_if(series.x.begin(), series.x.end(), [](double x) { return x > 5; });
  CHECK(static_cast<double>(right) / static_cast<double>(series.x.size()) == Approx(0.1).margin(0.02));
}

TEST_CASE("an inset is read like any panel, after the one it stands in") {
  Figure figure = one_panel({line("a", {1, 2}, {3, 4})});
  Inset inset;
  inset.panel.marks = {line("a", {1, 2}, {3, 4})};
  figure.panels[0].insets.push_back(inset);
  const auto panels = read(figure);
  REQUIRE(panels.size() == 2);
  CHECK(panels[0].box.contains(panels[1].box));
  CHECK(panels[1].x.label == "step k");
  CHECK(panels[1].title == panels[0].title + ", inset");
}

}  // namespace readout_test
