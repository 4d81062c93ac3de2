// The experiment effective-time: series over t = k eta, closed forms, and the two orders of
// backward error analysis.
#include <cmath>

#include "catch.hpp"
#include "experiments/descent_run.hpp"

namespace effective_time_test {

using namespace experiment;
using descent_run::result;

namespace {

const std::string name = "effective-time";

const Result& standard() {
  static const Result r = result(name);
  return r;
}

}  // namespace

TEST_CASE("effective-time follows the flow to the horizon and descent at every step up to it") {
  const PanelData& panel = standard().panel("loss by effective time");
  REQUIRE(panel.series.size() == 5);
  const Series* flow = panel.find("gradient flow", SeriesKind::reference);
  REQUIRE(flow);
  CHECK(flow->x.back() == 4);
  for (std::size_t i = 0; i < flow->x.size(); i += 100) {
    const double t = flow->x[i];
    CHECK(flow->y[i] == Approx(0.5 * std::exp(-2 * t) + 50 * std::exp(-200 * t)).epsilon(1e-6));
  }
  for (const double eta : {0.001, 0.019, 0.0199, 0.021}) {
    const Series* s = panel.find("eta=" + std::string(eta == 0.0199 ? "0.0199" : std::to_string(eta).substr(0, 5)));
    REQUIRE(s);
    CHECK(s->x.size() == static_cast<std::size_t>(4 / eta + 1e-9) + 1);
    for (std::size_t k = 0; k < s->x.size(); k += 7) {
      CHECK(s->x[k] == Approx(eta * static_cast<double>(k)));
      const double n = 2 * static_cast<double>(k);
      const double loss = 0.5 * std::pow(std::abs(1 - eta), n) + 50 * std::pow(std::abs(1 - 100 * eta), n);
      CHECK(s->y[k] == Approx(loss).epsilon(1e-10));
    }
  }
}

TEST_CASE("after the transient, descent runs with the flow at eta = 0.001 and 0.019, not at 0.0199") {
  const auto ratio = [](const std::string& rate) { return standard().values.at("eta=" + rate + ".loss-ratio"); };
  // (1 - eta)^(2k) e^(2t) = exp(-eta t + ...) in the flat direction.
  CHECK(ratio("0.001") == Approx(std::exp(-0.001 * 4)).epsilon(1e-3));
  CHECK(ratio("0.019") == Approx(std::exp(-0.019 * 4)).epsilon(0.01));
  CHECK(ratio("0.0199") > 1000);
  CHECK(ratio("0.021") > 1e10);
  CHECK(standard().values.at("eta=0.0199.loss") == Approx(0.88).epsilon(0.01));
  CHECK(standard().values.at("eta-max") == Approx(0.02));
}

TEST_CASE("descent approaches the flow to order 1 and the modified flow to order 2") {
  CHECK(standard().values.at("order.flow") == Approx(1).margin(0.1));
  CHECK(standard().values.at("order.modified") == Approx(2).margin(0.1));
  // The product model from (2.8, 3.5) at t = 0.1, between 0.0025 and 0.00125: 1.011 and 1.997.
  const Result r = result(name, {{"order-learning-rates", {0.00125, 0.0025}}});
  CHECK(r.values.at("order.flow") == Approx(1.011).margin(1e-3));
  CHECK(r.values.at("order.modified") == Approx(1.997).margin(1e-3));
  CHECK(r.functions.at("error.flow").values[0] < r.functions.at("error.flow").values[1]);
  const Result valley = result(name, {{"order-loss", "rosenbrock"},
                                      {"order-start", {-1.2, 1}},
                                      {"order-time", 1},
                                      {"order-learning-rates", {0.000125, 0.0000625}}});
  CHECK(valley.values.at("order.flow") == Approx(1).margin(0.1));
  CHECK(valley.values.at("order.modified") == Approx(2).margin(0.1));
}

TEST_CASE("on a quadratic the errors are (h/2) / e and (h^2/3) / e for lambda = t = 1") {
  const Json one = {{"order-loss", "quadratic"},
                    {"curvatures", {1, 1}},
                    {"order-start", {1, 0}},
                    {"order-time", 1},
                    {"order-learning-rates", {0.0125, 0.025}}};
  const Result r = result(name, one);
  // Leading terms of the expansion; their ratios to the errors at h = 0.0125 are 1.0052 and 1.0032.
  const double h = 0.0125, e = std::exp(1);
  CHECK(r.functions.at("error.flow").values[0] / (h / 2 / e) == Approx(1.0052).margin(1e-4));
  CHECK(r.functions.at("error.modified").values[0] / (h * h / 3 / e) == Approx(1.0032).margin(2e-4));
}

TEST_CASE("effective-time refuses rates that do not divide order-time") {
  const auto e = descent_run::errors(name, {{"order-learning-rates", {0.05, 0.03}}});
  REQUIRE(e.size() == 1);
  CHECK(e[0].path == std::vector<std::string>{"order-learning-rates", "1"});
  CHECK(descent_run::errors(name, Json::object()).empty());
  CHECK(descent_run::errors(name, {{"order-time", 0.3}, {"order-learning-rates", {0.1, 0.05}}}).empty());
}

TEST_CASE("effective-time is drawn for each loss") {
  for (const Json& given :
       {Json::object(), Json{{"loss", "rosenbrock"}, {"start", {-1.2, 1}}, {"learning-rates", {0.001, 0.0025}}},
        Json{{"loss", "product"}, {"start", {2.8, 3.5}}, {"learning-rates", {0.025, 0.1}}},
        Json{{"loss", "mlp"}, {"learning-rates", {0.1, 3}}}, Json{{"learning-rates", {0.01, 1}}}}) {
    INFO(given.dump());
    CHECK_FALSE(descent_run::scene(name, given).items.empty());
  }
}

}  // namespace effective_time_test
