// Backpropagation as in networks/backpropagation.hpp, a layer at a time in both precisions, with the same bits.
#include "numerics/theory/precision_profile.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "numerics/linear/norm.hpp"
#include "numerics/linear/product.hpp"
#include "numerics/networks/initialisation.hpp"

namespace numerics {
namespace {

/// Eigen would convert one entry after the other.
void round_to_floats(const Matrix<double>& from, Matrix<float>& to) {
  typedef double Doubles __attribute__((vector_size(32)));
  typedef float Floats __attribute__((vector_size(16)));
  to.resize(from.rows(), from.cols());
  Eigen::Index i = 0;
  for (; i + 4 <= from.size(); i += 4) {
    Doubles some;
    std::memcpy(&some, from.data() + i, sizeof some);
    const Floats rounded = __builtin_convertvector(some, Floats);
    std::memcpy(to.data() + i, &rounded, sizeof rounded);
  }
  for (; i < from.size(); ++i) to.data()[i] = static_cast<float>(from.data()[i]);
}

/// c = a^T b below the normal floats, where processors take a hundred times longer for every sum. Floats are multiples
/// of 2^-149 there, and so rounding is that of a double between 2^52 and 2^53 to an integer: the same chains of sums,
/// of b in that unit, begin at 1.5 2^52 instead of 0. False where b is not so small that no sum can leave those floats.
bool multiply_subnormal(const Matrix<float>& a, const Matrix<float>& b, Matrix<float>& c) {
  constexpr double unit = 0x1p-149, origin = 0x1.8p52, most = 0x1p24;
  if (!(b.cwiseAbs().maxCoeff<Eigen::PropagateNaN>() < static_cast<float>(most * unit)) || b.isZero(0)) return false;
  Matrix<double> wide(a.rows() + 1, a.cols()), units(b.rows() + 1, b.cols()), sums(a.cols(), b.cols());
  wide << Matrix<double>::Ones(1, a.cols()), a.cast<double>();
  units << Matrix<double>::Constant(1, b.cols(), origin), b.cast<double>() / unit;
  // Cauchy and Schwarz, for every beginning of a sum.
  const auto longest = [](const Matrix<double>& m) { return m.bottomRows(m.rows() - 1).colwise().norm().maxCoeff(); };
  if (!(longest(wide) * longest(units) < most / 2)) return false;
  multiply<double>(transposed(wide), plain(units), sums);
  c = ((sums.array() - origin) * unit).cast<float>();
  return true;
}
bool multiply_subnormal(const Matrix<double>&, const Matrix<double>&, Matrix<double>&) { return false; }

/// Both passes in one precision, over weights that are handed in layer by layer.
template <class Scalar>
class Passes {
 public:
  Passes(Activation phi, const Matrix<double>& inputs, Labels labels)
      : phi_(phi), labels_(labels), signal_(inputs.cast<Scalar>()) {
    add_signal();
  }

  void forward(const Matrix<Scalar>& weights, const Vector<Scalar>& bias, bool last) {
    const auto columns = signal_.cols();
    next_.resize(weights.rows(), columns);
    if (last) {
      multiply_activate<Scalar>(Activation::linear, plain(weights), plain(signal_), bias, next_);
      signal_.resize(weights.rows(), columns);
      output_error_signal<Scalar>(next_, labels_, signal_);
      profile.error_signals.push_back(rms_of(signal_));
      return;
    }
    slopes_.emplace_back(weights.rows(), columns);
    multiply_activate<Scalar>(phi_, plain(weights), plain(signal_), bias, next_, slopes_.back());
    std::swap(signal_, next_);
    add_signal();
  }

  /// `weights` are those of the layer whose error signal is there.
  void back(const Matrix<Scalar>& weights) {
    next_.resize(weights.cols(), signal_.cols());
    if (multiply_subnormal(weights, signal_, next_))
      next_.array() *= slopes_.back().array();
    else
      multiply_times<Scalar>(transposed(weights), plain(signal_), slopes_.back(), next_);
    slopes_.pop_back();
    std::swap(signal_, next_);
    profile.error_signals.push_back(rms_of(signal_));
  }

  PrecisionProfile profile;  // the error signals from the output on

 private:
  double rms_of(const Matrix<Scalar>& entries) const {
    return norm(entries) / std::sqrt(static_cast<double>(entries.size()));
  }
  void add_signal() {
    profile.activations.push_back(rms_of(signal_));
    profile.own_norms.push_back(static_cast<double>(signal_.norm()));
  }

  Activation phi_;
  Labels labels_;
  Matrix<Scalar> signal_, next_;        // an activation on the way forward, an error signal on the way back
  std::vector<Matrix<Scalar>> slopes_;  // of the hidden layers
};

/// weights(i) and bias(i) are those of layer i + 1.
template <class Weights, class Biases>
PrecisionProfiles profiles(Activation phi, std::size_t depth, const Weights& weights, const Biases& bias,
                           const Matrix<double>& inputs, Labels labels) {
  Passes<double> exact(phi, inputs, labels);
  Passes<float> single(phi, inputs, labels);
  Matrix<float> rounded;
  for (std::size_t i = 0; i < depth; ++i) {
    const Matrix<double>& w = weights(i);
    const Vector<double>& b = bias(i);
    round_to_floats(w, rounded);
    exact.forward(w, b, i + 1 == depth);
    single.forward(rounded, b.cast<float>(), i + 1 == depth);
  }
  for (std::size_t i = depth; --i > 0;) {
    const Matrix<double>& w = weights(i);
    round_to_floats(w, rounded);
    exact.back(w);
    single.back(rounded);
  }
  std::ranges::reverse(exact.profile.error_signals);
  std::ranges::reverse(single.profile.error_signals);
  return {std::move(exact.profile), std::move(single.profile)};
}

}  // namespace

PrecisionProfiles precision_profiles(const Mlp<double>& network, const Matrix<double>& inputs, Labels labels) {
  return profiles(
      network.activation, network.weights.size(),
      [&](std::size_t i) -> const Matrix<double>& { return network.weights[i]; },
      [&](std::size_t i) -> const Vector<double>& { return network.biases[i]; }, inputs, labels);
}

PrecisionProfiles precision_profiles(const NetworkKind& kind, const std::vector<int>& sizes, const RandomStream& random,
                                     const Matrix<double>& inputs, Labels labels) {
  // Orthogonal layers take hundreds of times longer to draw than to fetch.
  if (kind.initialisation == Initialisation::orthogonal)
    return precision_profiles(initialise(kind, sizes, random), inputs, labels);
  Matrix<double> drawn;
  Vector<double> zero;
  return profiles(
      kind.activation, sizes.size() - 1,
      [&](std::size_t i) -> const Matrix<double>& {
        draw_layer(kind, sizes, random, i + 1, drawn);
        return drawn;
      },
      [&](std::size_t i) -> const Vector<double>& {
        zero.setZero(sizes[i + 1]);
        return zero;
      },
      inputs, labels);
}

}  // namespace numerics
