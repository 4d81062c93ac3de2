// The experiment stability-function: its limits and rates against closed forms, its measurements against its theory.
#include <cmath>

#include "catch.hpp"
#include "experiments/descent_run.hpp"

namespace stability_function_test {

using namespace experiment;
using descent_run::result;

namespace {

const std::string name = "stability-function";

}  // namespace

TEST_CASE(
    "stability-function's limits are 2 for descent, 2.785294 for RK4, and none for implicit Euler (Hairer and "
    "Wanner)") {
  const Result r = result(name);
  CHECK(r.values.at("gradient-descent.limit") == 2);
  CHECK(r.values.at("runge-kutta-4.limit") == Approx(2.785294).epsilon(1e-6));
  CHECK(std::isinf(r.values.at("implicit-euler.limit")));
  CHECK(r.functions.at("gradient-descent.multiplier").values[3] == -2);
  CHECK(r.functions.at("runge-kutta-4.multiplier").values[3] == Approx(1.375));
  CHECK(r.functions.at("implicit-euler.multiplier").values[3] == 0.25);
  CHECK(r.functions.at("gradient-flow.multiplier").values[3] == Approx(std::exp(-3)));
}

TEST_CASE("stability-function's descent decays like the flow to first order, like the modified flow to second") {
  // -ln(1 - z) / z = 1 + z/2 + z^2/3 + ...: Barrett and Dherin's correction is the second term.
  const Result r = result(name);
  CHECK(r.values.at("order.flow") == Approx(1).margin(0.01));
  CHECK(r.values.at("order.modified") == Approx(2).margin(0.01));
  const auto& rate = r.functions.at("gradient-descent.rate").values;
  CHECK(rate[0] == 1);
  CHECK(rate[5] == Approx(2 * std::log(2)));
  CHECK(std::isinf(rate[10]));
  CHECK(rate[20] == 0);
  CHECK(rate[21] < 0);
  const double z = r.values.at("equal-rate");
  CHECK(std::log(z - 1) == Approx(-z).epsilon(1e-12));
}

TEST_CASE("stability-function measures what its formulas say") {
  const Result r = result(name, {{"measurements", 40}, {"steps", 7}});
  CHECK(r.values.at("largest-deviation") < 1e-14);
  const PanelData& panel = r.panel("decay rate");
  const Series& measured = *panel.find("gradient-descent");
  REQUIRE(measured.x.size() == 40);
  for (std::size_t i = 0; i < measured.x.size(); ++i)
    CHECK(measured.y[i] == Approx(-std::log(std::abs(1 - measured.x[i])) / measured.x[i]).epsilon(1e-10));
}

TEST_CASE("stability-function is drawn for ordinary and for awkward parameters") {
  for (const Json& given : {Json::object(), Json{{"range", 0.5}, {"rate-range", 0.5}},
                            Json{{"range", 40}, {"rate-range", 40}}, Json{{"measurements", 1}, {"steps", 1000}}})
    CHECK_FALSE(descent_run::scene(name, given).items.empty());
}

}  // namespace stability_function_test
