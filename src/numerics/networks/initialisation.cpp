// Random initial weights: Glorot and Bengio 2010, He et al. 2015, Saxe, McClelland and Ganguli 2014 (orthogonal).
#include "numerics/networks/initialisation.hpp"

#include <Eigen/QR>
#include <algorithm>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/uniform_real_distribution.hpp>
#include <cmath>

namespace numerics {
namespace {

using Engine = boost::random::mt19937_64;

Matrix<double> normal_matrix(int rows, int columns, double deviation, Engine& engine) {
  boost::random::normal_distribution<double> normal(0, deviation);
  return Matrix<double>::NullaryExpr(rows, columns, [&] { return normal(engine); });
}

Matrix<double> uniform_matrix(int rows, int columns, double bound, Engine& engine) {
  boost::random::uniform_real_distribution<double> uniform(-bound, bound);
  return Matrix<double>::NullaryExpr(rows, columns, [&] { return uniform(engine); });
}

/// Orthonormal columns, uniformly (Haar) distributed: Q of a Gaussian matrix, each column signed by R's diagonal
/// (Mezzadri 2007; without the signs the distribution is not uniform).
Matrix<double> orthonormal_columns(int rows, int columns, Engine& engine) {
  const Eigen::HouseholderQR<Matrix<double>> qr(normal_matrix(rows, columns, 1, engine));
  const Matrix<double> q = qr.householderQ() * Matrix<double>::Identity(rows, columns);
  const Vector<double> signs = qr.matrixQR().diagonal().unaryExpr([](double r) { return r < 0 ? -1.0 : 1.0; });
  return q * signs.asDiagonal();
}

Matrix<double> orthogonal_matrix(int rows, int columns, Engine& engine) {
  if (rows >= columns) return orthonormal_columns(rows, columns, engine);
  return orthonormal_columns(columns, rows, engine).transpose();
}

Matrix<double> initial_weights(const NetworkKind& kind, int inputs, int outputs, Engine& engine) {
  const double deviation = std::sqrt(weight_variance(kind, inputs, outputs));
  switch (kind.initialisation) {
    case Initialisation::uniform_fan_in:
      return uniform_matrix(outputs, inputs, std::sqrt(3.0) * deviation, engine);
    case Initialisation::orthogonal:
      return kind.scale * orthogonal_matrix(outputs, inputs, engine);
    case Initialisation::xavier:
    case Initialisation::he:
    case Initialisation::normal:
      break;
  }
  return normal_matrix(outputs, inputs, deviation, engine);
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

Mlp<double> initialise(const NetworkKind& kind, const std::vector<int>& sizes, const RandomStream& random) {
  Mlp<double> network{kind.activation, {}, {}};
  for (std::size_t layer = 1; layer < sizes.size(); ++layer) {
    Engine engine = random.child("layer", layer).engine();
    network.weights.push_back(initial_weights(kind, sizes[layer - 1], sizes[layer], engine));
    network.biases.push_back(Vector<double>::Zero(sizes[layer]));
  }
  return network;
}

MeanField field_of(const NetworkKind& kind, int width) {
  return {kind.activation, width * weight_variance(kind, width, width), 0};
}

}  // namespace numerics
