// Training loss by epoch of deep networks that differ in activation and initialisation only.
// After Glorot and Bengio 2010 and He et al. 2015, who compared initialisations by their training curves.
#include <cmath>

#include "experiment/experiment.hpp"
#include "experiments/shared/training.hpp"

namespace experiments {
namespace {

/// The learning rates come from scans on MNIST: one seed each at 0.003, 0.01, 0.03, 0.1 and 0.3, then at least three
/// seeds around the best; taken is the one whose worst seed has the smallest loss after the last epoch. The networks
/// with 0.01 stayed at chance at every rate tried.
struct TrainingLoss {
  std::string dataset = "auto";
  int depth = 20, width = 64;
  std::vector<NetworkKind> networks = numerics::network_kinds(
      {"tanh-xavier", "relu-he", "relu-xavier", "relu-uniform-fan-in", "tanh-uniform-fan-in", "sigmoid-xavier"});
  LearningRates learning_rate = one_each(networks, {0.05, 0.02, 0.02, 0.01, 0.01, 0.01});
  int epochs = 6, batch = 64, seeds = 3;
};

Parameters<TrainingLoss> parameters() {
  using P = TrainingLoss;
  return with_images(&P::dataset)
      .integer("depth", &P::depth, "number of weight layers, the output layer included", from(1).to(1000))
      .integer("width", &P::width, "units in each hidden layer", from(1).to(4096))
      .parameter(network_list, "networks", &P::networks, "networks to compare, by name or as mappings")
      .integer("epochs", &P::epochs, "passes over the training set", from(1).to(1000))
      .integer("batch", &P::batch, "images in a step", from(1).to(10000))
      .parameter(learning_rates, "learning-rate", &P::learning_rate,
                 "step of gradient descent: one for all networks, or one each by name; without it, 0.1 for networks "
                 "that the default does not name",
                 above(0))
      .integer("seeds", &P::seeds, "random initialisations and orders of the images", from(1).to(100));
}

struct Losses {
  std::vector<Curve> networks;  // by epoch: median over the seeds, the smallest and the largest
  Curve chance;
};

Outputs<Losses> outputs(const TrainingLoss& p) {
  const PanelInfo panel{"training loss", {"epoch"}, {"mean cross entropy over the training set", "log"}};
  const Allowed curve =
      statistics({first_value({1e-4}), median({0.1}), last_value({0.2})},
                 "trained in single precision: rounding errors grow from step to step, so that another "
                 "order of sums ends in other weights of much the same loss");
  const auto of_network = [&](std::size_t i) {
    return Outputs<Curve>{within({0.2}, curve.reason)}
        .curve(measured, panel, "", std::identity{}, curve)
        .number("initial", first, "mean loss over the training set before training; median over the seeds",
                within({1e-4}, "linear algebra in single precision"))
        .number("final", last, "the same after the last epoch")
        .number("final-min", then(&Curve::lower, last), "the smallest of the seeds' losses after the last epoch")
        .number("final-max", then(&Curve::upper, last), "the largest of the seeds' losses after the last epoch")
        .number("learning-rate", p.learning_rate.of(p.networks[i].name()), "the step of gradient descent",
                exactly("a parameter"))
        .sequence("loss", 0, &Curve::y, "the same after epoch k, k = 0 to epochs", curve);
  };
  return Outputs<Losses>{within(closed_form, "ln(classes)")}
      .number("chance", then(&Losses::chance, first),
              "loss of a network that gives every class the same probability, ln(classes)")
      .each(names(p.networks), &Losses::networks, of_network)
      .curve(reference, panel, "chance", &Losses::chance);
}

Losses run(const TrainingLoss& p, Run& run) {
  std::vector<NetworkTraining> trainings;
  for (const NetworkKind& kind : p.networks)
    trainings.push_back({kind, p.depth, p.width, {p.epochs, p.batch, p.learning_rate.of(kind.name())}});
  const auto losses = run.table(
      trainings, p.seeds,
      [](const NetworkTraining& t, int seed, const Run& its, Progress& told) { return losses_of(t, seed, its, told); });
  return {over_seeds(counted(p.epochs + 1), losses, whole_range), level(0, p.epochs, std::log(run.dataset->classes))};
}

plot::Figure draw(const TrainingLoss& p, const Losses& r) {
  plot::Panel panel{.x = count_axis("epoch", 0, p.epochs), .y = log_axis("training loss (mean cross entropy)")};
  add_measured(panel, looks(p.networks), r.networks);
  add(panel, reference_line("chance", r.chance),
      words(0.8 * p.epochs, r.chance.y[0], "chance level", Anchor::centre, 0, 7, Ink::muted, "chance"));
  return {.panels = {panel}, .width = plot::FigureWidth::full, .height_mm = 75};
}

const bool registered =
    add("training-loss", "Training loss by epoch",
        "Trains deep networks of one architecture by mini-batch gradient descent in single precision and shows "
        "the mean cross entropy over the whole training set at the end of each epoch.",
        parameters(), outputs, run, draw, always<TrainingLoss, 1>);

}  // namespace
}  // namespace experiments
