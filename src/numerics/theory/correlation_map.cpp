// Order and chaos by Hermite series and Cho and Saul's arc-cosine kernel.
// See correlation_map.hpp.
#include "numerics/theory/correlation_map.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "numerics/networks/activation.hpp"
#include "numerics/root.hpp"
#include "numerics/theory/normal_nodes.hpp"

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

/// Squares of the Hermite coefficients of phi(sqrt(q) x), until what is left of E[phi^2] is rounding.
std::vector<double> hermite_squares(Activation phi, double q) {
  constexpr std::size_t most = 300;
  const double root = std::sqrt(q);
  const auto& nodes = normal_nodes();
  std::vector<double> before(nodes.size(), 0), here(nodes.size(), 1), values(nodes.size());
  double rest = 0;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const double value = activate(phi, root * nodes[i].x);
    values[i] = nodes[i].weight * value;
    rest += values[i] * value;
  }
  const double enough = 1e-15 * rest;
  std::vector<double> squares;
  for (std::size_t k = 0; k < most && (rest > enough || k < 4); ++k) {
    double coefficient = 0;
    for (std::size_t i = 0; i < nodes.size(); ++i) coefficient += values[i] * here[i];
    squares.push_back(coefficient * coefficient);
    rest -= squares.back();
    // h_(k+1) = (x h_k - sqrt(k) h_(k-1)) / sqrt(k+1)
    const double a = 1 / std::sqrt(static_cast<double>(k + 1)), b = std::sqrt(static_cast<double>(k)) * a;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const double after = a * nodes[i].x * here[i] - b * before[i];
      before[i] = here[i];
      here[i] = after;
    }
  }
  // What the series leaves out is correlated like its next term.
  squares.push_back(std::max(0.0, rest));
  return squares;
}

double depth_of(double factor) {
  constexpr double rounding = 1e-14;  // of the quadrature
  if (std::abs(factor - 1) < rounding) return infinity;
  return 1 / std::abs(std::log(factor));
}

/// The variance that functions of z are asked for at.
double bounded(double variance) { return std::min(variance, boundless); }

}  // namespace

CorrelationMap::CorrelationMap(const MeanField& field, double q)
    : field_(field), q_(q), next_(next_variance(field, q)), chi_(numerics::susceptibility(field, q)) {
  const Activation phi = field.activation;
  kinked_ = true;
  if (q == 0) {
    straight_ = slope(phi, 0);
  } else if (phi == Activation::linear) {
    straight_ = 1;
  } else if (phi == Activation::relu || phi == Activation::leaky_relu) {
    straight_ = activate(phi, -1) / -1;
    bent_ = 1 - straight_;
  } else {
    kinked_ = false;
    squares_ = hermite_squares(phi, q);
  }
}

double CorrelationMap::operator()(double c) const {
  if (q_ == 0) return c;
  double product = 0;
  if (kinked_) {
    product = q_ * ((straight_ * straight_ + straight_ * bent_) * c + bent_ * bent_ * relu_kernel(c) / 2);
  } else {
    for (auto a = squares_.rbegin(); a != squares_.rend(); ++a) product = product * c + *a;
  }
  return (field_.weight_variance * product + field_.bias_variance) / next_;
}

double CorrelationMap::contraction(double c) const {
  if (kinked_)
    return field_.weight_variance *
           (straight_ * straight_ + straight_ * bent_ + bent_ * bent_ * relu_kernel_slope(c) / 2);
  if (c == 1) return chi_;
  double sum = 0;
  for (std::size_t k = squares_.size() - 1; k > 0; --k) sum = sum * c + static_cast<double>(k) * squares_[k];
  return field_.weight_variance * sum / q_;
}

double CorrelationMap::divergence(double c) const {
  // From the highest term down: with s_k the sum of w_k, w_(k+1), ... it is s_1 + c s_2 + c^2 s_3 + ...
  double tail = 0, sum = 0;
  for (std::size_t k = squares_.size() - 1; k > 0; --k) {
    tail += squares_[k];
    sum = sum * c + tail;
  }
  return field_.weight_variance * sum / next_;
}

double CorrelationMap::fixed_point() const {
  // The map is convex, so that there is another fixed point than 1 exactly where its slope at 1 exceeds 1.
  if (kinked_ || chi_ <= 1) return 1;
  const auto excess = [this](double c) { return divergence(c) - 1; };
  if (excess(0) >= 0) return 0;
  if (excess(1) <= 0) return 1;
  return root_between(excess, 0.0, 1.0);
}

Phase phase_of(const MeanField& field) {
  Phase phase;
  phase.variance = fixed_variance(field);
  const double q = bounded(phase.variance);
  const CorrelationMap map(field, q);
  phase.susceptibility = susceptibility(field, q);
  phase.correlation = map.fixed_point();
  phase.correlation_depth = depth_of(map.contraction(phase.correlation));
  phase.variance_depth = depth_of(variance_susceptibility(field, q));
  phase.gradient_depth = depth_of(phase.susceptibility);
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
