// Layers with Gaussian weights as their inputs see them. Given the activations a_1 ... a_k of k inputs, the rows of
// z = W a + b are independent normal vectors of covariance sigma_w^2 a_i . a_j / n + sigma_b^2: drawing those instead
// of n^2 weights gives the signals of a random network of finite width in exactly their law. Hanin and Nica 2019
// (products of random matrices); the moments of one ReLU layer are our computation from that law.
#pragma once

#include <vector>

#include "numerics/networks/mlp.hpp"
#include "numerics/random.hpp"
#include "numerics/theory/mean_field.hpp"

namespace numerics {

/// Pre-activations of `outputs` units for the inputs in the columns of `a`: z, a column an input.
Matrix<double> gaussian_layer(const Matrix<double>& a, int outputs, const MeanField& field, MersenneTwister& engine);

/// ln(|a^(l)|^2 / |a^(l-1)|^2) of one ReLU layer of this width with He's weights: (2/n) chi^2_K with K ~ Bin(n, 1/2)
/// live units; of one linear layer with sigma_w^2 = 1: chi^2_n / n. Given that a unit lives.
struct LayerLaw {
  double mean_log = 0;
  double variance_log = 0;
  double second_moment = 1;  // E of the square; the mean itself is 1
  double dead = 0;           // probability that no unit lives
};
LayerLaw relu_layer_law(int width);
LayerLaw linear_layer_law(int width);
LayerLaw layer_law(Activation, int width);  // of either

/// log10 |x_l| / |x_0| for l = 0 ... depth on the way through one random network of linear or ReLU units; -Infinity
/// from a layer without a live unit on.
std::vector<double> log_norms(const MeanField& field, int width, int depth, MersenneTwister& engine);

/// The correlation of two inputs' pre-activations after 0 ... depth layers of one random network, whose variance keeps
/// their size; at first it is exactly this one.
std::vector<double> correlations(const MeanField& field, double variance, double first, int width, int depth,
                                 MersenneTwister& engine);

}  // namespace numerics
