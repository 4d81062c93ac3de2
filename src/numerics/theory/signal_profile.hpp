// What becomes of a batch of signals on their way forward: their size by layer, and how much of the differences between
// inputs is left. In one network, and at infinite width from the moments of the inputs (Poole et al. 2016).
#pragma once

#include <vector>

#include "numerics/networks/mlp.hpp"
#include "numerics/theory/gradient_theory.hpp"

namespace numerics {

/// By layer, from the input to the last hidden layer.
struct SignalProfile {
  std::vector<double> rms;         // root mean square of the activations
  std::vector<double> variation;   // distance of the signals from their mean over the signals' size
  std::vector<double> similarity;  // mean cosine of two different signals
};

/// Of the signals in the columns.
SignalProfile signal_profile(const Mlp<double>& network, const Matrix<double>& inputs);
SignalProfile signal_theory(const NetworkKind& kind, const std::vector<int>& sizes, const PairMoments& input);

/// Columns scaled to one length: what differs between them, then, is their direction, as in the theory.
Matrix<double> of_equal_length(Matrix<double> columns);

}  // namespace numerics
