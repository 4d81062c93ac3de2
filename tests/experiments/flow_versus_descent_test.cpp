// The experiment flow-versus-descent: names and panels as promised, Rosenbrock's numbers, the
// two-cycle.
#include <cmath>

#include "catch.hpp"
#include "experiments/descent_run.hpp"
#include "numerics/descent/objective.hpp"

namespace flow_versus_descent_test {

using namespace experiment;
using descent_run::result;

namespace {

const std::string name = "flow-versus-descent";
const Json mlp = {{"loss", "mlp"}, {"start", {0.3, 4}}, {"learning-rates", {0.05, 0.6}}, {"horizon", 100}};
const Json bowl = {{"loss", "quadratic"}, {"start", {1, 1}}, {"learning-rates", {0.001, 0.019, 0.021}}, {"horizon", 3}};

const Result& rosenbrock() {
  static const Result r = result(name);
  return r;
}

double value(const std::string& which) { return rosenbrock().values.at(which); }
double value(const std::string& which, std::size_t index) {
  return rosenbrock().functions.at(which).values.at(index - 1);
}

}  // namespace

TEST_CASE("flow-versus-descent has the promised defaults") {
  const Json p = descent_run::effective(name, Json::object());
  CHECK(p.at("loss") == "rosenbrock");
  CHECK(p.at("start") == Json({-1.2, 1.0}));
  CHECK(p.at("learning-rates") == Json({0.00199, 0.0025}));
  CHECK(p.at("tolerance") == 1e-10);
}

TEST_CASE("flow-versus-descent gives the flow and every step of descent in the parameter plane") {
  const PanelData& panel = rosenbrock().panel("trajectories");
  REQUIRE(panel.series.size() == 3);
  const Series* flow = panel.find("gradient flow");
  REQUIRE(flow);
  CHECK(flow->x.size() > 1000);
  CHECK(flow->x.front() == -1.2);
  // Fine: no jump between samples is longer than a fiftieth of the path's extent.
  for (std::size_t i = 1; i < flow->x.size(); ++i)
    CHECK(std::hypot(flow->x[i] - flow->x[i - 1], flow->y[i] - flow->y[i - 1]) < 0.05);
  const Series* descent = panel.find("eta=0.0025");
  REQUIRE(descent);
  CHECK(descent->x.size() == 10001);  // 25 / 0.0025 steps and the start
  CHECK(panel.find("eta=0.00199")->x.size() == 12563);
  CHECK(descent->x[1] == Approx(-1.2 + 0.0025 * 215.6));
  CHECK(descent->y[1] == Approx(1 + 0.0025 * 88));
}

TEST_CASE("flow-versus-descent ends the flow at the horizon exactly") {
  const Result r = result(name, {{"horizon", 1}});
  const Series* flow = r.panel("trajectories").find("gradient flow");
  // SciPy's DOP853: x(1) = (0.322398, 0.100853), loss 0.460098.
  CHECK(flow->x.back() == Approx(0.322398).margin(1e-6));
  CHECK(flow->y.back() == Approx(0.100853).margin(1e-6));
  CHECK(r.values.at("flow.loss") == Approx(0.460098).margin(1e-6));
}

TEST_CASE("flow-versus-descent exports Rosenbrock's curvatures and times of arrival") {
  CHECK(value("lambda-max") == Approx(1001.6006392325).epsilon(1e-10));
  CHECK(value("lambda-min") == Approx(0.3993607674876).epsilon(1e-10));
  CHECK(value("eta-max") == Approx(0.00199680383744).epsilon(1e-10));
  CHECK(value("lambda-start") == Approx(1506.367).epsilon(1e-6));
  CHECK(value("flow.time", 1) == Approx(5.692).margin(1e-3));
  CHECK(value("flow.time", 2) == Approx(11.337).margin(1e-3));
  CHECK(value("flow.time", 3) == Approx(17.0906).margin(1e-3));
  // In effective time descent is slightly ahead of the flow.
  CHECK(0.00199 * value("eta=0.00199.steps", 3) == Approx(17.00).margin(0.01));
  CHECK(std::isinf(value("eta=0.0025.steps", 1)));
  const Result slow = result(name, {{"learning-rates", {0.001}}});
  CHECK(std::abs(slow.functions.at("eta=0.001.steps").values[2] - 17082) <= 2);
}

TEST_CASE(
    "descent with eta = 0.0025 rests on a two-cycle at the edge of stability, with 0.00199 it "
    "converges") {
  CHECK(value("eta=0.0025.two-cycle") == 1);
  CHECK(value("eta=0.0025.midpoint", 1) == Approx(0.8649).margin(1e-4));
  CHECK(value("eta=0.0025.midpoint", 2) == Approx(0.7484).margin(1e-4));
  CHECK(value("eta=0.0025.edge") == Approx(0.9999).margin(5e-4));
  CHECK(value("eta=0.0025.cycle-multiplier") == Approx(0.996).margin(5e-4));  // our computation: the cycle attracts
  CHECK(value("eta=0.00199.two-cycle") == 0);
  CHECK(std::isnan(value("eta=0.00199.cycle-multiplier")));
  CHECK(std::isnan(value("eta=0.00199.edge")));
  CHECK(value("eta=0.00199.distance") < 1e-3);
  CHECK(value("eta=0.0025.gap") > 0.1);
}

TEST_CASE("larger steps end in flatter minima of the product model, where the flow keeps a^2 - b^2") {
  // Sharpness a^2 + b^2 at the ends from (2.8, 3.5), the start of Barrett and Dherin (2021); our computation.
  const Result r = result(
      name, {{"loss", "product"}, {"start", {2.8, 3.5}}, {"learning-rates", {0.025, 0.05, 0.1}}, {"horizon", 5}});
  const auto sharpness = [&](const std::string& run) {
    const auto& end = r.functions.at(run + ".final").values;
    return end[0] * end[0] + end[1] * end[1];
  };
  const auto& flow = r.functions.at("flow.final").values;
  CHECK(flow[0] * flow[0] - flow[1] * flow[1] == Approx(-4.41).epsilon(1e-6));
  CHECK(sharpness("flow") == Approx(4.842324).epsilon(1e-5));
  CHECK(sharpness("eta=0.025") == Approx(4.51538).epsilon(1e-5));
  CHECK(sharpness("eta=0.05") == Approx(4.02641).epsilon(1e-5));
  CHECK(sharpness("eta=0.1") == Approx(2.20085).epsilon(1e-4));  // this close at the horizon
}

TEST_CASE("on the curve of the edge panel Rosenbrock's sharpness is 2 / eta") {
  const auto objective = numerics::rosenbrock();
  const PanelData& panel = rosenbrock().panel("sharpness 2/eta");
  REQUIRE(panel.series.size() == 1);
  const Series& edge = panel.series[0];
  CHECK(edge.name == "eta=0.0025");
  CHECK(edge.kind == SeriesKind::theory);
  for (std::size_t i = 0; i < edge.x.size(); i += 10)
    CHECK(numerics::sharpness(objective, numerics::Point{{edge.x[i], edge.y[i]}}) == Approx(800).epsilon(1e-9));
}

TEST_CASE("without a two-cycle the second panel shows the loss by effective time") {
  for (const Json& given : {mlp, bowl, Json{{"learning-rates", {0.001}}}}) {
    const Result r = result(name, given);
    const PanelData& panel = r.panel("loss by effective time");
    CHECK(panel.find("gradient flow"));
    CHECK(panel.series.size() == 1 + given.at("learning-rates").size());
    for (const Series& s : panel.series) CHECK(s.x.back() <= descent_run::effective(name, given).at("horizon"));
  }
}

TEST_CASE("the flow of the network keeps to the side from which it starts") {
  const Result r = result(name, {{"loss", "mlp"}, {"learning-rates", {0.1}}, {"horizon", 200}});
  // From (-1.2, 1) the output weight changes its sign, the hidden one does not.
  CHECK(r.functions.at("flow.final").values[0] == Approx(-1).margin(1e-4));
  CHECK(r.functions.at("flow.final").values[1] == Approx(-2).margin(1e-4));
  CHECK(r.values.at("eta=0.1.distance") < 1e-4);
}

TEST_CASE("a smaller tolerance does not move the flow by more than the larger one allows") {
  const auto end = [](double tolerance) {
    return result(name, {{"horizon", 1}, {"tolerance", tolerance}}).functions.at("flow.final").values;
  };
  const auto exact = end(1e-13), fine = end(1e-9), coarse = end(1e-5);
  CHECK(std::abs(fine[0] - exact[0]) < 1e-8);
  CHECK(std::abs(coarse[0] - exact[0]) < 1e-4);
  CHECK(std::abs(fine[0] - exact[0]) < std::abs(coarse[0] - exact[0]));
}

TEST_CASE("flow-versus-descent is drawn for each loss, and for descents that diverge or stand still") {
  for (const Json& given : {Json::object(), mlp, bowl, Json{{"learning-rates", {0.1}}}, Json{{"start", {1, 1}}},
                            Json{{"learning-rates", {0.002, 0.0025, 0.003}}, {"horizon", 60}},
                            Json{{"learning-rates", {5}}, {"horizon", 1}}}) {
    INFO(given.dump());
    CHECK_FALSE(descent_run::scene(name, given).items.empty());
  }
}

TEST_CASE("flow-versus-descent refuses more than a million steps, and a rate listed twice") {
  const auto many = descent_run::errors(name, {{"learning-rates", {0.1, 1e-6}}});
  REQUIRE(many.size() == 1);
  CHECK(many[0].path == std::vector<std::string>{"learning-rates", "1"});
  CHECK(descent_run::errors(name, {{"learning-rates", {0.1, 0.1}}}).size() == 1);
}

}  // namespace flow_versus_descent_test
