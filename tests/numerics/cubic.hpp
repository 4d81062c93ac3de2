// A regression of the cubic Chebyshev polynomial with its reference run: what the tests on full-batch training share.
#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "catch.hpp"
#include "numerics/networks/squared_loss.hpp"
#include "places.hpp"

namespace cubic {

inline const std::vector<int> sizes{1, 50, 50, 1};

/// T_3(x) = 4 x^3 - 3 x at 20 equidistant points of [-1, 1].
inline numerics::Examples<double> examples() {
  numerics::Examples<double> e{numerics::Matrix<double>(1, 20), numerics::Matrix<double>(1, 20)};
  for (int i = 0; i < 20; ++i) {
    const double x = -1 + 2.0 * i / 19;
    e.inputs(0, i) = x;
    e.targets(0, i) = (4 * x * x - 3) * x;
  }
  return e;
}

/// The lines of a reference file, comments left out.
inline std::vector<std::string> lines(const std::string& name) {
  std::ifstream file(source_folder() / "tests/numerics/reference" / name);
  REQUIRE(file);
  std::vector<std::string> result;
  for (std::string line; std::getline(file, line);)
    if (!line.empty() && line[0] != '#') result.push_back(line);
  return result;
}

/// The initial parameters of the reference run.
inline numerics::Vector<double> start() {
  const auto values = lines("cubic_initial_parameters.csv");
  numerics::Mlp<double> network;
  std::size_t at = 0;
  for (std::size_t l = 0; l + 1 < sizes.size(); ++l) {
    numerics::Matrix<double> w(sizes[l + 1], sizes[l]);
    numerics::Vector<double> b(sizes[l + 1]);
    for (int r = 0; r < w.rows(); ++r)
      for (int c = 0; c < w.cols(); ++c) w(r, c) = std::stod(values.at(at++));
    for (int r = 0; r < b.size(); ++r) b[r] = std::stod(values.at(at++));
    network.weights.push_back(w);
    network.biases.push_back(b);
  }
  REQUIRE(at == values.size());
  return numerics::flatten(network);
}

/// A row of the reference run: loss, gradient norm and sharpness after k steps of size eta.
struct Checkpoint {
  double eta = 0;
  std::size_t step = 0;
  double loss = 0, gradient_norm = 0, sharpness = 0;
};

inline std::vector<Checkpoint> checkpoints() {
  std::vector<Checkpoint> result;
  auto rows = lines("cubic_checkpoints.csv");
  rows.erase(rows.begin());  // the names of the columns
  for (std::string& row : rows) {
    for (char& c : row)
      if (c == ',') c = ' ';
    std::istringstream text(row);
    Checkpoint c;
    REQUIRE(text >> c.eta >> c.step >> c.loss >> c.gradient_norm >> c.sharpness);
    result.push_back(c);
  }
  return result;
}

}  // namespace cubic
