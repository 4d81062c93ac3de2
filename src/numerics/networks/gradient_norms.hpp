// Norms of error signals and weight gradients by layer, as logarithms: they may lie far outside of any number's range.
#pragma once

#include <vector>

#include "numerics/networks/backpropagation.hpp"
#include "numerics/theory/gradient_theory.hpp"

namespace numerics {

/// log10 by layer, [l - 1] of layer l. -inf for 0, not finite where the network's signals overflow.
struct GradientNorms {
  std::vector<double> error_signal;     // root mean square over the batch of |delta^(l)| of one example
  std::vector<double> weight_gradient;  // Frobenius norm of dLoss/dW^(l) of the batch's mean loss
  PairMoments output_error;             // of delta^(L)
  double logits = 0;                    // norm of the batch's z^(L), itself
};

/// Of one batch, in single precision, which takes half the time and gives six digits; in double precision where the
/// activations leave the range of floats. The error signals obey a linear recursion and are scaled by powers of two
/// where they leave it, which is exact. Not for networks in which rounding errors grow with depth.
GradientNorms gradient_norms(const Mlp<double>& network, Batch<double> inputs, Labels labels);

/// The same in one precision.
template <class Scalar>
GradientNorms gradient_norms_in(const Mlp<Scalar>& network, Batch<Scalar> inputs, Labels labels);

}  // namespace numerics
