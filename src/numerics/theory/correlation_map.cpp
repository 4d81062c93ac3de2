// Order and chaos by Hermite series and Cho and Saul's arc-cosine kernel.
// See correlation_map.hpp.
#include "numerics/theory/correlation_map.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <numbers>

#include "numerics/networks/activation.hpp"
#include "numerics/root.hpp"
#include "numerics/theory/gaussian_moments.hpp"

namespace numerics {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Where theory has an infinite variance, functions of z = infinity times x are asked for here.
constexpr double boundless = 1e12;

/// max(z, 0) for two standard normals of correlation c: E[r(u) r(v)] = kernel / 2 (arc-cosine kernel of degree 1).
double relu_kernel(double c) {
  const double angle = std::acos(c);
  return (std::sqrt(std::max(0.0, 1 - c * c)) + c * (std::numbers::pi - angle)) / std::numbers::pi;
}
/// Its derivative, twice the probability that both are positive (degree 0).
double relu_kernel_slope(double c) { return 1 - std::acos(c) / std::numbers::pi; }

double depth_of(double factor) {
  constexpr double rounding = 1e-14;  // of the quadrature
  if (std::abs(factor - 1) < rounding) return infinity;
  return 1 / std::abs(std::log(factor));
}

/// The variance that functions of z are asked for at.
double bounded(double variance) { return std::min(variance, boundless); }

/// How many terms of a power series at 0 <= c <= 1 are felt, rounded up to a multiple of eight: c^k falls below 1e-19.
std::size_t felt(std::size_t terms, double c) {
  if (c > 0.9) return terms;
  if (c <= 0) return 8;
  return std::min(terms, (static_cast<std::size_t>(-44 / std::log(c)) + 8) / 8 * 8);
}

/// sum_k coefficients[k] c^k for 0 <= c <= 1, in eight chains of every eighth term, which do not wait for each other.
/// Coefficients are not negative but for the first, and filled up to a multiple of eight.
double polynomial(const std::vector<double>& coefficients, double c) {
  typedef double Four __attribute__((vector_size(32)));
  const double c2 = c * c, c4 = c2 * c2, c8 = c4 * c4;
  Four low{}, high{};
  for (std::size_t k = felt(coefficients.size(), c); k > 0; k -= 8) {
    Four some[2];
    std::memcpy(some, coefficients.data() + k - 8, sizeof some);
    low = low * c8 + some[0];
    high = high * c8 + some[1];
  }
  const Four all = (low + high * c4) * Four{1, c, c2, c * c2};
  return (all[0] + all[1]) + (all[2] + all[3]);
}

/// For `polynomial`.
std::vector<double> filled_up(std::vector<double> coefficients) {
  coefficients.resize((coefficients.size() + 7) / 8 * 8);
  return coefficients;
}

/// The coefficients of the derivative.
std::vector<double> derived(const std::vector<double>& coefficients) {
  std::vector<double> list(coefficients.size());
  for (std::size_t k = 1; k < coefficients.size(); ++k) list[k - 1] = static_cast<double>(k) * coefficients[k];
  return list;
}

}  // namespace

CorrelationMap::CorrelationMap(const MeanField& field, double q)
    : CorrelationMap(field, q, gaussian_moments(field.activation, q)) {}

CorrelationMap::CorrelationMap(const MeanField& field, double q, const GaussianMoments& moments)
    : field_(field),
      q_(q),
      next_(field.weight_variance * moments.square + field.bias_variance),
      chi_(field.weight_variance * moments.slope_square) {
  const Activation phi = field.activation;
  is_kinked_ = q == 0 || is_kinked(phi);
  if (!is_kinked_)
    squares_ = filled_up(hermite_squares(phi, q));
  else
    kinked_ = q == 0 && !is_kinked(phi) ? Kinked{slope(phi, 0), 0} : kinked(phi);
}

double CorrelationMap::operator()(double c) const {
  if (q_ == 0) return c;
  double product = 0;
  if (is_kinked_) {
    const auto [straight, bent] = kinked_;
    product = q_ * ((straight * straight + straight * bent) * c + bent * bent * relu_kernel(c) / 2);
  } else {
    product = polynomial(squares_, c);
  }
  return (field_.weight_variance * product + field_.bias_variance) / next_;
}

