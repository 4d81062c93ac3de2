// The recursion of backpropagation by matrix products, the softmax cross entropy, and a fused descent step.
#include "numerics/networks/backpropagation.hpp"

#include <algorithm>
#include <cmath>

#include "numerics/linear/product.hpp"

namespace numerics {
namespace {

// Large enough for matrix products at full speed, small enough for two layers to stay in a core's cache.
constexpr Eigen::Index evaluation_batch = 256;

template <class Scalar>
void output_layer(const Mlp<Scalar>& network, const Batch<Scalar>& inputs, Workspace<Scalar>& workspace) {
  const std::size_t last = network.weights.size() - 1;
  multiply_activate<Scalar>(Activation::linear, plain(network.weights[last]),
                            plain(layer_input(workspace, inputs, last)), network.biases[last],
                            workspace.activations[last]);
}

template <class Scalar>
void forward_with_slopes(const Mlp<Scalar>& network, const Batch<Scalar>& inputs, Workspace<Scalar>& workspace) {
  for (std::size_t i = 0; i + 1 < network.weights.size(); ++i)
    multiply_activate<Scalar>(network.activation, plain(network.weights[i]), plain(layer_input(workspace, inputs, i)),
                              network.biases[i], workspace.activations[i], workspace.slopes[i]);
  output_layer(network, inputs, workspace);
}

template <class Scalar>
double sum_of_cross_entropies(const Batch<Scalar>& logits, Labels labels) {
  double total = 0;
  for (Eigen::Index j = 0; j < logits.cols(); ++j) {
    Eigen::Index largest = 0;
    const double top = static_cast<double>(logits.col(j).maxCoeff(&largest));
    double others = 0;  // sum over all but the largest logit, so that log1p keeps a tiny loss
    for (Eigen::Index k = 0; k < logits.rows(); ++k) {
      if (k != largest) others += std::exp(static_cast<double>(logits(k, j)) - top);
    }
    const auto label = static_cast<Eigen::Index>(labels[static_cast<std::size_t>(j)]);
    total += std::log1p(others) + (top - static_cast<double>(logits(label, j)));
  }
  return total;
}

}  // namespace

// The entry of the label is minus the sum of the others: p - 1 would cancel.
template <class Scalar>
void output_error_signal(Batch<Scalar> logits, Labels labels, Eigen::Ref<Matrix<Scalar>> delta) {
  for (Eigen::Index j = 0; j < logits.cols(); ++j) {
    auto p = delta.col(j);
    p = (logits.col(j).array() - logits.col(j).maxCoeff()).exp();
    p /= p.sum();
    const Eigen::Index label = labels[static_cast<std::size_t>(j)];
    Scalar others = 0;
    for (Eigen::Index k = 0; k < p.size(); ++k) {
      if (k != label) others += p(k);
    }
    p(label) = -others;
  }
}

template <class Scalar>
void Workspace<Scalar>::fit(const Mlp<Scalar>& network, Eigen::Index examples, Keep keep) {
  const std::size_t depth = network.weights.size();
  // Layers begin at cache lines.
  constexpr Eigen::Index line = 64 / sizeof(Scalar);
  const auto room = [&](std::size_t i) { return (network.weights[i].rows() * examples + line - 1) / line * line; };
  Eigen::Index all = 0, widest = 0;
  for (std::size_t i = 0; i < depth; ++i) {
    all += room(i);
    widest = std::max(widest, network.weights[i].rows());
  }
  if (row_sums.size() < widest) row_sums.resize(widest);
  const Eigen::Index kinds = keep == Keep::everything ? 3 : 2;
  if (memory_.size() < kinds * all + line) memory_.resize(kinds * all + line);
  const auto address = reinterpret_cast<std::uintptr_t>(memory_.data());
  Scalar* place = memory_.data() + (64 - address % 64) % 64 / sizeof(Scalar);

  activations.clear();
  slopes.clear();
  error_signals.clear();
  for (std::size_t i = 0; i < depth; ++i) {
    const Eigen::Index size = network.weights[i].rows();
    activations.emplace_back(place, size, examples);
    error_signals.emplace_back(place + all, size, examples);
    if (i + 1 < depth) slopes.emplace_back(place + (kinds - 1) * all, size, examples);
    place += room(i);
  }
}

template <class Scalar>
const Eigen::Map<Matrix<Scalar>>& forward(const Mlp<Scalar>& network, Batch<Scalar> inputs,
                                          Workspace<Scalar>& workspace) {
  workspace.fit(network, inputs.cols());
  for (std::size_t i = 0; i + 1 < network.weights.size(); ++i)
    multiply_activate<Scalar>(network.activation, plain(network.weights[i]), plain(layer_input(workspace, inputs, i)),
                              network.biases[i], workspace.activations[i]);
  output_layer(network, inputs, workspace);
  return workspace.activations.back();
}

double cross_entropy(const Batch<float>& logits, Labels labels) {
  return sum_of_cross_entropies<float>(logits, labels);
}
double cross_entropy(const Batch<double>& logits, Labels labels) {
  return sum_of_cross_entropies<double>(logits, labels);
}

template <class Scalar>
double total_cross_entropy(const Mlp<Scalar>& network, Batch<Scalar> inputs, Labels labels,
                           Workspace<Scalar>& workspace) {
  double total = 0;
  for (Eigen::Index start = 0; start < inputs.cols(); start += evaluation_batch) {
    const Eigen::Index count = std::min(evaluation_batch, inputs.cols() - start);
    forward<Scalar>(network, inputs.middleCols(start, count), workspace);
    const auto& logits = workspace.activations.back();  // as a reference out of the call, GCC 14 takes it for dangling
    total += cross_entropy(logits, labels.subspan(static_cast<std::size_t>(start), static_cast<std::size_t>(count)));
  }
  return total;
}

template <class Scalar>
void propagate_forward(const Mlp<Scalar>& network, const Batch<Scalar>& inputs, Labels labels,
                       Workspace<Scalar>& workspace, typename Workspace<Scalar>::Keep keep) {
  workspace.fit(network, inputs.cols(), keep);
  forward_with_slopes(network, inputs, workspace);
  output_error_signal<Scalar>(workspace.activations.back(), labels, workspace.error_signals.back());
}

template <class Scalar>
void pull_back(const Mlp<Scalar>& network, Workspace<Scalar>& workspace, std::size_t i) {
  multiply_times<Scalar>(transposed(network.weights[i + 1]), plain(workspace.error_signals[i + 1]), workspace.slopes[i],
                         workspace.error_signals[i]);
}

template <class Scalar>
void backpropagate(const Mlp<Scalar>& network, Batch<Scalar> inputs, Labels labels, Workspace<Scalar>& workspace) {
  propagate_forward<Scalar>(network, inputs, labels, workspace, Workspace<Scalar>::Keep::everything);
  for (std::size_t i = network.weights.size() - 1; i-- > 0;) pull_back(network, workspace, i);
}

template <class Scalar>
Matrix<Scalar> weight_gradient(const Workspace<Scalar>& workspace, Batch<Scalar> inputs, int layer) {
  const std::size_t i = static_cast<std::size_t>(layer - 1);
  const Scalar share = Scalar(1) / static_cast<Scalar>(inputs.cols());
  const auto& delta = workspace.error_signals[i];
  const auto input = layer_input(workspace, inputs, i);
  Matrix<Scalar> gradient = Matrix<Scalar>::Zero(delta.rows(), input.rows());
  multiply_add<Scalar>(share, plain(delta), transposed(input), gradient);
  return gradient;
}

template <class Scalar>
Vector<Scalar> bias_gradient(const Workspace<Scalar>& workspace, int layer) {
  return workspace.error_signals[static_cast<std::size_t>(layer - 1)].rowwise().mean();
}

template <class Scalar>
void descend(Mlp<Scalar>& network, Batch<Scalar> inputs, Labels labels, double learning_rate,
             Workspace<Scalar>& workspace) {
  propagate_forward<Scalar>(network, inputs, labels, workspace, Workspace<Scalar>::Keep::error_signals_over_slopes);
  const Scalar step = static_cast<Scalar>(learning_rate / static_cast<double>(inputs.cols()));
  for (std::size_t i = network.weights.size(); i-- > 0;) {
    if (i > 0) pull_back(network, workspace, i - 1);
    multiply_add<Scalar>(-step, plain(workspace.error_signals[i]), transposed(layer_input(workspace, inputs, i)),
                         network.weights[i], workspace.row_sums.data());
    network.biases[i] -= step * workspace.row_sums.head(network.biases[i].size());
  }
}

#define NUMERICS_INSTANTIATE(Scalar)                                                                         \
  template void output_error_signal(Batch<Scalar>, Labels, Eigen::Ref<Matrix<Scalar>>);                      \
  template class Workspace<Scalar>;                                                                          \
  template const Eigen::Map<Matrix<Scalar>>& forward(const Mlp<Scalar>&, Batch<Scalar>, Workspace<Scalar>&); \
  template double total_cross_entropy(const Mlp<Scalar>&, Batch<Scalar>, Labels, Workspace<Scalar>&);        \
  template void propagate_forward(const Mlp<Scalar>&, const Batch<Scalar>&, Labels, Workspace<Scalar>&,      \
                                  Workspace<Scalar>::Keep);                                                  \
  template void pull_back(const Mlp<Scalar>&, Workspace<Scalar>&, std::size_t);                              \
  template void backpropagate(const Mlp<Scalar>&, Batch<Scalar>, Labels, Workspace<Scalar>&);                \
  template Matrix<Scalar> weight_gradient(const Workspace<Scalar>&, Batch<Scalar>, int);                     \
  template Vector<Scalar> bias_gradient(const Workspace<Scalar>&, int);                                      \
  template void descend(Mlp<Scalar>&, Batch<Scalar>, Labels, double, Workspace<Scalar>&)

NUMERICS_INSTANTIATE(float);
NUMERICS_INSTANTIATE(double);

}  // namespace numerics
