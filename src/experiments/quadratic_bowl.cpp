// Gradient descent on a quadratic bowl: which learning rates converge, alternate, diverge, and how fast. Each
// eigendirection follows (1 - eta lambda)^k on its own; after Goh, Why Momentum Really Works (Distill, 2017).
#include <algorithm>
#include <cmath>

#include "experiment/experiment.hpp"
#include "experiments/shared/descent.hpp"
#include "numerics/descent/gradient_descent.hpp"

namespace experiments {
namespace {

struct QuadraticBowl {
  Numbers curvatures{1, 100}, start{1, 1};
  Numbers learning_rates{0.001, 0.019, 0.021};
  int steps = 100, decay_steps = 700;
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
               above(0).to(1e6), {.most = 6})
      .integer("steps", &P::steps, "steps of each trajectory", from(1).to(100000))
      .integer("decay-steps", &P::decay_steps, "steps over which the distance from the minimum is followed",
               from(1).to(100000))
      .require(as_long_as("start", &P::start, &P::curvatures, "one for each curvature"))
      .require(distinct("learning-rates", &P::learning_rates));
}

constexpr double reached = 1e-3;

/// The rate that contracts fastest: it balances the slowest and the steepest direction.
double optimal_rate(const Numbers& curvatures) {
  return 2 / (std::ranges::min(curvatures) + std::ranges::max(curvatures));
}

struct Descent {
  std::vector<Point> path;  // over the longer of steps and decay-steps
  Numbers arrivals;         // for each parameter the first step at which it is closer to the minimum than `reached`
};

using Bowl = std::vector<Descent>;  // by learning rate

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
  const Numbers theta = numerics::coordinates(first_steps(p.decay_steps)(d.path), static_cast<int>(i));
  return by_step(each_of(theta, [](double t) { return std::abs(t); }));
}

/// |1 - eta lambda_i|^k |theta_i(0)| for the same steps.
Curve closed_form_distance(const QuadraticBowl& p, double eta, const Descent& d, std::size_t i) {
  const double factor = std::abs(1 - eta * p.curvatures[i]), size = std::abs(p.start[i]);
  return curve_over(distance(p, d, i).x, [&](double k) { return std::pow(factor, k) * size; });
}

const std::string recurrence = "one multiplication a step and parameter, the same everywhere";

Outputs<Descent> outputs_of_rate(const QuadraticBowl& p, double eta) {
  const PanelInfo plane{"trajectories", {"theta_1"}, {"theta_2"}};
  const PanelInfo decay{"distance from the minimum, " + rate_name(eta), {"step k"}, {"|theta_i|", "log"}};
  const Allowed power = within(closed_form, recurrence + "; the theory is a power");
  const auto trajectory = then(&Descent::path, first_steps(p.steps));
  const auto loss = [bowl = numerics::quadratic(to_point(p.curvatures))](const auto& path) {
    return numerics::losses(bowl, path);
  };
  const Numbers multipliers = each_of(p.curvatures, [&](double lambda) { return 1 - eta * lambda; });
  Outputs<Descent> list(within(closed_form, recurrence));
  list.sequence("multiplier", 1, multipliers, "1 - eta lambda_i, by which parameter i is multiplied at each step")
      .sequence("steps", 1, &Descent::arrivals, "first step at which |theta_i| < 0.001; Infinity if never",
                exactly("counts"))
      .sequence("loss", 0, then(&Descent::path, loss), "loss after k steps")
      .number("loss-rises", then(trajectory, loss, numerics::count_rises),
              "how many of the steps of the trajectory raise the loss", exactly("counts"));
  for (std::size_t i = 0; i < p.curvatures.size(); ++i) {
    const auto theta = [i](const auto& path) { return numerics::coordinates(path, static_cast<int>(i)); };
    list.sequence(fmt::format("theta{}", i + 1), 0, then(&Descent::path, theta),
                  fmt::format("parameter {} after k steps", i + 1));
  }
  list.sequence("final", 1, then(trajectory, last, numbers_of), "parameter i after the last step of the trajectory")
      .curve(measured, plane, "", then(trajectory, in_plane));
  for (std::size_t i = 0; i < p.curvatures.size(); ++i)
    list.curve(
            measured, decay, direction(i), [p, i](const Descent& d) { return distance(p, d, i); }, power)
        .curve(
            theory, decay, direction(i), [p, eta, i](const Descent& d) { return closed_form_distance(p, eta, d, i); },
            power);
  return list;
}

Outputs<Bowl> outputs(const QuadraticBowl& p) {
  const double steepest = std::ranges::max(p.curvatures), flattest = std::ranges::min(p.curvatures);
  return Outputs<Bowl>{within(closed_form, recurrence)}
      .number("kappa", steepest / flattest, "condition number: largest over smallest curvature")
      .number("eta-max", 2 / steepest, "largest stable learning rate, 2 / lambda_max")
      .number("eta-optimal", optimal_rate(p.curvatures),
              "learning rate of fastest convergence, 2 / (lambda_min + lambda_max)")
      .each(rate_names(p.learning_rates), std::identity{},
            [&](std::size_t i) { return outputs_of_rate(p, p.learning_rates[i]); });
}

