// Layers with Gaussian weights in their exact law.
// See gaussian_layer.hpp.
#include "numerics/theory/gaussian_layer.hpp"

#include <algorithm>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <boost/random/normal_distribution.hpp>
#include <cmath>
#include <numbers>

#include "numerics/networks/activation.hpp"

namespace numerics {
namespace {

/// A lower triangular root of a covariance matrix that may be singular: nearly equal inputs leave no rest.
Matrix<double> triangular_root(const Matrix<double>& covariance) {
  const Eigen::Index k = covariance.rows();
  Matrix<double> root = Matrix<double>::Zero(k, k);
  for (Eigen::Index i = 0; i < k; ++i) {
    for (Eigen::Index j = 0; j <= i; ++j) {
      const double rest = covariance(i, j) - root.row(i).head(j).dot(root.row(j).head(j));
      if (i == j) {
        root(i, i) = std::sqrt(std::max(0.0, rest));
      } else if (root(j, j) > 0) {
        root(i, j) = rest / root(j, j);
      }
    }
  }
  return root;
}

/// Two random pre-activations of this mean square and correlation, exactly.
Matrix<double> correlated_pair(int width, double variance, double correlation, MersenneTwister& engine) {
  boost::random::normal_distribution<double> normal;
  Matrix<double> z = Matrix<double>::NullaryExpr(width, 2, [&] { return normal(engine); });
  z.col(0).normalize();
  z.col(1) -= z.col(0).dot(z.col(1)) * z.col(0);
  z.col(1).normalize();
  z.col(1) = correlation * z.col(0) + std::sqrt(1 - correlation * correlation) * z.col(1);
  return std::sqrt(width * variance) * z;
}

}  // namespace

Matrix<double> gaussian_layer(const Matrix<double>& a, int outputs, const MeanField& field, MersenneTwister& engine) {
  Matrix<double> covariance = field.weight_variance / static_cast<double>(a.rows()) * (a.transpose() * a);
  covariance.array() += field.bias_variance;
  boost::random::normal_distribution<double> normal;
  const Matrix<double> rows = Matrix<double>::NullaryExpr(a.cols(), outputs, [&] { return normal(engine); });
  return (triangular_root(covariance) * rows).transpose();
}

LayerLaw relu_layer_law(int width) {
  LayerLaw law;
  const double n = width;
  law.dead = std::exp2(-n);
  double mean = 0, square = 0, within = 0, all = 0;
  for (int live = 1; live <= width; ++live) {
    // ln of the binomial probability: powers of 2 alone would underflow for wide layers.
    const double log_share =
        std::lgamma(n + 1) - std::lgamma(live + 1.0) - std::lgamma(n - live + 1) - n * std::numbers::ln2;
    const double share = std::exp(log_share);
    const double digamma = boost::math::digamma(live / 2.0);
    all += share;
    mean += share * digamma;
    square += share * digamma * digamma;
    within += share * boost::math::trigamma(live / 2.0);
  }
  mean /= all;
  law.mean_log = mean + std::log(4 / n);
  law.variance_log = within / all + square / all - mean * mean;
  law.second_moment = 1 + 5 / n;
  return law;
}

LayerLaw linear_layer_law(int width) {
  const double n = width;
  return {boost::math::digamma(n / 2) + std::log(2 / n), boost::math::trigamma(n / 2), 1 + 2 / n, 0};
}

std::vector<double> log_norms(const MeanField& field, int width, int depth, MersenneTwister& engine) {
  Matrix<double> x = Matrix<double>::Constant(width, 1, 1 / std::sqrt(static_cast<double>(width)));
  std::vector<double> logs{0};
  double log_norm = 0;
  for (int layer = 1; layer <= depth; ++layer) {
    x = gaussian_layer(x, width, field, engine);
    if (field.activation == Activation::relu) x = x.cwiseMax(0.0);
    const double norm = x.norm();
    log_norm += std::log10(norm);
    // Each layer starts from a vector of length 1, so that no depth overflows.
    if (norm > 0) x /= norm;
    logs.push_back(log_norm);
  }
  return logs;
}

std::vector<double> correlations(const MeanField& field, double variance, double first, int width, int depth,
                                 MersenneTwister& engine) {
  Matrix<double> z = correlated_pair(width, variance, first, engine);
  std::vector<double> list;
  for (int layer = 0; layer <= depth; ++layer) {
    if (layer > 0) {
      const Matrix<double> a = z.unaryExpr([&](double v) { return activate(field.activation, v); });
      z = gaussian_layer(a, width, field, engine);
    }
    list.push_back(z.col(0).dot(z.col(1)) / (z.col(0).norm() * z.col(1).norm()));
  }
  return list;
}

LayerLaw layer_law(Activation activation, int width) {
  return activation == Activation::relu ? relu_layer_law(width) : linear_layer_law(width);
}

}  // namespace numerics
