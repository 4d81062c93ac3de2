// The squared loss of a multilayer perceptron over a whole data set, as a function of all its parameters in one vector:
// value, gradient, and products with the Hessian by forward-over-reverse differentiation (Pearlmutter 1994).
#pragma once

#include <span>
#include <vector>

#include "numerics/networks/mlp.hpp"

namespace numerics {

/// Inputs and wanted outputs, examples as columns.
template <class Scalar>
struct Examples {
  Matrix<Scalar> inputs, targets;
};

/// All parameters in one vector: layer by layer the weights, column by column, then the biases.
template <class Scalar>
Vector<Scalar> flatten(const Mlp<Scalar>& network);

/// L(theta) = sum_j |f(x_j) - y_j|^2 / (2 n), with what its derivatives need at the point where it was last evaluated.
template <class Scalar>
class SquaredLoss {
 public:
  /// The examples are not copied; they must outlive the loss.
  SquaredLoss(Activation, std::vector<int> sizes, const Examples<Scalar>& examples);

  Eigen::Index dimension() const { return dimension_; }

  /// L(theta), summed in double, and its gradient.
  double evaluate(const Vector<Scalar>& theta, Vector<Scalar>& gradient);

  /// H v at the point of the last evaluation. With R for the derivative along v (V, c its parts for a layer):
  ///   R z = W R a + V a + c,  R delta = (W^T R delta + V^T delta) * phi' + (W^T delta) * phi'' * R z.
  void hessian_product(const Vector<Scalar>& direction, Vector<Scalar>& product);

 private:
  /// Some of the examples, few enough for a layer to stay in the core's cache; [l - 1] belongs to layer l.
  struct Block {
    Eigen::Index first = 0, count = 0;
    std::vector<Matrix<Scalar>> a, slope, delta;
    std::vector<Matrix<Scalar>> bend;  // (W^T delta) * phi''
    std::vector<Matrix<Scalar>> r_z, r_a, r_delta;
  };
  using Weights = Eigen::Map<const Matrix<Scalar>>;
  using Biases = Eigen::Map<const Vector<Scalar>>;

  Weights weights(const Vector<Scalar>& theta, std::size_t layer) const;
  Biases biases(const Vector<Scalar>& theta, std::size_t layer) const;
  Batch<Scalar> input(const Block& block, std::size_t layer) const;
  double forward(const Vector<Scalar>& theta, Block& block);
  /// Adds delta a^T and delta's row sums to a layer's part of the gradient or of the product.
  void add_outer(const Matrix<Scalar>& delta, const Block& block, std::size_t layer, Vector<Scalar>& sum);
  void backward(const Vector<Scalar>& theta, Block& block, Vector<Scalar>& gradient);
  void bend(Block& block);
  void forward_along(const Vector<Scalar>& direction, Block& block);
  void backward_along(const Vector<Scalar>& direction, Block& block, Vector<Scalar>& product);

  Activation activation_;
  std::vector<int> sizes_;
  std::vector<Eigen::Index> offsets_;  // of each layer's weights
  Eigen::Index dimension_ = 0;
  const Examples<Scalar>* examples_;
  std::vector<Block> blocks_;
  std::vector<Vector<Scalar>> bias_, bias_along_;  // copies, for the layers' kernels
  Vector<Scalar> theta_;
  Vector<Scalar> sums_;
  bool bent_ = false;
};

/// Chebyshev's polynomial T_n(x) = cos(n arccos x) at equidistant points of [-1, 1].
Examples<double> chebyshev_examples(int degree, int count);

}  // namespace numerics
