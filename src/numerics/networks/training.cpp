// Stochastic gradient descent in single precision, as it is commonly run (Robbins and Monro 1951).
#include "numerics/networks/training.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "numerics/linear/permutation.hpp"

namespace numerics {
namespace {

constexpr std::size_t batches_between_reports = 64;

/// A batch, gathered from the training set in the shuffled order.
struct Gathered {
  Matrix<float> images;
  std::vector<std::uint8_t> labels;

  void gather(const Matrix<float>& all, Labels all_labels, std::span<const std::uint32_t> which) {
    for (std::size_t j = 0; j < which.size(); ++j) {
      images.col(static_cast<Eigen::Index>(j)) = all.col(which[j]);
      labels[j] = all_labels[which[j]];
    }
  }
};

}  // namespace

std::vector<double> train(Mlp<float>& network, const Matrix<float>& images, Labels labels, const TrainingPlan& plan,
                          const RandomStream& random, const std::function<void(double)>& advance) {
  const auto examples = labels.size();
  const auto batch = std::min(static_cast<std::size_t>(plan.batch), examples);
  const std::size_t batches = (examples + batch - 1) / batch;
  MersenneTwister engine = random.engine();
  std::vector<std::uint32_t> order(examples);
  std::iota(order.begin(), order.end(), 0u);
  Gathered gathered{Matrix<float>(images.rows(), batch), std::vector<std::uint8_t>(batch)};
  Workspace<float> stepping;
  Workspace<float> evaluating;  // of its own, so that neither is resized from step to step

  const auto mean_loss = [&] {
    return total_cross_entropy<float>(network, images, labels, evaluating) / static_cast<double>(examples);
  };
  std::vector<double> losses(static_cast<std::size_t>(plan.epochs) + 1, std::numeric_limits<double>::quiet_NaN());
  losses[0] = mean_loss();
  advance(1);
  for (std::size_t epoch = 1; epoch < losses.size(); ++epoch) {
    if (std::isnan(losses[epoch - 1])) {
      advance(static_cast<double>(losses.size() - epoch));
      break;
    }
    shuffle(order, engine);
    std::size_t reported = 0;
    for (std::size_t k = 0; k < batches; ++k) {
      const std::size_t start = k * batch;
      const std::size_t count = std::min(batch, examples - start);
      gathered.gather(images, labels, std::span(order).subspan(start, count));
      descend<float>(network, gathered.images.leftCols(count), Labels(gathered.labels).first(count), plan.learning_rate,
                     stepping);
      if (k + 1 == batches || (k + 1) % batches_between_reports == 0) {
        advance(static_cast<double>(k + 1 - reported) / static_cast<double>(batches));
        reported = k + 1;
      }
    }
    losses[epoch] = mean_loss();
  }
  return losses;
}

}  // namespace numerics
