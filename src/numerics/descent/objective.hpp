// Losses of few parameters as values: value, gradient, Hessian, minima and a customary start.
// Rosenbrock, Comput. J. 3 (1960) 175; the product model is the two-parameter linear network of
// Barrett and Dherin (2021).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "numerics/linear/matrix.hpp"

namespace numerics {

using Point = Vector<double>;

struct Objective {
  std::string name;
  int dimension = 0;
  std::function<double(const Point&)> value;
  std::function<Point(const Point&)> gradient;
  std::function<Matrix<double>(const Point&)> hessian;
  std::vector<Point> minima;  // all of them, or two of a curve of minima; empty for a saddle
  Point start;
};

/// 1/2 sum_i lambda_i theta_i^2; a negative curvature makes a saddle of the origin.
Objective quadratic(const Point& curvatures);

/// (1 - x)^2 + 100 (y - x^2)^2: a curved valley with walls 2500 times as steep as its floor.
Objective rosenbrock();

/// The y at which its sharpness is s > 200. With H = [[1200 x^2 - 400 y + 2, -400 x], [-400 x, 200]] the equation
/// det(H - s) = 0 is linear in y; as s exceeds the corner 200, it is the larger eigenvalue.
double rosenbrock_with_sharpness(double s, double x);

/// (1 - a b)^2 / 2: its minima are the hyperbola a b = 1, and the sharpness on it is a^2 + b^2.
Objective product();

/// Mean of (w2 tanh(w1 x) - y)^2 / 2 over nine points of y = 2 tanh(x): the smallest network with a
/// hidden layer.
Objective mlp();

/// The minimum that lies nearest to a point; there must be one.
Point nearest_minimum(const Objective&, const Point&);

/// Eigenvalues of the Hessian, ascending. NaN where the Hessian is not finite.
Point hessian_eigenvalues(const Objective&, const Point&);

/// The largest of them.
double sharpness(const Objective&, const Point&);

}  // namespace numerics
