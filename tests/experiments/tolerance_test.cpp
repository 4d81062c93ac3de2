// Tolerances: names with stars, the first that fits, words; and that the experiments declare them for what they have.
#include "experiment/allowed.hpp"

#include "catch.hpp"
#include "descent_run.hpp"
#include "experiment/experiment.hpp"

using namespace experiment;

TEST_CASE("a star in a tolerance's name stands for any text") {
  CHECK(matches("eta=*", "eta=0.019"));
  CHECK(matches("*", ""));
  CHECK(matches("*.steps", "eta=0.019.steps"));
  CHECK(matches("a*b*c", "a-b-b-c"));
  CHECK(matches("*slope", "tanh-normal.theory-slope"));
  CHECK(!matches("*.steps", "eta=0.019.steps(1)"));
  CHECK(!matches("eta=*", "beta=0.9"));
  CHECK(!matches("chance", "chance level"));
  CHECK(!matches("", "chance"));
}

TEST_CASE("the first tolerance that fits holds, series and values are told apart, and others are compared to 1e-9") {
  const std::vector<Tolerance> declared{
      {"loss", "eta=*", {1e-12, 0}, {}, "a"}, {"*", "*", {1e-3, 0}, {}, "b"}, {"", "kappa", {0, 0}, {}, "c"}};
  CHECK(tolerance_of(declared, "loss", "eta=1").reason == "a");
  CHECK(tolerance_of(declared, "loss", "flow").reason == "b");
  CHECK(tolerance_of(declared, "path", "eta=1").reason == "b");
  CHECK(tolerance_of(declared, "", "kappa").reason == "c");
  const Tolerance other = tolerance_of(declared, "", "eta=1");
  CHECK(other.bound.relative == 1e-9);
  CHECK(other.bound.absolute == 0);
  CHECK(other.statistics.empty());
}

TEST_CASE("tolerances read as words") {
  CHECK(limits_text({"", "", {}, {}, ""}) == "exactly");
  CHECK(limits_text({"", "", {1e-12, 0}, {}, ""}) == "within 10⁻¹² relative");
  CHECK(limits_text({"", "", {0.05, 0.2}, {}, ""}) == "within 5 % + 0.2");
  CHECK(
      limits_text(
          {"", "", {}, {first_value({1e-4, 0}), median({0.1, 0}), quantile(0.95, {0, 2}), last_value({0.2, 0})}, ""}) ==
      "first within 0.0001 relative, median within 10 %, 95 % quantile within 2, last within 20 %");
}

TEST_CASE(
    "the experiments on descent declare a tolerance, with its reason, for every series and value that they have") {
  for (const std::string name : {"quadratic-bowl", "flow-versus-descent", "effective-time", "momentum",
                                 "gradient-clipping", "stability-function"}) {
    const auto result = descent_run::result(name);
    const auto declared = find(name)->tolerances(descent_run::effective(name, Json::object()));
    const auto is_declared = [&](const std::string& panel, const std::string& series) {
      INFO(name << ": " << panel << " / " << series);
      CHECK(tolerance_of(declared, panel, series).reason != tolerance_of({}, panel, series).reason);
    };
    for (const auto& panel : result.panels)
      for (const auto& series : panel.series) is_declared(panel.title, series.name);
    for (const auto& [value, number] : result.values) is_declared("", value);
    for (const auto& [function, numbers] : result.functions) is_declared("", function);
    for (const auto& tolerance : declared) CHECK(!tolerance.reason.empty());
  }
}
