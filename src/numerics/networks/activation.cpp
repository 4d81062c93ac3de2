// phi, phi', phi'' of one number, and of layers by the processor's kernels. GELU after Hendrycks and Gimpel 2016, swish
// after Ramachandran, Zoph and Le 2017.
#include "numerics/networks/activation.hpp"

#include <cmath>
#include <numbers>

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
double normal_density(double z) { return std::exp(-0.5 * z * z) * std::numbers::inv_sqrtpi / std::numbers::sqrt2; }

}  // namespace

double activate(Activation phi, double z) {
  switch (phi) {
    case Activation::linear:
      return z;
    case Activation::sigmoid:
      return sigmoid(z);
    case Activation::tanh:
      return std::tanh(z);
    case Activation::relu:
      return z <= 0 ? 0 : z;
    case Activation::leaky_relu:
      return z <= 0 ? leak * z : z;
    case Activation::gelu:
      return z * normal_cdf(z);
    case Activation::swish:
      return z * sigmoid(z);
    case Activation::softsign:
      return z / (1 + std::abs(z));
  }
  return 0;
}

double slope(Activation phi, double z) {
  switch (phi) {
    case Activation::linear:
      return 1;
    case Activation::sigmoid:
      return sigmoid_slope(z);
    case Activation::tanh:
      return 4 * sigmoid_slope(2 * z);
    case Activation::relu:
      return z > 0 ? 1 : 0;
    case Activation::leaky_relu:
      return z > 0 ? 1 : leak;
    case Activation::gelu:
      return normal_cdf(z) + z * normal_density(z);
    case Activation::swish:
      return sigmoid(z) + z * sigmoid_slope(z);
    case Activation::softsign:
      return 1 / ((1 + std::abs(z)) * (1 + std::abs(z)));
  }
  return 0;
}

double curvature(Activation phi, double z) {
  switch (phi) {
    case Activation::linear:
    case Activation::relu:
    case Activation::leaky_relu:
      return 0;
    case Activation::sigmoid:
      return -sigmoid_slope(z) * std::tanh(z / 2);
    case Activation::tanh:
      return -2 * std::tanh(z) * slope(Activation::tanh, z);
    case Activation::gelu:
      return normal_density(z) * (2 - z * z);
    case Activation::swish:
      return sigmoid_slope(z) * (2 - z * std::tanh(z / 2));
    case Activation::softsign:
      return -2 * (z > 0 ? 1 : z < 0 ? -1 : 0) / std::pow(1 + std::abs(z), 3);
  }
  return 0;
}

template <class Scalar>
void activate_gelu(const Layer<Scalar>& layer) {
  for (Eigen::Index j = 0; j < layer.columns; ++j) {
    Scalar* a = layer.a + j * layer.a_column;
    Scalar* slopes = layer.slopes == nullptr ? nullptr : layer.slopes + j * layer.slopes_column;
    for (Eigen::Index i = 0; i < layer.rows; ++i) {
      const double z = static_cast<double>(a[i]);
      if (slopes != nullptr) slopes[i] = static_cast<Scalar>(slope(Activation::gelu, z));
      a[i] = static_cast<Scalar>(activate(Activation::gelu, z));
    }
  }
}

template <class Scalar>
void activate(const Layer<Scalar>& layer) {
  kernels<Scalar>().activate(layer);
  if (layer.activation == Activation::gelu) activate_gelu(layer);
}

template <class Scalar>
void activate_layer(Activation phi, const Vector<Scalar>& bias, Matrix<Scalar>& a) {
  activate<Scalar>({phi, a.rows(), a.cols(), bias.data(), a.data(), a.rows(), nullptr, 0});
}

template <class Scalar>
void activate_layer(Activation phi, const Vector<Scalar>& bias, Matrix<Scalar>& a, Matrix<Scalar>& slope) {
  activate<Scalar>({phi, a.rows(), a.cols(), bias.data(), a.data(), a.rows(), slope.data(), slope.rows()});
}

template void activate_gelu(const Layer<float>&);
template void activate_gelu(const Layer<double>&);
template void activate(const Layer<float>&);
template void activate(const Layer<double>&);
template void activate_layer(Activation, const Vector<float>&, Matrix<float>&);
template void activate_layer(Activation, const Vector<double>&, Matrix<double>&);
template void activate_layer(Activation, const Vector<float>&, Matrix<float>&, Matrix<float>&);
template void activate_layer(Activation, const Vector<double>&, Matrix<double>&, Matrix<double>&);

}  // namespace numerics
