// What was never taken is a gap, and what came out as no number is marked.
#include <cmath>
#include <limits>

#include "catch.hpp"
#include "plot/layout/drawn.hpp"
#include "plot/readout.hpp"

namespace missing_test {

using namespace plot;

namespace {

TextExtent measure(std::string_view text, Face, double size) {
  return {0.5 * size * static_cast<double>(text.size()), 0.7 * size, 0.25 * size};
}

Figure one_panel(Mark mark) {
  Figure figure;
  figure.panels.resize(1);
  figure.panels[0].marks = {std::move(mark)};
  return figure;
}

std::vector<Mark> marks(const std::vector<double>& x, const std::vector<double>& y, bool missing) {
  return {Line{.series = "s", .x = x, .y = y, .nan_is_missing = missing},
          Points{.series = "s", .x = x, .y = y, .nan_is_missing = missing},
          ErrorBars{.series = "s", .x = x, .y = y, .nan_is_missing = missing},
          Bars{.series = "s", .x = x, .y = y, .nan_is_missing = missing}};
}

std::size_t crosses(const DrawnPanel& panel) {
  std::size_t found = 0;
  for (const Item& item : panel.marks) {
    const auto* path = std::get_if<Path>(&item);
    if (path && path->stroke && !path->fill && path->steps.size() == 4) ++found;
  }
  return found;
}

}  // namespace

TEST_CASE("a missing value has neither strip nor mark, a result that is not a number has both") {
  for (const bool missing : {true, false})
    for (const Mark& mark : marks({0, 1, 2, 3}, {1, NAN, 2, 3}, missing)) {
      INFO("mark " << mark.index() << ", missing " << missing);
      const DrawnFigure drawn = draw(one_panel(mark), measure);
      CHECK(drawn.panels.at(0).plan.strips.not_finite == !missing);
      CHECK(crosses(drawn.panels[0]) == (missing ? 0 : 1));
    }
}

TEST_CASE("an infinite value is a result, whatever else is missing") {
  for (const Mark& mark : marks({0, 1, 2}, {1, std::numeric_limits<double>::infinity(), NAN}, true)) {
    INFO("mark " << mark.index());
    const DrawnFigure drawn = draw(one_panel(mark), measure);
    CHECK(drawn.panels.at(0).plan.strips.not_finite);
    CHECK(crosses(drawn.panels[0]) == 1);
  }
}

TEST_CASE("a missing value breaks its line in two") {
  const DrawnFigure drawn = draw(
      one_panel(Line{.series = "s", .x = {0, 1, 2, 3, 4}, .y = {1, 2, NAN, 3, 4}, .nan_is_missing = true}), measure);
  std::size_t parts = 0;
  for (const Item& item : drawn.panels.at(0).marks)
    if (const auto* path = std::get_if<Path>(&item))
      for (const PathStep& step : path->steps) parts += std::holds_alternative<MoveTo>(step);
  CHECK(parts == 2);
}

TEST_CASE("a missing value is read as missing at its x") {
  const Figure figure = one_panel(Line{.series = "s", .x = {0, 1, 2}, .y = {1, NAN, 2}, .nan_is_missing = true});
  const auto panels = readout(figure, draw(figure, measure));
  const SeriesReadout& series = panels.at(0).series.at(0);
  CHECK(series.nan_is_missing);
  REQUIRE(series.x == std::vector<double>{0, 1, 2});
  CHECK(std::isnan(series.y[1]));
}

}  // namespace missing_test
