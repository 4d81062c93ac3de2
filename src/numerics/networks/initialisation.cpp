// Random initial weights: Glorot and Bengio 2010, He et al. 2015, Saxe, McClelland and Ganguli 2014 (orthogonal).
#include "numerics/networks/initialisation.hpp"

#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <span>

#include "numerics/random_numbers.hpp"

namespace numerics {
namespace {

std::span<double> entries(Matrix<double>& matrix) { return {matrix.data(), static_cast<std::size_t>(matrix.size())}; }

/// Orthonormal columns, uniformly (Haar) distributed: Q of a Gaussian matrix, each column signed by R's diagonal
/// (Mezzadri 2007; without the signs the distribution is not uniform).
Matrix<double> orthonormal_columns(int rows, int columns, MersenneTwister& engine) {
  Matrix<double> gaussian(rows, columns);
  draw_normal(entries(gaussian), 1, engine);
  const Eigen::HouseholderQR<Matrix<double>> qr(gaussian);
  const Matrix<double> q = qr.householderQ() * Matrix<double>::Identity(rows, columns);
  const Vector<double> signs = qr.matrixQR().diagonal().unaryExpr([](double r) { return r < 0 ? -1.0 : 1.0; });
  return q * signs.asDiagonal();
}

Matrix<double> orthogonal_matrix(int rows, int columns, MersenneTwister& engine) {
  if (rows >= columns) return orthonormal_columns(rows, columns, engine);
  return orthonormal_columns(columns, rows, engine).transpose();
}

}  // namespace

double weight_variance(const NetworkKind& kind, int inputs, int outputs) {
  const double square = kind.scale * kind.scale;
  switch (kind.initialisation) {
    case Initialisation::uniform_fan_in:
      return square / (3.0 * inputs);
    case Initialisation::xavier:
      return square * 2 / (inputs + outputs);
    case Initialisation::he:
      return square * 2 / inputs;
    case Initialisation::normal:
      return square;
    case Initialisation::orthogonal:
      return square / std::max(inputs, outputs);
  }
  return square;
}

void draw_layer(const NetworkKind& kind, const std::vector<int>& sizes, const RandomStream& random, std::size_t layer,
                Matrix<double>& weights) {
  const int inputs = sizes[layer - 1], outputs = sizes[layer];
  MersenneTwister engine = random.child("layer", layer).engine();
  const double deviation = std::sqrt(weight_variance(kind, inputs, outputs));
  weights.resize(outputs, inputs);
  switch (kind.initialisation) {
    case Initialisation::uniform_fan_in:
      draw_uniform(entries(weights), std::sqrt(3.0) * deviation, engine);
      break;
    case Initialisation::orthogonal:
      weights = kind.scale * orthogonal_matrix(outputs, inputs, engine);
      break;
    case Initialisation::xavier:
    case Initialisation::he:
    case Initialisation::normal:
      draw_normal(entries(weights), deviation, engine);
      break;
  }
}

Mlp<double> initialise(const NetworkKind& kind, const std::vector<int>& sizes, const RandomStream& random) {
  Mlp<double> network{kind.activation, {}, {}};
  for (std::size_t layer = 1; layer < sizes.size(); ++layer) {
    draw_layer(kind, sizes, random, layer, network.weights.emplace_back());
    network.biases.push_back(Vector<double>::Zero(sizes[layer]));
  }
  return network;
}

MeanField field_of(const NetworkKind& kind, int width) {
  return {kind.activation, width * weight_variance(kind, width, width), 0};
}

}  // namespace numerics
