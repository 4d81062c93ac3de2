// Gradient descent beside the gradient flow that it discretises, in the plane of two parameters.
// Beyond eta = 2 / lambda_max descent can rest on a two-cycle where the sharpness is 2 / eta: the
// edge of stability of Cohen et al. (2021) and the self-stabilisation of Damian, Nichani and Lee
// (2023), in two dimensions.
#include <fmt/format.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>

#include "experiment/experiment.hpp"
#include "experiments/shared/curves.hpp"
#include "experiments/shared/derived.hpp"
#include "experiments/shared/descent.hpp"
#include "numerics/descent/gradient_descent.hpp"
#include "numerics/descent/gradient_flow.hpp"

namespace experiments {

namespace {

using numerics::Objective;
using numerics::Point;
using Values = std::vector<double>;

struct FlowVersusDescent {
  std::string loss = "rosenbrock";
  Values curvatures{1, 100};
  Values start{-1.2, 1};
  Values learning_rates{0.00199, 0.0025};
  double horizon = 25;
  double tolerance = 1e-10;
};

Parameters<FlowVersusDescent> parameters() {
  using P = FlowVersusDescent;
  return Parameters<P>{}
      .choice(
          "loss", &P::loss, {"rosenbrock", "quadratic", "mlp", "product"},
          "loss of two parameters; mlp is w2 tanh(w1 x) fitted to nine points of 2 tanh(x), product is (1 - a b)^2 / 2")
      .numbers("curvatures", &P::curvatures, "eigenvalues of the quadratic loss; the other losses have none to choose",
               above(0).to(1e9), {.least = 2, .most = 2})
      .numbers("start", &P::start, "where both start", from(-1e3).to(1e3), {.least = 2, .most = 2})
      .numbers("learning-rates", &P::learning_rates, "learning rates eta of gradient descent", above(0).to(1e6),
               {.most = 5})
      .number("horizon", &P::horizon, "effective time t = k eta up to which both are followed", above(0).to(1e6))
      .number("tolerance", &P::tolerance, "error allowed to each step of the flow's integrator, absolute and relative",
              from(1e-13).to(1e-2));
}

std::vector<ParameterError> check(const FlowVersusDescent& p) {
  std::vector<ParameterError> errors;
  check_distinct("learning-rates", p.learning_rates, errors);
  check_step_count("learning-rates", p.learning_rates, p.horizon, errors);
  return errors;
}

constexpr std::size_t flow_samples = 2000;
constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
const std::string flow_name = "gradient flow";

Values end_of(const Curve& path) { return {path.x.back(), path.y.back()}; }

struct Flow {
  Curve path;           // in the plane of the parameters
  Curve loss;           // by time
  Values arrivals;      // times of first coming within 0.1, 0.01, 0.001 of the minimum; Infinity if not by the horizon
  double distance = 0;  // from the minimum at the horizon
  std::size_t steps = 0;

  double final_loss() const { return loss.y.back(); }
  Values end() const { return end_of(path); }
};

/// Where a descent ends that does not converge; NaN where it is on no two-cycle.
struct TwoCycle {
  bool exists = false;
  Values midpoint{nothing, nothing};
  double edge = nothing;  // sharpness at the midpoint over 2 / eta
  double multiplier = nothing;
};

struct Descent {
  Curve path, loss;
  Values arrivals;  // the same in steps
  double distance = 0, gap = 0;
  TwoCycle cycle;

  Values losses() const { return loss.y; }
  int loss_rises() const { return count_rises(loss.y); }
  Values end() const { return end_of(path); }
};

struct Trajectories {
  Flow flow;
  std::vector<Descent> descents;
  Point minimum, curvatures;  // the curvatures at the minimum, ascending
  double sharpness_at_start = 0;

