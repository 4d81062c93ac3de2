// What stays while a reader moves, as it goes to the page's script and comes back.
#include <limits>

#include "catch.hpp"
#include "livefigure/held_axes.hpp"
#include "livefigure/kept_json.hpp"

namespace kept_test {

using experiment::HeldPanel;
using experiment::HeldPanels;
using experiment::Json;

namespace {

const HeldPanels map{
    {.x_label = "a", .y_label = "b", .x_low = 0, .x_high = 4, .y_low = 1, .y_high = 2, .colors = {0, 1, 2}}};

plot::Figure figure_of(const plot::HeatMap& heat) {
  plot::Panel panel;
  panel.x.label = "a";
  panel.y.label = "b";
  panel.y.min = 0.5;
  panel.y.max = 9;
  panel.marks = {heat};
  plot::Figure figure;
  figure.panels = {panel};
  return figure;
}

}  // namespace

TEST_CASE("axes and colours that are held come back from the page as they went") {
  CHECK(to_json(livefigure::held_from(to_json(map))) == to_json(map));
  for (const char* other :
       {"[[0,1,2,3]]", "{}", "[{\"x\":[\"a\",0,1]}]", "[{\"x\":[\"a\",0,\"1\"],\"y\":[\"b\",0,1]}]"})
    CHECK(livefigure::held_from(Json::parse(other)).empty());
  // Edges that do not ascend are none.
  Json turned = to_json(map);
  turned[0]["colors"] = {2, 1, 0};
  CHECK(livefigure::held_from(turned)[0].colors.empty());
}

TEST_CASE("held are axes that choose their limits, those whose limits follow the data, and the colour bar") {
  plot::Figure figure = figure_of({.grid = {{0, 1}, {0, 1}, {0, 1, 2, 30}}});
  figure.panels[0].y.is_fitted = true;
  livefigure::hold(figure, map);
  CHECK(figure.panels[0].x.max == 4.0);
  CHECK(figure.panels[0].y.max == 2.0);
  CHECK(std::get<plot::HeatMap>(figure.panels[0].marks[0]).levels == std::vector<double>{0, 1, 2});

  plot::Figure own = figure_of({.grid = {{0, 1}, {0, 1}, {0, 1, 2, 30}}, .levels = {0, 50}});
  livefigure::hold(own, map);
  CHECK(own.panels[0].y.max == 9.0);
  CHECK(std::get<plot::HeatMap>(own.panels[0].marks[0]).levels == std::vector<double>{0, 50});
}

TEST_CASE("a panel of other axes, which stands there with other parameters, is not held") {
  plot::Figure figure = figure_of({.grid = {{0, 1}, {0, 1}, {0, 1, 2, 30}}});
  figure.panels[0].x.label = "time";
  livefigure::hold(figure, map);
  CHECK_FALSE(figure.panels[0].x.max.has_value());
}

TEST_CASE("what a drawing leaves comes back from the page as it went, and nothing of another form") {
  plot::KeptLayout kept;
  kept.panels = {{.left = 20.5,
                  .right = 31,
                  .above = 12,
                  .legend = 10.1,
                  .strips = {true, false, true},
                  .labels = {{{5, 2, 0.001}, plot::LabelGround::margin, {100.25, -3}}}}};
  kept.is_settled = false;
  const Json json = to_json(kept);
  const plot::KeptLayout back = livefigure::kept_from(json);
  Json again = to_json(back);
  again["settled"] = false;  // which the next drawing says anew
  REQUIRE(again == json);
  CHECK(back.panels.at(0).last({5, 2, 0.001}, plot::LabelGround::margin)->x == 100.25);
  CHECK_FALSE(back.panels[0].last({5, 2, 0.001}, plot::LabelGround::panel));

  for (const auto& [part, value] : std::vector<std::pair<const char*, Json>>{{"room", {1, 2, 3}},
                                                                             {"room", {1, 2, 3, 1e300}},
                                                                             {"strips", {1, 0, 0}},
                                                                             {"labels", {{5, 2, 0, 7, 0, 0}}},
                                                                             {"labels", {{-5, 2, 0, 1, 0, 0}}},
                                                                             {"labels", {{5, 2, 0, 1, nullptr, 0}}}}) {
    Json other = json;
    other["panels"][0][part] = value;
    INFO(other.dump());
    CHECK(livefigure::kept_from(other).panels.empty());
  }
}

}  // namespace kept_test
