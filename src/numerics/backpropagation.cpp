// The recursion of backpropagation by matrix products, the softmax cross entropy, and a fused descent step.
#include "numerics/backpropagation.hpp"

#include <algorithm>
#include <cmath>

#include "numerics/activation.hpp"

namespace numerics {
namespace {

// Large enough for matrix products at full speed, small enough for two layers to stay in a core's cache.
constexpr Eigen::Index evaluation_batch = 256;

template <class Scalar>
Batch<Scalar> layer_input(const Workspace<Scalar>& workspace, const Batch<Scalar>& inputs, std::size_t index) {
  return index == 0 ? inputs : Batch<Scalar>(workspace.activations[index - 1]);
}

/// z^(l) without its bias, in the place of a^(l).
template <class Scalar>
Matrix<Scalar>& multiply(const Mlp<Scalar>& network, const Batch<Scalar>& inputs, Workspace<Scalar>& workspace,
                         std::size_t index) {
  Matrix<Scalar>& z = workspace.activations[index];
  z.noalias() = network.weights[index] * layer_input(workspace, inputs, index);
  return z;
}

/// delta^(L) = softmax(z) - one-hot. The entry of the label is minus the sum of the others: p - 1 would cancel.
template <class Scalar>
void output_error_signal(const Matrix<Scalar>& logits, Labels labels, Matrix<Scalar>& delta) {
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

/// delta^(l) from delta^(l+1).
template <class Scalar>
void pull_back(const Mlp<Scalar>& network, Workspace<Scalar>& workspace, std::size_t index) {
  Matrix<Scalar>& delta = workspace.error_signals[index];
  delta.noalias() = network.weights[index + 1].transpose() * workspace.error_signals[index + 1];
  delta.array() *= workspace.slopes[index].array();
}

template <class Scalar>
void forward_with_slopes(const Mlp<Scalar>& network, const Batch<Scalar>& inputs, Workspace<Scalar>& workspace) {
  const std::size_t last = network.weights.size() - 1;
  for (std::size_t i = 0; i < last; ++i) {
    activate_layer(network.activation, network.biases[i], multiply(network, inputs, workspace, i),
                   workspace.slopes[i]);
  }
  multiply(network, inputs, workspace, last).colwise() += network.biases[last];
}

}  // namespace

template <class Scalar>
void Workspace<Scalar>::fit(const Mlp<Scalar>& network, Eigen::Index examples) {
  const std::size_t depth = network.weights.size();
  activations.resize(depth);
  slopes.resize(depth - 1);
  error_signals.resize(depth);
  for (std::size_t i = 0; i < depth; ++i) {
    const Eigen::Index size = network.weights[i].rows();
    activations[i].resize(size, examples);
    if (i + 1 < depth) slopes[i].resize(size, examples);
    error_signals[i].resize(size, examples);
  }
}

template <class Scalar>
const Matrix<Scalar>& forward(const Mlp<Scalar>& network, Batch<Scalar> inputs, Workspace<Scalar>& workspace) {
  workspace.fit(network, inputs.cols());
  const std::size_t last = network.weights.size() - 1;
  for (std::size_t i = 0; i < last; ++i) {
    activate_layer(network.activation, network.biases[i], multiply(network, inputs, workspace, i));
  }
  multiply(network, inputs, workspace, last).colwise() += network.biases[last];
  return workspace.activations[last];
}

template <class Scalar>
double cross_entropy(const Matrix<Scalar>& logits, Labels labels) {
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

template <class Scalar>
double total_cross_entropy(const Mlp<Scalar>& network, Batch<Scalar> inputs, Labels labels,
                           Workspace<Scalar>& workspace) {
  double total = 0;
  for (Eigen::Index start = 0; start < inputs.cols(); start += evaluation_batch) {
    const Eigen::Index count = std::min(evaluation_batch, inputs.cols() - start);
    const auto& logits = forward<Scalar>(network, inputs.middleCols(start, count), workspace);
    total += cross_entropy(logits, labels.subspan(static_cast<std::size_t>(start), static_cast<std::size_t>(count)));
  }
  return total;
}

template <class Scalar>
void backpropagate(const Mlp<Scalar>& network, Batch<Scalar> inputs, Labels labels, Workspace<Scalar>& workspace) {
  workspace.fit(network, inputs.cols());
  forward_with_slopes(network, inputs, workspace);
  output_error_signal(workspace.activations.back(), labels, workspace.error_signals.back());
  for (std::size_t i = network.weights.size() - 1; i-- > 0;) pull_back(network, workspace, i);
}

template <class Scalar>
Matrix<Scalar> weight_gradient(const Workspace<Scalar>& workspace, Batch<Scalar> inputs, int layer) {
  const std::size_t i = static_cast<std::size_t>(layer - 1);
  const Scalar share = Scalar(1) / static_cast<Scalar>(inputs.cols());
  return share * workspace.error_signals[i] * layer_input(workspace, inputs, i).transpose();
}

template <class Scalar>
Vector<Scalar> bias_gradient(const Workspace<Scalar>& workspace, int layer) {
  return workspace.error_signals[static_cast<std::size_t>(layer - 1)].rowwise().mean();
}

template <class Scalar>
void descend(Mlp<Scalar>& network, Batch<Scalar> inputs, Labels labels, double learning_rate,
             Workspace<Scalar>& workspace) {
  workspace.fit(network, inputs.cols());
  forward_with_slopes(network, inputs, workspace);
  output_error_signal(workspace.activations.back(), labels, workspace.error_signals.back());
  const Scalar step = static_cast<Scalar>(learning_rate / static_cast<double>(inputs.cols()));
  for (std::size_t i = network.weights.size(); i-- > 0;) {
    if (i > 0) pull_back(network, workspace, i - 1);
    const Matrix<Scalar>& delta = workspace.error_signals[i];
    network.weights[i].noalias() -= step * delta * layer_input(workspace, inputs, i).transpose();
    network.biases[i].noalias() -= step * delta.rowwise().sum();
  }
}

#define NUMERICS_INSTANTIATE(Scalar)                                                                        \
  template struct Workspace<Scalar>;                                                                        \
  template const Matrix<Scalar>& forward(const Mlp<Scalar>&, Batch<Scalar>, Workspace<Scalar>&);            \
  template double cross_entropy(const Matrix<Scalar>&, Labels);                                             \
  template double total_cross_entropy(const Mlp<Scalar>&, Batch<Scalar>, Labels, Workspace<Scalar>&);       \
  template void backpropagate(const Mlp<Scalar>&, Batch<Scalar>, Labels, Workspace<Scalar>&);               \
  template Matrix<Scalar> weight_gradient(const Workspace<Scalar>&, Batch<Scalar>, int);                    \
  template Vector<Scalar> bias_gradient(const Workspace<Scalar>&, int);                                     \
  template void descend(Mlp<Scalar>&, Batch<Scalar>, Labels, double, Workspace<Scalar>&)

NUMERICS_INSTANTIATE(float);
NUMERICS_INSTANTIATE(double);

}  // namespace numerics
