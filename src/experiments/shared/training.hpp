// The training of a network as a job: what it depends on, besides the seed, is one value, so that more seeds or
// networks in a figure leave those that were trained before as they are.
#pragma once

#include <vector>

#include "experiment/run.hpp"
#include "experiments/shared/images.hpp"
#include "experiments/shared/networks.hpp"
#include "numerics/networks/training.hpp"

namespace experiments {

struct NetworkTraining {
  NetworkKind kind;
  int depth = 1, width = 1;  // weight layers, units in each hidden one
  numerics::TrainingPlan plan;
};

/// Mean cross entropy over the run's training set before training and after each epoch.
inline std::vector<double> losses_of(const NetworkTraining& t, int seed, const experiment::Run& run,
                                     experiment::Progress& progress) {
  const data::Dataset& data = *run.dataset;
  auto network = numerics::in_precision<float>(random_network(run, t.kind, layer_sizes(data, t.width, t.depth), seed));
  return numerics::train(network, data.images, data.labels, t.plan, run.random.child("order", seed),
                         [&](double e) { progress.advance(e / (t.plan.epochs + 1)); });
}

}  // namespace experiments
