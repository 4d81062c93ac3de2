// Marks as paths on paper, where a wrong one would have the same size at the same place.
#include <algorithm>

#include "catch.hpp"
#include "plot/layout/layout.hpp"

namespace paint_test {

using namespace plot;

namespace {

TextExtent measure(std::string_view text, Face, double size) {
  return {0.5 * size * static_cast<double>(text.size()), 0.7 * size, 0.25 * size};
}

std::vector<PaperPoint> corners_of(const Path& path) {
  std::vector<PaperPoint> corners;
  for (const PathStep& step : path.steps) {
    if (const auto* move = std::get_if<MoveTo>(&step)) corners.push_back(move->to);
    if (const auto* line = std::get_if<LineTo>(&step)) corners.push_back(line->to);
  }
  return corners;
}

/// The filled shapes of a series.
std::vector<Path> filled(const Figure& figure, const std::string& series) {
  std::vector<Path> paths;
  for (const Item& item : layout(figure, measure).items)
    if (const auto* path = std::get_if<Path>(&item); path && path->fill && path->series == series)
      paths.push_back(*path);
  return paths;
}

}  // namespace

TEST_CASE("an arrow's head has its one tip ahead and its two wings behind, whichever way it points") {
  for (const double way : {1.0, -1.0}) {
    Figure figure;
    figure.panels.resize(1);
    figure.panels[0].x = {.label = "x", .min = -10, .max = 10};
    figure.panels[0].y = {.label = "y", .min = -10, .max = 10};
    figure.panels[0].marks = {Arrows{"steps", {-8 * way, 8 * way}, {0, 0}, {Ink::blue}}};
    const auto heads = filled(figure, "steps");
    REQUIRE(heads.size() == 1);
    auto corners = corners_of(heads[0]);
    REQUIRE(corners.size() == 4);
    std::sort(corners.begin(), corners.end(), [way](PaperPoint a, PaperPoint b) { return way * a.x > way * b.x; });
    const PaperPoint tip = corners[0], notch = corners[1];
    CHECK(tip.y == Approx(notch.y));
    CHECK(corners[2].x == Approx(corners[3].x));
    CHECK((corners[2].y + corners[3].y) / 2 == Approx(tip.y));
    CHECK(std::abs(corners[2].y - corners[3].y) > 1);
  }
}

}  // namespace paint_test
