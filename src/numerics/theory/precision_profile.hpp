// What single precision makes of signals on their way through a network and of error signals on their way back.
#pragma once

#include <vector>

#include "numerics/networks/backpropagation.hpp"
#include "numerics/random.hpp"

namespace numerics {

/// Root mean squares by layer, taken in double: activations from layer 0 (the input) to the last hidden one, error
/// signals of the layers from 1 on; and norms of the activations summed in the precision of the network.
struct PrecisionProfile {
  std::vector<double> activations, error_signals, own_norms;
};

/// The same network and inputs, computed in double and in float.
struct PrecisionProfiles {
  PrecisionProfile exact, single;
};
PrecisionProfiles precision_profiles(const Mlp<double>& network, const Matrix<double>& inputs, Labels labels);

/// Of the network that `initialise` draws from this stream. A layer is there only while it is used, on the way forward
/// and again on the way back: drawing it twice takes less time than fetching a deep network from beyond the caches.
PrecisionProfiles precision_profiles(const NetworkKind& kind, const std::vector<int>& sizes, const RandomStream& random,
                                     const Matrix<double>& inputs, Labels labels);

}  // namespace numerics