  double lambda_min() const { return curvatures[0]; }
  double lambda_max() const { return curvatures[1]; }
  double eta_max() const { return 2 / lambda_max(); }
};

/// Where the sharpness of Rosenbrock's function is s > 200. With H = [[1200 x^2 - 400 y + 2, -400 x], [-400 x, 200]]
/// the equation det(H - s) = 0 is linear in y; as s exceeds the corner 200, it is the larger eigenvalue.
Curve rosenbrock_edge(double eta) {
  const double s = 2 / eta;
  Curve edge;
  for (int i = -200; i <= 200; ++i) {
    const double x = 0.01 * i;
    edge.x.push_back(x);
    edge.y.push_back((1200 * x * x + 2 - s + 160000 * x * x / (s - 200)) / 400);
  }
  return edge;
}

/// Descents that rest where the sharpness is 2 / eta, on the one loss for which that curve is drawn.
bool has_edge(const FlowVersusDescent& p, double eta, const Descent& descent) {
  return p.loss == "rosenbrock" && 2 / eta > 200 && descent.cycle.exists;
}

bool has_edges(const FlowVersusDescent& p, const Trajectories& r) {
  for (std::size_t i = 0; i < r.descents.size(); ++i)
    if (has_edge(p, p.learning_rates[i], r.descents[i])) return true;
  return false;
}

const PanelInfo trajectories{"trajectories", {"parameter 1"}, {"parameter 2"}};
const PanelInfo edges{"sharpness 2/eta", {"parameter 1"}, {"parameter 2"}};
const PanelInfo loss_by_time{"loss by effective time", {"effective time t = k eta"}, {"loss", "log"}};

const Allowed recurrence =
    within({1e-9}, "a recurrence in double precision that forgets its rounding errors in the valley");

Allowed solved(const FlowVersusDescent& p) {
  return within({10 * p.tolerance, 10 * p.tolerance}, "the integrator's own error, ten times that allowed to a step");
}

Outputs<Descent> outputs_of_descent(const FlowVersusDescent& p, double eta) {
  const Allowed count = exactly("counts");
  const auto cycle = &Descent::cycle;
  const auto edge = [p, eta](const Descent& d) {
    return has_edge(p, eta, d) ? std::optional(rosenbrock_edge(eta)) : std::nullopt;
  };
  return Outputs<Descent>{}
      .sequence("steps", 1, &Descent::arrivals,
                "steps until descent first comes within 10^-n of the minimum; Infinity if not by the horizon", count)
      .number("distance", &Descent::distance, "distance of descent from the minimum at the horizon", recurrence)
      .number("gap", &Descent::gap, "distance of descent from the flow at the time of its last step", solved(p))
      .sequence("loss", 0, &Descent::losses, "loss after k steps", recurrence)
      .number("loss-rises", &Descent::loss_rises, "how many steps raise the loss", count)
      .sequence("final", 1, &Descent::end, "parameter i after the last step", recurrence)
      .number("two-cycle", then(cycle, &TwoCycle::exists), "1 if descent ends on a two-cycle, else 0",
              exactly("yes or no"))
      .sequence("midpoint", 1, then(cycle, &TwoCycle::midpoint),
                "parameter i in the middle of the two-cycle; NaN if there is none", recurrence)
      .number("edge", then(cycle, &TwoCycle::edge),
              "sharpness in the middle of the two-cycle over 2 / eta; NaN if there is none", recurrence)
      .number("cycle-multiplier", then(cycle, &TwoCycle::multiplier),
              "largest modulus of the eigenvalues by which the two-cycle's two steps multiply a small distance from "
              "it, below 1 where it attracts; NaN if there is none",
              recurrence)
      .measured(trajectories, "", &Descent::path, recurrence)
      .theory(edges, "", edge, within(closed_form, "closed form"));
}

Outputs<Trajectories> outputs(const FlowVersusDescent& p) {
  using R = Trajectories;
  const Allowed solver = solved(p);
  const auto flow = &R::flow;
  Outputs<R> o;
  o.number("lambda-max", &R::lambda_max, "largest Hessian eigenvalue at the minimum", recurrence)
      .number("lambda-min", &R::lambda_min, "smallest Hessian eigenvalue at the minimum", recurrence)
      .number("lambda-start", &R::sharpness_at_start, "largest Hessian eigenvalue at the start", recurrence)
      .number("eta-max", &R::eta_max, "largest learning rate that is stable at the minimum, 2 / lambda-max", recurrence)
      .sequence("flow.time", 1, then(flow, &Flow::arrivals),
                "time at which the flow first comes within 10^-n of the minimum; Infinity if not by the horizon",
                solver)
      .number("flow.distance", then(flow, &Flow::distance), "distance of the flow from the minimum at the horizon",
              solver)
      .number("flow.loss", then(flow, &Flow::final_loss), "loss on the flow at the horizon", solver)
      .sequence("flow.final", 1, then(flow, &Flow::end), "parameter i on the flow at the horizon", solver)
      .number("flow.steps", then(flow, &Flow::steps), "accepted steps of the flow's integrator",
              within({0.01, 1}, "the integrator's step size depends on its error estimates"))
      .measured(trajectories, flow_name, then(flow, &Flow::path), solver)
      .each(rate_names(p.learning_rates), &R::descents,
            [&](std::size_t i) { return outputs_of_descent(p, p.learning_rates[i]); });
  // The second panel of a run without edges.
  const auto unless_edges = [p](const auto& loss_of) {
    return [p, loss_of](const R& r) { return has_edges(p, r) ? std::nullopt : std::optional<Curve>(loss_of(r)); };
  };
  o.measured(loss_by_time, flow_name, unless_edges(then(flow, &Flow::loss)), solver);
  for (std::size_t i = 0; i < p.learning_rates.size(); ++i)
    o.measured(loss_by_time, rate_name(p.learning_rates[i]),
               unless_edges([i](const R& r) { return r.descents[i].loss; }), recurrence);
  return o;
}

/// Whether a point is within 10^-n of the minimum, for n = 1, 2, 3.
std::vector<std::function<bool(const Point&)>> arrivals_at(const Point& minimum) {
  std::vector<std::function<bool(const Point&)>> near;
  for (int n = 1; n <= 3; ++n)
    near.push_back([minimum, n](const Point& q) { return (q - minimum).norm() < std::pow(10, -n); });
  return near;
}

/// Two steps on a two-cycle multiply small distances by (I - eta H(theta_+)) (I - eta H(theta_-)).
double cycle_multiplier(const Objective& objective, double eta, const Point& one, const Point& other) {
  using Square = numerics::Matrix<double>;
  const auto jacobian = [&](const Point& at) -> Square { return Square::Identity(2, 2) - eta * objective.hessian(at); };
  const Square steps = jacobian(one) * jacobian(other);
  return steps.eigenvalues().cwiseAbs().maxCoeff();
}

TwoCycle two_cycle(const Objective& objective, double eta, const std::vector<Point>& points) {
  const auto cycle = numerics::final_two_cycle(points);
  if (!cycle) return {};
  const Point middle = cycle->midpoint();
  return {true,
          {middle[0], middle[1]},
          numerics::sharpness(objective, middle) * eta / 2,
          cycle_multiplier(objective, eta, cycle->first, cycle->second)};
}

Trajectories run(const FlowVersusDescent& p, Run& run) {
  const Objective objective = objective_named(p.loss, p.curvatures);
  const auto field = numerics::gradient_field(objective);
  const Point start = to_point(p.start);
  const double sharpness = numerics::sharpness(objective, start);
  const auto flow = numerics::integrate(
      field, start, numerics::sample_times(p.horizon, std::max(sharpness, 1e-6), flow_samples), p.tolerance);
  const Point minimum = numerics::nearest_minimum(objective, flow.points.back());
  const auto arrivals = arrivals_at(minimum);
  constexpr double never = std::numeric_limits<double>::infinity();

  Trajectories result{.flow = {in_plane(flow.points),
                               {flow.times, losses(objective, flow.points)},
                               {},
                               (flow.points.back() - minimum).norm(),
                               flow.steps},
                      .descents = {},
                      .minimum = minimum,
                      .curvatures = numerics::hessian_eigenvalues(objective, minimum),
                      .sharpness_at_start = sharpness};
  for (const auto& near : arrivals)
    result.flow.arrivals.push_back(numerics::first_passage(field, flow, p.tolerance, near).value_or(never));

  result.descents = run.each(p.learning_rates, [&](double eta) {
    const auto points = numerics::gradient_descent(objective, start, eta, numerics::steps_within(p.horizon, eta));
    const double time = eta * static_cast<double>(points.size() - 1);
    const Point flow_then = time > 0 ? numerics::integrate(field, start, {0, time}, p.tolerance).points.back() : start;
    Descent descent{in_plane(points),
                    by_time(eta, losses(objective, points)),
                    {},
                    (points.back() - minimum).norm(),
                    (points.back() - flow_then).norm(),
                    two_cycle(objective, eta, points)};
    for (const auto& near : arrivals) {
      const auto found = std::find_if(points.begin(), points.end(), near);
      descent.arrivals.push_back(found == points.end() ? never : static_cast<double>(found - points.begin()));
    }
    return descent;
  });
  return result;
}

// ---- The figure.

// Steps of gradient descent that the overview shows.
constexpr std::size_t first_steps = 40;

Curve head(const Curve& path, std::size_t count) {
  const auto end = static_cast<std::ptrdiff_t>(std::min(path.x.size(), count));
  return {{path.x.begin(), path.x.begin() + end}, {path.y.begin(), path.y.begin() + end}};
}

Curve tail(const Curve& path, std::size_t count) {
  const auto start = static_cast<std::ptrdiff_t>(std::min(path.x.size(), count));
  return {{path.x.end() - start, path.x.end()}, {path.y.end() - start, path.y.end()}};
}

plot::Points spot(const Point& at, plot::Marker marker, double size, bool filled) {
  return {.x = {at[0]}, .y = {at[1]}, .marker = marker, .size = size, .filled = filled, .ink = plot::Ink::foreground};
}

plot::Points minimum_mark(const Trajectories& r) { return spot(r.minimum, plot::Marker::star, 8, true); }

/// A descent's path with a marker at every step.
plot::Line steps(std::size_t index, const std::string& series, const Curve& path, double width, std::string label,
                 double marker_size) {
  plot::Line line = line_of(series, path, {rate_ink(index), width}, std::move(label));
  line.marker = rate_marker(index);
  line.marker_size = marker_size;
  return line;
}

/// Over contours the flow lies on paper: they would show through and darken it.
void add_flow(const Curve& path, const std::string& label, plot::Panel& panel) {
  panel.marks.push_back(line_of("", path, {plot::Ink::background, flow_stroke.width}));
  panel.marks.push_back(line_of(flow_name, path, flow_stroke, label));
}

/// What the flow and the first steps of descent need; steps thrown far off do not count.
Window overview(const Trajectories& r) {
  Window window{{r.minimum[0], r.minimum[0]}, {r.minimum[1], r.minimum[1]}};
  const Curve& flow = r.flow.path;
  for (std::size_t i = 0; i < flow.x.size(); ++i) window.include(Point{{flow.x[i], flow.y[i]}});
  const Window reach = window.padded(0.5);
  const auto include_first_steps = [&](const Curve& path) {
    for (std::size_t k = 0; k < std::min(path.x.size(), first_steps + 1); ++k) {
      const Point p{{path.x[k], path.y[k]}};
      if (reach.contains(p)) window.include(p);
    }
  };
  for (const Descent& d : r.descents) include_first_steps(d.path);
  return window.padded(0.15);
}

plot::Panel window_panel(std::string title, const Objective& objective, const Window& window, double lowest_level) {
  return {.title = std::move(title),
          .x = {.label = coordinate_label(objective, 0), .min = window.x.first, .max = window.x.second},
          .y = {.label = coordinate_label(objective, 1), .min = window.y.first, .max = window.y.second},
          .marks = {landscape(objective, window, true, false, lowest_level)}};
}

/// Where the sharpness exceeds 2 / eta, a learning rate is too large: said in its label.
std::string label_of(double eta, const Trajectories& r) {
  const std::string label = rate_label(eta);
  return eta <= r.eta_max() ? label : label.substr(0, label.size() - 1) + " > 2/\\lambda_{\\max}$";
}

plot::Panel overview_panel(const FlowVersusDescent& p, const Objective& objective, const Trajectories& r) {
  const Point start = to_point(p.start);
  const double top = objective.value(start);
  plot::Panel panel =
      window_panel(fmt::format("the first {} steps", first_steps), objective, overview(r), top > 0 ? top * 1e-3 : 1e-3);
  add_flow(r.flow.path, flow_name, panel);
  for (std::size_t i = 0; i < p.learning_rates.size(); ++i) {
    const double eta = p.learning_rates[i];
    panel.marks.push_back(
        steps(i, rate_name(eta), head(r.descents[i].path, first_steps + 1), 0.7, label_of(eta, r), 2.8));
  }
  panel.marks.push_back(spot(start, plot::Marker::circle, 5, false));
  panel.marks.push_back(minimum_mark(r));
  return panel;
}

/// The last point at rest, the two-cycle's edge and the minimum, seen closely.
plot::Panel zoom_panel(const FlowVersusDescent& p, const Objective& objective, const Trajectories& r) {
  Window window{{r.minimum[0], r.minimum[0]}, {r.minimum[1], r.minimum[1]}};
  for (std::size_t i = 0; i < p.learning_rates.size(); ++i)
    if (has_edge(p, p.learning_rates[i], r.descents[i])) window.include(to_point(r.descents[i].cycle.midpoint));
  plot::Panel panel = window_panel("where they come to rest", objective, window.padded(0.8), 0.01);
  add_flow(r.flow.path, "", panel);
  for (std::size_t i = 0; i < p.learning_rates.size(); ++i) {
    const double eta = p.learning_rates[i];
    const std::string name = rate_name(eta);
    const Curve& path = r.descents[i].path;
    if (!has_edge(p, eta, r.descents[i])) {
      panel.marks.push_back(line_of(name, path, {rate_ink(i), 0.9}, rate_label(eta)));
      continue;
    }
    panel.marks.push_back(line_of(name, rosenbrock_edge(eta), {plot::Ink::black, 0.8, plot::Dash::dashed},
                                  fmt::format("$\\lambda_{{\\max}}=2/\\eta={}$", rounded(2 / eta)),
                                  plot::Role::reference));
    panel.marks.push_back(steps(i, name, tail(path, 2), 1, "two-cycle", 4.5));
  }
  panel.marks.push_back(minimum_mark(r));
  return panel;
}

plot::Panel loss_panel(const FlowVersusDescent& p, const Trajectories& r) {
  std::vector<Curve> descents;
  for (const Descent& d : r.descents) descents.push_back(d.loss);
  plot::Panel panel{.title = "loss",
                    .x = {.label = "effective time $t=k\\eta$", .min = 0, .max = p.horizon},
                    .y = {.scale = plot::ScaleKind::log, .max = loss_ceiling(descents, r.flow.loss)},
                    .marks = {line_of(flow_name, r.flow.loss, flow_stroke, flow_name)}};
  for (std::size_t i = 0; i < descents.size(); ++i)
    panel.marks.push_back(rate_line(i, p.learning_rates[i], descents[i], 1));
  return panel;
}

plot::Figure draw(const FlowVersusDescent& p, const Trajectories& r) {
  const Objective objective = objective_named(p.loss, p.curvatures);
  return {.panels = {overview_panel(p, objective, r), has_edges(p, r) ? zoom_panel(p, objective, r) : loss_panel(p, r)},
          .columns = 2,
          .width = plot::FigureWidth::full,
          .height_mm = 85};
}

const bool registered = add(Definition<FlowVersusDescent, Trajectories>{
    .name = "flow-versus-descent",
    .title = "Gradient descent and gradient flow",
    .summary = "Follows gradient flow, integrated with error control, and gradient descent with several learning rates "
               "from one start: their paths, and where descent comes to rest when its step is too large for the "
               "minimum.",
    .parameters = parameters(),
    .check = check,
    .outputs = outputs,
    .run = run,
    .draw = draw});

}  // namespace
}  // namespace experiments
