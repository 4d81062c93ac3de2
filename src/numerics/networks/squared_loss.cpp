// Both passes over blocks of examples, in a fixed order, and the same passes differentiated along a direction.
#include "numerics/networks/squared_loss.hpp"

#include <algorithm>
#include <cmath>

#include "numerics/linear/product.hpp"
#include "numerics/networks/activation.hpp"

namespace numerics {
namespace {

// Two layers of 200 units of so many examples stay in a core's second cache, in single precision.
constexpr Eigen::Index block_size = 480;

}  // namespace

template <class Scalar>
Vector<Scalar> flatten(const Mlp<Scalar>& network) {
  Eigen::Index size = 0;
  for (std::size_t i = 0; i < network.weights.size(); ++i) size += network.weights[i].size() + network.biases[i].size();
  Vector<Scalar> theta(size);
  Eigen::Index at = 0;
  for (std::size_t i = 0; i < network.weights.size(); ++i) {
    theta.segment(at, network.weights[i].size()) = network.weights[i].reshaped();
    at += network.weights[i].size();
    theta.segment(at, network.biases[i].size()) = network.biases[i];
    at += network.biases[i].size();
  }
  return theta;
}

template <class Scalar>
SquaredLoss<Scalar>::SquaredLoss(Activation phi, std::vector<int> sizes, const Examples<Scalar>& examples)
    : activation_(phi), sizes_(std::move(sizes)), examples_(&examples) {
  const std::size_t depth = sizes_.size() - 1;
  for (std::size_t l = 0; l < depth; ++l) {
    offsets_.push_back(dimension_);
    dimension_ += static_cast<Eigen::Index>(sizes_[l + 1]) * (sizes_[l] + 1);
    bias_.emplace_back(sizes_[l + 1]);
  }
  bias_along_ = bias_;
  const Eigen::Index all = examples.inputs.cols();
  for (Eigen::Index first = 0; first < all; first += block_size) {
    Block block;
    block.first = first;
    block.count = std::min(block_size, all - first);
    for (std::size_t l = 0; l < depth; ++l) {
      const Matrix<Scalar> layer(sizes_[l + 1], block.count);
      for (auto* list : {&block.a, &block.slope, &block.delta, &block.bend, &block.r_z, &block.r_a, &block.r_delta})
        list->push_back(layer);
    }
    blocks_.push_back(std::move(block));
  }
}

template <class Scalar>
auto SquaredLoss<Scalar>::weights(const Vector<Scalar>& theta, std::size_t l) const -> Weights {
  return {theta.data() + offsets_[l], sizes_[l + 1], sizes_[l]};
}

template <class Scalar>
auto SquaredLoss<Scalar>::biases(const Vector<Scalar>& theta, std::size_t l) const -> Biases {
  return {theta.data() + offsets_[l] + static_cast<Eigen::Index>(sizes_[l + 1]) * sizes_[l], sizes_[l + 1]};
}

template <class Scalar>
Batch<Scalar> SquaredLoss<Scalar>::input(const Block& block, std::size_t l) const {
  if (l == 0) return examples_->inputs.middleCols(block.first, block.count);
  return block.a[l - 1];
}

template <class Scalar>
double SquaredLoss<Scalar>::evaluate(const Vector<Scalar>& theta, Vector<Scalar>& gradient) {
  theta_ = theta;
  bent_ = false;
  for (std::size_t l = 0; l < bias_.size(); ++l) bias_[l] = biases(theta, l);
  gradient.setZero(dimension_);
  double squares = 0;
  for (Block& block : blocks_) {
    squares += forward(theta, block);
    backward(theta, block, gradient);
  }
  return squares / (2 * static_cast<double>(examples_->inputs.cols()));
}

/// Leaves the residual over n, which is delta^(L), and gives the sum of squared residuals.
template <class Scalar>
double SquaredLoss<Scalar>::forward(const Vector<Scalar>& theta, Block& block) {
  const std::size_t last = bias_.size() - 1;
  for (std::size_t l = 0; l <= last; ++l) {
    const auto w = weights(theta, l);
    const auto below = input(block, l);
    if (l < last)
      multiply_activate<Scalar>(activation_, plain(w), plain(below), bias_[l], block.a[l], block.slope[l]);
    else
      multiply_activate<Scalar>(Activation::linear, plain(w), plain(below), bias_[l], block.a[l]);
  }
  block.delta[last] = block.a[last] - examples_->targets.middleCols(block.first, block.count);
  const double squares = block.delta[last].template cast<double>().squaredNorm();
  block.delta[last] /= static_cast<Scalar>(examples_->inputs.cols());
  return squares;
}

template <class Scalar>
void SquaredLoss<Scalar>::backward(const Vector<Scalar>& theta, Block& block, Vector<Scalar>& gradient) {
  for (std::size_t l = bias_.size(); l-- > 0;) {
    if (l + 1 < bias_.size())
      multiply_times<Scalar>(transposed(weights(theta, l + 1)), plain(block.delta[l + 1]), block.slope[l],
                             block.delta[l]);
    add_outer(block.delta[l], block, l, gradient);
  }
}

template <class Scalar>
void SquaredLoss<Scalar>::add_outer(const Matrix<Scalar>& delta, const Block& block, std::size_t l,
                                    Vector<Scalar>& sum) {
  Eigen::Map<Matrix<Scalar>> w(sum.data() + offsets_[l], sizes_[l + 1], sizes_[l]);
  sums_.resize(sizes_[l + 1]);
  multiply_add<Scalar>(1, plain(delta), transposed(input(block, l)), w, sums_.data());
  sum.segment(offsets_[l] + w.size(), sizes_[l + 1]) += sums_;
}

/// (W^T delta) * phi'', which is delta * (phi'' / phi') where that quotient is a function of phi and phi'.
template <class Scalar>
void SquaredLoss<Scalar>::bend(Block& block) {
  for (std::size_t l = 0; l + 1 < bias_.size(); ++l) {
    const auto a = block.a[l].array();
    const auto delta = block.delta[l].array();
    auto bent = block.bend[l].array();
    switch (activation_) {
      case Activation::linear:
      case Activation::relu:
      case Activation::leaky_relu:
        bent.setZero();
        break;
      case Activation::tanh:
        bent = Scalar(-2) * a * delta;
        break;
      case Activation::sigmoid:
        bent = (1 - 2 * a) * delta;
        break;
      case Activation::softsign:
        bent = Scalar(-2) * a.sign() * block.slope[l].array().sqrt() * delta;
        break;
      case Activation::gelu:
      case Activation::swish: {
        multiply_activate<Scalar>(Activation::linear, plain(weights(theta_, l)), plain(input(block, l)), bias_[l],
                                  block.bend[l]);
        bent = bent.unaryExpr([this](Scalar z) { return static_cast<Scalar>(curvature(activation_, double(z))); });
        multiply_times<Scalar>(transposed(weights(theta_, l + 1)), plain(block.delta[l + 1]), block.bend[l],
                               block.bend[l]);
        break;
      }
    }
  }
}

template <class Scalar>
void SquaredLoss<Scalar>::forward_along(const Vector<Scalar>& direction, Block& block) {
  for (std::size_t l = 0; l < bias_.size(); ++l) {
    multiply_activate<Scalar>(Activation::linear, plain(weights(direction, l)), plain(input(block, l)), bias_along_[l],
                              block.r_z[l]);
    if (l > 0) multiply_add<Scalar>(1, plain(weights(theta_, l)), plain(block.r_a[l - 1]), block.r_z[l]);
    if (l + 1 < bias_.size()) block.r_a[l] = block.r_z[l].cwiseProduct(block.slope[l]);
  }
}

template <class Scalar>
void SquaredLoss<Scalar>::backward_along(const Vector<Scalar>& direction, Block& block, Vector<Scalar>& product) {
  const std::size_t last = bias_.size() - 1;
  block.r_delta[last] = block.r_z[last] / static_cast<Scalar>(examples_->inputs.cols());
  for (std::size_t l = last + 1; l-- > 0;) {
    Matrix<Scalar>& r_delta = block.r_delta[l];
    if (l < last) {
      multiply<Scalar>(transposed(weights(theta_, l + 1)), plain(block.r_delta[l + 1]), r_delta);
      multiply_add<Scalar>(1, transposed(weights(direction, l + 1)), plain(block.delta[l + 1]), r_delta);
      r_delta.array() = r_delta.array() * block.slope[l].array() + block.bend[l].array() * block.r_z[l].array();
    }
    add_outer(r_delta, block, l, product);
    if (l == 0) continue;
    Eigen::Map<Matrix<Scalar>> w(product.data() + offsets_[l], sizes_[l + 1], sizes_[l]);
    multiply_add<Scalar>(1, plain(block.delta[l]), transposed(block.r_a[l - 1]), w);
  }
}

template <class Scalar>
void SquaredLoss<Scalar>::hessian_product(const Vector<Scalar>& direction, Vector<Scalar>& product) {
  for (std::size_t l = 0; l < bias_.size(); ++l) bias_along_[l] = biases(direction, l);
  product.setZero(dimension_);
  for (Block& block : blocks_) {
    if (!bent_) bend(block);
    forward_along(direction, block);
    backward_along(direction, block, product);
  }
  bent_ = true;
}

template class SquaredLoss<float>;
template class SquaredLoss<double>;
template Vector<float> flatten(const Mlp<float>&);
template Vector<double> flatten(const Mlp<double>&);

Examples<double> chebyshev_examples(int degree, int count) {
  Examples<double> examples{Matrix<double>(1, count), Matrix<double>(1, count)};
  for (int i = 0; i < count; ++i) {
    const double x = std::lerp(-1.0, 1.0, static_cast<double>(i) / (count - 1));
    examples.inputs(0, i) = x;
    examples.targets(0, i) = std::cos(degree * std::acos(x));
  }
  return examples;
}

}  // namespace numerics
