// The experiment gradient-clipping: the wall's closed form, the jump without clipping and the way along the wall with
// it.
#include <cmath>

#include "catch.hpp"
#include "experiments/descent_run.hpp"

namespace gradient_clipping_test {

using namespace experiment;
using descent_run::result;

namespace {

const std::string name = "gradient-clipping";

}  // namespace

TEST_CASE(
    "gradient-clipping's wall starts at w = 4.2552519304, and dL/db on it at w = 5 is -661.6828013 (closed form)") {
  const Result r = result(name);
  CHECK(r.values.at("wall.start") == Approx(4.2552519304).epsilon(1e-9));
  CHECK(r.functions.at("wall.derivative").values[4] == Approx(-661.6828013).epsilon(1e-9));
  CHECK(r.functions.at("wall.derivative-exact").values[4] == Approx(-661.6828013).epsilon(1e-9));
  CHECK(r.functions.at("wall.gradient").values[4] == Approx(779.398).epsilon(1e-6));
  CHECK(r.values.at("wall.deviation") < 1e-9);
}

TEST_CASE(
    "gradient-clipping: unclipped descent jumps by 101.5 to (58.3, 83.8) and stays at 0.09, and clipped steps are 0.1 "
    "at most") {
  const Result r = result(name);
  CHECK(r.values.at("unclipped.largest-step") == Approx(101.5).margin(0.1));
  CHECK(r.values.at("unclipped.largest-step-at") == 99);
  CHECK(r.functions.at("unclipped.landing").values[0] == Approx(58.3).margin(0.05));
  CHECK(r.functions.at("unclipped.landing").values[1] == Approx(83.8).margin(0.05));
  CHECK(r.values.at("unclipped.loss") == Approx(0.09).epsilon(1e-6));
  CHECK(r.values.at("clipped.largest-step") == Approx(0.1).epsilon(1e-9));
  CHECK(r.values.at("clipped.loss") < 1e-3);
  CHECK(r.values.at("clipped.clipped-steps") > 0);
  CHECK(r.panel("descent").find("unclipped")->x.size() == 401);
}

TEST_CASE("gradient-clipping: starts 1e-15 apart end elsewhere when clipped, within what is allowed to the figure") {
  const Result one = result(name);
  const auto outputs = experiment::find(name)->outputs(descent_run::effective(name, Json::object()));
  const auto allowed = [&](const std::string& value) {
    return experiment::allowed_for(outputs, OutputKind::number, "", value).bound;
  };
  bool differs = false;
  for (const double moved : {5.300000000000001, 5.299999999999999, 5.300000000000003}) {
    const Result other = result(name, {{"start", {moved, -2.1}}});
    differs = differs || std::abs(other.values.at("clipped.loss") / one.values.at("clipped.loss") - 1) > 0.01;
    for (const auto& [value, number] : one.values) {
      INFO(value << " from " << moved);
      const auto bound = allowed(value);
      CHECK(std::abs(other.values.at(value) - number) <= bound.absolute + bound.relative * std::abs(number));
    }
  }
  CHECK(differs);
}

TEST_CASE("gradient-clipping is drawn for ordinary and for awkward parameters") {
  for (const Json& given :
       {Json::object(), Json{{"steps", 1}}, Json{{"threshold", 1e-3}}, Json{{"unrolled", 1}},
        Json{{"start", {-3, 2}}, {"steps", 50}}, Json{{"initial", -2}, {"target", 0}, {"learning-rate", 20}}})
    CHECK_FALSE(descent_run::scene(name, given).items.empty());
}

}  // namespace gradient_clipping_test
