// See signal_profile.hpp.
#include "numerics/theory/signal_profile.hpp"

#include <cmath>

#include "numerics/linear/norm.hpp"
#include "numerics/networks/backpropagation.hpp"
#include "numerics/theory/mean_field.hpp"

namespace numerics {
namespace {

void add_layer(const Matrix<double>& a, SignalProfile& profile) {
  const double count = static_cast<double>(a.cols());
  const double self = std::pow(norm(a), 2) / count;
  // The spread about the mean, and not 1 - cosine, whose digits are gone when inputs differ in the ninth.
  const double spread = norm(a.colwise() - a.rowwise().mean()) / std::sqrt(count - 1);
  profile.rms.push_back(std::sqrt(self / static_cast<double>(a.rows())));
  profile.variation.push_back(spread / std::sqrt(self));
  profile.similarity.push_back(pair_moments(a).pair / self);
}

}  // namespace

SignalProfile signal_profile(const Mlp<double>& network, const Matrix<double>& inputs) {
  Workspace<double> workspace;
  forward<double>(network, inputs, workspace);
  SignalProfile profile;
  add_layer(inputs, profile);
  for (std::size_t l = 0; l + 1 < workspace.activations.size(); ++l) add_layer(workspace.activations[l], profile);
  return profile;
}

SignalProfile signal_theory(const NetworkKind& kind, const std::vector<int>& sizes, const PairMoments& input) {
  const auto layers = propagate(kind, sizes, input);
  SignalProfile profile;
  double spread = input.self - input.pair;
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const auto [self, pair] = layers[l].input;
    // When little is left of the difference of two numbers, it is followed by its own linear law.
    if (l > 0 && spread < 1e-5 * self) {
      const double variance = weight_variance(kind, sizes[l - 1], sizes[l]);
      const double q = variance * layers[l - 1].input.self;
      spread *= sizes[l] * variance * mean_square_slope(kind.activation, q);
    } else {
      spread = self - pair;
    }
    profile.rms.push_back(std::sqrt(self / sizes[l]));
    profile.variation.push_back(std::sqrt(spread / self));
    profile.similarity.push_back(1 - spread / self);
  }
  return profile;
}

Matrix<double> of_equal_length(Matrix<double> columns) {
  const double length = columns.norm() / std::sqrt(static_cast<double>(columns.cols()));
  for (Eigen::Index i = 0; i < columns.cols(); ++i)
    if (const double norm = columns.col(i).norm(); norm > 0) columns.col(i) *= length / norm;
  return columns;
}

}  // namespace numerics
