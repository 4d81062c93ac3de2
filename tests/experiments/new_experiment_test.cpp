// docs/new-experiment.md says the truth: its code is compiled into this program and run here.
#include <cmath>

#include "catch.hpp"
#include "experiment/any_experiment.hpp"
#include "experiment/drawing/default_figure.hpp"
#include "support/experiments.hpp"

namespace new_experiment_test {

using experiment::Json;

TEST_CASE("the experiment of docs/new-experiment.md is registered, checked and right") {
  const auto* experiment = experiment::find("saddle-escape");
  REQUIRE(experiment);
  const auto parameters = experiment::effective_parameters(experiment->parameters, Json{{"curvature", 2}});
  REQUIRE(parameters.errors.empty());
  experiment::Run run = support::serial_run();
  const auto result = experiment->run(parameters.value, run);
  const auto& descent = *result.panel("escape").find("gradient descent");
  const auto& flow = *result.panel("escape").find("gradient flow", experiment::SeriesKind::theory);
  REQUIRE(descent.x.size() == 5);
  for (std::size_t i = 0; i < descent.x.size(); ++i) {
    const double eta = descent.x[i];
    CHECK(descent.y[i] == Approx(eta * std::ceil(std::log(1e6) / std::log1p(2 * eta))).epsilon(1e-12));
    CHECK(descent.y[i] > flow.y[i]);
  }
  // Closed form: from y0 = 1e-6 with mu = 1 the flow takes 13.816, descent with eta = 1 twenty steps.
  const auto plain =
      experiment->run(experiment::effective_parameters(experiment->parameters, Json::object()).value, run);
  CHECK(plain.panel("escape").find("gradient flow", experiment::SeriesKind::theory)->y[0] ==
        Approx(13.8155).epsilon(1e-5));
  CHECK(plain.values.at("slowest") == 20);
  CHECK(experiment->outputs(parameters.value).size() == 3);
  // It has no drawing of its own: what was measured has its name, and the theory lies dashed over it with its own.
  const auto figure = figure_of(*experiment, parameters.value, Json::object(), result);
  REQUIRE(figure.panels.size() == 1);
  const auto& panel = figure.panels[0];
  CHECK(panel.x.scale == plot::ScaleKind::log);
  CHECK(panel.y.label == "effective time until |y| = 1");
  REQUIRE(panel.marks.size() == 2);
  CHECK(std::get<plot::Line>(panel.marks[0]).label == "gradient descent");
  CHECK(std::get<plot::Line>(panel.marks[1]).stroke.dash == plot::Dash::dashed);
  CHECK(std::get<plot::Line>(panel.marks[1]).label == "gradient flow");
}

TEST_CASE("the experiment of docs/new-experiment.md refuses what it does not declare") {
  const auto* experiment = experiment::find("saddle-escape");
  REQUIRE(experiment);
  CHECK(experiment::effective_parameters(experiment->parameters, Json{{"curvature", 0}}).errors.size() == 1);
  CHECK(experiment::effective_parameters(experiment->parameters, Json{{"start", "near"}}).errors.size() == 1);
}

}  // namespace new_experiment_test
