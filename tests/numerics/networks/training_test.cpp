// Training on a small problem that is built here: it learns, repeats itself, and tells the truth when it diverges.
#include "numerics/networks/training.hpp"

#include <boost/random/normal_distribution.hpp>
#include <cmath>
#include <thread>

#include "catch.hpp"
#include "numerics/networks/initialisation.hpp"

namespace training_test {

using namespace numerics;

namespace {

struct Examples {
  Matrix<float> images;
  std::vector<std::uint8_t> labels;
};

/// Three Gaussian clouds around random centres in twelve dimensions.
Examples clouds(int count) {
  auto engine = RandomStream(4).engine();
  boost::random::normal_distribution<double> normal;
  const Matrix<double> centres = Matrix<double>::NullaryExpr(12, 3, [&] { return normal(engine); });
  Examples examples{Matrix<float>(12, count), {}};
  for (int j = 0; j < count; ++j) {
    const auto label = static_cast<std::uint8_t>(j % 3);
    examples.labels.push_back(label);
    for (int i = 0; i < 12; ++i) examples.images(i, j) = static_cast<float>(centres(i, label) + 0.5 * normal(engine));
  }
  return examples;
}

struct Trained {
  Mlp<float> network;
  std::vector<double> losses;
  double work = 0;
};

Trained train_on(const Examples& examples, const char* name, const TrainingPlan& plan) {
  const std::vector<int> sizes{12, 16, 16, 3};
  Trained trained{in_precision<float>(initialise(*network_kind(name), sizes, RandomStream(1))), {}, 0};
  trained.losses = train(trained.network, examples.images, examples.labels, plan, RandomStream(9),
                         [&](double share) { trained.work += share; });
  return trained;
}

}  // namespace

TEST_CASE("training lowers the loss of a problem that can be learnt") {
  const auto trained = train_on(clouds(301), "tanh-xavier", {10, 16, 0.1});
  REQUIRE(trained.losses.size() == 11);
  CHECK(trained.losses[0] > 0.7);
  CHECK(trained.losses[5] < trained.losses[1]);
  CHECK(trained.losses[10] < 0.05);
  CHECK(trained.work == Approx(11));
}

TEST_CASE("training repeats itself to the last bit, in any thread") {
  const auto examples = clouds(301);
  const auto first = train_on(examples, "relu-he", {3, 32, 0.05});
  Trained second;
  std::thread([&] { second = train_on(examples, "relu-he", {3, 32, 0.05}); }).join();
  CHECK(first.losses == second.losses);
  for (std::size_t i = 0; i < 3; ++i) CHECK(first.network.weights[i] == second.network.weights[i]);
}

TEST_CASE("the recorded loss is that of the whole training set after the epoch") {
  const auto examples = clouds(301);
  auto trained = train_on(examples, "tanh-xavier", {2, 16, 0.1});
  Workspace<double> workspace;
  const auto exact = in_precision<double>(trained.network);
  const Matrix<double> images = examples.images.cast<double>();
  CHECK(total_cross_entropy<double>(exact, images, examples.labels, workspace) / 301 ==
        Approx(trained.losses[2]).epsilon(1e-5));
}

TEST_CASE("one epoch with one batch is one step of gradient descent") {
  const auto examples = clouds(60);
  const auto trained = train_on(examples, "tanh-xavier", {1, 60, 0.1});
  Mlp<double> stepped = initialise(*network_kind("tanh-xavier"), {12, 16, 16, 3}, RandomStream(1));
  Workspace<double> workspace;
  descend<double>(stepped, examples.images.cast<double>(), examples.labels, 0.1, workspace);
  for (std::size_t i = 0; i < 3; ++i)
    CHECK(trained.network.weights[i].cast<double>().isApprox(stepped.weights[i], 1e-5));
}

TEST_CASE("a loss that became NaN stays NaN, and the work still adds up") {
  const auto trained = train_on(clouds(301), "relu-he", {6, 16, 1e30});
  CHECK(std::isfinite(trained.losses[0]));
  CHECK(std::isnan(trained.losses[6]));
  CHECK(trained.work == Approx(7));
}

}  // namespace training_test
