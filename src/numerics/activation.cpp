// phi, phi', phi'' in scalar and vectorised form. The rational approximation of tanh near 0 is that of the Cephes
// library (Moshier); GELU after Hendrycks and Gimpel 2016, swish after Ramachandran, Zoph and Le 2017.
#include "numerics/activation.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <type_traits>

namespace numerics {
namespace {

constexpr double leak = 0.01;

double sigmoid(double z) {
  const double t = std::exp(-std::abs(z));
  return z >= 0 ? 1 / (1 + t) : t / (1 + t);
}
/// sigma'(z) = t / (1 + t)^2 with t = e^-|z|: no cancellation in 1 - sigma.
double sigmoid_slope(double z) {
  const double t = std::exp(-std::abs(z));
  return t / ((1 + t) * (1 + t));
}
double normal_cdf(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }
double normal_density(double z) {
  return std::exp(-0.5 * z * z) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
}

template <class Scalar>
using Column = Eigen::Map<Eigen::Array<Scalar, Eigen::Dynamic, 1>>;

/// tanh to full relative accuracy; Eigen's own is vectorised for float only.
template <class Scalar, class Z>
auto vector_tanh(const Z& z) {
  if constexpr (std::is_same_v<Scalar, float>) {
    return z.tanh();
  } else {
    const auto s = z * z;
    const auto p = (-9.64399179425052238628e-1 * s - 9.92877231001918586564e1) * s - 1.61468768441708447952e3;
    const auto q = ((s + 1.12811678491632931402e2) * s + 2.23548839060100448583e3) * s + 4.84406305325125486048e3;
    const auto near = z + z * s * p / q;
    const auto far = 1 - 2 / ((2 * z.abs()).exp() + 1);
    // Evaluated into a buffer on the stack, since z is about to be overwritten.
    Eigen::Array<double, Eigen::Dynamic, 1, 0, 64, 1> result = (z.abs() < 0.625).select(near, z.sign() * far);
    return result;
  }
}

/// One column: a holds z on entry and phi(z) on exit; s, unless it is null, receives phi'(z).
template <class Scalar>
void activate_column(Activation phi, Column<Scalar> a, Scalar* s) {
  const Eigen::Index n = a.size();
  Column<Scalar> slopes(s, s == nullptr ? 0 : n);
  switch (phi) {
    case Activation::linear:
      slopes.setOnes();
      return;
    case Activation::sigmoid:
      if (s != nullptr) {
        slopes = (-a.abs()).exp();
        a = (a >= Scalar(0)).select(1 / (1 + slopes), slopes / (1 + slopes));
        slopes = slopes / (1 + slopes).square();
      } else {
        a = 1 / (1 + (-a).exp());
      }
      return;
    case Activation::tanh:
      // 4t / (1+t)^2 with t = e^-2|z|: 1 - tanh^2 without cancellation.
      if (s != nullptr) {
        slopes = (-2 * a.abs()).exp();
        slopes = 4 * slopes / (1 + slopes).square();
      }
      for (Eigen::Index start = 0; start < n; start += 64) {
        auto part = a.segment(start, std::min<Eigen::Index>(64, n - start));
        part = vector_tanh<Scalar>(part);
      }
      return;
    case Activation::relu:
      if (s != nullptr) slopes = (a > Scalar(0)).template cast<Scalar>();
      // Not max(a, 0), whose answer to NaN depends on the order of its arguments.
      a = (a <= Scalar(0)).select(Scalar(0), a);
      return;
    case Activation::leaky_relu:
      if (s != nullptr) slopes = (a > Scalar(0)).select(Column<Scalar>::Ones(n), Scalar(leak));
      a = (a <= Scalar(0)).select(Scalar(leak) * a, a);
      return;
    case Activation::swish:
      if (s != nullptr) {
        slopes = 1 / (1 + (-a).exp());
        const auto value = (a * slopes).eval();
        slopes = slopes + value * (1 - slopes);
        a = value;
      } else {
        a = a / (1 + (-a).exp());
      }
      return;
    case Activation::softsign:
      if (s != nullptr) slopes = (1 + a.abs()).square().inverse();
      a = a / (1 + a.abs());
      return;
    case Activation::gelu:  // erfc has no vector form here; GELU nets pay for it
      if (s != nullptr) {
        slopes = a.unaryExpr([](Scalar z) { return static_cast<Scalar>(slope(Activation::gelu, double(z))); });
      }
      a = a.unaryExpr([](Scalar z) { return static_cast<Scalar>(activate(Activation::gelu, double(z))); });
      return;
  }
}

}  // namespace

double activate(Activation phi, double z) {
  switch (phi) {
    case Activation::linear: return z;
    case Activation::sigmoid: return sigmoid(z);
    case Activation::tanh: return std::tanh(z);
    case Activation::relu: return z <= 0 ? 0 : z;
    case Activation::leaky_relu: return z <= 0 ? leak * z : z;
    case Activation::gelu: return z * normal_cdf(z);
    case Activation::swish: return z * sigmoid(z);
    case Activation::softsign: return z / (1 + std::abs(z));
  }
  return 0;
}

double slope(Activation phi, double z) {
  switch (phi) {
    case Activation::linear: return 1;
    case Activation::sigmoid: return sigmoid_slope(z);
    case Activation::tanh: return 4 * sigmoid_slope(2 * z);
    case Activation::relu: return z > 0 ? 1 : 0;
    case Activation::leaky_relu: return z > 0 ? 1 : leak;
    case Activation::gelu: return normal_cdf(z) + z * normal_density(z);
    case Activation::swish: return sigmoid(z) + z * sigmoid_slope(z);
    case Activation::softsign: return 1 / ((1 + std::abs(z)) * (1 + std::abs(z)));
  }
  return 0;
}

double curvature(Activation phi, double z) {
  switch (phi) {
    case Activation::linear:
    case Activation::relu:
    case Activation::leaky_relu: return 0;
    case Activation::sigmoid: return -sigmoid_slope(z) * std::tanh(z / 2);
    case Activation::tanh: return -2 * std::tanh(z) * slope(Activation::tanh, z);
    case Activation::gelu: return normal_density(z) * (2 - z * z);
    case Activation::swish: return sigmoid_slope(z) * (2 - z * std::tanh(z / 2));
    case Activation::softsign: return -2 * (z > 0 ? 1 : z < 0 ? -1 : 0) / std::pow(1 + std::abs(z), 3);
  }
  return 0;
}

template <class Scalar>
void activate_layer(Activation phi, const Vector<Scalar>& bias, Matrix<Scalar>& a) {
  for (Eigen::Index j = 0; j < a.cols(); ++j) {
    Column<Scalar> z(a.col(j).data(), a.rows());
    z += bias.array();
    activate_column<Scalar>(phi, z, nullptr);
  }
}

template <class Scalar>
void activate_layer(Activation phi, const Vector<Scalar>& bias, Matrix<Scalar>& a, Matrix<Scalar>& slope) {
  for (Eigen::Index j = 0; j < a.cols(); ++j) {
    Column<Scalar> z(a.col(j).data(), a.rows());
    z += bias.array();
    activate_column<Scalar>(phi, z, slope.col(j).data());
  }
}

template void activate_layer(Activation, const Vector<float>&, Matrix<float>&);
template void activate_layer(Activation, const Vector<double>&, Matrix<double>&);
template void activate_layer(Activation, const Vector<float>&, Matrix<float>&, Matrix<float>&);
template void activate_layer(Activation, const Vector<double>&, Matrix<double>&, Matrix<double>&);

}  // namespace numerics
