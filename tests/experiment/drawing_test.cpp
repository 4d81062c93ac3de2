// Figures of experiments without a drawing of their own, as their series and a directive say.
#include "catch.hpp"
#include "experiment/drawing/default_figure.hpp"
#include "experiment/drawing/series_drawing.hpp"
#include "support/marks_of.hpp"

namespace drawing_test {

using namespace experiment;

using support::marks_of;

namespace {

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

Result result() {
  Result r;
  PanelData panel{{"loss", {"step"}, {"loss", "log"}}, {}};
  panel.series = {{"a", SeriesKind::measured, {0, 1, 2}, {1, nan_value, 3}, {0.5, 1, 2}, {2, 3, 4}},
                  {"b", SeriesKind::measured, {0, 1, 2}, {4, 5, 6}, {}, {}},
                  {"a", SeriesKind::theory, {0, 2}, {1, 3}, {}, {}},
                  {"chance", SeriesKind::reference, {0, 2}, {2, 2}, {}, {}}};
  r.panels = {panel};
  return r;
}

/// From what a directive says; every mistake in it is a failure.
DrawingRequest asked(const Json& given) {
  const auto checked = effective_parameters(drawing_parameters(), given);
  for (const auto& error : checked.errors) FAIL_CHECK(error.message);
  return read_drawing_request(checked.value);
}

std::vector<std::string> errors(const Json& given, const std::vector<PanelInfo>& panels = {}) {
  auto checked = effective_parameters(drawing_parameters(), given);
  if (checked.errors.empty()) checked.errors = contradictions(read_drawing_request(checked.value));
  if (checked.errors.empty()) checked.errors = contradictions(read_drawing_request(checked.value), panels);
  std::vector<std::string> list;
  for (const auto& e : checked.errors) {
    std::string where;
    for (const auto& part : e.path) where += (where.empty() ? "" : ".") + part;
    list.push_back(where + ": " + e.message + (e.hint.empty() ? "" : " [" + e.hint + "]"));
  }
  return list;
}

plot::Panel first_panel(const Json& given, const Result& r = result()) {
  return default_figure(r, asked(given)).panels.at(0);
}

PanelInfo along(const std::string& scale) { return {"", {"x", scale}, {"y"}}; }

}  // namespace

TEST_CASE("without a word in the directive measured series are lines with bands, theory dashed, references muted") {
  const plot::Panel panel = first_panel(Json::object());
  const auto lines = marks_of<plot::Line>(panel);
  REQUIRE(lines.size() == 4);
  CHECK(marks_of<plot::Band>(panel).size() == 1);
  CHECK(lines[0].label == "a");
  CHECK(lines[0].stroke.dash == plot::Dash::solid);
  CHECK(lines[2].role == plot::Role::theory);
  CHECK(lines[2].label.empty());  // it lies over the curve of this name
  CHECK(lines[3].role == plot::Role::reference);
  CHECK(lines[3].stroke.ink == plot::Ink::muted);
  CHECK(panel.y.scale == plot::ScaleKind::log);
}

TEST_CASE("a directive's marks are those of what was measured, while theory and references stay lines") {
  const plot::Panel points = first_panel({{"mark", "points"}});
  CHECK(marks_of<plot::Points>(points).size() == 2);
  CHECK(marks_of<plot::Line>(points).size() == 2);
  CHECK(marks_of<plot::Band>(points).empty());
  CHECK(marks_of<plot::Points>(points)[0].label == "a");
  const plot::Panel both = first_panel({{"mark", "points+line"}});
  CHECK(marks_of<plot::Points>(both)[0].label.empty());  // the line bears the name
  CHECK(marks_of<plot::Line>(both)[0].label == "a");
  CHECK(marks_of<plot::Bars>(first_panel({{"mark", "bars"}})).size() == 2);
  CHECK(marks_of<plot::ErrorBars>(first_panel({{"mark", "errorbars"}})).size() == 2);
  CHECK(marks_of<plot::Line>(first_panel({{"mark", "steps"}}))[0].steps == plot::Steps::after);
  CHECK(marks_of<plot::Boxes>(first_panel({{"mark", "boxes"}})).size() == 2);
  CHECK(marks_of<plot::Bars>(first_panel({{"mark", "histogram"}, {"bins", {0, 1, 3}}})).at(0).y ==
        std::vector<double>{1, 2});
}

TEST_CASE("bars bear their bounds where they stand, beside others too") {
  const auto bars = marks_of<plot::Bars>(first_panel({{"mark", "bars+errorbars"}}));
  REQUIRE(bars.size() == 2);
  CHECK(bars[0].errors.upper == std::vector<double>{2, 3, 4});
  CHECK(bars[0].offset < 0);
  CHECK(marks_of<plot::ErrorBars>(first_panel({{"mark", "bars+errorbars"}})).empty());
}

TEST_CASE("a directive's axes stand over those of the data") {
  const plot::Panel panel = first_panel(
      {{"axes", {{"x", {{"label", "epoch"}, {"maximum", 9}}}, {"y", {{"scale", "linear"}, {"minimum", 0}}}}}});
  CHECK(panel.x.label == "epoch");
  CHECK(panel.x.max == 9);
  CHECK_FALSE(panel.x.min);
  CHECK(panel.y.label == "loss");
  CHECK(panel.y.scale == plot::ScaleKind::linear);
  CHECK(panel.y.min == 0);
}

TEST_CASE("a value that is not a number is a gap where the result says so, and marked otherwise") {
  Result r = result();
  CHECK_FALSE(marks_of<plot::Line>(first_panel(Json::object(), r))[0].nan_is_missing);
  r.nan_is_missing = true;
  CHECK(marks_of<plot::Line>(first_panel(Json::object(), r))[0].nan_is_missing);
  CHECK(marks_of<plot::Points>(first_panel({{"mark", "points"}}, r))[0].nan_is_missing);
}

TEST_CASE("over categories there are bars, and boxes where one has several values") {
  Result r;
  r.panels = {{{"", {"site", "category", {"north", "south"}}, {"voles"}},
               {{"a", SeriesKind::measured, {0, 1}, {3, 4}, {}, {}}}}};
  CHECK(marks_of<plot::Bars>(first_panel(Json::object(), r)).size() == 1);
  r.panels[0].series[0].x = {0, 0};
  CHECK(marks_of<plot::Boxes>(first_panel(Json::object(), r)).size() == 1);
  CHECK(first_panel(Json::object(), r).x.categories == std::vector<std::string>{"north", "south"});
}

TEST_CASE("a series of one name looks the same in all panels") {
  Result r = result();
  r.panels.push_back({{"other", {"step"}, {"y"}}, {{"b", SeriesKind::measured, {0, 1}, {1, 2}, {}, {}}}});
  const auto figure = default_figure(r);
  REQUIRE(figure.panels.size() == 2);
  CHECK(marks_of<plot::Line>(figure.panels[1])[0].stroke.ink == marks_of<plot::Line>(figure.panels[0])[1].stroke.ink);
  CHECK(figure.panels[1].title == "other");
  CHECK(figure.columns == 2);
}

TEST_CASE("limits of dates are dates or years, those of numbers numbers, and other panels stay as they are") {
  const Json from_march{{"axes", {{"x", {{"minimum", "2021-03"}}}}}};
  Result r = result();
  r.panels.push_back({along("date"), {{"b", SeriesKind::measured, {0, 1e9}, {1, 2}, {}, {}}}});
  const auto figure = default_figure(r, asked(from_march));
  CHECK_FALSE(figure.panels[0].x.min);
  CHECK(figure.panels[1].x.min == 1614556800);
  const auto year = default_figure(r, asked({{"axes", {{"x", {{"minimum", 1970}}}}}}));
  CHECK(year.panels[0].x.min == 1970);
  CHECK(year.panels[1].x.min == 0);
  CHECK(errors(from_march, {along("linear"), along("date")}).empty());
}

TEST_CASE("what a drawing cannot be asked for is told") {
  using Texts = std::vector<std::string>;
  const auto x = [](const Json& axis) { return Json{{"axes", {{"x", axis}}}}; };
  CHECK(errors({{"mark", "dots"}}).at(0).find("unknown mark") != std::string::npos);
  CHECK(errors({{"mark", "histogram+line"}}) == Texts{"mark: a histogram stands alone"});
  CHECK(errors({{"mark", "boxes+points"}}) == Texts{"mark: boxes stand alone"});
  CHECK(errors({{"bins", 4}}) == Texts{"bins: 'bins' are of a histogram [as in: mark: histogram]"});
  CHECK(errors({{"stacked", true}}) == Texts{"stacked: only bars can be stacked [as in: mark: bars]"});
  CHECK(errors({{"axes", {{"y", {{"scale", "date"}}}}}}) == Texts{"axes.y.scale: only x can be dates or categories"});
  CHECK(errors({{"axes", {{"z", {{"scale", "log"}}}}}}) == Texts{"axes.z: unknown key 'z'; known are x, y"});
  CHECK(errors(x({{"minimum", 2}, {"maximum", 1}})) == Texts{"axes.x.minimum: x must begin before it ends"});
  CHECK(errors(x({{"minimum", "2021-03"}, {"maximum", 2020}})) == Texts{"axes.x.minimum: x must begin before it ends"});
  CHECK(errors(x({{"minimum", "2021-02-30"}})) ==
        Texts{"axes.x.minimum: a limit of an axis must be a number or a date, but this is '2021-02-30' [February 2021 "
              "has 28 days]"});
  CHECK(errors(x({{"minimum", "soon"}})) ==
        Texts{"axes.x.minimum: a limit of an axis must be a number or a date, but this is 'soon' [dates are written as "
              "in 2021-03-05]"});
  CHECK(errors(x({{"minimum", "2021-03"}}), {along("linear")}) ==
        Texts{"axes.x.minimum: the minimum of x must be one of its numbers"});
  CHECK(errors(x({{"maximum", 1e9}}), {along("date")}) ==
        Texts{"axes.x.maximum: the maximum of x must be one of its dates [as in 2021, 2021-03 or 2021-03-05]"});
  CHECK(errors(x({{"minimum", 1}}), {along("category")}) ==
        Texts{"axes.x.minimum: x has categories, which have no minimum"});
  CHECK(errors(x({{"scale", "log"}}), {along("date")}) ==
        Texts{"axes.x.scale: x has dates, which have no scale 'log'"});
  Result r = result();
  r.panels[0].series[0].lower.clear();
  r.panels[0].series[0].upper.clear();
  CHECK_THROWS_WITH(default_figure(r, asked({{"mark", "line+band"}})),
                    "'mark' asks for a band or error bars, and no series has lower and upper bounds");
}

TEST_CASE("an experiment's own drawing has no looks, and its own parameters are not hidden by them") {
  Experiment e;
  CHECK(looks_of(e).size() == 4);
  e.parameters = {
      {.name = "bins", .type = &types::number, .default_value = 1, .unit = "", .meaning = "", .choices = {}}};
  CHECK(looks_of(e).size() == 3);
  e.draw = [](const Json&, const Result&) { return plot::Figure{}; };
  CHECK(looks_of(e).empty());
}

}  // namespace drawing_test
