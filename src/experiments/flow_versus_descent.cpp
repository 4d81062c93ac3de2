// Gradient descent beside the gradient flow that it discretises, in the plane of two parameters. Beyond eta = 2 /
// lambda_max descent can rest on a two-cycle where the sharpness is 2 / eta: the edge of stability of Cohen et al.
// (2021) and the self-stabilisation of Damian, Nichani and Lee (2023), in two dimensions.
#include <cmath>
#include <optional>
#include <span>

#include "experiment/experiment.hpp"
#include "experiments/shared/descent.hpp"
#include "numerics/descent/gradient_descent.hpp"
#include "numerics/descent/gradient_flow.hpp"

namespace experiments {
namespace {

using numerics::RestingPlace;

struct FlowVersusDescent {
  std::string loss = "rosenbrock";
  Numbers curvatures{1, 100}, start{-1.2, 1};
  Numbers learning_rates{0.00199, 0.0025};
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
               above(0).to(1e9), {2, 2})
      .numbers("start", &P::start, "where both start", from(-1e3).to(1e3), {2, 2})
      .numbers("learning-rates", &P::learning_rates, "learning rates eta of gradient descent", above(0).to(1e6),
               {.most = 5})
      .number("horizon", &P::horizon, "effective time t = k eta up to which both are followed", above(0).to(1e6))
      .number("tolerance", &P::tolerance, "error allowed to each step of the flow's integrator, absolute and relative",
              from(1e-13).to(1e-2))
      .require(distinct("learning-rates", &P::learning_rates))
      .require(few_steps("learning-rates", &P::learning_rates, &P::horizon));
}

/// The flow, or a descent.
struct Trajectory {
  std::vector<Point> path;
  Curve loss;           // by time
  Numbers arrivals;     // times, or steps, to come first within 0.1, 0.01, 0.001 of the minimum; Infinity if not
  double distance = 0;  // from the minimum at the end
};

struct Descent {
  double eta = 0;
  Trajectory steps;
  double gap = 0;  // from the flow at the time of the last step
  RestingPlace rest;

  Curve path() const { return in_plane(steps.path); }
  Curve loss() const { return steps.loss; }
};

struct Trajectories {
  Trajectory flow;
  std::size_t flow_steps = 0;
  std::vector<Descent> descents;
  Point minimum, curvatures;  // the curvatures at the minimum, ascending
  double sharpness_at_start = 0;

