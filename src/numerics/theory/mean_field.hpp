// Signals in networks of infinite width: Poole et al. 2016, Schoenholz et al. 2017.
//
// With z^(l) Gaussian of variance q_l, the pre-activations of the next layer have variance
// q_(l+1) = sigma_w^2 E[phi(z)^2] + sigma_b^2, sigma_w^2 = n_in Var W, and on the way back each layer multiplies the
// squared norm of the error signal by chi_1 = sigma_w^2 E[phi'(z)^2] (at equal widths).
#pragma once

#include <functional>

#include "numerics/networks/network.hpp"

namespace numerics {

/// E[f(z)] for z ~ N(0, 1), by Gauss and Legendre on panels that shrink towards 0, so that kinks there and features
/// down to a width of 1/500 are resolved.
double gaussian_mean(const std::function<double(double)>& f);

/// E[phi(z)^2] and E[phi'(z)^2] for z ~ N(0, q), as exact as gaussian_moments.
double mean_square(Activation, double q);
double mean_square_slope(Activation, double q);

/// E[phi(u) phi(v)] and E[phi'(u) phi'(v)] for u, v ~ N(0, q) of correlation c.
double mean_product(Activation, double q, double c);
double mean_slope_product(Activation, double q, double c);

/// Variances of weights (times n_in) and of biases.
struct MeanField {
  Activation activation = Activation::tanh;
  double weight_variance = 1;  // sigma_w^2
  double bias_variance = 0;    // sigma_b^2
};

/// The variance of the next layer's pre-activations.
double next_variance(const MeanField&, double q);

/// The fixed point q* of next_variance to which q = 1 is drawn; 0 or infinity where the variance shrinks or grows
/// without end. Where every q is fixed (ReLU with sigma_w^2 = 2), 1.
double fixed_variance(const MeanField&);

/// chi_1 = sigma_w^2 E[phi'^2]: what one layer does to the squared norm of an error signal, and to the distance of two
/// nearby inputs.
double susceptibility(const MeanField&, double q);

/// chi_parallel = sigma_w^2 E[phi'^2 + phi'' phi], the derivative of next_variance: what one layer does to a small
/// difference of norms.
double variance_susceptibility(const MeanField&, double q);

/// The correlation of two inputs one layer on, both with pre-activations of variance q.
double next_correlation(const MeanField&, double q, double c);

}  // namespace numerics
