// What experiments share: lists and curves, composites of figures, requirements of parameters.
#include <cmath>

#include "catch.hpp"
#include "experiment/any_experiment.hpp"
#include "experiments/shared/checks.hpp"
#include "experiments/shared/landscape.hpp"
#include "experiments/shared/networks.hpp"

namespace shared_test {

using namespace experiments;

TEST_CASE("a curve over seeds has the quantiles point by point") {
  const Curve curve = over_seeds({0, 1}, {{1, 10}, {2, 30}, {6, 20}}, whole_range);
  CHECK(curve.y == Numbers{2, 20});
  CHECK(curve.lower == Numbers{1, 10});
  CHECK(curve.upper == Numbers{6, 30});
}

TEST_CASE("the first that holds, some of a curve, its head and its tail") {
  const Curve curve{{0, 1, 2, 3}, {5, 4, 5, 6}};
  CHECK(first_where(curve.y, never, [](double y) { return y < 5; }) == 1);
  CHECK(first_where(curve.y, never, [](double y) { return y < 0; }) == never);
  CHECK(some_of(curve, [&](std::size_t i) { return curve.y[i] == 5; }).x == Numbers{0, 2});
  CHECK(head(curve, 2).y == Numbers{5, 4});
  CHECK(tail(curve, 2).x == Numbers{2, 3});
  CHECK(tail(curve, 9).x.size() == 4);
  CHECK(last(curve) == 6);
  CHECK(first(curve.x) == 0);
}

TEST_CASE("a curve with other y has its bounds changed with it") {
  const Curve curve = with_y({{0}, {2}, {1}, {3}}, power_of_ten);
  CHECK(curve.x == Numbers{0});
  CHECK(curve.y == Numbers{100});
  CHECK(curve.lower == Numbers{10});
  CHECK(curve.upper == Numbers{1000});
}

TEST_CASE("measured curves lie over all bands, and theory over its curve in an ink that shows") {
  const auto looks = experiments::looks(numerics::network_kinds({"sigmoid-xavier", "relu-he"}));
  plot::Panel panel;
  add_measured(panel, looks, {{{0, 1}, {2, 3}, {1, 2}, {3, 4}}, {{0, 1}, {5, 6}}});
  add_theory(panel, looks, {{{0, 1}, {2, 2}}, {{0, 1}, {5, 5}}});
  REQUIRE(panel.marks.size() == 1 + 2 + 2);  // the second curve has no band
  CHECK(std::get<plot::Band>(panel.marks[0]).series == "sigmoid-xavier");
  CHECK(std::get<plot::Line>(panel.marks[1]).label == "sigmoid, Xavier");
  CHECK(std::get<plot::Line>(panel.marks[2]).y == Numbers{5, 6});
  const auto& over_black = std::get<plot::Line>(panel.marks[3]);
  CHECK(over_black.role == plot::Role::theory);
  CHECK(over_black.stroke.ink == Ink::background);
  CHECK(std::get<plot::Line>(panel.marks[4]).stroke.ink == Ink::black);
}

TEST_CASE("a grid's rows stand from the lowest y up") {
  const plot::Grid grid = grid_of({0, 1}, {0, 10, 20}, {{1, 2}, {3, 4}, {5, 6}});
  CHECK(grid.z == Numbers{1, 2, 3, 4, 5, 6});
}

TEST_CASE("a step leaves a window through the side that it meets first") {
  const Window window({0, 2}, {0, 1});
  CHECK(window.exit(Point{{1, 0.5}}, Point{{10, 1}}) == Point{{2, 0.6}});
  CHECK(window.exit(Point{{1, 0.5}}, Point{{0, -5}}) == Point{{1, 0}});
}

TEST_CASE("requirements name the parameter and the element that break them") {
  struct P {
    std::vector<double> rates{1, 2}, range{1, 2}, places{0, 0};
    double horizon = 1;
  };
  const auto errors_of = [](const auto& requirement, const P& p) {
    std::vector<experiment::ParameterError> errors;
    requirement(p, errors);
    return errors;
  };
  CHECK(errors_of(distinct("rates", &P::rates), P{}).empty());
  const auto twice = errors_of(distinct("rates", &P::rates), P{.rates = {3, 1, 3, 3}});
  REQUIRE(twice.size() == 2);
  CHECK(twice[0].path == std::vector<std::string>{"rates", "2"});
  CHECK(twice[0].message == "3 is listed twice");
  CHECK(errors_of(ascending("range", &P::range), P{}).empty());
  CHECK(errors_of(ascending("range", &P::range), P{.range = {2, 2}}).size() == 1);
  CHECK(errors_of(few_steps("rates", &P::rates, &P::horizon), P{.rates = {1, 1e-7}}).size() == 1);
  CHECK(errors_of(as_long_as("places", &P::places, &P::rates, "one each"), P{.places = {1}})[0].message ==
        "parameter 'places' has 1 elements; it takes 2, one each");
}

}  // namespace shared_test
