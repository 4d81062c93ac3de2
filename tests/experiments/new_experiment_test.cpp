// docs/new-experiment.md says the truth: its code is compiled into this program and run here.
#include <cmath>

#include "catch.hpp"
#include "experiment/experiment.hpp"

using experiment::Json;

TEST_CASE("the experiment of docs/new-experiment.md is registered, checked and right") {
  const auto* experiment = experiment::find("saddle-escape");
  REQUIRE(experiment);
  const auto parameters = experiment::effective_parameters(experiment->parameters, Json{{"curvature", 2}});
  REQUIRE(parameters.errors.empty());
  experiment::Run run;
  run.for_each = [](std::size_t count, const std::function<void(std::size_t)>& job) {
    for (std::size_t i = 0; i < count; ++i) job(i);
  };
  const auto result = experiment->run(parameters.value, run);
  const auto& descent = *result.panel("escape").find("gradient descent");
  REQUIRE(descent.x.size() == 5);
  for (std::size_t i = 0; i < descent.x.size(); ++i) {
    const double eta = descent.x[i];
    CHECK(descent.y[i] == Approx(eta * std::ceil(std::log(1e6) / std::log1p(2 * eta))).epsilon(1e-12));
    CHECK(descent.y[i] > result.values.at("flow-time"));
  }
  // Closed form: from y0 = 1e-6 with mu = 1 the flow takes 13.816, descent with eta = 1 twenty steps.
  const auto plain =
      experiment->run(experiment::effective_parameters(experiment->parameters, Json::object()).value, run);
  CHECK(plain.values.at("flow-time") == Approx(13.8155).epsilon(1e-5));
  CHECK(plain.values.at("slowest") == 20);
  CHECK(experiment->draw(parameters.value, result).panels.size() == 1);
  CHECK(experiment->exports(parameters.value).size() == 2);
}

TEST_CASE("the experiment of docs/new-experiment.md refuses what it does not declare") {
  const auto* experiment = experiment::find("saddle-escape");
  REQUIRE(experiment);
  CHECK(experiment::effective_parameters(experiment->parameters, Json{{"curvature", 0}}).errors.size() == 1);
  CHECK(experiment::effective_parameters(experiment->parameters, Json{{"start", "near"}}).errors.size() == 1);
}
