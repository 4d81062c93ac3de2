// Gradient descent on a quadratic bowl: which learning rates converge, alternate, diverge, and how fast. Each
// eigendirection follows (1 - eta lambda)^k on its own; after Goh, Why Momentum Really Works (Distill, 2017).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "experiment/experiment.hpp"
#include "experiments/shared/curves.hpp"
#include "experiments/shared/derived.hpp"
#include "experiments/shared/descent.hpp"
#include "numerics/descent/gradient_descent.hpp"

namespace experiments {

namespace {

using numerics::Objective;
using numerics::Point;
using Numbers = std::vector<double>;

struct QuadraticBowl {
  Numbers curvatures{1, 100};
  Numbers start{1, 1};
  Numbers learning_rates{0.001, 0.019, 0.021};
  int steps = 100;
  int decay_steps = 700;
};

Parameters<QuadraticBowl> parameters() {
  using P = QuadraticBowl;
  return Parameters<P>{}
      .numbers("curvatures", &P::curvatures,
               "the Hessian's eigenvalues, one a parameter; trajectories show the first two parameters",
               above(0).to(1e9), {.least = 2, .most = 8})
      .numbers("start", &P::start, "where gradient descent starts, as many numbers as curvatures", from(-1e6).to(1e6),
               {.least = 2, .most = 8})
      .numbers("learning-rates", &P::learning_rates, "learning rates eta, each a column of the figure",
               above(0).to(1e6), {.least = 1, .most = 6})
      .integer("steps", &P::steps, "steps of each trajectory", from(1).to(100000))
      .integer("decay-steps", &P::decay_steps, "steps over which the distance from the minimum is followed",
               from(1).to(100000));
}

std::vector<ParameterError> check(const QuadraticBowl& p) {
  std::vector<ParameterError> errors;
  check_length("start", p.start.size(), p.curvatures.size(), "one for each curvature", errors);
  check_distinct("learning-rates", p.learning_rates, errors);
  return errors;
}

constexpr double reached = 1e-3;

// Beyond a million steps a direction counts as one that does not get there.
constexpr std::size_t patience = 1000000;

/// The rate that contracts fastest: it balances the slowest and the steepest direction.
double optimal_rate(const Numbers& curvatures) {
  return 2 / (std::ranges::min(curvatures) + std::ranges::max(curvatures));
}

struct Descent {
  std::vector<Point> path;  // over the longer of steps and decay-steps
  Numbers arrivals;         // for each parameter the first step at which it is closer to the minimum than `reached`
};

struct Bowl {
  std::vector<Descent> descents;  // by learning rate
};

/// Cuts a path after so many steps.
auto first_steps(int steps) {
  return [steps](const std::vector<Point>& path) {
    const auto count = std::min(path.size(), static_cast<std::size_t>(steps) + 1);
    return std::vector<Point>(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(count));
  };
}

std::string direction(std::size_t i) { return fmt::format("theta_{}", i + 1); }

/// |theta_i| by step as computed.
Curve distance(const QuadraticBowl& p, const Descent& d, std::size_t i) {
  Numbers theta = coordinates(first_steps(p.decay_steps)(d.path), static_cast<int>(i));
  for (double& t : theta) t = std::abs(t);
  return by_step(std::move(theta));
}

/// |1 - eta lambda_i|^k |theta_i(0)| for the same steps.
Curve closed_form_distance(const QuadraticBowl& p, double eta, const Descent& d, std::size_t i) {
  Curve theory{distance(p, d, i).x, {}};
  for (const double k : theory.x)
    theory.y.push_back(std::pow(std::abs(1 - eta * p.curvatures[i]), k) * std::abs(p.start[i]));
  return theory;
}

const std::string recurrence = "one multiplication a step and parameter, the same everywhere";
const Allowed computed = within(closed_form, recurrence);

void declare_decay(const QuadraticBowl& p, double eta, Outputs<Descent>& list) {
  const PanelInfo panel{"distance from the minimum, " + rate_name(eta), {"step k"}, {"|theta_i|", "log"}};
  const Allowed allowed = within(closed_form, recurrence + "; the theory is a power");
  for (std::size_t i = 0; i < p.curvatures.size(); ++i) {
    const auto theory = [p, eta, i](const Descent& d) { return closed_form_distance(p, eta, d, i); };
    const auto measured = [p, i](const Descent& d) { return distance(p, d, i); };
    list.measured(panel, direction(i), measured, allowed).theory(panel, direction(i), theory, allowed);
  }
}

Outputs<Descent> outputs_of_rate(const QuadraticBowl& p, double eta) {
  const PanelInfo plane{"trajectories", {"theta_1"}, {"theta_2"}};
  const auto trajectory = then(&Descent::path, first_steps(p.steps));
  const auto loss = [bowl = numerics::quadratic(to_point(p.curvatures))](const auto& path) {
    return losses(bowl, path);
  };
  const auto multipliers = [p, eta](const Descent&) {
    Numbers list;
    for (const double lambda : p.curvatures) list.push_back(1 - eta * lambda);
    return list;
  };
  Outputs<Descent> list;
  list.sequence("multiplier", 1, multipliers, "1 - eta lambda_i, by which parameter i is multiplied at each step",
                computed)
      .sequence("steps", 1, &Descent::arrivals, "first step at which |theta_i| < 0.001; Infinity if never",
                exactly("counts"))
      .sequence("loss", 0, then(&Descent::path, loss), "loss after k steps", computed)
      .number("loss-rises", then(trajectory, loss, count_rises),
              "how many of the steps of the trajectory raise the loss", exactly("counts"));
  for (std::size_t i = 0; i < p.curvatures.size(); ++i) {
    const auto theta = [i](const Descent& d) { return coordinates(d.path, static_cast<int>(i)); };
    list.sequence(fmt::format("theta{}", i + 1), 0, theta, fmt::format("parameter {} after k steps", i + 1), computed);
  }
  list.sequence("final", 1, then(trajectory, last, numbers_of), "parameter i after the last step of the trajectory",
                computed)
      .measured(plane, "", then(trajectory, in_plane), computed);
  declare_decay(p, eta, list);
  return list;
}

Outputs<Bowl> outputs(const QuadraticBowl& p) {
  const double steepest = std::ranges::max(p.curvatures), flattest = std::ranges::min(p.curvatures);
  const auto always = [](double x) { return [x](const Bowl&) { return x; }; };
  return Outputs<Bowl>{}
      .number("kappa", always(steepest / flattest), "condition number: largest over smallest curvature", computed)
      .number("eta-max", always(2 / steepest), "largest stable learning rate, 2 / lambda_max", computed)
      .number("eta-optimal", always(optimal_rate(p.curvatures)),
              "learning rate of fastest convergence, 2 / (lambda_min + lambda_max)", computed)
      .each(rate_names(p.learning_rates), &Bowl::descents,
            [&](std::size_t i) { return outputs_of_rate(p, p.learning_rates[i]); });
}

Numbers steps_to_reach(const Objective& bowl, const Point& start, double eta) {
  constexpr std::size_t leg = 1000;
  Numbers first(static_cast<std::size_t>(start.size()), std::numeric_limits<double>::infinity());
  Point from = start;
  for (std::size_t done = 0; done <= patience && from.allFinite(); done += leg) {
    const auto path = numerics::gradient_descent(bowl, from, eta, leg);
    for (std::size_t k = 0; k < path.size(); ++k)
      for (std::size_t i = 0; i < first.size(); ++i)
        if (std::isinf(first[i]) && std::abs(path[k][static_cast<int>(i)]) < reached)
          first[i] = static_cast<double>(done + k);
    if (std::ranges::none_of(first, [](double k) { return std::isinf(k); })) break;
    if (path.back() == from) break;  // at rest: nothing will change any more
    from = path.back();
  }
  return first;
}

Bowl run(const QuadraticBowl& p, Run& run) {
  const Objective bowl = numerics::quadratic(to_point(p.curvatures));
  const Point start = to_point(p.start);
  const auto longest = static_cast<std::size_t>(std::max(p.steps, p.decay_steps));
  return {run.each(p.learning_rates, [&](double eta) {
    return Descent{numerics::gradient_descent(bowl, start, eta, longest), steps_to_reach(bowl, start, eta)};
  })};
}

// ---- The figure.

/// What the multipliers make of the trajectory, in a word. Directions in which it does not start do not matter; without
/// any it starts at the minimum and stays.
std::string behaviour(const QuadraticBowl& p, double eta) {
  Numbers curvatures;
  for (std::size_t i = 0; i < p.curvatures.size(); ++i)
    if (p.start[i] != 0) curvatures.push_back(p.curvatures[i]);
  const double steepest = curvatures.empty() ? 1 : 1 - eta * std::ranges::max(curvatures);
  if (steepest == 1) return "at rest";  // a step below the doubles' spacing moves nothing either
  constexpr double rounding = 1e-12;
  if (steepest < -1 - rounding) return "diverges";
  if (steepest < -1 + rounding) return "two-cycle";
  if (std::abs(eta / optimal_rate(curvatures) - 1) < 1e-9) return "optimal";
  return steepest < 0 ? "alternating" : "monotone";
}

/// Both sides of the minimum where some rate alternates in this direction, else the start's side.
std::pair<double, double> axis_range(const QuadraticBowl& p, std::size_t i) {
  const double size = p.start[i] == 0 ? 1 : std::abs(p.start[i]);
  const auto alternates = [&](double eta) { return eta * p.curvatures[i] > 1; };
  if (p.start[i] == 0 || std::ranges::any_of(p.learning_rates, alternates)) return {-1.7 * size, 1.7 * size};
  return p.start[i] > 0 ? std::pair{-0.25 * size, 1.25 * size} : std::pair{-1.25 * size, 0.25 * size};
}

/// The direction of one step. Its head stands before the step's middle, where those of alternating steps would meet.
plot::Arrows step_arrow(const std::string& series, const Curve& path, std::size_t k, plot::Ink ink) {
  constexpr double shown = 0.5;
  return {series,
          {path.x[k], std::lerp(path.x[k], path.x[k + 1], shown)},
          {path.y[k], std::lerp(path.y[k], path.y[k + 1], shown)},
          {ink, 0.7}};
}

plot::Panel trajectory(const QuadraticBowl& p, const Bowl& r, std::size_t which) {
  const double eta = p.learning_rates[which];
  const std::string name = rate_name(eta);
  const Curve path = in_plane(first_steps(p.steps)(r.descents[which].path));
  const Window window{axis_range(p, 0), axis_range(p, 1)};
  // The landscape in the plane of the first two parameters; higher ones are at their minimum there.
  const Objective plane = numerics::quadratic(to_point({p.curvatures[0], p.curvatures[1]}));
  const double scale = plane.value(to_point({p.start[0], p.start[1]}));
  const auto steepest = std::ranges::max_element(p.curvatures);

  plot::Panel panel{
      .title = fmt::format("{},  $\\eta\\lambda_{{{}}}={}$: {}", rate_label(eta), steepest - p.curvatures.begin() + 1,
                           rounded(eta * *steepest, 3), behaviour(p, eta)),
      .x = {.label = "$\\theta_1$", .min = window.x.first, .max = window.x.second},
      .y = {.label = "$\\theta_2$", .min = window.y.first, .max = window.y.second}};
  panel.marks.push_back(landscape(plane, window, false, true, scale > 0 ? scale * 1e-4 : 1e-4));
  plot::Line line = line_of(name, path, {rate_ink(which), 0.5});
  line.marker = rate_marker(which);
  line.marker_size = 2.4;
  panel.marks.push_back(line);
  for (std::size_t k = 0; k + 1 < std::min<std::size_t>(path.x.size(), 4); ++k)
    panel.marks.push_back(step_arrow(name, path, k, rate_ink(which)));
  panel.marks.push_back(
      plot::Points{.x = {0}, .y = {0}, .marker = plot::Marker::plus, .size = 7, .ink = plot::Ink::foreground});
  panel.marks.push_back(start_mark(name, path.x[0], path.y[0]));
  return panel;
}

/// Where the direction that is last to arrive comes within a thousandth of the minimum.
void mark_arrival(const QuadraticBowl& p, const Descent& d, plot::Panel& panel) {
  double last = 0;
  for (const double k : d.arrivals)
    if (std::isfinite(k)) last = std::max(last, k);
  if (last == 0) return;
  const std::string when = "$k=" + rounded(last, 7) + "$";
  plot::Note note{.x = last, .y = reached, .text = when, .dx = 4, .dy = 4};
  note.in_legend = "within $" + rounded(reached) + "$ at " + when;
  if (last <= p.decay_steps) {
    panel.marks.push_back(plot::Points{.x = {last}, .y = {reached}, .size = 3.5, .ink = plot::Ink::foreground});
  } else {
    note.x = p.decay_steps;
    note.text = "reached at " + when;
    note.anchor = plot::Anchor::right;
    note.dx = 0;
  }
  panel.marks.push_back(note);
}

plot::Panel decay(const QuadraticBowl& p, const Bowl& r, std::size_t which) {
  const Descent& d = r.descents[which];
  double farthest = 0;
  for (const double theta : p.start) farthest = std::max(farthest, std::abs(theta));
  const double size = farthest > 0 ? farthest : 1;
  plot::Panel panel{
      .x = {.label = "step $k$", .min = 0, .max = p.decay_steps, .counts = true},
      .y = {.label = "$|\\theta_i|$", .scale = plot::ScaleKind::log, .min = 1e-6 * size, .max = 1e4 * size}};
  panel.marks.push_back(plot::Rule{.y = reached});
  for (std::size_t i = 0; i < p.curvatures.size(); ++i) {
    const Curve theory = closed_form_distance(p, p.learning_rates[which], d, i);
    panel.marks.push_back(line_of(direction(i), distance(p, d, i), {rate_ink(which), 1.5}, "$\\" + direction(i) + "$"));
    panel.marks.push_back(theory_line(direction(i), theory));
  }
  mark_arrival(p, d, panel);
  return panel;
}

plot::Figure draw(const QuadraticBowl& p, const Bowl& r) {
  plot::Figure figure{.columns = static_cast<int>(p.learning_rates.size()),
                      .share_y = true,
                      .width = plot::FigureWidth::full,
                      .height_mm = 100};
  for (const auto panel : {trajectory, decay})
    for (std::size_t i = 0; i < p.learning_rates.size(); ++i) figure.panels.push_back(panel(p, r, i));
  return figure;
}

const bool registered = add(Definition<QuadraticBowl, Bowl>{
    .name = "quadratic-bowl",
    .title = "Gradient descent on a quadratic bowl",
    .summary = "Follows gradient descent on an ill-conditioned quadratic loss for several learning rates: trajectories "
               "over the loss's level curves, and each parameter's distance from the minimum with its closed form.",
    .parameters = parameters(),
    .check = check,
    .outputs = outputs,
    .run = run,
    .draw = draw});

}  // namespace
}  // namespace experiments
