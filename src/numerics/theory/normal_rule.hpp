// Quadratures against the normal density that mean-field theory rests on. Functions that are analytic about the real
// axis take the trapezoidal rule, whose error falls exponentially with the nodes (Trefethen and Weideman 2014); others
// take Gauss and Legendre's on panels.
#pragma once

#include <cstddef>
#include <vector>

#include "numerics/networks/network.hpp"

namespace numerics {

/// Nodes x > 0, each for x and for -x, so that E[f] = sum of weights (f(x) + f(-x)): the density is in the weights.
/// Filled up to whole vectors by nodes without weight.
struct NormalRule {
  /// Nodes of one vector, and of the longest rule.
  static constexpr std::size_t vector = 8, most = 336;

  std::vector<double> x, weights;

  std::size_t size() const { return x.size(); }
};

/// Panels that shrink towards 0, so that kinks there and features down to a width of 1/500 are resolved, to rounding.
const NormalRule& panel_rule();

/// The shortest rule for E[phi(sqrt(q) x)^2] and E[phi'(sqrt(q) x)^2] of a smooth activation, to rounding: E[tanh^2]
/// takes 16 nodes at q = 0.01, 48 at q = 1 and 192 at q = 20. panel_rule() where that is shorter, and for the softsign
/// and activations with a kink, which are not smooth.
const NormalRule& rule_for(Activation, double q);

/// How many terms of a Hermite series hermite_rule serves.
constexpr int hermite_terms = 320;

/// A rule for E[phi(sqrt(q) x) h_k(x)] with the normalised Hermite polynomials h_k, k < hermite_terms, and h_k of its
/// nodes, times the weights.
struct HermiteRule {
  /// Terms of a block: as many sums as registers hold.
  static constexpr std::size_t block = 32;

  NormalRule rule;
  std::vector<double> even, odd;  // of each block of k = 0, 2, ... and of k = 1, 3, ...: `block` numbers a node
};
const HermiteRule& hermite_rule(Activation, double q);

struct NormalNode {
  double x = 0;
  double weight = 0;  // the density is in it
};

/// For integrals over two variables: panels graded around `centre`, to about eight digits at a few hundred nodes.
std::vector<NormalNode> coarse_panels(double centre);

}  // namespace numerics
