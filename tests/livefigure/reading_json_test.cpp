// The page's script gets what axes of dates and categories, gaps, steps, bars and notes say.
#include "livefigure/reading_json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "plot/composites/bar_groups.hpp"
#include "plot/geometry/date_tick.hpp"
#include "plot/readout.hpp"

namespace reading_json_test {

using nlohmann::json;

namespace {

plot::TextExtent measure(std::string_view text, plot::Face, double size) {
  return {0.5 * size * static_cast<double>(text.size()), 0.7 * size, 0.25 * size};
}

json read(plot::Panel panel) {
  plot::Figure figure;
  figure.panels = {std::move(panel)};
  return json::parse(livefigure::reading_json(plot::readout(figure, plot::draw(figure, measure)))).at(0);
}

}  // namespace

TEST_CASE("dates are exact to the second however long their axis is") {
  plot::Panel panel;
  panel.marks = {plot::Line{.series = "s", .x = {plot::date(1900, 1, 1), plot::date(2021, 3, 15) + 3723}, .y = {1, 2}}};
  panel.x = {.scale = plot::ScaleKind::date};
  const json reading = read(panel);
  CHECK(reading.at("x").at("date") == true);
  CHECK(reading.at("series").at(0).at("x").at(1) == plot::date(2021, 3, 15) + 3723);
}

TEST_CASE("a missing value is null, a result that is not a number is called so") {
  for (const bool missing : {true, false}) {
    plot::Panel panel;
    panel.marks = {plot::Line{.series = "s", .x = {0, 1, 2}, .y = {1, NAN, 2}, .nan_is_missing = missing}};
    const json value = read(panel).at("series").at(0).at("y").at(1);
    CHECK(value == (missing ? json() : json("NaN")));
  }
}

TEST_CASE("categories go with their axis, bars of a group with their offset, parts of a stack with what they lie on") {
  const std::vector<plot::Bars> bars{{.series = "a", .x = {0, 1}, .y = {1, 2}},
                                     {.series = "b", .x = {0, 1}, .y = {3, 4}}};
  plot::Panel panel;
  panel.x.categories = {"one", "two \"quoted\""};
  panel.marks = plot::grouped(bars);
  json reading = read(panel);
  CHECK(reading.at("x").at("names") == json({"one", "two \"quoted\""}));
  CHECK(reading.at("series").at(0).at("bars").at("offset") == -0.175);
  panel.marks = plot::stacked(bars);
  reading = read(panel);
  CHECK(reading.at("series").at(1).at("bars").at("below") == json({1, 2}));
}

TEST_CASE("steps and notes are told, and nothing of them where there are none") {
  plot::Panel panel;
  panel.marks = {plot::Line{.series = "s", .x = {0, 1}, .y = {1, 2}, .steps = plot::Steps::before},
                 plot::Points{.series = "p", .x = {0, 1}, .y = {1, 2}, .sizes = {3, 4}, .size_label = "people"},
                 plot::Line{.series = "plain", .x = {0, 1}, .y = {1, 2}}};
  const json series = read(panel).at("series");
  CHECK(series.at(0).at("steps") == "before");
  CHECK(series.at(1).at("notes") == json({"people 3", "people 4"}));
  for (const char* key : {"steps", "notes", "bars"}) CHECK_FALSE(series.at(2).contains(key));
}

TEST_CASE("of the points that are left the first has its index, and each other the step from the one before") {
  plot::Panel panel;
  plot::Points points{.series = "s"};
  for (int i = 0; i < 2000; ++i) {
    points.x.push_back(i < 1000 ? i : 1e6 + i);  // a thousand in one place
    points.y.push_back(1);
  }
  panel.marks = {plot::Line{.series = "s", .x = points.x, .y = points.y}};
  const json series = read(panel).at("series").at(0);
  REQUIRE(series.contains("k"));
  long long index = 0;
  for (std::size_t i = 0; i < series.at("x").size(); ++i) {
    index += series.at("k").at(i).get<long long>();
    CHECK(points.x.at(static_cast<std::size_t>(index)) == Approx(series.at("x").at(i).get<double>()).margin(200));
  }
}

}  // namespace reading_json_test
