// The experiment edge-of-stability: sharpness at 2 / eta, relative progress and directional smoothness there.
#include <algorithm>
#include <cmath>

#include "catch.hpp"
#include "data/digits.hpp"
#include "experiments/descent_run.hpp"

namespace edge_of_stability_test {

using namespace experiment;
using descent_run::result;

namespace {

const std::string name = "edge-of-stability";

/// Small enough for a test: the largest default learning rate, and one that never gets to the edge.
const Json brief = {{"learning-rates", {0.03, 0.1}}, {"horizon", 300}, {"measurements", 150}};

}  // namespace

TEST_CASE("edge-of-stability: the sharpness comes to rest at 2 / eta, median 1.00 +- 0.03 (Cohen et al. 2021)") {
  const Result r = result(name, brief);
  const auto value = [&](const char* what) { return r.values.at(std::string("eta=0.1.") + what); };
  CHECK(value("hover") == Approx(1).margin(0.03));
  CHECK(value("hover-low") > 0.85);
  CHECK(value("hover-high") < 1.3);
  CHECK(value("peak") > 1);
  CHECK(value("loss-rises") > 100);
  // Relative progress is -1 on the flow and 0 at the edge; directional smoothness is 2 / eta there
  // (Ahn, Zhang and Sra 2022).
  CHECK(value("progress-before") < -0.5);
  CHECK(value("progress") == Approx(0).margin(0.05));
  CHECK(value("smoothness-before") < 0.5);
  CHECK(value("smoothness") == Approx(1).margin(0.05));
  // Below the edge descent keeps to the flow and never raises the loss.
  CHECK(std::isinf(r.values.at("eta=0.03.crossing")));
  CHECK(std::isnan(r.values.at("eta=0.03.hover")));
  CHECK(r.values.at("eta=0.03.loss-rises") == 0);
  CHECK(r.values.at("eta=0.03.sharpness") == Approx(r.values.at("flow.sharpness")).epsilon(0.01));
  CHECK(r.values.at("eta=0.03.loss") == Approx(r.values.at("flow.loss")).epsilon(0.02));
}

TEST_CASE("edge-of-stability keeps every step, and the sharpness where it was measured") {
  const Result r = result(name, {{"learning-rates", {0.1}}, {"horizon", 20}, {"measurements", 50}});
  const Series& loss = *r.panel("training loss").find("eta=0.1");
  REQUIRE(loss.y.size() == 201);
  CHECK(loss.x[200] == Approx(20));
  CHECK(r.panel("sharpness").find("eta=0.1")->x.size() == 51);
  CHECK(r.panel("sharpness").find("eta=0.1", SeriesKind::theory)->y == std::vector<double>{20, 20});
  CHECK(r.panel("training loss").find("gradient flow", SeriesKind::reference)->x.back() == 20);
  CHECK(r.values.at("parameters") == 2701);
}

TEST_CASE("edge-of-stability trains on images too, in single precision") {
  const data::Dataset digits = data::digits(400);
  Run run;
  run.dataset = &digits;
  run.for_each = [](std::size_t count, const std::function<void(std::size_t)>& job) {
    for (std::size_t i = 0; i < count; ++i) job(i);
  };
  run.progress = [](double done, double total) { CHECK(done <= total); };
  const Json given = descent_run::effective(name, {{"dataset", "digits"},
                                                   {"examples", 200},
                                                   {"width", 20},
                                                   {"learning-rates", {0.05}},
                                                   {"horizon", 2},
                                                   {"measurements", 4}});
  const Result r = experiment::find(name)->run(given, run);
  CHECK(r.values.at("examples") == 200);
  CHECK(r.values.at("parameters") == 784 * 20 + 20 + 20 * 20 + 20 + 20 * 10 + 10);
  CHECK(r.values.at("eta=0.05.steps") == 40);
  CHECK(r.values.at("eta=0.05.loss") < r.panel("training loss").find("eta=0.05")->y.front());
  CHECK(r.values.at("eta=0.05.loss") == Approx(r.values.at("flow.loss")).epsilon(0.3));
  CHECK(r.values.at("sharpness-start") > 0);
}

TEST_CASE("edge-of-stability is drawn for ordinary and for awkward parameters") {
  for (const Json& given : {Json{{"horizon", 2}}, Json{{"horizon", 30}, {"learning-rates", {3}}, {"measurements", 3}},
                            Json{{"horizon", 1}, {"activation", "relu"}, {"measurements", 1}, {"examples", 2}}})
    CHECK_FALSE(descent_run::scene(name, given).items.empty());
}

TEST_CASE("edge-of-stability refuses a step beyond its horizon, and a learning rate listed twice") {
  const auto far = descent_run::errors(name, {{"learning-rates", {0.1, 5}}, {"horizon", 2}});
  REQUIRE(far.size() == 1);
  CHECK(far[0].path == std::vector<std::string>{"learning-rates", "1"});
  CHECK(descent_run::errors(name, {{"learning-rates", {0.1, 0.1}}}).size() == 1);
}

}  // namespace edge_of_stability_test
