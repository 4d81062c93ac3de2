// The experiment momentum: Goh's optimum and limit of stability (Distill, 2017), measured paths on closed forms.
#include <cmath>

#include "catch.hpp"
#include "experiments/descent_run.hpp"

namespace momentum_test {

using namespace experiment;
using descent_run::result;

namespace {

const std::string name = "momentum";

}  // namespace

TEST_CASE(
    "momentum at kappa = 100 contracts by 9/11 at alpha 4/121, beta 81/121, descent by 99/101 at 2/101 (Goh 2017)") {
  const Result r = result(name);
  CHECK(r.values.at("momentum.rate") == Approx(9.0 / 11).epsilon(1e-7));
  CHECK(r.values.at("momentum.rate-formula") == Approx(9.0 / 11).epsilon(1e-14));
  CHECK(r.values.at("momentum.alpha") == Approx(4.0 / 121));
  CHECK(r.values.at("momentum.beta") == Approx(81.0 / 121));
  CHECK(r.values.at("descent.rate") == Approx(99.0 / 101).epsilon(1e-12));
  CHECK(r.values.at("descent.alpha") == Approx(2.0 / 101));
  CHECK(r.values.at("descent.asymptotic-steps") == Approx(690.8).margin(0.05));
  CHECK(r.values.at("momentum.asymptotic-steps") == Approx(68.8).margin(0.05));
}

TEST_CASE("momentum's map has its limit of stability at 2 + 2 beta, and nothing below the optimum") {
  const Result r = result(name, {{"resolution", 200}});
  CHECK(r.values.at("map.violations") == 0);
  CHECK(r.values.at("map.best") >= 9.0 / 11 - 1e-7);
  CHECK(r.values.at("map.best") < 0.84);
  CHECK(r.panel("contraction").series.size() == 201);
}

TEST_CASE("momentum's paths follow their closed forms, with a transient of 3.71 before they fall") {
  const Result r = result(name);
  for (const char* method : {"descent", "momentum"}) {
    INFO(method);
    const PanelData& panel = r.panel("distance by step");
    const Series &measured = *panel.find(method), &theory = *panel.find(method, SeriesKind::theory);
    REQUIRE(measured.y.size() == 401);
    for (std::size_t k = 0; k < measured.y.size(); ++k) CHECK(measured.y[k] == Approx(theory.y[k]).epsilon(1e-6));
  }
  CHECK(r.values.at("momentum.peak") == Approx(3.71).margin(0.005));
  CHECK(r.values.at("descent.peak") == 1);
  // 691 = 690.8 rounded up; the transient costs momentum a quarter more than its rate says.
  CHECK(r.values.at("descent.steps") == 691);
  CHECK(r.values.at("momentum.steps") == Approx(93).margin(1));
}

TEST_CASE("momentum is drawn for ordinary and for awkward parameters") {
  for (const Json& given : {Json{{"resolution", 40}}, Json{{"kappa", 1.01}, {"resolution", 10}, {"steps", 1}},
                            Json{{"kappa", 1e6}, {"resolution", 10}, {"accuracy", 0.5}}})
    CHECK_FALSE(descent_run::scene(name, given).items.empty());
}

}  // namespace momentum_test
