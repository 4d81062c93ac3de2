// What mean-field theory predicts for the gradients of one network, layer by layer: with the actual sizes of its
// layers and the variances on the way to the fixed point, not only with the asymptotic factor.
#pragma once

#include <optional>
#include <vector>

#include "numerics/networks/initialisation.hpp"

namespace numerics {

/// Second moments of a set of vectors: the mean of |v_i|^2, and the mean of v_i . v_j over pairs of different ones.
struct PairMoments {
  double self = 0;
  double pair = 0;
};

/// The moments of a batch's columns. Of a single column, pair is 0.
PairMoments pair_moments(const Matrix<double>& columns);

/// One layer l as the theory sees it.
struct LayerTheory {
  PairMoments input;  // of a^(l-1)
  PairMoments back;   // factors from the moments of delta^(l+1) to those of delta^(l); of the output layer, 1
};

/// Propagates the moments of the input through a random network of these sizes. [l - 1] is layer l.
std::vector<LayerTheory> propagate(const NetworkKind& kind, const std::vector<int>& sizes, const PairMoments& input);

/// Root-mean-square norm of the error signal and Frobenius norm of the weight gradient by layer, given the moments of
/// the output layer's error signal: with independent forward and backward signals
/// |dLoss/dW|^2 = sum_ij (delta_i . delta_j) (a_i . a_j) / B^2.
struct GradientTheory {
  std::vector<double> error_signal, weight_gradient;
};
GradientTheory gradient_theory(const std::vector<LayerTheory>& layers, PairMoments output_error, int batch);

/// The layer at which the root mean square of the activations passes a limit, as a fraction on a logarithmic scale, for
/// inputs of mean square 1; nothing where it does not.
std::optional<double> layer_beyond(double limit, const NetworkKind& kind, const std::vector<int>& sizes);

/// The same with the weight gradients scaled so that the output layer's is this one.
GradientTheory gradient_theory(const std::vector<LayerTheory>& layers, PairMoments output_error, int batch,
                               double last_weight_gradient);

}  // namespace numerics
