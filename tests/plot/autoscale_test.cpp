// Domains: chosen from data, held to given limits, never empty.
#include "plot/layout/autoscale.hpp"

#include <cmath>

#include "catch.hpp"

namespace autoscale_test {

using namespace plot;

namespace {

const double infinity = std::numeric_limits<double>::infinity();

Domain domain_of(const Axis& axis, const Extent& padded) { return choose_domain({&axis}, {padded, {}}); }

}  // namespace

TEST_CASE("a curve touches the sides of its panel and has air above and below") {
  Panel panel;
  panel.marks.push_back(Line{.series = "s", .x = {0, 50}, .y = {0, 1}});
  const Domain x = choose_domain({&panel.x}, autoscale(panel).x);
  const Domain y = choose_domain({&panel.y}, autoscale(panel).y);
  CHECK((x.low == 0 && x.high == 50));
  CHECK((y.low < 0 && y.high > 1));
}

TEST_CASE("given limits hold, in whichever order they are given") {
  Axis axis;
  axis.min = 3;
  axis.max = -2;
  const Domain d = domain_of(axis, {0, 100});
  CHECK((d.low == -2 && d.high == 3));
}

TEST_CASE("limits that an axis cannot have are chosen from the data") {
  Axis axis;
  axis.scale = ScaleKind::log;
  axis.min = 0;
  axis.max = infinity;
  const Domain d = domain_of(axis, {-2, 2});
  CHECK(d.low == Approx(-2.16));
  CHECK(d.high == Approx(2.16));
}

TEST_CASE("no data, one value, equal limits and limits beyond the data give a domain with an inside") {
  Axis axis;
  CHECK(domain_of(axis, {}).high > domain_of(axis, {}).low);
  const Domain one = domain_of(axis, {5, 5});
  CHECK((one.low < 5 && one.high > 5));
  const Domain zero = domain_of(axis, {0, 0});
  CHECK((zero.low < 0 && zero.high > 0));
  axis.min = axis.max = 7;
  const Domain equal = domain_of(axis, {0, 1});
  CHECK((equal.low < 7 && equal.high > 7));
  Axis beyond;
  beyond.min = 10;
  const Domain d = domain_of(beyond, {0, 1});
  CHECK((d.low == 10 && d.high > 10));
}

TEST_CASE("a domain's width is finite whatever the data") {
  const Domain d = domain_of({}, {-1e305, 1e305});
  CHECK(std::isfinite(d.high - d.low));
}

TEST_CASE("y values outside given x limits do not stretch the y axis") {
  Panel panel;
  panel.x.max = 2;
  panel.marks.push_back(Line{.series = "s", .x = {0, 1, 2, 3}, .y = {1, 1.5, 2, 1e9}});
  CHECK(choose_domain({&panel.y}, autoscale(panel).y).high < 3);
}

TEST_CASE("a log axis takes its limits from positive values and needs a strip for the others") {
  Panel panel;
  panel.y.scale = ScaleKind::log;
  panel.marks.push_back(Points{.series = "s", .x = {1, 2, 3, 4}, .y = {1e-3, 0, 1e3, infinity}});
  const Autoscale y = autoscale(panel).y;
  CHECK(y.padded.low == Approx(-3));
  CHECK(y.padded.high == Approx(3));
  const Strips strips = strips_of(panel);
  CHECK(strips.zero);
  CHECK(strips.not_finite);
  CHECK_FALSE(strips.negative);
}

}  // namespace autoscale_test
