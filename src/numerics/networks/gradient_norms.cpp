// Backpropagation with a power of two beside each error signal (block floating point; Wilkinson 1963).
#include "numerics/networks/gradient_norms.hpp"

#include <algorithm>
#include <cmath>

#include "numerics/linear/norm.hpp"
#include "numerics/linear/product.hpp"

namespace numerics {
namespace {

/// Far from the limits of floats, so that single entries have room on both sides.
constexpr int widest_exponent = 20;

bool is_far_from_one(double norm) {
  return std::isfinite(norm) && norm > 0 && std::abs(std::ilogb(norm)) > widest_exponent;
}

/// Whether single precision has lost nothing but digits on the way forward: activations that explode or die out do so
/// by a factor a layer, and the logits come last.
bool stayed_in_range(const GradientNorms& norms) {
  return std::isfinite(norms.error_signal.front()) && std::isfinite(norms.weight_gradient.front()) &&
         norms.logits > 1e-25 && norms.logits < 1e25;
}

}  // namespace

template <class Scalar>
GradientNorms gradient_norms_in(const Mlp<Scalar>& network, Batch<Scalar> inputs, Labels labels) {
  thread_local Workspace<Scalar>
      workspace;  // as large as the activations of all layers: new memory would take as long as the pass
  const std::size_t depth = network.weights.size();
  GradientNorms norms{std::vector<double>(depth), std::vector<double>(depth), {}, 0};
  const double decade = std::log10(2.0), batch = static_cast<double>(labels.size());
  propagate_forward<Scalar>(network, inputs, labels, workspace, Workspace<Scalar>::Keep::error_signals_over_slopes);
  norms.logits = norm(workspace.activations.back());
  norms.output_error = pair_moments(workspace.error_signals.back().template cast<double>());
  int exponent = 0;  // delta is 2^exponent times what the workspace holds
  Matrix<Scalar> gradient;
  for (std::size_t i = depth; i-- > 0;) {
    if (i + 1 < depth) pull_back(network, workspace, i);
    auto& delta = workspace.error_signals[i];
    double size = norm(delta);
    if (is_far_from_one(size)) {
      const int shift = std::clamp(std::ilogb(size), -100, 100);
      delta *= static_cast<Scalar>(std::ldexp(1.0, -shift));
      size = std::ldexp(size, -shift);
      exponent += shift;
    }
    norms.error_signal[i] = std::log10(size / std::sqrt(batch)) + exponent * decade;
    const Batch<Scalar> input = layer_input(workspace, inputs, i);
    gradient.resize(delta.rows(), input.rows());
    multiply<Scalar>(plain(delta), transposed(input), gradient);
    norms.weight_gradient[i] = std::log10(norm(gradient) / batch) + exponent * decade;
  }
  return norms;
}

GradientNorms gradient_norms(const Mlp<double>& network, Batch<double> inputs, Labels labels) {
  const Matrix<float> rounded = inputs.cast<float>();
  auto single = gradient_norms_in<float>(in_precision<float>(network), rounded, labels);
  if (stayed_in_range(single)) return single;
  return gradient_norms_in<double>(network, inputs, labels);
}

template GradientNorms gradient_norms_in(const Mlp<float>&, Batch<float>, Labels);
template GradientNorms gradient_norms_in(const Mlp<double>&, Batch<double>, Labels);

}  // namespace numerics