  double lambda_min() const { return curvatures[0]; }
  double lambda_max() const { return curvatures[1]; }
  double eta_max() const { return 2 / lambda_max(); }
};

/// Descents that rest where the sharpness is 2 / eta, on the one loss for which that curve is drawn.
bool has_edge(const FlowVersusDescent& p, const Descent& d) {
  return p.loss == "rosenbrock" && 2 / d.eta > 200 && d.rest.is_two_cycle;
}

bool has_edges(const FlowVersusDescent& p, const Trajectories& r) {
  return std::ranges::any_of(r.descents, [&](const Descent& d) { return has_edge(p, d); });
}

Curve edge_of(const Descent& d) {
  return curve_over(each_of(counted(401, -200), [](double i) { return 0.01 * i; }),
                    [s = 2 / d.eta](double x) { return numerics::rosenbrock_with_sharpness(s, x); });
}

const PanelInfo trajectories{"trajectories", {"parameter 1"}, {"parameter 2"}};
const PanelInfo edges{"sharpness 2/eta", {"parameter 1"}, {"parameter 2"}};
const PanelInfo loss_by_time{"loss by effective time", {"effective time t = k eta"}, {"loss", "log"}};

const Allowed recurrence =
    within({1e-9}, "a recurrence in double precision that forgets its rounding errors in the valley");

Allowed solved(const FlowVersusDescent& p) {
  return within({10 * p.tolerance, 10 * p.tolerance}, "the integrator's own error, ten times that allowed to a step");
}

Outputs<Descent> outputs_of_descent(const FlowVersusDescent& p) {
  const Allowed count = exactly("counts");
  const auto steps = [](auto... how) { return then(&Descent::steps, how...); };
  const auto rest = [](auto member) { return then(&Descent::rest, member); };
  const auto edge = [p](const Descent& d) { return has_edge(p, d) ? std::optional(edge_of(d)) : std::nullopt; };
  return Outputs<Descent>{recurrence}
      .sequence("steps", 1, steps(&Trajectory::arrivals),
                "steps until descent first comes within 10^-n of the minimum; Infinity if not by the horizon", count)
      .number("distance", steps(&Trajectory::distance), "distance of descent from the minimum at the horizon")
      .number("gap", &Descent::gap, "distance of descent from the flow at the time of its last step", solved(p))
      .sequence("loss", 0, steps(&Trajectory::loss, &Curve::y), "loss after k steps")
      .number("loss-rises", steps(&Trajectory::loss, &Curve::y, numerics::count_rises), "how many steps raise the loss",
              count)
      .sequence("final", 1, steps(&Trajectory::path, last, numbers_of), "parameter i after the last step")
      .number("two-cycle", rest(&RestingPlace::is_two_cycle), "1 if descent ends on a two-cycle, else 0",
              exactly("yes or no"))
      .sequence("midpoint", 1, rest(&RestingPlace::midpoint),
                "parameter i in the middle of the two-cycle; NaN if there is none")
      .number("edge", rest(&RestingPlace::edge),
              "sharpness in the middle of the two-cycle over 2 / eta; NaN if there is none")
      .number("cycle-multiplier", rest(&RestingPlace::multiplier),
              "largest modulus of the eigenvalues by which the two-cycle's two steps multiply a small distance from "
              "it, below 1 where it attracts; NaN if there is none")
      .curve(measured, trajectories, "", &Descent::path)
      .curve(theory, edges, "", edge, within(closed_form, "closed form"));
}

Outputs<Trajectories> outputs(const FlowVersusDescent& p) {
  using R = Trajectories;
  const Allowed solver = solved(p);
  const auto flow = [](auto... how) { return then(&R::flow, how...); };
  Outputs<R> list(recurrence);
  list.number("lambda-max", &R::lambda_max, "largest Hessian eigenvalue at the minimum")
      .number("lambda-min", &R::lambda_min, "smallest Hessian eigenvalue at the minimum")
      .number("lambda-start", &R::sharpness_at_start, "largest Hessian eigenvalue at the start")
      .number("eta-max", &R::eta_max, "largest learning rate that is stable at the minimum, 2 / lambda-max")
      .sequence("flow.time", 1, flow(&Trajectory::arrivals),
                "time at which the flow first comes within 10^-n of the minimum; Infinity if not by the horizon",
                solver)
      .number("flow.distance", flow(&Trajectory::distance), "distance of the flow from the minimum at the horizon",
              solver)
      .number("flow.loss", flow(&Trajectory::loss, last), "loss on the flow at the horizon", solver)
      .sequence("flow.final", 1, flow(&Trajectory::path, last, numbers_of), "parameter i on the flow at the horizon",
                solver)
      .number("flow.steps", &R::flow_steps, "accepted steps of the flow's integrator",
              within({0.01, 1}, "the integrator's step size depends on its error estimates"))
      .curve(measured, trajectories, flow_name, flow(&Trajectory::path, in_plane), solver)
      .each(rate_names(p.learning_rates), &R::descents, outputs_of_descent(p));
  // The second panel of a run without edges.
  const auto unless_edges = [p](const auto& loss_of) {
    return [p, loss_of](const R& r) { return has_edges(p, r) ? std::nullopt : std::optional<Curve>(loss_of(r)); };
  };
  list.curve(measured, loss_by_time, flow_name, unless_edges(flow(&Trajectory::loss)), solver);
  for (std::size_t i = 0; i < p.learning_rates.size(); ++i)
    list.curve(measured, loss_by_time, rate_name(p.learning_rates[i]),
               unless_edges([i](const R& r) { return r.descents[i].loss(); }));
  return list;
}

Trajectories run(const FlowVersusDescent& p, Run& run) {
  const Objective objective = objective_named(p.loss, p.curvatures);
  const auto field = numerics::gradient_field(objective);
  const Point start = to_point(p.start);
  const auto flow = flow_from(objective, start, p.horizon, p.tolerance);
  const Point minimum = numerics::nearest_minimum(objective, flow.points.back());
  // `when` says of a condition when the trajectory first meets it: coming within 10^-n of the minimum, n = 1, 2, 3.
  const auto trajectory = [&](const std::vector<Point>& points, const Numbers& times, const auto& when) {
    const auto distance = [&](const Point& at) { return (at - minimum).norm(); };
    const auto arrival = [&](double n) {
      return when([&, n](const Point& at) { return distance(at) < std::pow(10, -n); });
    };
    return Trajectory{
        points, {times, numerics::losses(objective, points)}, each_of(counted(3, 1), arrival), distance(points.back())};
  };
  const auto time = [&](const auto& near) {
    return numerics::first_passage(field, flow, p.tolerance, near).value_or(never);
  };
  const auto descents = run.each(p.learning_rates, [&](double eta) {
    const auto points = numerics::gradient_descent(objective, start, eta, numerics::steps_within(p.horizon, eta));
    const Numbers times = by_time(eta, counted(points.size())).x;
    const auto step = [&](const auto& near) { return first_where(points, never, near); };
    return Descent{eta, trajectory(points, times, step),
                   (points.back() - numerics::flow_at(field, start, times.back(), p.tolerance)).norm(),
                   numerics::resting_place(objective, eta, points)};
  });
  return {trajectory(flow.points, flow.times, time),
          flow.steps,
          descents,
          minimum,
          numerics::hessian_eigenvalues(objective, minimum),
          numerics::sharpness(objective, start)};
}

// ---- The figure.

// Steps of gradient descent that the overview shows.
constexpr std::size_t first_steps = 40;

plot::Points minimum_mark(const Point& at) { return spot(at[0], at[1], 8, true, Ink::foreground, Marker::star); }

/// Over contours the flow lies on paper: they would show through and darken it.
void add_flow(const Curve& path, const std::string& label, plot::Panel& panel) {
  add(panel, line_of("", path, {Ink::background, flow_stroke.width}), flow_line(path, label));
}

/// What the flow and the first steps of descent need; steps thrown far off do not count.
Window overview(const Trajectories& r) {
  Window window(r.minimum);
  window.include(r.flow.path);
  const Window reach = window.padded(0.5);
  for (const Descent& d : r.descents)
    for (const Point& point : std::span(d.steps.path).first(std::min(d.steps.path.size(), first_steps + 1)))
      if (reach.contains(point)) window.include(point);
  return window.padded(0.15);
}

plot::Panel window_panel(std::string title, const Objective& objective, const Window& window, double lowest_level) {
  return {.title = std::move(title),
          .x = window.x_axis(coordinate_label(objective, 0)),
          .y = window.y_axis(coordinate_label(objective, 1)),
          .marks = {landscape(objective, window, true, false, lowest_level)}};
}

Window held_in_plane(const Window& needed, const HeldPanels& held, std::size_t panel, const Objective& objective,
                     const std::vector<Point>& seen) {
  return needed.held(held, panel, axis(coordinate_label(objective, 0)), axis(coordinate_label(objective, 1)), seen);
}

/// Where the sharpness exceeds 2 / eta, a learning rate is too large: said in its label.
std::string label_of(double eta, const Trajectories& r) {
  const std::string label = rate_label(eta);
  return eta <= r.eta_max() ? label : label.substr(0, label.size() - 1) + " > 2/\\lambda_{\\max}$";
}

plot::Panel overview_panel(const FlowVersusDescent& p, const Objective& objective, const Trajectories& r,
                           const HeldPanels& held) {
  const double top = objective.value(to_point(p.start));
  const Window window = held_in_plane(overview(r), held, 0, objective, {to_point(p.start), r.minimum});
  plot::Panel panel =
      window_panel(fmt::format("the first {} steps", first_steps), objective, window, top > 0 ? top * 1e-3 : 1e-3);
  add_flow(in_plane(r.flow.path), flow_name, panel);
  for (std::size_t i = 0; i < r.descents.size(); ++i) {
    const Descent& d = r.descents[i];
    add(panel, through(step_look(i, d.eta, 0.7, 2.8, label_of(d.eta, r)), head(d.path(), first_steps + 1)));
  }
  add(panel, spot(p.start[0], p.start[1], 5, false), minimum_mark(r.minimum));
  return panel;
}

/// The last point at rest, the two-cycle's edge and the minimum, seen closely.
plot::Panel zoom_panel(const FlowVersusDescent& p, const Objective& objective, const Trajectories& r,
                       const HeldPanels& held) {
  Window window(r.minimum);
  for (const Descent& d : r.descents)
    if (has_edge(p, d)) window.include(to_point(d.rest.midpoint));
  const Window shown = held_in_plane(window.padded(0.8), held, 1, objective, {r.minimum});
  plot::Panel panel = window_panel("where they come to rest", objective, shown, 0.01);
  add_flow(in_plane(r.flow.path), "", panel);
  for (std::size_t i = 0; i < r.descents.size(); ++i) {
    const Descent& d = r.descents[i];
    const std::string name = rate_name(d.eta);
    if (!has_edge(p, d)) {
      add(panel, line_of(name, d.path(), {rate_ink(i), 0.9}, rate_label(d.eta)));
      continue;
    }
    const std::string label = fmt::format("$\\lambda_{{\\max}}=2/\\eta={}$", rounded(2 / d.eta));
    add(panel, line_of(name, edge_of(d), {Ink::black, 0.8, plot::Dash::dashed}, label, plot::Role::reference),
        through(step_look(i, d.eta, 1, 4.5, "two-cycle"), tail(d.path(), 2)));
  }
  add(panel, minimum_mark(r.minimum));
  return panel;
}

plot::Figure draw(const FlowVersusDescent& p, const Trajectories& r, const HeldPanels& held) {
  const Objective objective = objective_named(p.loss, p.curvatures);
  plot::Panel losses = loss_panel(p.horizon, p.learning_rates, each_of(r.descents, &Descent::loss), r.flow.loss, 1);
  losses.title = "loss";
  return two_columns(
      {overview_panel(p, objective, r, held), has_edges(p, r) ? zoom_panel(p, objective, r, held) : losses}, 85);
}

const bool registered =
    add("flow-versus-descent", "Gradient descent and gradient flow",
        "Follows gradient flow, integrated with error control, and gradient descent with several learning rates "
        "from one start: their paths, and where descent comes to rest when its step is too large for the "
        "minimum.",
        parameters(), outputs, run, draw, always<FlowVersusDescent, 2>);

}  // namespace
}  // namespace experiments
