// Order and chaos: how the correlation of two inputs changes from layer to layer, and over how many layers it is felt.
// Poole et al. 2016, Schoenholz et al. 2017. The map is the power series of Daniely, Frostig and Singer 2016 (the "dual
// activation"): with phi(sqrt(q) x) = sum_k a_k h_k(x) in normalised Hermite polynomials,
// E[phi(u) phi(v)] = sum_k a_k^2 c^k for u, v ~ N(0, q) of correlation c. Kinked activations have Cho and Saul's closed
// form (2009) instead of a series that converges slowly.
#pragma once

#include <limits>
#include <optional>
#include <vector>

#include "numerics/theory/gaussian_moments.hpp"
#include "numerics/theory/mean_field.hpp"

namespace numerics {

class CorrelationMap {
 public:
  /// For pre-activations of variance q >= 0. At q = 0 the activation is linear.
  CorrelationMap(const MeanField& field, double q);
  /// The same with the moments at q, where they are known.
  CorrelationMap(const MeanField& field, double q, const GaussianMoments& moments);

  /// The correlation one layer on.
  double operator()(double c) const;

  /// sigma_w^2 E[phi'(u) phi'(v)]: by how much one layer multiplies a small difference of correlations, at c = 1 chi_1.
  double contraction(double c) const;

  /// The correlation to which all pairs of different inputs are drawn: 1 in the ordered phase and at criticality, less
  /// in the chaotic one. For a q that is the fixed point of the variance.
  double fixed_point() const;

 private:
  MeanField field_;
  double q_ = 1, next_ = 1;
  double chi_ = 1;
  bool is_kinked_ = false;
  Kinked kinked_;
  std::vector<double> squares_;  // a_k^2, filled up to a multiple of eight
};

/// The correlation after 0 ... `layers` layers.
std::vector<double> iterated(const CorrelationMap& map, double correlation, int layers);

/// The state to which a deep network settles, and over how many layers (a factor e) what differs from it is forgotten.
/// Variances and factors solve their equations to rounding, relative errors 1e-14 before conditioning. So do
/// correlations while the series ends within its 320 terms, for tanh up to q = 10; where it is cut off, at larger
/// variances beside the critical line, their depth is exact to 1e-5. Softsign's, whose series falls like a power, to
/// about 1e-3.
struct Phase {
  double variance = 0;           // q*
  double susceptibility = 1;     // chi_1
  double correlation = 1;        // c*
  double correlation_depth = 0;  // xi_c = -1 / ln(dc'/dc at c*); infinite at criticality
  double variance_depth = 0;     // xi_q = -1 / ln chi_parallel
  double gradient_depth = 0;     // |1 / ln chi_1|: over which gradients change by a factor e
};
Phase phase_of(const MeanField& field);

/// chi_1 at the variance to which a deep network settles, or in the limit where that is infinite.
double settled_susceptibility(const MeanField& field);

/// The weight variance between two bounds at which chi_1 passes through 1 for this bias variance; nothing when chi_1
/// lies on the same side of 1 at both.
std::optional<double> critical_weight_variance(Activation phi, double bias_variance, double low, double high);

/// Where chi_1 = 1 for this bias variance, and the variance of the pre-activations there; NaN where there is no such
/// point between 1e-3 and 1e4.
struct CriticalPoint {
  double weight_variance = std::numeric_limits<double>::quiet_NaN();
  double variance = std::numeric_limits<double>::quiet_NaN();
};
CriticalPoint critical_point(Activation phi, double bias_variance);

/// Decades by which two nearly equal inputs drift apart on their way through so many layers, relative to the signal:
/// sqrt(chi_1) a layer at a fixed point of the variance. Where there is none, the signal grows or shrinks along.
double drift_decades(const MeanField& field, int layers);

}  // namespace numerics
