// Training by mini-batch gradient descent.
#pragma once

#include <functional>
#include <vector>

#include "numerics/networks/backpropagation.hpp"
#include "numerics/random.hpp"

namespace numerics {

struct TrainingPlan {
  int epochs = 10;
  int batch = 64;
  double learning_rate = 0.1;
};

/// Trains the network in place; gives the mean cross entropy over the whole training set before training (epoch 0) and
/// at the end of each epoch. Every epoch sees all examples once, in a new order drawn from the stream; the last batch
/// of an epoch may be smaller. Once the loss is NaN no later one can be another number, and the rest is NaN without
/// being computed. `advance` is told the share of the epoch's work that was done since its last call; the shares of
/// a full run sum to epochs + 1.
std::vector<double> train(Mlp<float>& network, const Matrix<float>& images, Labels labels, const TrainingPlan& plan,
                          const RandomStream& random, const std::function<void(double)>& advance);

}  // namespace numerics
