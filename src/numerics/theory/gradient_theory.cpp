// Layer-by-layer mean-field theory of gradients, after Schoenholz et al. 2017, with pairs of examples for the batch.
#include "numerics/theory/gradient_theory.hpp"

#include <algorithm>
#include <cmath>

#include "numerics/theory/mean_field.hpp"

namespace numerics {
namespace {

/// Means of phi(u) phi(v) and phi'(u) phi'(v), of one example with itself and with another. Near a fixed point the
/// quadratures of one layer serve the next: they are repeated only when their arguments move.
class LayerMeans {
 public:
  explicit LayerMeans(Activation phi) : phi_(phi) {}

  void move_to(double q, double c) {
    constexpr double same = 1e-12;
    if (std::abs(q - q_) <= same * q_ && std::abs(c - c_) <= same * (1 - c_)) return;
    q_ = q;
    c_ = c;
    value = {mean_square(phi_, q), mean_product(phi_, q, c)};
    slope = {mean_square_slope(phi_, q), mean_slope_product(phi_, q, c)};
  }

  PairMoments value, slope;

 private:
  Activation phi_;
  double q_ = -1, c_ = 0;
};

}  // namespace

PairMoments pair_moments(const Matrix<double>& columns) {
  const auto count = static_cast<double>(columns.cols());
  const double self = columns.squaredNorm();
  const double all = columns.rowwise().sum().squaredNorm();
  return {self / count, count > 1 ? (all - self) / (count * (count - 1)) : 0};
}

std::vector<LayerTheory> propagate(const NetworkKind& kind, const std::vector<int>& sizes, const PairMoments& input) {
  const std::size_t depth = sizes.size() - 1;
  const auto variance_of = [&](std::size_t layer) { return weight_variance(kind, sizes[layer - 1], sizes[layer]); };
  std::vector<LayerTheory> layers(depth);
  layers[0].input = input;
  LayerMeans means(kind.activation);
  for (std::size_t layer = 1; layer < depth; ++layer) {
    const PairMoments& below = layers[layer - 1].input;
    means.move_to(variance_of(layer) * below.self, std::clamp(below.pair / below.self, -1.0, 1.0));
    layers[layer].input = {sizes[layer] * means.value.self, sizes[layer] * means.value.pair};
    const double spread = sizes[layer] * variance_of(layer + 1);
    layers[layer - 1].back = {spread * means.slope.self, spread * means.slope.pair};
  }
  layers[depth - 1].back = {1, 1};
  return layers;
}

GradientTheory gradient_theory(const std::vector<LayerTheory>& layers, PairMoments output_error, int batch) {
  GradientTheory theory{std::vector<double>(layers.size()), std::vector<double>(layers.size())};
  PairMoments delta = output_error;
  for (std::size_t i = layers.size(); i-- > 0;) {
    delta.self *= layers[i].back.self;
    delta.pair *= layers[i].back.pair;
    const double alone = delta.self * layers[i].input.self;
    const double together = delta.pair * layers[i].input.pair;
    theory.error_signal[i] = std::sqrt(delta.self);
    theory.weight_gradient[i] = std::sqrt((alone + (batch - 1) * together) / batch);
  }
  return theory;
}

std::optional<double> layer_beyond(double limit, const NetworkKind& kind, const std::vector<int>& sizes) {
  // Of `propagate` only what an example has with itself, which are integrals over one variable.
  const double log_of_limit = std::log10(limit);
  double before = 0, square = 1;  // the mean square of an activation, of the input's at first
  if (before >= log_of_limit) return 0;
  for (std::size_t l = 1; l + 1 < sizes.size(); ++l) {
    square = mean_square(kind.activation, weight_variance(kind, sizes[l - 1], sizes[l]) * sizes[l - 1] * square);
    const double here = 0.5 * std::log10(square);
    if (here >= log_of_limit) return static_cast<double>(l) - (here - log_of_limit) / (here - before);
    before = here;
  }
  return std::nullopt;
}

GradientTheory gradient_theory(const std::vector<LayerTheory>& layers, PairMoments output_error, int batch,
                               double last_weight_gradient) {
  auto theory = gradient_theory(layers, output_error, batch);
  const double scale = last_weight_gradient / theory.weight_gradient.back();
  for (double& norm : theory.weight_gradient) norm *= scale;
  return theory;
}

}  // namespace numerics