double CorrelationMap::contraction(double c) const {
  if (is_kinked_) {
    const auto [straight, bent] = kinked_;
    return field_.weight_variance * (straight * straight + straight * bent + bent * bent * relu_kernel_slope(c) / 2);
  }
  if (c == 1) return chi_;
  return field_.weight_variance * polynomial(derived(squares_), c) / q_;
}

double CorrelationMap::fixed_point() const {
  // The map is convex, so that there is another fixed point than 1 exactly where its slope at 1 exceeds 1.
  if (is_kinked_ || chi_ <= 1) return 1;
  // It is where the divergence (1 - c') / (1 - c) is 1, which without cancellation is the series
  // sum_k w_k (1 + c + ... + c^(k-1)): with s_k the sum of w_k, w_(k+1), ... it is s_1 + c s_2 + c^2 s_3 + ...
  std::vector<double> sums(squares_.size());
  double sum = 0;
  for (std::size_t k = squares_.size() - 1; k > 0; --k) {
    sum += field_.weight_variance * squares_[k];
    sums[k - 1] = sum / next_;
  }
  sums[0] -= 1;
  const double at_end = polynomial(sums, 1);
  if (sums[0] >= 0) return 0;
  if (at_end <= 0) return 1;
  // A convex function that grows: where its chord is 0, it is not yet, and Newton's steps from there land beyond the
  // root and then fall towards it.
  const auto slopes = derived(sums);
  double c = sums[0] / (sums[0] - at_end);
  c = std::min(1.0, c - polynomial(sums, c) / polynomial(slopes, c));
  for (int i = 0; i < 100; ++i) {
    const double next = c - polynomial(sums, c) / polynomial(slopes, c);
    if (next >= c) break;
    c = next;
  }
  return c;
}

Phase phase_of(const MeanField& field) {
  Phase phase;
  phase.variance = fixed_variance(field);
  const double q = bounded(phase.variance);
  const GaussianMoments moments = gaussian_moments(field.activation, q);
  phase.susceptibility = field.weight_variance * moments.slope_square;
  phase.gradient_depth = phase.correlation_depth = depth_of(phase.susceptibility);
  phase.variance_depth = depth_of(field.weight_variance * moments.square_growth);
  // In the ordered phase all inputs become one, and what is left of differences shrinks like gradients.
  if (phase.susceptibility > 1) {
    const CorrelationMap map(field, q, moments);
    phase.correlation = map.fixed_point();
    phase.correlation_depth = depth_of(map.contraction(phase.correlation));
  }
  return phase;
}

double settled_susceptibility(const MeanField& field) { return susceptibility(field, bounded(fixed_variance(field))); }

std::optional<double> critical_weight_variance(Activation phi, double bias_variance, double low, double high) {
  const auto excess = [&](double weight_variance) {
    return settled_susceptibility({phi, weight_variance, bias_variance}) - 1;
  };
  const double at_low = excess(low), at_high = excess(high);
  if (at_low == 0) return low;
  if (at_high == 0) return high;
  if ((at_low > 0) == (at_high > 0)) return std::nullopt;
  return root_between(excess, low, high);
}

std::vector<double> iterated(const CorrelationMap& map, double correlation, int layers) {
  std::vector<double> values{correlation};
  for (int l = 0; l < layers; ++l) values.push_back(correlation = map(correlation));
  return values;
}

CriticalPoint critical_point(Activation phi, double bias_variance) {
  const auto weight_variance = critical_weight_variance(phi, bias_variance, 1e-3, 1e4);
  if (!weight_variance) return {};
  return {*weight_variance, fixed_variance({phi, *weight_variance, bias_variance})};
}

double drift_decades(const MeanField& field, int layers) {
  const double variance = fixed_variance(field);
  if (variance == 0 || std::isinf(variance)) return 0;
  return layers * 0.5 * std::log10(susceptibility(field, variance));
}

}  // namespace numerics
