// One recurrent unit, the smallest network with a wall in its loss: Pascanu, Mikolov and Bengio, On the difficulty of
// training recurrent neural networks (ICML 2013).
#pragma once

#include <vector>

#include "numerics/descent/objective.hpp"

namespace numerics {

/// x_t = w sigma(x_{t-1}) + b from x_0 on for `steps` steps; the loss is (sigma(x_steps) - target)^2, its parameters
/// are (w, b).
struct RecurrentUnit {
  int steps = 50;
  double initial = 0.5;
  double target = 0.7;
};

Objective loss_of(const RecurrentUnit& unit);

/// The wall: along b = x_0 - w sigma(x_0) the initial state is a fixed point of the recursion, and beyond
/// w = 1 / sigma'(x_0) an unstable one. All steps then multiply derivatives by the same m = w sigma'(x_0), so that
///   dL/db = 2 (sigma(x_0) - target) sigma'(x_0) (m^steps - 1) / (m - 1)  and  dL/dw = sigma(x_0) dL/db.
struct Wall {
  double start = 0;              // w from which on it is one
  double offset = 0, slope = 0;  // b = offset + slope w
  double b(double w) const { return offset + slope * w; }
};
Wall wall_of(const RecurrentUnit& unit);
/// (dL/dw, dL/db) on the wall, by the formula.
Point wall_gradient(const RecurrentUnit& unit, double w);

/// The gradient on the wall about its beginning, by backpropagation and by the formula.
struct WallGradients {
  std::vector<double> w, exact;      // |dL/db| by the formula, from 0.8 to 1.3 times where the wall begins
  std::vector<double> at, computed;  // by backpropagation at every tenth of these, from the sixth on
  std::vector<Point> exact_at_whole, computed_at_whole;  // (dL/dw, dL/db) at w = 1 ... 10

  /// The largest relative difference between the two.
  double deviation() const;
};
WallGradients wall_gradients(const RecurrentUnit& unit);

}  // namespace numerics
