// The loss of trained networks by width and depth, over many seeds. Each job trains one network; it captures nothing,
// so that a width, a depth or a seed more leaves those that were trained before as they are.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "data/catalogue.hpp"
#include "data/dataset.hpp"
#include "experiment/experiment.hpp"
#include "numerics/networks/initialisation.hpp"
#include "numerics/networks/training.hpp"
#include "numerics/statistics.hpp"

namespace experiments {
namespace {

struct Sweep {
  std::string dataset = "digits";
  std::vector<double> widths{16, 32, 64}, depths{2, 4, 8};
  int seeds = 5, epochs = 2, batch = 64;
  double learning_rate = 0.05;
};

/// What one training depends on, beside its seed.
struct Training {
  int width, depth;
  numerics::TrainingPlan plan;
};

/// Of all seeds of one network.
struct Cell {
  double width = 0, median = 0, lowest = 0, highest = 0;
};

struct Losses {
  std::vector<std::vector<Cell>> by_depth;
  double chance = 0;
};

double trained_loss(const Training& t, int seed, const Run& run, Progress& progress) {
  const data::Dataset& data = *run.dataset;
  const auto sizes = numerics::layer_sizes(static_cast<int>(data.images.rows()), t.width, t.depth, data.classes);
  const auto random = run.random.child("width", static_cast<std::uint64_t>(t.width))
                          .child("depth", static_cast<std::uint64_t>(t.depth))
                          .child("seed", static_cast<std::uint64_t>(seed));
  auto network = numerics::in_precision<float>(
      numerics::initialise(*numerics::network_kind("relu-he"), sizes, random.child("weights")));
  return numerics::train(network, data.images, data.labels, t.plan, random.child("order"),
                         [&](double epochs) { progress.advance(epochs / (t.plan.epochs + 1)); })
      .back();
}

Losses run(const Sweep& p, Run& run) {
  std::vector<Training> trainings;
  for (const double depth : p.depths)
    for (const double width : p.widths)
      trainings.push_back({static_cast<int>(width), static_cast<int>(depth), {p.epochs, p.batch, p.learning_rate}});
  const auto losses = run.table(trainings, p.seeds, [](const Training& t, int seed, const Run& its, Progress& told) {
    return trained_loss(t, seed, its, told);
  });
  Losses result{{}, std::log(run.dataset->classes)};
  for (std::size_t i = 0; i < trainings.size(); ++i) {
    if (i % p.widths.size() == 0) result.by_depth.emplace_back();
    const auto [lowest, highest] = std::minmax_element(losses[i].begin(), losses[i].end());
    result.by_depth.back().push_back(
        {double(trainings[i].width), numerics::quantile(losses[i], 0.5), *lowest, *highest});
  }
  return result;
}

Curve curve_of(const std::vector<Cell>& cells) {
  Curve curve;
  for (const Cell& cell : cells) {
    curve.x.push_back(cell.width);
    curve.y.push_back(cell.median);
    curve.lower.push_back(cell.lowest);
    curve.upper.push_back(cell.highest);
  }
  return curve;
}

Outputs<Losses> outputs(const Sweep& p) {
  const PanelInfo panel{"loss after training", {"width", "log"}, {"mean cross entropy over the training set", "log"}};
  const Allowed trained = within({0.1, 0.001}, "trained in single precision, over few seeds");
  std::vector<std::string> names;
  for (const double depth : p.depths) names.push_back("depth-" + std::to_string(static_cast<int>(depth)));
  const auto of_depth = [&](std::size_t) {
    return Outputs<std::vector<Cell>>{trained}
        .curve(measured, panel, "", curve_of)
        .number(
            "narrowest", [](const auto& cells) { return cells.front().median; }, "median over the seeds, first width")
        .number(
            "widest", [](const auto& cells) { return cells.back().median; }, "median over the seeds, last width");
  };
  return Outputs<Losses>{within(closed_form, "ln(classes)")}
      .number("chance", &Losses::chance, "loss of a network that gives every class the same probability")
      .each(names, &Losses::by_depth, of_depth);
}

std::vector<std::string> data_sets() {
  std::vector<std::string> names{"auto"};
  for (const data::KnownSet& set : data::catalogue()) names.push_back(set.name);
  return names;
}

const bool registered = add(
    "width-and-depth-trained", "Loss after training by width and depth",
    "Trains rectifier networks with He's weights by mini-batch gradient descent, one for each width, depth and seed, "
    "and shows the mean cross entropy over the training set afterwards: the median over the seeds and their range.",
    Parameters<Sweep>{}
        .choice("dataset", &Sweep::dataset, data_sets(), "images that the networks see", types::dataset)
        .numbers("widths", &Sweep::widths, "units in each hidden layer", from(1).to(4096), {.most = 12})
        .numbers("depths", &Sweep::depths, "weight layers", from(1).to(1000), {.most = 8})
        .integer("seeds", &Sweep::seeds, "networks of each width and depth", from(1).to(1000))
        .integer("epochs", &Sweep::epochs, "passes over the training set", from(1).to(1000))
        .integer("batch", &Sweep::batch, "images in a step", from(1).to(10000))
        .number("learning-rate", &Sweep::learning_rate, "step of gradient descent", above(0).to(10)),
    outputs, run);

}  // namespace
}  // namespace experiments
