// The catalogue of losses, with derivatives written out by hand.
// The tests hold each of them against central differences.
#include "numerics/descent/objective.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "numerics/linear/eigenvalues.hpp"

namespace numerics {
namespace {

Point point(double x, double y) { return Point{{x, y}}; }

Matrix<double> symmetric(double xx, double xy, double yy) {
  Matrix<double> h(2, 2);
  h << xx, xy, xy, yy;
  return h;
}

// The network's data: x = -2, -1.5, ... 2, y = 2 tanh(x), so that (w1, w2) = (1, 2) fits without
// error.
constexpr int samples = 9;
double sample_x(int i) { return -2 + 0.5 * i; }
double sample_y(int i) { return 2 * std::tanh(sample_x(i)); }

// One sample's part in loss and derivatives: residual r, hidden unit t = tanh(w1 x), its derivative
// dt/dw1.
struct Sample {
  double x, t, dt, r;
};

Sample sample(const Point& w, int i) {
  const double x = sample_x(i);
  const double t = std::tanh(w[0] * x);
  return {x, t, (1 - t * t) * x, w[1] * t - sample_y(i)};
}

double mlp_value(const Point& w) {
  double sum = 0;
  for (int i = 0; i < samples; ++i) sum += std::pow(sample(w, i).r, 2);
  return sum / (2 * samples);
}

Point mlp_gradient(const Point& w) {
  Point sum = Point::Zero(2);
  for (int i = 0; i < samples; ++i) {
    const Sample s = sample(w, i);
    sum += point(s.r * w[1] * s.dt, s.r * s.t);
  }
  return sum / samples;
}

Matrix<double> mlp_hessian(const Point& w) {
  Matrix<double> sum = Matrix<double>::Zero(2, 2);
  for (int i = 0; i < samples; ++i) {
    const Sample s = sample(w, i);
    const double second = -2 * s.t * s.dt * s.x;  // d^2 t / dw1^2
    sum += symmetric(std::pow(w[1] * s.dt, 2) + s.r * w[1] * second, (w[1] * s.t + s.r) * s.dt, s.t * s.t);
  }
  return sum / samples;
}

}  // namespace

Objective quadratic(const Point& curvatures) {
  const auto n = curvatures.size();
  const bool bowl = (curvatures.array() > 0).all();
  return {"quadratic",
          static_cast<int>(n),
          [curvatures](const Point& p) { return 0.5 * (curvatures.array() * p.array().square()).sum(); },
          [curvatures](const Point& p) -> Point { return curvatures.cwiseProduct(p); },
          [curvatures](const Point&) -> Matrix<double> { return curvatures.asDiagonal(); },
          bowl ? std::vector<Point>{Point::Zero(n)} : std::vector<Point>{},
          Point::Ones(n)};
}

Objective rosenbrock() {
  return {"rosenbrock",
          2,
          [](const Point& p) {
            const double wall = p[1] - p[0] * p[0];
            return (1 - p[0]) * (1 - p[0]) + 100 * wall * wall;
          },
          [](const Point& p) {
            const double wall = p[1] - p[0] * p[0];
            return point(-2 * (1 - p[0]) - 400 * p[0] * wall, 200 * wall);
          },
          [](const Point& p) { return symmetric(2 - 400 * (p[1] - 3 * p[0] * p[0]), -400 * p[0], 200); },
          {point(1, 1)},
          point(-1.2, 1)};
}

Objective product() {
  return {"product",
          2,
          [](const Point& p) { return 0.5 * std::pow(1 - p[0] * p[1], 2); },
          [](const Point& p) {
            const double residual = p[0] * p[1] - 1;
            return point(residual * p[1], residual * p[0]);
          },
          [](const Point& p) { return symmetric(p[1] * p[1], 2 * p[0] * p[1] - 1, p[0] * p[0]); },
          {point(1, 1), point(-1, -1)},
          point(2.8, 3.5)};
}

Objective mlp() {
  return {"mlp", 2, mlp_value, mlp_gradient, mlp_hessian, {point(1, 2), point(-1, -2)}, point(0.3, 4)};
}

Point nearest_minimum(const Objective& objective, const Point& at) {
  return *std::min_element(objective.minima.begin(), objective.minima.end(), [&](const Point& a, const Point& b) {
    return (a - at).squaredNorm() < (b - at).squaredNorm();
  });
}

Point hessian_eigenvalues(const Objective& objective, const Point& at) {
  const Matrix<double> h = objective.hessian(at);
  if (!h.allFinite()) return Point::Constant(h.rows(), std::numeric_limits<double>::quiet_NaN());
  return symmetric_eigenvalues(h);
}

double sharpness(const Objective& objective, const Point& at) {
  const Point eigenvalues = hessian_eigenvalues(objective, at);
  return eigenvalues[eigenvalues.size() - 1];
}

double rosenbrock_with_sharpness(double s, double x) {
  return (1200 * x * x + 2 - s + 160000 * x * x / (s - 200)) / 400;
}

}  // namespace numerics
