// Sums over nodes in vectors of four, which every processor has or is given: their order does not depend on it.
#include "numerics/theory/gaussian_moments.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "numerics/linear/kernels.hpp"
#include "numerics/networks/activation.hpp"
#include "numerics/theory/normal_rule.hpp"

namespace numerics {
namespace {

typedef double Four __attribute__((vector_size(32)));

inline void load(Four& four, const double* at) { std::memcpy(&four, at, sizeof four); }
inline double sum(const Four& four) { return (four[0] + four[1]) + (four[2] + four[3]); }

/// phi and phi' at sqrt(q) times the nodes, and at the opposite points where these are not the same or the opposite.
struct Values {
  alignas(64) double phi[2][NormalRule::most];
  alignas(64) double slope[2][NormalRule::most];
};

bool is_odd(Activation phi) {
  return phi == Activation::linear || phi == Activation::tanh || phi == Activation::softsign;
}

void evaluate(Activation phi, double q, const NormalRule& rule, Values& values, bool with_slopes) {
  static constexpr double no_bias[NormalRule::most]{};
  const double root = std::sqrt(q);
  const int sides = is_odd(phi) ? 1 : 2;
  for (int side = 0; side < sides; ++side)
    for (std::size_t i = 0; i < rule.size(); ++i) values.phi[side][i] = (side == 0 ? root : -root) * rule.x[i];
  activate<double>({phi, static_cast<std::ptrdiff_t>(rule.size()), sides, no_bias, values.phi[0], NormalRule::most,
                    with_slopes ? values.slope[0] : nullptr, NormalRule::most});
}

/// The sigmoid is (1 + tanh(z / 2)) / 2, and tanh is odd: half of the work, and nothing that cancels.
constexpr double of_half = 0.25;  // the variance of z / 2 by that of z

GaussianMoments moments_of_sigmoid(double q) {
  const GaussianMoments tanh = gaussian_moments(Activation::tanh, of_half * q);
  return {0.25 + 0.25 * tanh.square, tanh.square_growth / 16, tanh.slope_square / 16};
}

GaussianMoments moments_at_zero(Activation phi) {
  const double value = activate(phi, 0.0), first = slope(phi, 0);
  return {value * value, first * first + curvature(phi, 0) * value, first * first};
}

}  // namespace

bool is_kinked(Activation phi) {
  return phi == Activation::linear || phi == Activation::relu || phi == Activation::leaky_relu;
}

Kinked kinked(Activation phi) {
  if (phi == Activation::linear) return {1, 0};
  const double straight = -activate(phi, -1);
  return {straight, 1 - straight};
}

GaussianMoments gaussian_moments(Activation phi, double q) {
  if (is_kinked(phi)) {
    const auto [straight, bent] = kinked(phi);
    const double share = straight * straight + straight * bent + bent * bent / 2;
    return {q * share, share, share};
  }
  if (phi == Activation::sigmoid) return moments_of_sigmoid(q);
  if (q < 1e-200) return moments_at_zero(phi);
  const NormalRule& rule = rule_for(phi, q);
  Values values;
  evaluate(phi, q, rule, values, true);
  const bool odd = is_odd(phi);
  // With z = sqrt(q) x the derivative of E[phi(z)^2] by q is E[x phi phi'] / sqrt(q).
  Four square{}, growth{}, slope_square{};
  for (std::size_t i = 0; i < rule.size(); i += 4) {
    Four x, weights, a, d;
    load(x, &rule.x[i]);
    load(weights, &rule.weights[i]);
    load(a, values.phi[0] + i);
    load(d, values.slope[0] + i);
    Four aa = a * a, ad = a * d, dd = d * d;
    if (odd) {
      aa += aa, ad += ad, dd += dd;
    } else {
      load(a, values.phi[1] + i);
      load(d, values.slope[1] + i);
      aa += a * a, ad -= a * d, dd += d * d;
    }
    square += weights * aa;
    growth += weights * x * ad;
    slope_square += weights * dd;
  }
  return {sum(square), sum(growth) / std::sqrt(q), sum(slope_square)};
}

std::vector<double> hermite_squares(Activation phi, double q) {
  if (phi == Activation::sigmoid) {
    auto squares = hermite_squares(Activation::tanh, of_half * q);
    for (double& square : squares) square *= 0.25;
    squares[0] = 0.25;
    return squares;
  }
  const HermiteRule& table = hermite_rule(phi, q);
  const NormalRule& rule = table.rule;
  const std::size_t nodes = rule.size();
  Values values;
  evaluate(phi, q, rule, values, false);
  const bool odd = is_odd(phi);
  double rest = 0;
  for (std::size_t i = 0; i < nodes; ++i) {
    double& plus = values.phi[0][i];
    double& minus = values.phi[1][i];
    if (odd) minus = -plus;
    rest += rule.weights[i] * (plus * plus + minus * minus);
    // Even terms see the sum of both sides, odd ones the difference.
    const double even = plus + minus;
    plus -= minus;
    minus = even;
  }
  const double enough = 1e-15 * rest;
  constexpr std::size_t block = HermiteRule::block, vectors = block / 4;
  const auto coefficients = [&](const std::vector<double>& terms, std::size_t first, const double* of, double* into) {
    Four sums[vectors]{};
    const double* at = terms.data() + first * nodes;
    for (std::size_t i = 0; i < nodes; ++i, at += block)
      for (std::size_t v = 0; v < vectors; ++v) {
        Four polynomial;
        load(polynomial, at + 4 * v);
        sums[v] += polynomial * of[i];
      }
    std::memcpy(into, sums, sizeof sums);
  };
  std::vector<double> squares;
  squares.reserve(hermite_terms + 1);
  for (std::size_t first = 0; first < hermite_terms / 2 && rest > enough; first += block) {
    double of_even[block]{}, of_odd[block];
    if (!odd) coefficients(table.even, first, values.phi[1], of_even);
    coefficients(table.odd, first, values.phi[0], of_odd);
    for (std::size_t k = 0; k < block; ++k) {
      squares.push_back(of_even[k] * of_even[k]);
      squares.push_back(of_odd[k] * of_odd[k]);
      rest -= squares[squares.size() - 2] + squares.back();
    }
  }
  // What the series leaves out is correlated like its next term.
  squares.push_back(std::max(0.0, rest));
  return squares;
}

}  // namespace numerics
