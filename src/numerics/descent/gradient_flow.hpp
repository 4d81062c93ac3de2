// Gradient flow, d theta / dt = -grad L(theta), integrated by Boost odeint with error control; and
// the modified flow that gradient descent follows to one order more (Barrett and Dherin, Implicit
// gradient regularization, ICLR 2021).
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "numerics/descent/objective.hpp"

namespace numerics {

/// An autonomous differential equation, d theta / dt = velocity(theta), with the Jacobian of its
/// right-hand side.
struct Field {
  std::function<Point(const Point&)> velocity;
  std::function<Matrix<double>(const Point&)> jacobian;
};

/// -grad L.
Field gradient_field(const Objective&);

/// -(grad L + (h/2) H grad L), the gradient flow of L + (h/4) |grad L|^2.
Field modified_field(const Objective&, double learning_rate);

enum class Method {
  explicit_dopri5,      // Dormand and Prince, order 5; its steps are bound to about 3.3 / lambda_max
  implicit_rosenbrock4  // Rosenbrock's linearly implicit method of order 4, L-stable; one Jacobian
                        // a step
};

/// Which method suits a field from this start over this time. The explicit one needs lambda_max T
/// / 3.3 steps, however smooth the solution: on Rosenbrock's function up to t = 60 it takes 18 000
/// steps at tolerance 1e-6, the implicit one 200. Over times so short that stability binds nothing,
/// the explicit method has the better order.
Method suitable_method(const Field&, const Point& start, double horizon);

struct FlowSamples {
  std::vector<double> times;
  std::vector<Point> points;  // one a time
  std::size_t steps = 0;      // accepted steps of the integrator
};

/// Integrates from times.front() on and lands on each of the ascending times by a step, not by
/// interpolation, so that the tolerance (absolute and relative, of each step's error) holds for
/// every sample. Throws std::overflow_error when the solution grows beyond all bounds (1e100).
FlowSamples integrate(const Field&, const Point& start, const std::vector<double>& times, double tolerance, Method);

/// The same with the suitable method.
FlowSamples integrate(const Field&, const Point& start, const std::vector<double>& times, double tolerance);

/// Where the flow is after this time.
Point flow_at(const Field&, const Point& start, double time, double tolerance);

/// The gradient flow from a start up to a horizon, at 2001 times that resolve its fall into a valley and its way along.
FlowSamples flow_from(const Objective&, const Point& start, double horizon, double tolerance);

/// `count` + 1 times from 0 to the horizon exactly, spaced geometrically from 0.05 / fastest_rate
/// on, so that both the fall into a valley and the way along it are resolved.
std::vector<double> sample_times(double horizon, double fastest_rate, std::size_t count);

/// The first time at which `passed` holds, to 1e-9 relative: found between samples, then by
/// bisection on the flow.
std::optional<double> first_passage(const Field&, const FlowSamples&, double tolerance,
                                    const std::function<bool(const Point&)>& passed);

}  // namespace numerics
