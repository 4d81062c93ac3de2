// What a drawing leaves to the next one, with other values: labels and room stay as far as they can.
#include "plot/layout/kept_layout.hpp"

#include <cmath>
#include <limits>

#include "catch.hpp"
#include "plot/layout/drawn.hpp"
#include "plot/layout/label_placement.hpp"

using namespace plot;

namespace kept_layout_test {
namespace {

TextExtent measure(std::string_view text, Face, double size) {
  return {0.5 * size * static_cast<double>(text.size()), 0.7 * size, 0.25 * size};
}

/// A line across the middle with a name, and one that is in its way at a height.
Figure crossed(double height) {
  Panel panel;
  panel.x.min = panel.y.min = 0;
  panel.x.max = panel.y.max = 10;
  panel.marks = {Line{.x = {0, 4}, .y = {5, 5}, .label = "named"}, Line{.x = {0, 10}, .y = {height, height}}};
  return {.panels = {panel}};
}

PaperPoint place_of_name(const DrawnFigure& drawn) {
  for (const PlacedLabel& label : drawn.panels[0].placed)
    if (label.role.part == 0) return label.at;
  FAIL("there is no name");
  return {};
}

}  // namespace

TEST_CASE("a label stays where it was while that is free, though at first it would have gone elsewhere") {
  // In the first, an upright line stands where the label's letters would.
  Figure first = crossed(9);
  const Figure second = crossed(9);
  first.panels[0].marks.push_back(Line{.x = {4.5, 4.5}, .y = {0, 10}});
  const DrawnFigure before = draw(first, measure), fresh = draw(second, measure);
  const KeptLayout kept = kept_of(first, before);
  const DrawnFigure after = draw(second, measure, text::english(), kept);
  REQUIRE(distance(place_of_name(before), place_of_name(fresh)) > 1);
  CHECK(distance(place_of_name(before), place_of_name(after)) < 1e-9);
  CHECK(kept_of(second, after, kept).is_settled);
}

TEST_CASE("a label that has to go elsewhere goes there at its pace, drawing by drawing, and rests on nothing") {
  const Figure first = crossed(9);
  const DrawnFigure before = draw(first, measure);
  // A line through the middle of the label's letters, along which it stands.
  Figure second = crossed(9);
  const Frame frame = frame_on(before.panels[0].plan.box, before.panels[0].plan.x, before.panels[0].plan.y);
  const double y = 10 * (frame.box.bottom - (place_of_name(before).y - 2)) / frame.box.height();
  for (const double shift : {-0.9, -0.6, -0.3, 0.0, 0.3, 0.6, 0.9})
    second.panels[0].marks.push_back(Line{.x = {4, 10}, .y = {y + shift, y + shift}});
  KeptLayout kept = kept_of(first, before);
  PaperPoint at = place_of_name(before);
  int drawings = 0;
  do {
    const DrawnFigure drawn = draw(second, measure, text::english(), kept);
    CHECK(distance(at, place_of_name(drawn)) <= kept_reach + 1e-9);
    at = place_of_name(drawn);
    kept = kept_of(second, drawn, kept);
  } while (!kept.is_settled && ++drawings < 60);
  CHECK(kept.is_settled);
  CHECK(drawings > 0);
  KeptLayout hurried = kept_of(first, before);
  hurried.pace = 1e5;
  const DrawnFigure at_once = draw(second, measure, text::english(), hurried);
  CHECK(kept_of(second, at_once, hurried).is_settled);
  CHECK(distance(place_of_name(before), place_of_name(at_once)) > kept_reach);
}

TEST_CASE("room and strips that a drawing needed are there in the next, and the panel stands where it stood") {
  Figure first = crossed(9), second = crossed(9);
  first.panels[0].marks.push_back(Line{.x = {1, 2}, .y = {1, std::numeric_limits<double>::infinity()}});
  const DrawnFigure before = draw(first, measure), fresh = draw(second, measure);
  const DrawnFigure after = draw(second, measure, text::english(), kept_of(first, before));
  REQUIRE(before.panels[0].plan.strips.not_finite);
  CHECK(fresh.panels[0].plan.box.top < before.panels[0].plan.box.top);
  CHECK(after.panels[0].plan.box.top == before.panels[0].plan.box.top);
  CHECK(after.panels[0].plan.box.left == before.panels[0].plan.box.left);
  CHECK(after.panels[0].plan.box.bottom == before.panels[0].plan.box.bottom);
}

TEST_CASE("what was named in the legend stays there, and the figure as high") {
  Figure first = crossed(9), second = crossed(9);
  // Lines so close to each other that no name finds a place.
  for (double y = 0; y <= 10; y += 0.25) first.panels[0].marks.push_back(Line{.x = {0, 10}, .y = {y, y}});
  const DrawnFigure before = draw(first, measure), fresh = draw(second, measure);
  REQUIRE(before.panels[0].plan.legend.size() == 1);
  REQUIRE(fresh.panels[0].plan.legend.empty());
  const DrawnFigure after = draw(second, measure, text::english(), kept_of(first, before));
  CHECK(after.panels[0].plan.legend == before.panels[0].plan.legend);
  CHECK(after.height == before.height);
}

TEST_CASE("a label that is gone is remembered for when it comes back") {
  const Figure first = crossed(5.5);
  Figure second = crossed(5.5);
  std::get<Line>(second.panels[0].marks[0]).label.clear();
  const DrawnFigure before = draw(first, measure);
  const KeptLayout kept = kept_of(first, before);
  const DrawnFigure without = draw(second, measure, text::english(), kept);
  REQUIRE(without.panels[0].placed.empty());
  const KeptLayout later = kept_of(second, without, kept);
  CHECK(later.panels[0].last(before.panels[0].placed[0].role, LabelGround::panel).has_value());
}

}  // namespace kept_layout_test
