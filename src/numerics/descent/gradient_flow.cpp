// Gradient flow through odeint's controlled steppers, explicit (Dormand-Prince) and implicit
// (Rosenbrock). Hairer and Wanner, Solving Ordinary Differential Equations II, chapter IV.
#include "numerics/descent/gradient_flow.hpp"

#include <algorithm>
#include <boost/numeric/odeint/integrate/integrate_times.hpp>
#include <boost/numeric/odeint/stepper/controlled_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/generation.hpp>
#include <boost/numeric/odeint/stepper/rosenbrock4.hpp>
#include <boost/numeric/odeint/stepper/rosenbrock4_controller.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta_dopri5.hpp>
#include <boost/numeric/ublas/matrix.hpp>
#include <boost/numeric/ublas/vector.hpp>
#include <cmath>
#include <stdexcept>
#include <string>

namespace numerics {
namespace {

namespace odeint = boost::numeric::odeint;
namespace ublas = boost::numeric::ublas;

// odeint's Rosenbrock stepper knows ublas only; both steppers are given its vectors, so that one
// system serves both.
using State = ublas::vector<double>;

Point to_point(const State& state) {
  return Eigen::Map<const Point>(&state[0], static_cast<Eigen::Index>(state.size()));
}

State to_state(const Point& point) {
  State state(static_cast<std::size_t>(point.size()));
  std::copy(point.begin(), point.end(), state.begin());
  return state;
}

double fastest_rate(const Field& field, const Point& at) { return field.jacobian(at).norm(); }

}  // namespace

Field gradient_field(const Objective& objective) {
  return {[gradient = objective.gradient](const Point& p) -> Point { return -gradient(p); },
          [hessian = objective.hessian](const Point& p) -> Matrix<double> { return -hessian(p); }};
}

Field modified_field(const Objective& objective, double learning_rate) {
  const double half = learning_rate / 2;
  const auto velocity = [objective, half](const Point& p) -> Point {
    const Point g = objective.gradient(p);
    return -(g + half * (objective.hessian(p) * g));
  };
  // The derivative of H g is H^2 plus the third derivative along g, which a central difference of H
  // gives to about ten digits: enough for an implicit method, whose error is controlled in any
  // case.
  const auto jacobian = [objective, half](const Point& p) -> Matrix<double> {
    const Point g = objective.gradient(p);
    const Matrix<double> h = objective.hessian(p);
    const double size = g.norm();
    if (size == 0) return -(h + half * h * h);
    const double step = 1e-5 * (1 + p.norm());
    const Point along = g / size * step;
    const Matrix<double> third = (objective.hessian(p + along) - objective.hessian(p - along)) * (size / (2 * step));
    return -(h + half * (h * h + third));
  };
  return {velocity, jacobian};
}

Method suitable_method(const Field& field, const Point& start, double horizon) {
  // A hundred steps bound by stability are about what accuracy asks for anyway.
  constexpr double stability_interval = 3.3;
  return fastest_rate(field, start) * horizon > 100 * stability_interval ? Method::implicit_rosenbrock4
                                                                         : Method::explicit_dopri5;
}

FlowSamples integrate(const Field& field, const Point& start, const std::vector<double>& times, double tolerance,
                      Method method) {
  FlowSamples samples;
  // Step-size control squares errors: once those overflow it would go on for ever, so this ends it
  // well before.
  const auto velocity = [&field](const State& x, State& dxdt, double t) {
    const Point p = to_point(x), v = field.velocity(p);
    if (!v.allFinite() || p.lpNorm<Eigen::Infinity>() > 1e100)
      throw std::overflow_error("the flow grows beyond all bounds near t = " + std::to_string(t));
    dxdt = to_state(v);
  };
  const auto jacobian = [&field](const State& x, ublas::matrix<double>& j, double, State& dfdt) {
    const Matrix<double> values = field.jacobian(to_point(x));
    for (Eigen::Index r = 0; r < values.rows(); ++r)
      for (Eigen::Index c = 0; c < values.cols(); ++c) j(r, c) = values(r, c);
    std::fill(dfdt.begin(), dfdt.end(), 0.0);
  };
  const auto observe = [&samples](const State& x, double t) {
    samples.times.push_back(t);
    samples.points.push_back(to_point(x));
  };
  State state = to_state(start);
  const double first_step = 0.01 / std::max(fastest_rate(field, start), 1e-6);
  if (method == Method::implicit_rosenbrock4)
    samples.steps = odeint::integrate_times(odeint::make_controlled<odeint::rosenbrock4<double>>(tolerance, tolerance),
                                            std::make_pair(velocity, jacobian), state, times.begin(), times.end(),
                                            first_step, observe);
  else
    samples.steps =
        odeint::integrate_times(odeint::make_controlled<odeint::runge_kutta_dopri5<State>>(tolerance, tolerance),
                                velocity, state, times.begin(), times.end(), first_step, observe);
  return samples;
}

FlowSamples integrate(const Field& field, const Point& start, const std::vector<double>& times, double tolerance) {
  return integrate(field, start, times, tolerance, suitable_method(field, start, times.back() - times.front()));
}

std::vector<double> sample_times(double horizon, double rate, std::size_t count) {
  const double n = static_cast<double>(count);
  const double first = std::min(0.05 / rate, horizon / n);
  // t_j = first (q^j - 1) / (q - 1) with q such that t_count = horizon: by bisection on log q, as
  // it is monotone.
  const auto last = [&](double log_q) {
    return log_q == 0 ? first * n : first * std::expm1(n * log_q) / std::expm1(log_q);
  };
  double low = 0, high = 1;
  for (int i = 0; i < 200; ++i) {
    const double middle = (low + high) / 2;
    (last(middle) < horizon ? low : high) = middle;
  }
  std::vector<double> times{0};
  for (std::size_t j = 1; j < count; ++j)
    times.push_back(high < 1e-12 ? horizon * static_cast<double>(j) / n
                                 : horizon * std::expm1(static_cast<double>(j) * high) / std::expm1(n * high));
  times.push_back(horizon);
  return times;
}

std::optional<double> first_passage(const Field& field, const FlowSamples& samples, double tolerance,
                                    const std::function<bool(const Point&)>& passed) {
  const auto found = std::find_if(samples.points.begin(), samples.points.end(), passed);
  if (found == samples.points.end()) return std::nullopt;
  const auto i = static_cast<std::size_t>(found - samples.points.begin());
  if (i == 0) return samples.times[0];
  double before = samples.times[i - 1], after = samples.times[i];
  Point at = samples.points[i - 1];
  while (after - before > 1e-9 * after) {
    const double middle = before + (after - before) / 2;
    const Point there = integrate(field, at, {before, middle}, tolerance).points.back();
    if (passed(there)) {
      after = middle;
    } else {
      before = middle;
      at = there;
    }
  }
  return after;
}

Point flow_at(const Field& field, const Point& start, double time, double tolerance) {
  return time > 0 ? integrate(field, start, {0, time}, tolerance).points.back() : start;
}

FlowSamples flow_from(const Objective& objective, const Point& start, double horizon, double tolerance) {
  const double fastest = std::max(sharpness(objective, start), 1e-6);
  return integrate(gradient_field(objective), start, sample_times(horizon, fastest, 2000), tolerance);
}

}  // namespace numerics