Bowl run(const QuadraticBowl& p, Run& run) {
  const Objective bowl = numerics::quadratic(to_point(p.curvatures));
  const Point start = to_point(p.start);
  const auto longest = static_cast<std::size_t>(std::max(p.steps, p.decay_steps));
  return run.each(p.learning_rates, [&](double eta) {
    return Descent{numerics::gradient_descent(bowl, start, eta, longest),
                   numerics::steps_to_reach(reached, bowl, start, eta)};
  });
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

plot::Panel trajectory(const QuadraticBowl& p, const Bowl& r, std::size_t which) {
  const double eta = p.learning_rates[which];
  const Curve path = in_plane(first_steps(p.steps)(r[which].path));
  const Window window(axis_range(p, 0), axis_range(p, 1));
  // The landscape in the plane of the first two parameters; higher ones are at their minimum there.
  const Objective plane = numerics::quadratic(to_point({p.curvatures[0], p.curvatures[1]}));
  const double scale = plane.value(to_point({p.start[0], p.start[1]}));
  const auto steepest = std::ranges::max_element(p.curvatures);
  const std::string title =
      fmt::format("{},  $\\eta\\lambda_{{{}}}={}$: {}", rate_label(eta), steepest - p.curvatures.begin() + 1,
                  rounded(eta * *steepest, 3), behaviour(p, eta));
  plot::Panel panel = titled(title, window.x_axis("$\\theta_1$"), window.y_axis("$\\theta_2$"));
  add(panel, landscape(plane, window, false, true, scale > 0 ? scale * 1e-4 : 1e-4),
      through(step_look(which, eta, 0.5, 2.4), path));
  // The head of a step's arrow stands before its middle, where those of alternating steps would meet.
  const auto half = [](const Numbers& x, std::size_t k) { return Numbers{x[k], std::lerp(x[k], x[k + 1], 0.5)}; };
  for (std::size_t k = 0; k + 1 < std::min<std::size_t>(path.x.size(), 4); ++k)
    add(panel, plot::Arrows{rate_name(eta), half(path.x, k), half(path.y, k), {rate_ink(which), 0.7}});
  add(panel, spot(0, 0, 7, true, Ink::foreground, Marker::plus), start_mark(rate_name(eta), path.x[0], path.y[0]));
  return panel;
}

/// Where the direction that is last to arrive comes within a thousandth of the minimum.
void mark_arrival(const QuadraticBowl& p, const Descent& d, plot::Panel& panel) {
  double last = 0;
  for (const double k : d.arrivals)
    if (std::isfinite(k)) last = std::max(last, k);
  if (last == 0) return;
  const std::string when = "$k=" + rounded(last, 7) + "$";
  const bool is_seen = last <= p.decay_steps;
  plot::Note note = is_seen ? words(last, reached, when, Anchor::left, 4, 4, Ink::muted)
                            : words(p.decay_steps, reached, "reached at " + when, Anchor::right, 0, 4, Ink::muted);
  note.in_legend = "within $" + rounded(reached) + "$ at " + when;
  if (is_seen) add(panel, spot(last, reached, 3.5));
  add(panel, note);
}

plot::Panel decay(const QuadraticBowl& p, const Bowl& r, std::size_t which) {
  const Descent& d = r[which];
  const double farthest = std::ranges::max(each_of(p.start, [](double theta) { return std::abs(theta); }));
  const double size = farthest > 0 ? farthest : 1;
  plot::Panel panel{.x = count_axis("step $k$", 0, p.decay_steps),
                    .y = log_axis("$|\\theta_i|$", 1e-6 * size, 1e4 * size)};
  add(panel, plot::Rule{.y = reached});
  for (std::size_t i = 0; i < p.curvatures.size(); ++i) {
    const std::string name = direction(i);
    add(panel, line_of(name, distance(p, d, i), {rate_ink(which), 1.5}, "$\\" + name + "$"),
        theory_line(name, closed_form_distance(p, p.learning_rates[which], d, i)));
  }
  mark_arrival(p, d, panel);
  return panel;
}

plot::Figure draw(const QuadraticBowl& p, const Bowl& r) {
  plot::Figure figure = two_columns({}, 100);
  figure.columns = static_cast<int>(p.learning_rates.size());
  figure.share_y = true;
  for (const auto panel : {trajectory, decay})
    for (std::size_t i = 0; i < p.learning_rates.size(); ++i) figure.panels.push_back(panel(p, r, i));
  return figure;
}

std::size_t panels(const QuadraticBowl& p) { return 2 * p.learning_rates.size(); }

const bool registered =
    add("quadratic-bowl", "Gradient descent on a quadratic bowl",
        "Follows gradient descent on an ill-conditioned quadratic loss for several learning rates: trajectories "
        "over the loss's level curves, and each parameter's distance from the minimum with its closed form.",
        parameters(), outputs, run, draw, panels);

}  // namespace
}  // namespace experiments
