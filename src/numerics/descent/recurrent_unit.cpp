// The recursion with its first and second derivatives carried along.
#include "numerics/descent/recurrent_unit.hpp"

#include <algorithm>
#include <cmath>

#include "numerics/networks/activation.hpp"

namespace numerics {
namespace {

constexpr Activation sigma = Activation::sigmoid;

/// The state after all steps and its derivatives with respect to (w, b).
struct State {
  double x = 0;
  double w = 0, b = 0;
  double ww = 0, wb = 0, bb = 0;
};

State unroll(const RecurrentUnit& unit, const Point& p) {
  State s{.x = unit.initial};
  const double w = p[0];
  for (int t = 0; t < unit.steps; ++t) {
    const double y = activate(sigma, s.x), d = slope(sigma, s.x), c = curvature(sigma, s.x);
    s = {.x = w * y + p[1],
         .w = y + w * d * s.w,
         .b = 1 + w * d * s.b,
         .ww = 2 * d * s.w + w * (c * s.w * s.w + d * s.ww),
         .wb = d * s.b + w * (c * s.w * s.b + d * s.wb),
         .bb = w * (c * s.b * s.b + d * s.bb)};
  }
  return s;
}

/// The state alone.
double final_state(const RecurrentUnit& unit, const Point& p) {
  double x = unit.initial;
  for (int t = 0; t < unit.steps; ++t) x = p[0] * activate(sigma, x) + p[1];
  return x;
}

}  // namespace

Objective loss_of(const RecurrentUnit& unit) {
  const auto value = [unit](const Point& p) {
    return std::pow(activate(sigma, final_state(unit, p)) - unit.target, 2);
  };
  const auto gradient = [unit](const Point& p) -> Point {
    const State s = unroll(unit, p);
    const double outer = 2 * (activate(sigma, s.x) - unit.target) * slope(sigma, s.x);
    return Point{{outer * s.w, outer * s.b}};
  };
  const auto hessian = [unit](const Point& p) {
    const State s = unroll(unit, p);
    const double residual = activate(sigma, s.x) - unit.target, d = slope(sigma, s.x);
    const double first = 2 * residual * d, second = 2 * (d * d + residual * curvature(sigma, s.x));
    Matrix<double> h(2, 2);
    h << second * s.w * s.w + first * s.ww, second * s.w * s.b + first * s.wb, second * s.w * s.b + first * s.wb,
        second * s.b * s.b + first * s.bb;
    return h;
  };
  return {"recurrent-unit", 2, value, gradient, hessian, {}, Point{{5.3, -2.1}}};
}

Wall wall_of(const RecurrentUnit& unit) {
  return {1 / slope(sigma, unit.initial), unit.initial, -activate(sigma, unit.initial)};
}

Point wall_gradient(const RecurrentUnit& unit, double w) {
  const double y = activate(sigma, unit.initial), d = slope(sigma, unit.initial), m = w * d;
  // (m^n - 1) / (m - 1) without cancellation near m = 1; n at m = 1.
  const double log_m = std::log(std::abs(m));
  const double sum = m > 0 && m != 1 ? std::expm1(unit.steps * log_m) / std::expm1(log_m)
                     : m == 1        ? unit.steps
                                     : (std::pow(m, unit.steps) - 1) / (m - 1);
  const double db = 2 * (y - unit.target) * d * sum;
  return Point{{y * db, db}};
}

double WallGradients::deviation() const {
  double largest = 0;
  for (std::size_t i = 0; i < computed.size(); ++i)
    largest = std::max(largest, std::abs(computed[i] / exact[10 * i + 5] - 1));
  return largest;
}

WallGradients wall_gradients(const RecurrentUnit& unit) {
  const Objective objective = loss_of(unit);
  const Wall wall = wall_of(unit);
  const auto backpropagated = [&](double w) { return objective.gradient(Point{{w, wall.b(w)}}); };
  WallGradients result;
  for (int i = 0; i <= 100; ++i) {
    const double w = std::lerp(0.8, 1.3, i / 100.0) * wall.start;
    result.w.push_back(w);
    result.exact.push_back(std::abs(wall_gradient(unit, w)[1]));
    if (i % 10 != 5) continue;
    result.at.push_back(w);
    result.computed.push_back(std::abs(backpropagated(w)[1]));
  }
  for (int w = 1; w <= 10; ++w) {
    result.computed_at_whole.push_back(backpropagated(w));
    result.exact_at_whole.push_back(wall_gradient(unit, w));
  }
  return result;
}

}  // namespace numerics
