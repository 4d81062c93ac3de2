// The experiment training-loss: panel and names as promised, learning and not learning, divergence kept.
#include <cmath>

#include "catch.hpp"
#include "data/digits.hpp"
#include "experiment/any_experiment.hpp"
#include "support/experiments.hpp"

namespace training_loss_test {

using namespace experiment;

namespace {

Json effective(const Json& changes) {
  Json given = changes;
  given["dataset"] = "digits";
  return support::effective(*find("training-loss"), given);
}

struct Outcome {
  Result result;
  double last_done = 0, total = 0;
};

Outcome run_with(const Json& changes) {
  static const data::Dataset images = data::digits(600);
  const Experiment& experiment = *find("training-loss");
  Outcome outcome;
  Run run = support::serial_run(&images);
  run.progress = [&](double done, double total) {
    CHECK(done >= outcome.last_done);
    outcome.last_done = done;
    outcome.total = total;
  };
  outcome.result = experiment.run(effective(changes), run);
  return outcome;
}

const Json small = {{"depth", 6},  {"width", 32}, {"epochs", 4},
                    {"batch", 16}, {"seeds", 3},  {"networks", {"tanh-xavier", "sigmoid-xavier"}}};

const Outcome& small_outcome() {
  static const Outcome outcome = run_with(small);
  return outcome;
}

}  // namespace

TEST_CASE("training-loss has one panel, a series for every network and the chance level") {
  const Result& result = small_outcome().result;
  REQUIRE(result.panels.size() == 1);
  const PanelData& panel = result.panel("training loss");
  CHECK(panel.y.scale == "log");
  CHECK(panel.series.size() == 3);
  const Series* chance = panel.find("chance", SeriesKind::reference);
  REQUIRE(chance);
  CHECK(chance->y == std::vector<double>(2, std::log(10.0)));
  const Series* tanh = panel.find("tanh-xavier");
  REQUIRE(tanh);
  CHECK(tanh->x == std::vector<double>{0, 1, 2, 3, 4});
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(tanh->lower[i] <= tanh->y[i]);
    CHECK(tanh->y[i] <= tanh->upper[i]);
  }
}

TEST_CASE("the initial and the final loss are the ends of the curve") {
  const Result& result = small_outcome().result;
  CHECK(result.values.at("tanh-xavier.initial") == result.functions.at("tanh-xavier.loss").values[0]);
  CHECK(result.values.at("tanh-xavier.final") == result.functions.at("tanh-xavier.loss").values[4]);
}

TEST_CASE("a critical network learns where a sigmoid network stays at chance") {
  const Result& result = small_outcome().result;
  CHECK(result.values.at("tanh-xavier.final") < 1.5);
  CHECK(result.values.at("sigmoid-xavier.final-min") > 2.2);
}

TEST_CASE("progress reaches its total") {
  CHECK(small_outcome().total == 3 * 2);
  CHECK(small_outcome().last_done == Approx(small_outcome().total));
}

TEST_CASE("a run repeats itself to the last bit, and a network's curve does not depend on the others") {
  Json one = small;
  one["networks"] = {"sigmoid-xavier"};
  const auto& expected = small_outcome().result.panel("training loss").find("sigmoid-xavier")->y;
  CHECK(run_with(one).result.panel("training loss").find("sigmoid-xavier")->y == expected);
}

TEST_CASE("each network may have a learning rate of its own, and one that diverges ends in NaN") {
  Json changes = small;
  changes["networks"] = {"relu-he", "tanh-xavier"};
  changes["learning-rate"] = {{"relu-he", 1e20}, {"tanh-xavier", 0.1}};
  const Outcome outcome = run_with(changes);
  CHECK(std::isnan(outcome.result.values.at("relu-he.final")));
  CHECK(outcome.result.values.at("relu-he.learning-rate") == 1e20);
  CHECK(outcome.result.values.at("tanh-xavier.learning-rate") == 0.1);
  CHECK(outcome.result.values.at("tanh-xavier.final") < 1.5);
  CHECK(outcome.last_done == Approx(outcome.total));
}

TEST_CASE("the figure of training-loss has its bands below its lines, and every line has its label") {
  const Experiment& experiment = *find("training-loss");
  const plot::Figure figure = experiment.draw(effective(small), small_outcome().result);
  REQUIRE(figure.panels.size() == 1);
  CHECK(figure.panels[0].y.scale == plot::ScaleKind::log);
  std::size_t last_band = 0, first_line = 99, labels = 0;
  const auto& marks = figure.panels[0].marks;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (std::holds_alternative<plot::Band>(marks[i])) last_band = i;
    if (const auto* line = std::get_if<plot::Line>(&marks[i])) {
      first_line = std::min(first_line, i);
      if (!line->label.empty()) ++labels;
    }
  }
  CHECK(last_band < first_line);
  CHECK(labels == 2);
}

}  // namespace training_loss_test
