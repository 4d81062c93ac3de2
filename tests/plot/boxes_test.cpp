// Box plots: the numbers of Tukey's boxes, and how they are drawn and read.
#include "plot/marks/boxes.hpp"

#include <cmath>

#include "catch.hpp"
#include "plot/composites/box_plot.hpp"
#include "plot/composites/quantile.hpp"
#include "plot/layout/drawn.hpp"
#include "plot/readout.hpp"

namespace boxes_test {

using namespace plot;

namespace {

using Values = std::vector<double>;

TextExtent measure(std::string_view text, Face, double size) {
  return {0.5 * size * static_cast<double>(text.size()), 0.7 * size, 0.25 * size};
}

Figure one_panel(Boxes boxes) {
  boxes.series = "s";
  Figure figure;
  figure.panels.resize(1);
  figure.panels[0].marks = {std::move(boxes)};
  return figure;
}

}  // namespace

TEST_CASE("quantiles are those of R's default, its type 7") {
  const Values sample{1, 2, 4, 8, 16};
  CHECK(quantile(sample, 0) == 1);
  CHECK(quantile(sample, 1) == 16);
  CHECK(quantile(sample, 0.25) == 2);
  CHECK(quantile(sample, 0.1) == Approx(1.4));          // quantile(c(1, 2, 4, 8, 16), 0.1)
  CHECK(quantile({1, 2, 3, 4}, 0.25) == Approx(1.75));  // quantile(1:4, 0.25)
  CHECK(quantile({3}, 0.7) == 3);
  CHECK(std::isnan(quantile({}, 0.5)));
}

TEST_CASE("whiskers end at the last values within one and a half boxes, and the others are outliers") {
  // boxplot.stats has hinges for quartiles; for eleven values they are the same.
  const Boxes boxes = box_plot({5}, {{11, 1, 2, 3, 4, 5, 6, 7, 8, 9, 30, NAN}});
  CHECK(boxes.x == Values{5});
  CHECK(boxes.lower == Values{3.5});
  CHECK(boxes.median == Values{6});
  CHECK(boxes.upper == Values{8.5});
  CHECK(boxes.whisker_low == Values{1});
  CHECK(boxes.whisker_high == Values{11});
  CHECK(boxes.outlier_x == Values{5});
  CHECK(boxes.outlier_y == Values{30});
  CHECK(boxes.count == std::vector<std::size_t>{11});
}

TEST_CASE("one value is its own box, and an empty sample has none and leaves no strip") {
  const Boxes boxes = box_plot({0, 1}, {{4}, {}});
  CHECK(boxes.whisker_low[0] == 4);
  CHECK(boxes.upper[0] == 4);
  CHECK(std::isnan(boxes.median[1]));
  const DrawnFigure drawn = draw(one_panel(boxes), measure);
  CHECK_FALSE(drawn.panels.at(0).plan.strips.not_finite);
}

TEST_CASE("the axes hold boxes, whiskers and outliers, with air") {
  const DrawnFigure drawn = draw(one_panel(box_plot({0, 1}, {{1, 2, 3, 4, 5, 90}, {-7, 2, 3}})), measure);
  const PanelPlan& plan = drawn.panels.at(0).plan;
  CHECK(plan.y.high > 90);
  CHECK(plan.y.low < -7);
  CHECK(plan.x.low < -0.25);
  CHECK(plan.x.high > 1.25);
}

TEST_CASE("nothing of a box passes the frame, and outliers beyond it have pointers") {
  Figure figure = one_panel(box_plot({0, 1}, {{1, 2, 3, 4, 5, 90}, {-7, 2, 3}}));
  figure.panels[0].y = {.min = 2.5, .max = 4};
  const DrawnFigure drawn = draw(figure, measure);
  const Box frame = drawn.panels.at(0).plan.box.grown(1e-9);
  std::size_t pointers = 0;
  for (const Item& item : drawn.panels[0].marks) {
    const auto* path = std::get_if<Path>(&item);
    if (!path) continue;
    const double start = std::get<MoveTo>(path->steps.front()).to.y;
    if (path->fill && path->fill->ink == Ink::blue && path->steps.size() == 4 && start < frame.top + 1) ++pointers;
    for (const PathStep& step : path->steps) {
      if (const auto* move = std::get_if<MoveTo>(&step)) CHECK(frame.contains(move->to));
      if (const auto* line = std::get_if<LineTo>(&step)) CHECK(frame.contains(line->to));
    }
  }
  CHECK(pointers == 1);
}

TEST_CASE("a box is read as its median within its quartiles, with what lies beyond") {
  const Figure figure = one_panel(box_plot({0, 1}, {{1, 2, 3, 4, 5, 90}, {1, 2, 3}}));
  const auto panels = readout(figure, draw(figure, measure));
  REQUIRE(panels.at(0).series.size() == 1);
  const SeriesReadout& series = panels[0].series[0];
  CHECK(series.y == Values{3.5, 2});
  CHECK(series.lower == Values{2.25, 1.5});
  CHECK(series.upper == Values{4.75, 2.5});
  REQUIRE(series.notes.size() == 2);
  CHECK(series.notes[0] == "6 values; whiskers from 1 to 5; beyond them 90");
  CHECK(series.notes[1] == "3 values; whiskers from 1 to 3");
}

TEST_CASE("of many outliers the first five are said, and how many more there are") {
  Values sample{1, 2, 3};
  for (int i = 0; i < 40; ++i) sample.push_back(2);
  for (int i = 0; i < 7; ++i) sample.push_back(50 + i);
  const Figure figure = one_panel(box_plot({0}, {sample}));
  const auto panels = readout(figure, draw(figure, measure));
  CHECK(panels.at(0).series.at(0).notes.at(0).ends_with("beyond them 1, 3, 50, 51, 52 and 4 more"));
}

TEST_CASE("boxes of several series stand side by side about their places, and axes make room for them") {
  const std::vector<Values> samples{{1, 2, 3}, {2, 3, 4}};
  Boxes first = box_plot({0, 1}, samples), second = first;
  first.series = "first";
  second.series = "second";
  const auto marks = grouped({first, second});
  REQUIRE(marks.size() == 2);
  const Boxes &left = std::get<Boxes>(marks[0]), &right = std::get<Boxes>(marks[1]);
  CHECK(left.offset == -right.offset);
  CHECK(right.offset - left.offset > left.width);
  CHECK(std::get<Boxes>(grouped({first})[0]).offset == 0);
  Figure figure;
  figure.panels.resize(1);
  figure.panels[0].marks = marks;
  const auto read = readout(figure, draw(figure, measure));
  const auto& x = read.at(0).x;
  CHECK(x.scale.domain.low < left.offset - left.width / 2);
  CHECK(x.scale.domain.high > 1 + right.offset + right.width / 2);
}

}  // namespace boxes_test
