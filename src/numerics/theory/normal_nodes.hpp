// The points of the quadrature against the normal density that mean-field theory rests on.
#pragma once

#include <vector>

namespace numerics {

struct NormalNode {
  double x = 0;
  double weight = 0;  // the density is in it
};

/// The nodes of gaussian_mean: Gauss and Legendre on panels that shrink towards 0.
const std::vector<NormalNode>& normal_nodes();

}  // namespace numerics
