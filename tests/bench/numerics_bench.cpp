// Speed of networks: training steps and the passes of gradient-depth, in operations a second and as a share of what the
// core's arithmetic units can do at most.
#include <benchmark/benchmark.h>

#include "numerics/initialisation.hpp"
#include "numerics/product.hpp"
#include "numerics/training.hpp"
#include "peak.hpp"

namespace {

using namespace numerics;

/// Operations of one pass over a batch: forward, back, and the gradients of the weights.
double operations(const std::vector<int>& sizes, int batch) {
  double weights = 0;
  for (std::size_t i = 1; i < sizes.size(); ++i) weights += 1.0 * sizes[i - 1] * sizes[i];
  return 2.0 * batch * (3 * weights - 1.0 * sizes[0] * sizes[1]);
}

template <class Scalar>
struct Task {
  Mlp<Scalar> network;
  Matrix<Scalar> images;
  std::vector<std::uint8_t> labels;
};

template <class Scalar>
Task<Scalar> task(const char* kind, const std::vector<int>& sizes, int examples) {
  const auto random = RandomStream(1);
  Task<Scalar> task{in_precision<Scalar>(initialise(*network_kind(kind), sizes, random.child("weights"))), {}, {}};
  const auto uniform = initialise({Activation::linear, Initialisation::uniform_fan_in, 1}, {examples, sizes[0]},
                                  random.child("images"));
  task.images = uniform.weights[0].cwiseAbs().template cast<Scalar>();
  task.images /= task.images.maxCoeff();
  for (int i = 0; i < examples; ++i) task.labels.push_back(static_cast<std::uint8_t>(i % sizes.back()));
  return task;
}

template <class Scalar>
void report(benchmark::State& state, double operations) {
  static const double peak = bench::peak<Scalar>();
  using benchmark::Counter;
  state.counters["FLOP/s"] = Counter(operations, Counter::kIsIterationInvariantRate);
  if (peak > 0) state.counters["of_peak"] = Counter(operations / peak, Counter::kIsIterationInvariantRate);
}

void training_step(benchmark::State& state, const char* kind) {
  const int width = static_cast<int>(state.range(0)), batch = static_cast<int>(state.range(1)), hidden = static_cast<int>(state.range(2));
  std::vector<int> sizes(static_cast<std::size_t>(hidden) + 2, width);
  sizes.front() = 784;
  sizes.back() = 10;
  auto t = task<float>(kind, sizes, batch);
  Workspace<float> workspace;
  for (auto _ : state) descend<float>(t.network, t.images, t.labels, 1e-3, workspace);
  report<float>(state, operations(sizes, batch));
}

template <class Scalar>
void products(benchmark::State& state) {
  const Eigen::Index m = state.range(0), n = state.range(1), k = state.range(2);
  const Matrix<Scalar> a = Matrix<Scalar>::Random(m, k), b = Matrix<Scalar>::Random(k, n);
  Matrix<Scalar> c(m, n);
  for (auto _ : state) multiply<Scalar>(plain(a), plain(b), c);
  report<Scalar>(state, 2.0 * static_cast<double>(m * n * k));
}

}  // namespace

BENCHMARK_CAPTURE(training_step, relu, "relu-he")->ArgNames({"width", "batch", "hidden"})->Args({128, 128, 5})->Args({512, 128, 5})->Args({64, 64, 19});
BENCHMARK_CAPTURE(training_step, tanh, "tanh-xavier")->ArgNames({"width", "batch", "hidden"})->Args({128, 128, 5})->Args({512, 128, 5})->Args({64, 64, 19});
BENCHMARK(products<float>)->ArgNames({"m", "n", "k"})->Args({128, 128, 784})->Args({128, 128, 128})->Args({128, 784, 128})->Args({64, 64, 64})->Args({512, 128, 512});
BENCHMARK(products<double>)->ArgNames({"m", "n", "k"})->Args({100, 256, 100})->Args({100, 100, 256})->Args({200, 5000, 784});
