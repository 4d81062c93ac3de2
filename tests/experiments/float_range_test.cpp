// The experiment float-range: the limits of float32, computed and not quoted, and the layers in which networks meet
// them.
#include <cmath>
#include <limits>

#include "catch.hpp"
#include "experiments/descent_run.hpp"

namespace float_range_test {

using namespace experiment;

namespace {

const std::string name = "float-range";

const Result& default_result() {
  static const Result result = descent_run::result(name, {{"seeds", 3}, {"batch", 8}});
  return result;
}

double value(const std::string& of) { return default_result().values.at(of); }

}  // namespace

TEST_CASE(
    "float-range: ReLU with N(0,1) weights overflows float32 forward at layer 36 at width 256 (theory 36.6), 44 at "
    "width 100 (45.4)") {
  // log10(3.4028e38) / log10(sqrt(n/2)) = 36.57 and 45.36.
  CHECK(value("relu-normal.forward-overflow-theory") == Approx(36.57).margin(0.01));
  CHECK(value("relu-normal.forward-overflow") == Approx(36).margin(1));
  const Result narrow = descent_run::result(name, {{"width", 100}, {"networks", {"relu-normal"}}, {"seeds", 5}});
  CHECK(narrow.values.at("relu-normal.forward-overflow-theory") == Approx(45.36).margin(0.01));
  CHECK(narrow.values.at("relu-normal.forward-overflow") == Approx(44).margin(1.5));
}

TEST_CASE("float-range: a norm summed in float32 overflows at 1.8e19, and so in half as many layers") {
  CHECK(value("norm-overflow") == Approx(1.8446744e19).epsilon(1e-6));
  CHECK(value("norm-underflow") == Approx(2.6469780e-23).epsilon(1e-6));  // the root of half the smallest float32
  CHECK(value("relu-normal.norm-overflow") < 0.55 * value("relu-normal.forward-overflow"));
}

TEST_CASE("float-range: once activations are infinite, everything on the way back is NaN") {
  CHECK(value("relu-normal.backward-overflow") == 0);
  const Series& single = *default_result().panel("error signal").find("relu-normal float32");
  for (const double v : single.y) CHECK(std::isnan(v));
}

TEST_CASE(
    "float-range: N(0,1) weights with tanh stay finite in float32 over 60 layers of width 256: 10^23 in 50 layers") {
  CHECK(std::isnan(value("tanh-normal.forward-overflow")));
  CHECK(std::isnan(value("tanh-normal.backward-overflow")));
  const Series& signal = *default_result().panel("error signal").find("tanh-normal");
  // From layer 59, the last hidden one, to layer 9: 0.4635 a layer at this width.
  CHECK(std::log10(signal.y[8] / signal.y[58]) == Approx(50 * 0.4635).margin(1));
}

TEST_CASE("float-range: sigmoid error signals become subnormal, then zero, where 0.849 decades a layer say so") {
  const double subnormal = value("sigmoid-uniform-fan-in.backward-subnormal");
  const double zero = value("sigmoid-uniform-fan-in.backward-zero");
  // From about 10^-2 at the output to 1.18e-38 and, entry by entry, below 1.4e-45 / 2.
  CHECK(subnormal == Approx((38 - 2) / 0.849).margin(3));
  CHECK(zero > subnormal + 6);
  CHECK(zero < subnormal + 12);
  CHECK(std::isnan(value("relu-he.backward-subnormal")));
}

TEST_CASE("float-range: slopes written as s (1 - s) and 1 - t^2 are zero in float32 from 16.64 and 9.01 on") {
  // 1 + e^-z rounds to 1 from z = 24 ln 2; tanh(z) = 1 - 2 e^-2z + ... rounds to 1 from 13 ln 2 = 9.0109.
  CHECK(value("sigmoid-slope-zero") == Approx(24 * std::log(2)).margin(0.01));
  CHECK(value("tanh-slope-zero") == Approx(13 * std::log(2)).margin(0.01));
}

TEST_CASE("float-range: an update below half a unit in the last place, 1.9e-9 at 0.05, is lost") {
  CHECK(value("update-lost") == Approx(std::exp2(-29)).epsilon(1e-6));
  CHECK(value("largest") == std::numeric_limits<float>::max());
  CHECK(value("smallest-normal") == std::numeric_limits<float>::min());
}

TEST_CASE("float-range: both precisions agree while numbers are normal and rounding errors do not grow") {
  for (const char* network : {"relu-he", "sigmoid-xavier"})
    for (const char* panel : {"activations", "error signal"}) {
      const Series& exact = *default_result().panel(panel).find(network);
      const Series& single = *default_result().panel(panel).find(std::string(network) + " float32");
      REQUIRE(exact.x == single.x);
      for (std::size_t i = 0; i < exact.y.size(); ++i)
        if (exact.y[i] > 1e-37) CHECK(single.y[i] == Approx(exact.y[i]).epsilon(2e-3));
    }
}

TEST_CASE("float-range is drawn, with crosses for what is not finite") {
  const Json small = {{"depth", 40}, {"width", 128}, {"seeds", 2}, {"batch", 3}};
  CHECK_NOTHROW(descent_run::scene(name, small));
  CHECK_NOTHROW(
      descent_run::scene(name, {{"depth", 2}, {"width", 1}, {"seeds", 1}, {"batch", 1}, {"networks", {"linear-he"}}}));
  bool infinite = false;
  const plot::Figure figure = descent_run::figure(name, Json::object(), default_result());
  for (const plot::Mark& mark : figure.panels[0].marks)
    if (const auto* points = std::get_if<plot::Points>(&mark))
      for (const double y : points->y) infinite |= !std::isfinite(y);
  CHECK(infinite);
}

}  // namespace float_range_test
