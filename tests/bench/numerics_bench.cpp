// Speed of networks: training steps, the passes of gradient-depth, full-batch gradients and Hessian-vector products, in
// operations a second and as a share of what the core's arithmetic units can do at most.
#include <benchmark/benchmark.h>

#include "numerics/linear/product.hpp"
#include "numerics/networks/gradient_norms.hpp"
#include "numerics/networks/initialisation.hpp"
#include "numerics/networks/squared_loss.hpp"
#include "numerics/networks/training.hpp"
#include "peak.hpp"

namespace {

using namespace numerics;

double weights_of(const std::vector<int>& sizes) {
  double weights = 0;
  for (std::size_t i = 1; i < sizes.size(); ++i) weights += 1.0 * sizes[i - 1] * sizes[i];
  return weights;
}

/// Operations of one pass over a batch: forward, the gradients of the weights, and back, which the first layer is
/// spared.
double operations(const std::vector<int>& sizes, int batch) {
  return 2.0 * batch * (3 * weights_of(sizes) - 1.0 * sizes[0] * sizes[1]);
}

/// Of a Hessian-vector product after a gradient (Pearlmutter 1994): forward W R a and V a, back W^T R delta and
/// V^T delta, gradients R delta a^T and delta (R a)^T; R a of the input is 0.
double hessian_operations(const std::vector<int>& sizes, int batch) {
  return 2.0 * batch * (6 * weights_of(sizes) - 4.0 * sizes[0] * sizes[1]);
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
  const auto uniform =
      initialise({Activation::linear, Initialisation::uniform_fan_in, 1}, {examples, sizes[0]}, random.child("images"));
  task.images = uniform.weights[0].cwiseAbs().template cast<Scalar>();
  task.images /= task.images.maxCoeff();
  for (int i = 0; i < examples; ++i) task.labels.push_back(static_cast<std::uint8_t>(i % sizes.back()));
  return task;
}

template <class Scalar>
void report(benchmark::State& state, double operations) {
  const double peak =
      bench::peak<Scalar>();  // measured beside each, for clocks and neighbours change from second to second
  using benchmark::Counter;
  state.counters["FLOP/s"] = Counter(operations, Counter::kIsIterationInvariantRate);
  if (peak > 0) state.counters["of_peak"] = Counter(operations / peak, Counter::kIsIterationInvariantRate);
}

void training_step(benchmark::State& state, const char* kind, int width, int batch, int hidden) {
  std::vector<int> sizes(static_cast<std::size_t>(hidden) + 2, width);
  sizes.front() = 784;
  sizes.back() = 10;
  auto t = task<float>(kind, sizes, batch);
  Workspace<float> workspace;
  for (auto _ : state) descend<float>(t.network, t.images, t.labels, 1e-3, workspace);
  report<float>(state, operations(sizes, batch));
}

void gradient_depth(benchmark::State& state, const char* kind) {
  const auto sizes = layer_sizes(784, 100, 50, 10);
  const auto t = task<double>(kind, sizes, 256);
  for (auto _ : state) benchmark::DoNotOptimize(gradient_norms(t.network, t.images, t.labels));
  report<float>(state, operations(sizes, 256));
}

struct FullBatch {
  const std::vector<int> sizes{784, 200, 200, 10};
  static constexpr int count = 5000;
  Examples<float> examples;
  SquaredLoss<float> loss{Activation::tanh, sizes, examples};
  Vector<float> theta, gradient;

  FullBatch() {
    const auto t = task<float>("tanh-xavier", sizes, count);
    examples.inputs = t.images;
    examples.targets = Matrix<float>::Zero(10, count);
    for (int j = 0; j < count; ++j) examples.targets(t.labels[static_cast<std::size_t>(j)], j) = 1;
    loss = SquaredLoss<float>(Activation::tanh, sizes, examples);
    theta = flatten(t.network);
    loss.evaluate(theta, gradient);
  }
};

void full_batch_step(benchmark::State& state) {
  FullBatch f;
  for (auto _ : state) {
    f.loss.evaluate(f.theta, f.gradient);
    f.theta -= 1e-3f * f.gradient;
  }
  report<float>(state, operations(f.sizes, FullBatch::count));
}

void hessian_product(benchmark::State& state) {
  FullBatch f;
  Vector<float> product;
  for (auto _ : state) f.loss.hessian_product(f.gradient, product);
  report<float>(state, hessian_operations(f.sizes, FullBatch::count));
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

BENCHMARK_CAPTURE(training_step, 128, "relu-he", 128, 128, 5);
BENCHMARK_CAPTURE(training_step, 512, "relu-he", 512, 128, 5);
BENCHMARK_CAPTURE(training_step, 128 - tanh, "tanh-xavier", 128, 128, 5);
BENCHMARK_CAPTURE(training_step, 64 - deep, "relu-he", 64, 64, 19);
BENCHMARK_CAPTURE(training_step, 64 - deep - tanh, "tanh-xavier", 64, 64, 19);
BENCHMARK_CAPTURE(gradient_depth, tanh, "tanh-xavier");
BENCHMARK_CAPTURE(gradient_depth, relu, "relu-he");
BENCHMARK(full_batch_step);
BENCHMARK(hessian_product);
BENCHMARK(products<float>)
    ->ArgNames({"m", "n", "k"})
    ->Args({128, 128, 784})
    ->Args({128, 128, 128})
    ->Args({128, 784, 128})
    ->Args({64, 64, 64})
    ->Args({512, 128, 784})
    ->Args({512, 128, 512})
    ->Args({512, 512, 128})
    ->Args({200, 500, 784})
    ->Args({200, 784, 500});
BENCHMARK(products<double>)->ArgNames({"m", "n", "k"})->Args({100, 256, 100})->Args({100, 100, 256});
