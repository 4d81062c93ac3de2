// Training loss by epoch of deep networks that differ in activation and initialisation only.
// After Glorot and Bengio 2010 and He et al. 2015, who compared initialisations by their training curves.
#include <algorithm>
#include <atomic>
#include <cmath>

#include "experiments/experiment.hpp"
#include "experiments/network_looks.hpp"
#include "numerics/initialisation.hpp"
#include "numerics/statistics.hpp"
#include "numerics/training.hpp"

namespace experiments {
namespace {

using numerics::Activation;
using numerics::Initialisation;
using numerics::NetworkKind;
using Values = std::vector<double>;

/// The learning rates come from scans on MNIST: one seed each at 0.003, 0.01, 0.03, 0.1 and 0.3, then at least three
/// seeds around the best; taken is the one whose worst seed has the smallest loss after the last epoch. The networks
/// with 0.01 stayed at chance at every rate tried.
struct TrainingLoss {
  std::string dataset = "auto";
  int depth = 20;
  int width = 64;
  std::vector<NetworkKind> networks{
      {Activation::tanh, Initialisation::xavier},         {Activation::relu, Initialisation::he},
      {Activation::relu, Initialisation::xavier},         {Activation::relu, Initialisation::uniform_fan_in},
      {Activation::tanh, Initialisation::uniform_fan_in}, {Activation::sigmoid, Initialisation::xavier}};
  int epochs = 6;
  int batch = 64;
  LearningRates learning_rate{.all = 0.1,
                              .by_network = {{"tanh-xavier", 0.05},
                                             {"relu-he", 0.02},
                                             {"relu-xavier", 0.02},
                                             {"relu-uniform-fan-in", 0.01},
                                             {"tanh-uniform-fan-in", 0.01},
                                             {"sigmoid-xavier", 0.01}}};
  int seeds = 3;
};

Parameters<TrainingLoss> parameters() {
  Parameters<TrainingLoss> p;
  p.dataset(&TrainingLoss::dataset)
      .integer("depth", &TrainingLoss::depth,
               {.meaning = "number of weight layers, the output layer included", .minimum = 1, .maximum = 1000})
      .integer("width", &TrainingLoss::width, {.meaning = "units in each hidden layer", .minimum = 1, .maximum = 4096})
      .networks("networks", &TrainingLoss::networks, {.meaning = "networks to compare, by name or as mappings"})
      .integer("epochs", &TrainingLoss::epochs,
               {.meaning = "passes over the training set", .minimum = 1, .maximum = 1000})
      .integer("batch", &TrainingLoss::batch, {.meaning = "images in a step", .minimum = 1, .maximum = 10000})
      .learning_rates(
          "learning-rate", &TrainingLoss::learning_rate,
          {.meaning = "step of gradient descent: one for all networks, or one each by name; without it, 0.1 for "
                      "networks that the default does not name",
           .minimum = 0,
           .minimum_is_open = true})
      .integer("seeds", &TrainingLoss::seeds,
               {.meaning = "random initialisations and orders of the images", .minimum = 1, .maximum = 100});
  return p;
}

const std::string loss_panel = "training loss";

std::vector<Export> exports(const TrainingLoss& p) {
  std::vector<Export> list{{"chance", "loss of a network that gives every class the same probability, ln(classes)"}};
  for (const NetworkKind& kind : p.networks) {
    const std::string name = kind.name();
    list.push_back({name + ".initial", "mean loss over the training set before training; median over the seeds"});
    list.push_back({name + ".final", "the same after the last epoch"});
    list.push_back({name + ".final-min", "the smallest of the seeds' losses after the last epoch"});
    list.push_back({name + ".final-max", "the largest of the seeds' losses after the last epoch"});
    list.push_back({name + ".learning-rate", "the step of gradient descent"});
    list.push_back({name + ".loss", "the same after epoch k, k = 0 to epochs", true});
  }
  return list;
}

std::vector<Tolerance> tolerances(const TrainingLoss&) {
  const std::string reason =
      "trained in single precision: rounding errors grow from step to step, so that another order of "
      "sums ends in other weights of much the same loss";
  const std::vector<Statistic> curve{first_value({1e-4, 0}), median({0.1, 0}), last_value({0.2, 0})};
  return {{loss_panel, "chance", closed_form, {}, "ln(classes)"},
          {loss_panel, "*", {}, curve, reason},
          {"", "chance", closed_form, {}, "ln(classes)"},
          {"", "*.learning-rate", {}, {}, "a parameter"},
          {"", "*.initial", {1e-4, 0}, {}, "linear algebra in single precision"},
          {"", "*.final*", {0.2, 0}, {}, reason},
          {"", "*.loss", {}, curve, reason}};
}

Series loss_series(const std::string& name, const std::vector<Values>& losses) {
  Series series{name, SeriesKind::measured, {}, {}, {}, {}};
  for (std::size_t epoch = 0; epoch < losses.front().size(); ++epoch) {
    Values of_seeds;
    for (const Values& curve : losses) of_seeds.push_back(curve[epoch]);
    series.x.push_back(static_cast<double>(epoch));
    series.lower.push_back(numerics::quantile(of_seeds, 0));
    series.y.push_back(numerics::quantile(of_seeds, 0.5));
    series.upper.push_back(numerics::quantile(of_seeds, 1));
  }
  return series;
}

Result run(const TrainingLoss& p, Run& run) {
  const auto& dataset = *run.dataset;
  const auto sizes = numerics::layer_sizes(static_cast<int>(dataset.images.rows()), p.width, p.depth, dataset.classes);
  const auto seeds = static_cast<std::size_t>(p.seeds);
  std::vector<std::vector<Values>> losses(p.networks.size(), std::vector<Values>(seeds));
  const std::size_t jobs = p.networks.size() * seeds;
  const double work = static_cast<double>(jobs) * (p.epochs + 1);
  std::atomic<double> done = 0;
  const auto advance = [&](double more) { run.progress(std::min(done.fetch_add(more) + more, work), work); };
  run.for_each(jobs, [&](std::size_t job) {
    const NetworkKind& kind = p.networks[job / seeds];
    const std::size_t seed = job % seeds;
    const auto weights = run.random.child(kind.name()).child("weights", seed);
    auto network = numerics::in_precision<float>(numerics::initialise(kind, sizes, weights));
    const numerics::TrainingPlan plan{p.epochs, p.batch, p.learning_rate.of(kind.name())};
    losses[job / seeds][seed] =
        numerics::train(network, dataset.images, dataset.labels, plan, run.random.child("order", seed), advance);
  });

  Result result;
  const double chance = std::log(static_cast<double>(dataset.classes));
  PanelData panel{loss_panel, {"epoch", "linear"}, {"mean cross entropy over the training set", "log"}, {}};
  for (std::size_t i = 0; i < losses.size(); ++i) {
    const std::string name = p.networks[i].name();
    const Series series = loss_series(name, losses[i]);
    result.values[name + ".initial"] = series.y.front();
    result.values[name + ".final"] = series.y.back();
    result.values[name + ".final-min"] = series.lower.back();
    result.values[name + ".final-max"] = series.upper.back();
    result.values[name + ".learning-rate"] = p.learning_rate.of(name);
    result.functions[name + ".loss"] = {0, series.y};
    panel.series.push_back(series);
  }
  result.values["chance"] = chance;
  panel.series.push_back(
      {"chance", SeriesKind::reference, {0, static_cast<double>(p.epochs)}, {chance, chance}, {}, {}});
  result.panels = {std::move(panel)};
  return result;
}

plot::Figure draw(const TrainingLoss& p, const Result& result) {
  const PanelData& data = result.panel(loss_panel);
  plot::Panel panel;
  panel.x = {"epoch", plot::ScaleKind::linear, 0.0, static_cast<double>(p.epochs), false, {}, true};
  panel.y = {"training loss (mean cross entropy)", plot::ScaleKind::log, {}, {}, false, {}};
  for (const NetworkKind& kind : p.networks) {
    const Series& series = *data.find(kind.name());
    panel.marks.push_back(plot::Band{series.name, series.x, series.lower, series.upper, network_ink(kind)});
  }
  for (const NetworkKind& kind : p.networks) {
    const Series& series = *data.find(kind.name());
    panel.marks.push_back(network_line(kind, series.name, series.x, series.y, true));
  }
  const Series& chance = *data.find("chance", SeriesKind::reference);
  panel.marks.push_back(plot::Line{.series = chance.name,
                                   .x = chance.x,
                                   .y = chance.y,
                                   .stroke = {plot::Ink::muted, 0.8, plot::Dash::dashed, 1},
                                   .label = ""});
  panel.marks.push_back(plot::Note{.x = 0.8 * p.epochs,
                                   .y = chance.y.front(),
                                   .text = "chance level",
                                   .anchor = plot::Anchor::centre,
                                   .ink = plot::Ink::muted,
                                   .dx = 0,
                                   .dy = 7,
                                   .series = chance.name});
  plot::Figure figure;
  figure.panels = {std::move(panel)};
  figure.width = plot::FigureWidth::full;
  figure.height_mm = 75;
  return figure;
}

const bool registered = add(Definition<TrainingLoss>{
    .name = "training-loss",
    .title = "Training loss by epoch",
    .summary = "Trains deep networks of one architecture by mini-batch gradient descent in single precision and shows "
               "the mean cross entropy over the whole training set at the end of each epoch.",
    .parameters = parameters(),
    .exports = exports,
    .run = run,
    .draw = draw,
    .tolerances = tolerances});

}  // namespace
}  // namespace experiments
