// Mean-field theory by quadrature: one- and two-dimensional Gaussian integrals on graded panels.
#include "numerics/theory/mean_field.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "numerics/networks/activation.hpp"
#include "numerics/root.hpp"
#include "numerics/theory/gaussian_moments.hpp"
#include "numerics/theory/normal_rule.hpp"

namespace numerics {
namespace {

template <class F>
double mean(const F& f) {
  const NormalRule& rule = panel_rule();
  double sum = 0;
  for (std::size_t i = 0; i < rule.size(); ++i) sum += rule.weights[i] * (f(rule.x[i]) + f(-rule.x[i]));
  return sum;
}

/// E[f(u) f(v)]: for each u the inner panels are graded around the point where v = 0.
template <class F>
double mean_pair(const F& f, double q, double c) {
  static const std::vector<NormalNode> outer = coarse_panels(0);
  const double root = std::sqrt(q);
  const double rest = std::sqrt(std::max(0.0, 1 - c * c));
  if (rest == 0) return mean([&](double x) { return f(root * x) * f(std::copysign(root, c) * x); });
  double sum = 0;
  for (const NormalNode& u : outer) {
    double inner = 0;
    for (const NormalNode& w : coarse_panels(-c * u.x / rest)) inner += w.weight * f(root * (c * u.x + rest * w.x));
    sum += u.weight * f(root * u.x) * inner;
  }
  return sum;
}

constexpr double infinity = std::numeric_limits<double>::infinity();

// Of variances: where they count as 0 and as infinite, and how far one may be from fixed.
constexpr double nothing = 1e-10, boundless = 1e14, rounding = 1e-13;

/// By how much one layer changes the variance, and the derivative of that.
ValueAndSlope growth_of(const MeanField& field, double q) {
  const GaussianMoments moments = gaussian_moments(field.activation, q);
  return {field.weight_variance * moments.square + field.bias_variance - q,
          field.weight_variance * moments.square_growth - 1};
}

/// Where the map is a line of this slope.
double fixed_variance_of_kinked(const MeanField& field, double slope) {
  if (slope >= 1) return infinity;
  const double q = field.bias_variance / (1 - slope);
  return q < nothing ? 0 : q > boundless ? infinity : q;
}

}  // namespace

double gaussian_mean(const std::function<double(double)>& f) { return mean(f); }

double mean_square(Activation phi, double q) { return gaussian_moments(phi, q).square; }

double mean_square_slope(Activation phi, double q) { return gaussian_moments(phi, q).slope_square; }

double mean_product(Activation phi, double q, double c) {
  return mean_pair([phi](double z) { return activate(phi, z); }, q, c);
}

double mean_slope_product(Activation phi, double q, double c) {
  return mean_pair([phi](double z) { return slope(phi, z); }, q, c);
}

double next_variance(const MeanField& field, double q) {
  return field.weight_variance * mean_square(field.activation, q) + field.bias_variance;
}

double fixed_variance(const MeanField& field) {
  const auto [growth, slope] = growth_of(field, 1);
  if (std::abs(growth) <= rounding) return 1;
  if (is_kinked(field.activation)) return fixed_variance_of_kinked(field, slope + 1);
  // The variance moves from 1 towards the first sign change in its direction. Iterating the map instead would take
  // forever near criticality, where q_l falls only like 1/l.
  const bool grows = growth > 0;
  const double ratio = grows ? std::numbers::sqrt2 : 1 / std::numbers::sqrt2;
  double q = 1, next = ratio;
  while ((growth_of(field, next).value > 0) == grows) {
    q = next;
    next *= ratio;
    if (next < nothing) return 0;
    if (next > boundless) return infinity;
  }
  const auto [low, high] = std::minmax(q, next);
  // The variance grows below the fixed point to which it is drawn, and shrinks above it.
  return newton_between([&](double x) { return growth_of(field, x); }, low, high);
}

double susceptibility(const MeanField& field, double q) {
  return field.weight_variance * mean_square_slope(field.activation, q);
}

double variance_susceptibility(const MeanField& field, double q) {
  return field.weight_variance * gaussian_moments(field.activation, q).square_growth;
}

double next_correlation(const MeanField& field, double q, double c) {
  const double covariance = field.weight_variance * mean_product(field.activation, q, c) + field.bias_variance;
  return covariance / next_variance(field, q);
}

}  // namespace numerics
