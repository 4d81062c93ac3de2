// Forward and backward passes over a batch, examples as columns (Rumelhart, Hinton and Williams 1986):
// delta^(l) = (W^(l+1)^T delta^(l+1)) * phi'(z^(l)) and dLoss/dW^(l) = delta^(l) a^(l-1)^T / batch size.
#pragma once

#include <cstdint>
#include <span>

#include "numerics/mlp.hpp"

namespace numerics {

using Labels = std::span<const std::uint8_t>;

/// What the passes write to: allocated by the first batch, then reused by all of the same size.
template <class Scalar>
struct Workspace {
  std::vector<Matrix<Scalar>> activations;    // [l - 1] is a^(l); the last are the logits
  std::vector<Matrix<Scalar>> slopes;         // [l - 1] is phi'(z^(l)), of the hidden layers
  std::vector<Matrix<Scalar>> error_signals;  // [l - 1] is delta^(l), a column an example

  /// Makes room for `examples` columns.
  void fit(const Mlp<Scalar>& network, Eigen::Index examples);
};

/// The logits of a batch, in workspace.activations.back().
template <class Scalar>
const Matrix<Scalar>& forward(const Mlp<Scalar>& network, Batch<Scalar> inputs, Workspace<Scalar>& workspace);

/// Cross entropy of the softmax of `logits`, summed over the examples, in double. Exact in relative terms for losses
/// near 0 too; not finite when the logits are not.
template <class Scalar>
double cross_entropy(const Matrix<Scalar>& logits, Labels labels);

/// The summed cross entropy of many examples, taken in batches of a fixed size.
template <class Scalar>
double total_cross_entropy(const Mlp<Scalar>& network, Batch<Scalar> inputs, Labels labels,
                           Workspace<Scalar>& workspace);

/// Both passes: afterwards the workspace holds activations, slopes and error signals of the batch. The error signal of
/// an example is the gradient of its own loss, at the output softmax(z^(L)) minus the one-hot label.
template <class Scalar>
void backpropagate(const Mlp<Scalar>& network, Batch<Scalar> inputs, Labels labels, Workspace<Scalar>& workspace);

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
