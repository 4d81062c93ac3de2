// The experiment gradient-depth: panels and names as promised, numbers as theory has them.
#include <atomic>
#include <cmath>
#include <limits>
#include <thread>

#include "catch.hpp"
#include "data/digits.hpp"
#include "experiment/any_experiment.hpp"

namespace gradient_depth_test {

using namespace experiment;

namespace {

Json effective_parameters(const Experiment& experiment, const Json& changes) {
  Json json;
  for (const ParameterInfo& info : experiment.parameters) json[info.name] = info.default_value;
  json["dataset"] = "digits";
  for (const auto& [name, value] : changes.items()) json[name] = value;
  return json;
}

const data::Dataset& images() {
  static const data::Dataset dataset = data::digits(400);
  return dataset;
}

/// Runs the jobs backwards on request: the result must not depend on their order.
Result run_with(const Json& changes, bool backwards = false, std::uint64_t seed = 1) {
  const Experiment& experiment = *find("gradient-depth");
  Run run;
  run.dataset = &images();
  run.random = numerics::RandomStream(seed);
  run.for_each = [backwards](std::size_t count, const std::function<void(std::size_t)>& job) {
    for (std::size_t i = 0; i < count; ++i) job(backwards ? count - 1 - i : i);
  };
  run.progress = [](double done, double total) { CHECK(done <= total); };
  return experiment.run(effective_parameters(experiment, changes), run);
}

const Json small = {{"depth", 20}, {"width", 64}, {"batch", 32}, {"seeds", 4}};

const Result& small_result() {
  static const Result result = run_with(small);
  return result;
}

double value(const std::string& name) { return small_result().values.at(name); }

}  // namespace

TEST_CASE("gradient-depth exports the factor per layer at infinite width") {
  // Schoenholz et al. 2017: chi_1 = sigma_w^2 E[phi'^2]; the sigmoid's value by our quadrature, tanh's exact.
  CHECK(value("sigmoid-xavier.sigma-w2") == Approx(1));
  CHECK(value("sigmoid-xavier.chi") == Approx(0.0557207).epsilon(1e-5));
  CHECK(value("tanh-uniform-fan-in.sigma-w2") == Approx(1.0 / 3));
  CHECK(value("tanh-uniform-fan-in.chi") == Approx(1.0 / 3).epsilon(1e-6));
  CHECK(value("relu-he.chi") == Approx(1));
}

TEST_CASE("gradient-depth has the two panels, with a measured and a theory series for every network") {
  const Result& result = small_result();
  REQUIRE(result.panels.size() == 2);
  CHECK(result.panels[0].title == "error signal");
  CHECK(result.panels[1].title == "weight gradient");
  for (const PanelData& panel : result.panels) {
    CHECK(panel.y.scale == "log");
    CHECK(panel.series.size() == 12);
    for (const char* name :
         {"tanh-normal", "relu-he", "tanh-xavier", "tanh-uniform-fan-in", "sigmoid-xavier", "sigmoid-uniform-fan-in"}) {
      INFO(name);
      const Series* measured = panel.find(name);
      const Series* theory = panel.find(name, SeriesKind::theory);
      REQUIRE(measured);
      REQUIRE(theory);
      REQUIRE(measured->x.size() == 20);
      CHECK(measured->x.front() == 1);
      CHECK(measured->x.back() == 20);
      CHECK(theory->x == measured->x);
      CHECK(theory->y.back() == Approx(measured->y.back()).epsilon(0.02));
      for (std::size_t i = 0; i < 20; ++i) {
        CHECK(measured->lower[i] <= measured->y[i]);
        CHECK(measured->y[i] <= measured->upper[i]);
      }
    }
  }
}

TEST_CASE("gradient-depth says what each of its numbers means") {
  const Experiment& experiment = *find("gradient-depth");
  for (const OutputInfo& output : experiment.outputs(effective_parameters(experiment, small))) {
    INFO(output.name);
    CHECK(output.is_curve() == output.meaning.empty());
  }
}

TEST_CASE("measured slopes are those of mean-field theory") {
  // log10(chi_1) / 2, see the tests of the theory; width 64 fluctuates.
  CHECK(value("sigmoid-xavier.slope") == Approx(-0.627).margin(0.03));
  CHECK(value("sigmoid-uniform-fan-in.slope") == Approx(-0.849).margin(0.03));
  CHECK(value("tanh-uniform-fan-in.slope") == Approx(-0.2386).margin(0.02));
  CHECK(value("relu-he.slope") == Approx(0).margin(0.03));
  for (const char* name : {"tanh-normal", "relu-he", "tanh-xavier", "tanh-uniform-fan-in", "sigmoid-xavier"}) {
    INFO(name);
    CHECK(value(std::string(name) + ".slope") == Approx(value(std::string(name) + ".theory-slope")).margin(0.03));
  }
}

TEST_CASE("decades are counted from the output, and positive where the signal is lost") {
  const IndexedValues& decades = small_result().functions.at("sigmoid-xavier.decades");
  CHECK(decades.first == 0);
  REQUIRE(decades.values.size() == 20);
  CHECK(decades.values[0] == 0);
  CHECK(decades.values[19] == value("sigmoid-xavier.decades"));
  CHECK(decades.values[16] >= 9.8);
  CHECK(value("tanh-normal.decades") < 0);
  const Series& signal = *small_result().panel("error signal").find("sigmoid-xavier");
  CHECK(std::log10(signal.y.back() / signal.y.front()) == Approx(decades.values[19]).margin(0.5));
}

TEST_CASE("the weight gradient of tanh with U(+-1/sqrt n) is flat, though its error signal vanishes") {
  CHECK(value("tanh-uniform-fan-in.decades") > 4);
  CHECK(value("tanh-uniform-fan-in.gradient-spread") < 0.6);
}

TEST_CASE("the order of the jobs and the list of networks do not change a curve") {
  const Result backwards = run_with(small, true);
  Json one = small;
  one["networks"] = {"tanh-xavier"};
  const Result alone = run_with(one);
  const Series& expected = *small_result().panel("error signal").find("tanh-xavier");
  CHECK(backwards.panel("error signal").find("tanh-xavier")->y == expected.y);
  CHECK(alone.panel("error signal").find("tanh-xavier")->y == expected.y);
  CHECK(backwards.values == small_result().values);
  CHECK(run_with(one, false, 2).panel("error signal").find("tanh-xavier")->y != expected.y);
}

TEST_CASE("norms that overflow stay infinite or NaN in the data") {
  // ReLU with N(0,1) weights of width 64 gains 0.75 decades a layer: 10^308 is passed in the forward pass before layer
  // 450.
  const Result result =
      run_with({{"depth", 450}, {"width", 64}, {"batch", 2}, {"seeds", 1}, {"networks", {"relu-normal"}}});
  const Series& signal = *result.panel("error signal").find("relu-normal");
  CHECK_FALSE(std::isfinite(signal.y.front()));
  CHECK(signal.y.size() == 450);
}

TEST_CASE("the smallest network of the declared range runs and is drawn") {
  const Experiment& experiment = *find("gradient-depth");
  const Json changes = {{"depth", 2}, {"width", 1}, {"batch", 1}, {"seeds", 1}, {"networks", {"tanh-xavier"}}};
  const Result result = run_with(changes);
  CHECK(std::isfinite(result.values.at("tanh-xavier.slope")));
  CHECK(experiment.draw(effective_parameters(experiment, changes), result).panels.size() == 2);
}

TEST_CASE("the figure has two panels of shared scale, read from output to input, and an inset for the flat curves") {
  const Experiment& experiment = *find("gradient-depth");
  const plot::Figure figure = experiment.draw(effective_parameters(experiment, small), small_result());
  REQUIRE(figure.panels.size() == 2);
  CHECK(figure.columns == 2);
  CHECK(figure.share_y);
  for (const plot::Panel& panel : figure.panels) {
    CHECK(panel.x.reversed);
    CHECK(panel.y.scale == plot::ScaleKind::log);
  }
  CHECK(figure.panels[0].insets.empty());
  CHECK(figure.panels[1].insets.size() == 1);
}

TEST_CASE(
    "gradient-depth compares point by point where rounding errors stay small, and by statistics where they grow") {
  // Poole et al. 2016: with sigma_w^2 = n, tanh is chaotic; two inputs drift apart by sqrt(chi_1) a layer.
  const Experiment& experiment = *find("gradient-depth");
  const auto of = [&](int depth, const std::string& network) {
    const auto declared = experiment.outputs(effective_parameters(experiment, {{"depth", depth}}));
    return allowed_for(declared, OutputKind::measured, "error signal", network);
  };
  for (const char* network :
       {"relu-he", "tanh-xavier", "tanh-uniform-fan-in", "sigmoid-xavier", "sigmoid-uniform-fan-in"}) {
    INFO(network);
    CHECK(of(50, network).statistics.empty());
    CHECK(of(50, network).bound.relative == 1e-3);  // in single precision
  }
  CHECK(of(10, "tanh-normal").statistics.empty());
  CHECK(of(10, "tanh-normal").bound.relative == 1e-9);  // in double precision
  CHECK(!of(50, "tanh-normal").statistics.empty());
}

}  // namespace gradient_depth_test
