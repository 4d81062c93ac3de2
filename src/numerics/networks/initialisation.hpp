// Initial weights. Biases start at 0.
#pragma once

#include "numerics/networks/mlp.hpp"
#include "numerics/random.hpp"
#include "numerics/theory/mean_field.hpp"

namespace numerics {

/// The variance of one weight of a layer with these numbers of inputs and outputs.
///   uniform-fan-in  U(-1/sqrt(n_in), 1/sqrt(n_in))                          1 / (3 n_in)
///   xavier          N(0, 2 / (n_in + n_out)), Glorot and Bengio's variance  2 / (n_in + n_out)
///   he              N(0, 2 / n_in)                                          2 / n_in
///   normal          N(0, 1)                                                 1
///   orthogonal      orthonormal rows or columns, whichever are fewer        1 / max(n_in, n_out)
/// each times scale^2. At equal widths n, xavier and orthogonal have n Var W = 1.
double weight_variance(const NetworkKind& kind, int inputs, int outputs);

/// The weights of one layer, counted from 1, of the network that `initialise` makes of the same.
void draw_layer(const NetworkKind& kind, const std::vector<int>& sizes, const RandomStream& random, std::size_t layer,
                Matrix<double>& weights);

/// A network with these layer sizes. Each layer draws from its own stream, so that the first layers of a deeper
/// network are those of a shallower one.
Mlp<double> initialise(const NetworkKind& kind, const std::vector<int>& sizes, const RandomStream& random);

/// A hidden layer of this width as mean-field theory sees it, without biases.
MeanField field_of(const NetworkKind& kind, int width);

}  // namespace numerics
