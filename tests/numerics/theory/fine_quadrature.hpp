// Gaussian means by a rule of far more nodes and digits than those tested: the doubly exponential formula of the half
// line (Takahasi and Mori 1974), which resolves every scale, in long double. Its activations are written out anew.
#pragma once

#include <cmath>
#include <numbers>
#include <vector>

#include "numerics/networks/network.hpp"

namespace fine {

using numerics::Activation;
using Real = long double;

struct Node {
  Real x, weight;  // the density is in it
};

/// On both sides of 0, about 1,800 of them.
inline const std::vector<Node>& nodes() {
  static const std::vector<Node> list = [] {
    std::vector<Node> all;
    constexpr Real step = 1.0L / 128;
    for (int i = -900; i < 400; ++i) {
      const Real t = i * step, e = std::exp(-t);
      const Real x = std::exp(t - e);
      if (x > 14 || x < 1e-60L) continue;
      const Real weight = step * x * (1 + e) * std::exp(-x * x / 2) / std::sqrt(2 * std::numbers::pi_v<Real>);
      all.push_back({x, weight});
      all.push_back({-x, weight});
    }
    return all;
  }();
  return list;
}

inline Real phi(Activation activation, Real z) {
  switch (activation) {
    case Activation::linear:
      return z;
    case Activation::sigmoid:
      return 1 / (1 + std::exp(-z));
    case Activation::tanh:
      return std::tanh(z);
    case Activation::relu:
      return z > 0 ? z : 0;
    case Activation::leaky_relu:
      return z > 0 ? z : z * Real(0.01);
    case Activation::gelu:
      return z * std::erfc(-z / std::numbers::sqrt2_v<Real>) / 2;
    case Activation::swish:
      return z / (1 + std::exp(-z));
    case Activation::softsign:
      return z / (1 + std::abs(z));
  }
  return 0;
}

inline Real slope(Activation activation, Real z) {
  const Real up = 1 / (1 + std::exp(-z)), down = 1 / (1 + std::exp(z));
  switch (activation) {
    case Activation::linear:
      return 1;
    case Activation::sigmoid:
      return up * down;
    case Activation::tanh:
      return 1 / (std::cosh(z) * std::cosh(z));
    case Activation::relu:
      return z > 0 ? 1 : 0;
    case Activation::leaky_relu:
      return z > 0 ? 1 : Real(0.01);
    case Activation::gelu:
      return std::erfc(-z / std::numbers::sqrt2_v<Real>) / 2 +
             z * std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi_v<Real>);
    case Activation::swish:
      return up + z * up * down;
    case Activation::softsign:
      return 1 / ((1 + std::abs(z)) * (1 + std::abs(z)));
  }
  return 0;
}

/// E[phi^2], its derivative by q, and E[phi'^2], for z ~ N(0, q).
struct Moments {
  Real square = 0, square_growth = 0, slope_square = 0;
};

inline Moments moments(Activation activation, double q) {
  const Real root = std::sqrt(Real(q));
  Moments sums;
  for (const Node& node : nodes()) {
    const Real z = root * node.x, a = phi(activation, z), d = slope(activation, z);
    sums.square += node.weight * a * a;
    sums.square_growth += node.weight * node.x * a * d / root;
    sums.slope_square += node.weight * d * d;
  }
  return sums;
}

/// Squares of the first coefficients in normalised Hermite polynomials.
inline std::vector<Real> hermite_squares(Activation activation, double q, std::size_t count) {
  const Real root = std::sqrt(Real(q));
  std::vector<Real> sums(count), roots(count + 1);
  for (std::size_t k = 0; k <= count; ++k) roots[k] = std::sqrt(static_cast<Real>(k));
  for (const Node& node : nodes()) {
    Real before = 0, here = node.weight * phi(activation, root * node.x);
    for (std::size_t k = 0; k < count; ++k) {
      sums[k] += here;
      const Real after = (node.x * here - roots[k] * before) / roots[k + 1];
      before = here;
      here = after;
    }
  }
  for (Real& sum : sums) sum *= sum;
  return sums;
}

}  // namespace fine
