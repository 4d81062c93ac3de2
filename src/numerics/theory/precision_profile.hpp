// What one precision makes of signals on their way through a network and of error signals on their way back.
#pragma once

#include <vector>

#include "numerics/networks/backpropagation.hpp"

namespace numerics {

/// Root mean squares by layer, taken in double: activations from layer 0 (the input) to the last hidden one, error
/// signals of the layers from 1 on; and norms of the activations summed in that precision.
struct PrecisionProfile {
  std::vector<double> activations, error_signals, own_norms;
};

/// Of the network and its inputs in the precision of Scalar, float or double.
template <class Scalar>
PrecisionProfile precision_profile(const Mlp<double>& network, const Matrix<double>& inputs, Labels labels);

}  // namespace numerics
