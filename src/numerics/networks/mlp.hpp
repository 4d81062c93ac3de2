// A multilayer perceptron: a^(l) = phi(W^(l) a^(l-1) + b^(l)) for l < L, and a linear output layer for the softmax.
#pragma once

#include <vector>

#include "numerics/linear/matrix.hpp"
#include "numerics/networks/network.hpp"

namespace numerics {

/// weights[l - 1] is W^(l), outputs x inputs of the layer; layer 1 is next to the input.
template <class Scalar>
struct Mlp {
  Activation activation = Activation::tanh;
  std::vector<Matrix<Scalar>> weights;
  std::vector<Vector<Scalar>> biases;

  int depth() const { return static_cast<int>(weights.size()); }
};

/// The sizes n_0 ... n_L of a network with `depth` weight layers, all hidden ones of the same width.
std::vector<int> layer_sizes(int inputs, int width, int depth, int outputs);

/// The same network in another precision.
template <class To, class From>
Mlp<To> in_precision(const Mlp<From>& network) {
  Mlp<To> result{network.activation, {}, {}};
  for (const auto& weights : network.weights) result.weights.push_back(weights.template cast<To>());
  for (const auto& biases : network.biases) result.biases.push_back(biases.template cast<To>());
  return result;
}

}  // namespace numerics
