// Forward and backward passes over a batch, examples as columns (Rumelhart, Hinton and Williams 1986):
// delta^(l) = (W^(l+1)^T delta^(l+1)) * phi'(z^(l)) and dLoss/dW^(l) = delta^(l) a^(l-1)^T / batch size.
#pragma once

#include <cstdint>
#include <span>

#include "numerics/networks/mlp.hpp"

namespace numerics {

using Labels = std::span<const std::uint8_t>;

/// What the passes write to, in one piece of memory: allocated by the largest batch, then reused.
template <class Scalar>
class Workspace {
 public:
  using Layer = Eigen::Map<Matrix<Scalar>>;

  std::vector<Layer> activations;    // [l - 1] is a^(l); the last are the logits
  std::vector<Layer> slopes;         // [l - 1] is phi'(z^(l)), of the hidden layers
  std::vector<Layer> error_signals;  // [l - 1] is delta^(l), a column an example
  Vector<Scalar> row_sums;           // of one layer's error signals, for its biases

  Workspace() = default;
  Workspace(const Workspace&) = delete;  // the layers point into the memory
  Workspace& operator=(const Workspace&) = delete;
  Workspace(Workspace&&) noexcept = default;
  Workspace& operator=(Workspace&&) noexcept = default;
  ~Workspace() = default;

  enum class Keep { everything, error_signals_over_slopes };

  /// Makes room for `examples` columns. A slope is not needed any more once its error signal is there: in one place
  /// the two take less of the cache.
  void fit(const Mlp<Scalar>& network, Eigen::Index examples, Keep keep = Keep::everything);

 private:
  Vector<Scalar> memory_;
};

/// The logits of a batch, in workspace.activations.back().
template <class Scalar>
const Eigen::Map<Matrix<Scalar>>& forward(const Mlp<Scalar>& network, Batch<Scalar> inputs,
                                          Workspace<Scalar>& workspace);

/// Cross entropy of the softmax of `logits`, summed over the examples, in double. Exact in relative terms for losses
/// near 0 too; not finite when the logits are not.
double cross_entropy(const Batch<float>& logits, Labels labels);
double cross_entropy(const Batch<double>& logits, Labels labels);

/// The summed cross entropy of many examples, taken in batches of a fixed size.
template <class Scalar>
double total_cross_entropy(const Mlp<Scalar>& network, Batch<Scalar> inputs, Labels labels,
                           Workspace<Scalar>& workspace);

/// Both passes: afterwards the workspace holds activations, slopes and error signals of the batch. The error signal of
/// an example is the gradient of its own loss, at the output softmax(z^(L)) minus the one-hot label.
template <class Scalar>
void backpropagate(const Mlp<Scalar>& network, Batch<Scalar> inputs, Labels labels, Workspace<Scalar>& workspace);

/// The error signal of the output layer: delta = softmax(logits) - one-hot, of the same size.
template <class Scalar>
void output_error_signal(Batch<Scalar> logits, Labels labels, Eigen::Ref<Matrix<Scalar>> delta);

/// What backpropagate is made of: the way up to the output's error signal, and delta^(i+1) from delta^(i+2).
template <class Scalar>
void propagate_forward(const Mlp<Scalar>& network, const Batch<Scalar>& inputs, Labels labels,
                       Workspace<Scalar>& workspace, typename Workspace<Scalar>::Keep keep);
template <class Scalar>
void pull_back(const Mlp<Scalar>& network, Workspace<Scalar>& workspace, std::size_t i);

/// a^(i), the input of layer i + 1.
template <class Scalar>
Batch<Scalar> layer_input(const Workspace<Scalar>& workspace, const Batch<Scalar>& inputs, std::size_t i) {
  return i == 0 ? inputs : Batch<Scalar>(workspace.activations[i - 1]);
}

/// dLoss/dW^(layer) of the mean loss over the batch, after backpropagate. Layers count from 1.
template <class Scalar>
Matrix<Scalar> weight_gradient(const Workspace<Scalar>& workspace, Batch<Scalar> inputs, int layer);

/// dLoss/db^(layer) likewise.
template <class Scalar>
Vector<Scalar> bias_gradient(const Workspace<Scalar>& workspace, int layer);

/// One step of gradient descent on the mean loss over the batch. No gradient is stored: each layer's product goes into
/// its weights as soon as the error signal below no longer needs them.
template <class Scalar>
void descend(Mlp<Scalar>& network, Batch<Scalar> inputs, Labels labels, double learning_rate,
             Workspace<Scalar>& workspace);

}  // namespace numerics
