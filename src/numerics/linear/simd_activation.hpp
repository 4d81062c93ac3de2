// phi and phi' in vectors. All are made of e^y - 1 for y <= 0, by reduction to |r| <= ln(2)/2 (Cody and Waite 1980) and
// Taylor's series, so that neither saturation nor small arguments cost relative accuracy.
#pragma once

#include "numerics/linear/kernels.hpp"
#include "numerics/linear/simd.hpp"

namespace numerics::NUMERICS_INSTRUCTION_SET {
namespace {

template <class S>
struct ExpConstants;
template <>
struct ExpConstants<float> {
  static constexpr float lowest = -87, ln2_high = 0.693359375f, ln2_low = -2.12194440e-4f;
  static constexpr float round = 12582912;  // 1.5 2^23: adding it leaves the nearest integer in the lowest bits
  static constexpr int mantissa = 23, terms = 7;
};
template <>
struct ExpConstants<double> {
  static constexpr double lowest = -708, ln2_high = 6.93145751953125e-1, ln2_low = 1.42860682030941723212e-6;
  static constexpr double round = 6755399441055744;  // 1.5 2^52
  static constexpr int mantissa = 52, terms = 13;
};

/// e^y = scale (1 + rest).
template <class S>
struct Exp {
  V<S> scale, rest;

  V<S> value() const { return fma(scale, rest, scale); }
  V<S> minus_one() const { return fma(scale, rest, scale - 1); }
};

/// For y <= 0; below the smallest normal number it is 0.
template <class S>
inline Exp<S> exp(V<S> y) {
  using C = ExpConstants<S>;
  const V<S> shifted = fma(y, every<S>(S(1.4426950408889634)), every<S>(C::round));
  const V<S> n = shifted - C::round;
  const V<S> r = fma(n, every<S>(-C::ln2_low), fma(n, every<S>(-C::ln2_high), y));
  S coefficient = 1;  // 1 / (terms)! and so on down to 1 / 2!
  for (int i = 2; i <= C::terms; ++i) coefficient /= static_cast<S>(i);
  V<S> series = every<S>(coefficient);
#pragma GCC unroll 16
  for (int i = C::terms; i > 2; --i) {
    coefficient *= static_cast<S>(i);
    series = fma(series, r, every<S>(coefficient));
  }
  const Bits<S> one = (Bits<S>)every<S>(S(1));
  const V<S> power = (V<S>)(((Bits<S>)shifted << C::mantissa) + one);
  return {y < C::lowest ? V<S>{} : power, fma(r * r, series, r)};
}

// Each gives phi(z), and phi'(z) in `slope`; what is not used costs nothing.

struct Linear {
  template <class S>
  static V<S> of(V<S> z, V<S>& slope) {
    slope = every<S>(1);
    return z;
  }
};

struct Sigmoid {
  template <class S>
  static V<S> of(V<S> z, V<S>& slope) {
    const V<S> t = exp<S>(-magnitude<S>(z)).value();
    const V<S> r = 1 / (1 + t);
    slope = t * r * r;
    return z < 0 ? t * r : r;
  }
};

struct Tanh {
  template <class S>
  static V<S> of(V<S> z, V<S>& slope) {
    const Exp<S> e = exp<S>(-2 * magnitude<S>(z));
    const V<S> u = e.minus_one();
    const V<S> r = 1 / (2 + u);
    slope = 4 * e.value() * r * r;  // 1 - tanh^2 without its cancellation
    const V<S> size = u * r;        // -tanh |z|
    return z < 0 ? size : -size;
  }
};

struct Relu {
  template <class S>
  static V<S> of(V<S> z, V<S>& slope) {
    slope = z > 0 ? every<S>(1) : V<S>{};
    return z <= 0 ? V<S>{} : z;  // not max(z, 0), whose answer to NaN depends on the order of its arguments
  }
};

struct LeakyRelu {
  template <class S>
  static V<S> of(V<S> z, V<S>& slope) {
    slope = z > 0 ? every<S>(1) : every<S>(S(0.01));
    return z <= 0 ? S(0.01) * z : z;
  }
};

struct Swish {
  template <class S>
  static V<S> of(V<S> z, V<S>& slope) {
    const V<S> t = exp<S>(-magnitude<S>(z)).value();
    const V<S> r = 1 / (1 + t);
    const V<S> sigma = z < 0 ? t * r : r;
    slope = fma(z * t, r * r, sigma);
    return z * sigma;
  }
};

struct Softsign {
  template <class S>
  static V<S> of(V<S> z, V<S>& slope) {
    const V<S> r = 1 / (1 + magnitude<S>(z));
    slope = r * r;
    return z * r;
  }
};

/// A block of a layer, `z` without its bias: entries in columns of `rows`, phi of them into `a`. `z` and `a` may be the
/// same.
template <class Phi, bool with_slopes, class S>
void activate_block(const S* z, Index z_column, const S* bias, S* a, Index a_column, S* slopes, Index slopes_column,
                    Index rows, Index columns) {
  const Index whole = rows / lanes<S> * lanes<S>;
  for (Index j = 0; j < columns; ++j) {
    for (Index i = 0; i < whole; i += lanes<S>) {
      V<S> slope;
      store<S>(a + i, Phi::template of<S>(load<S>(z + i) + load<S>(bias + i), slope));
      if constexpr (with_slopes) store<S>(slopes + i, slope);
    }
    if (const Index rest = rows - whole; rest > 0) {
      V<S> slope;
      const V<S> sum = load_part(z + whole, rest) + load_part(bias + whole, rest);
      store_part(a + whole, Phi::template of<S>(sum, slope), rest);
      if constexpr (with_slopes) store_part(slopes + whole, slope, rest);
    }
    z += z_column;
    a += a_column;
    if constexpr (with_slopes) slopes += slopes_column;
  }
}

template <class S>
using ActivateBlock = void (*)(const S*, Index, const S*, S*, Index, S*, Index, Index, Index);

/// GELU has no vector form here: its z are given back.
template <class S, bool with_slopes>
ActivateBlock<S> activate_block_of(Activation phi) {
  switch (phi) {
    case Activation::sigmoid:
      return activate_block<Sigmoid, with_slopes, S>;
    case Activation::tanh:
      return activate_block<Tanh, with_slopes, S>;
    case Activation::relu:
      return activate_block<Relu, with_slopes, S>;
    case Activation::leaky_relu:
      return activate_block<LeakyRelu, with_slopes, S>;
    case Activation::swish:
      return activate_block<Swish, with_slopes, S>;
    case Activation::softsign:
      return activate_block<Softsign, with_slopes, S>;
    case Activation::linear:
    case Activation::gelu:
      break;
  }
  return activate_block<Linear, with_slopes, S>;
}

template <class S>
void activate(const Layer<S>& layer) {
  const auto block =
      layer.slopes ? activate_block_of<S, true>(layer.activation) : activate_block_of<S, false>(layer.activation);
  block(layer.a, layer.a_column, layer.bias, layer.a, layer.a_column, layer.slopes, layer.slopes_column, layer.rows,
        layer.columns);
}

}  // namespace
}  // namespace numerics::NUMERICS_INSTRUCTION_SET
