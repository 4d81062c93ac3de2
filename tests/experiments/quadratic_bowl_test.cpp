// The experiment quadratic-bowl: names and panels as promised, numbers by the closed form (1 - eta
// lambda)^k.
#include <cmath>

#include "catch.hpp"
#include "experiments/descent_run.hpp"

namespace quadratic_bowl_test {

using namespace experiment;
using descent_run::result;

namespace {

const std::string name = "quadratic-bowl";
const Json four = {{"learning-rates", {0.001, 0.019, 0.019801980198019802, 0.021}}};

std::string title(const plot::Figure& figure, std::size_t panel) { return figure.panels.at(panel).title; }

}  // namespace

TEST_CASE("quadratic-bowl has the promised defaults") {
  const Json p = descent_run::effective(name, Json::object());
  CHECK(p.at("curvatures") == Json({1.0, 100.0}));
  CHECK(p.at("start") == Json({1.0, 1.0}));
  CHECK(p.at("learning-rates") == Json({0.001, 0.019, 0.021}));
  CHECK(p.at("steps") == 100);
}

TEST_CASE("quadratic-bowl gives trajectories step by step under the names of their learning rates") {
  const Result r = result(name, four);
  const PanelData& panel = r.panel("trajectories");
  REQUIRE(panel.series.size() == 4);
  for (const double eta : {0.001, 0.019, 2.0 / 101, 0.021}) {
    const std::string series =
        eta == 2.0 / 101 ? "eta=0.019801980198019802" : "eta=" + std::to_string(eta).substr(0, 5);
    INFO(series);
    const Series* s = panel.find(series);
    REQUIRE(s);
    REQUIRE(s->x.size() == 101);
    for (int k = 0; k <= 100; ++k) {
      CHECK(s->x[k] == Approx(std::pow(1 - eta, k)).epsilon(1e-12));
      CHECK(s->y[k] == Approx(std::pow(1 - 100 * eta, k)).epsilon(1e-12));
    }
  }
}

TEST_CASE("quadratic-bowl follows every direction over decay-steps, with theory beside it") {
  const Json three = {{"curvatures", {1, 10, 100}}, {"start", {1, -2, 0.5}}, {"decay-steps", 300}};
  const Result r = result(name, three);
  REQUIRE(r.panels.size() == 4);
  const PanelData& panel = r.panel("distance from the minimum, eta=0.019");
  REQUIRE(panel.series.size() == 6);
  for (const std::string direction : {"theta_1", "theta_2", "theta_3"}) {
    const Series *measured = panel.find(direction), *theory = panel.find(direction, SeriesKind::theory);
    REQUIRE((measured && theory));
    REQUIRE(measured->y.size() == 301);
    for (std::size_t k = 0; k < measured->y.size(); ++k)
      CHECK(measured->y[k] == Approx(theory->y[k]).epsilon(1e-12).margin(1e-300));
  }
  CHECK(panel.find("theta_2")->y[0] == 2);
}

TEST_CASE("quadratic-bowl exports 6905, 361 and 326 steps, multipliers, losses and the limits") {
  const Result r = result(name);
  CHECK(r.functions.at("eta=0.001.steps").values[0] == 6905);
  CHECK(r.functions.at("eta=0.019.steps").values[0] == 361);
  CHECK(r.functions.at("eta=0.021.steps").values[0] == 326);
  CHECK(r.functions.at("eta=0.019.steps").values[1] == 66);
  CHECK(std::isinf(r.functions.at("eta=0.021.steps").values[1]));
  CHECK(r.functions.at("eta=0.019.multiplier").values[1] == Approx(-0.9));
  CHECK(r.functions.at("eta=0.001.final").values[0] == Approx(0.9048).margin(1e-4));
  CHECK(r.functions.at("eta=0.021.theta2").values[25] == Approx(-std::pow(1.1, 25)));
  CHECK(r.functions.at("eta=0.021.loss").values[4] == Approx(107.6014).epsilon(1e-6));
  CHECK(r.values.at("kappa") == 100);
  CHECK(r.values.at("eta-max") == 0.02);
  CHECK(r.values.at("eta-optimal") == Approx(2.0 / 101));
  // At 0.019 the loss falls monotonely although theta_2 alternates; at 0.021 it rises at every
  // step.
  CHECK(r.values.at("eta=0.019.loss-rises") == 0);
  CHECK(r.values.at("eta=0.021.loss-rises") == 100);
}

TEST_CASE("quadratic-bowl's columns are titled by what the multipliers do") {
  const plot::Figure figure = descent_run::figure(name, four, result(name, four));
  CHECK(figure.columns == 4);
  CHECK(title(figure, 0) == "$\\eta=0.001$,  $\\eta\\lambda_{2}=0.1$: monotone");
  CHECK(title(figure, 1) == "$\\eta=0.019$,  $\\eta\\lambda_{2}=1.9$: alternating");
  CHECK(title(figure, 2) == "$\\eta=0.0198$,  $\\eta\\lambda_{2}=1.98$: optimal");
  CHECK(title(figure, 3) == "$\\eta=0.021$,  $\\eta\\lambda_{2}=2.1$: diverges");
  const Json limit = {{"learning-rates", {0.02, 0.021}}, {"start", {1, 0}}};
  const plot::Figure degenerate = descent_run::figure(name, limit, result(name, limit));
  // A start without a component in the steep direction never notices that it is unstable.
  CHECK(title(degenerate, 1).find("monotone") != std::string::npos);
  const Json edge = {{"learning-rates", {0.02}}};
  CHECK(title(descent_run::figure(name, edge, result(name, edge)), 0).find("two-cycle") != std::string::npos);
}

TEST_CASE("quadratic-bowl is drawn for ordinary and for awkward parameters") {
  for (const Json& given : {Json::object(), four, Json{{"learning-rates", {5}}, {"steps", 1000}},
                            Json{{"curvatures", {100, 1}}, {"start", {-3, 0}}}, Json{{"start", {0, 0}}},
                            Json{{"curvatures", {1, 2, 3, 4}}, {"start", {1, 1, 1, 1}}}})
    CHECK_FALSE(descent_run::scene(name, given).items.empty());
}

TEST_CASE("quadratic-bowl refuses a start of the wrong length, and a learning rate listed twice") {
  const auto length = descent_run::errors(name, {{"start", {1, 1, 1}}});
  REQUIRE(length.size() == 1);
  CHECK(length[0].path == std::vector<std::string>{"start"});
  const auto twice = descent_run::errors(name, {{"learning-rates", {0.1, 0.2, 0.1}}});
  REQUIRE(twice.size() == 1);
  CHECK(twice[0].path == std::vector<std::string>{"learning-rates", "2"});
}

TEST_CASE("quadratic-bowl says of a start at the minimum that it rests, and sets small step sizes as powers of ten") {
  const auto titles = [](const Json& given) { return title(descent_run::figure(name, given, result(name, given)), 0); };
  CHECK(titles({{"start", {0, 0}}, {"learning-rates", {0.001}}}).ends_with(": at rest"));
  // Only directions in which it does not stand at the minimum count: with one alone the fastest rate is 1 / lambda.
  CHECK(titles({{"start", {1, 0}}, {"learning-rates", {1.0}}}).ends_with(": optimal"));
  CHECK(titles({{"start", {1, 0}}, {"learning-rates", {0.021}}}).ends_with(": monotone"));
  CHECK(titles({{"start", {0, 1}}, {"learning-rates", {0.02}}}).ends_with(": two-cycle"));
  // One direction alternates, the other hardly moves; neither comes back.
  CHECK(titles({{"curvatures", {1e-12, 100}}, {"learning-rates", {0.015}}}).ends_with(": alternating"));
  CHECK(titles({{"learning-rates", {3e-5}}}).starts_with("$\\eta=3 \\times 10^{-5}$"));
}

}  // namespace quadratic_bowl_test
