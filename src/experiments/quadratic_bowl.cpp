// Gradient descent on a quadratic bowl: which learning rates converge, alternate, diverge, and how
// fast. Each eigendirection follows (1 - eta lambda)^k on its own; after Goh, Why Momentum Really
// Works (Distill, 2017).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "experiment/legacy.hpp"
#include "experiments/shared/descent.hpp"
#include "numerics/gradient_descent.hpp"

namespace experiments {

using namespace experiment;
namespace {

using numerics::Objective;
using numerics::Point;
using Values = std::vector<double>;

struct QuadraticBowl {
  Values curvatures{1, 100};
  Values start{1, 1};
  Values learning_rates{0.001, 0.019, 0.021};
  int steps = 100;
  int decay_steps = 700;
};

Parameters<QuadraticBowl> parameters() {
  Parameters<QuadraticBowl> p;
  p.numbers("curvatures", &QuadraticBowl::curvatures,
            {.meaning = "the Hessian's eigenvalues, one a parameter; trajectories show the first "
                        "two parameters",
             .minimum = 0,
             .maximum = 1e9,
             .minimum_is_open = true,
             .min_size = 2,
             .max_size = 8})
      .numbers("start", &QuadraticBowl::start,
               {.meaning = "where gradient descent starts, as many numbers as curvatures",
                .minimum = -1e6,
                .maximum = 1e6,
                .min_size = 2,
                .max_size = 8})
      .numbers("learning-rates", &QuadraticBowl::learning_rates,
               {.meaning = "learning rates eta, each a column of the figure",
                .minimum = 0,
                .maximum = 1e6,
                .minimum_is_open = true,
                .max_size = 6})
      .integer("steps", &QuadraticBowl::steps, {.meaning = "steps of each trajectory", .minimum = 1, .maximum = 100000})
      .integer(
          "decay-steps", &QuadraticBowl::decay_steps,
          {.meaning = "steps over which the distance from the minimum is followed", .minimum = 1, .maximum = 100000});
  return p;
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

const std::string trajectory_panel = "trajectories";
std::string decay_panel(double eta) { return "distance from the minimum, " + rate_name(eta); }
std::string direction(std::size_t i) { return fmt::format("theta_{}", i + 1); }

double highest(const Values& values) { return *std::max_element(values.begin(), values.end()); }
double lowest(const Values& values) { return *std::min_element(values.begin(), values.end()); }

/// The rate that contracts fastest: it balances the slowest and the steepest direction.
double optimal_rate(const Values& curvatures) { return 2 / (lowest(curvatures) + highest(curvatures)); }

std::vector<Export> exports(const QuadraticBowl& p) {
  std::vector<Export> list{{"kappa", "condition number: largest over smallest curvature"},
                           {"eta-max", "largest stable learning rate, 2 / lambda_max"},
                           {"eta-optimal", "learning rate of fastest convergence, 2 / (lambda_min + lambda_max)"}};
  for (const double eta : p.learning_rates) {
    const std::string name = rate_name(eta);
    list.push_back({name + ".multiplier", "1 - eta lambda_i, by which parameter i is multiplied at each step", true});
    list.push_back({name + ".steps", "first step at which |theta_i| < 0.001; Infinity if never", true});
    list.push_back({name + ".loss", "loss after k steps", true});
    list.push_back({name + ".loss-rises", "how many of the steps of the trajectory raise the loss"});
    for (std::size_t i = 0; i < p.curvatures.size(); ++i)
      list.push_back({fmt::format("{}.theta{}", name, i + 1), fmt::format("parameter {} after k steps", i + 1), true});
    list.push_back({name + ".final", "parameter i after the last step of the trajectory", true});
  }
  return list;
}

std::vector<Tolerance> tolerances(const QuadraticBowl&) {
  const std::string recurrence = "one multiplication a step and parameter, the same everywhere";
  return {{trajectory_panel, "*", closed_form, {}, recurrence},
          {"*", "*", closed_form, {}, recurrence + "; the theory is a power"},
          {"", "*.steps", {}, {}, "counts"},
          {"", "*.loss-rises", {}, {}, "counts"},
          {"", "*", closed_form, {}, recurrence}};
}

/// For each parameter the first step at which it is closer to the minimum than `reached`.
Values steps_to_reach(const Objective& bowl, const Point& start, double eta) {
  constexpr std::size_t leg = 1000;
  Values first(static_cast<std::size_t>(start.size()), std::numeric_limits<double>::infinity());
  Point from = start;
  for (std::size_t done = 0; done <= patience && from.allFinite(); done += leg) {
    const auto trajectory = numerics::gradient_descent(bowl, from, eta, leg);
    for (std::size_t k = 0; k < trajectory.size(); ++k)
      for (std::size_t i = 0; i < first.size(); ++i)
        if (std::isinf(first[i]) && std::abs(trajectory[k][static_cast<int>(i)]) < reached)
          first[i] = static_cast<double>(done + k);
    if (std::none_of(first.begin(), first.end(), [](double k) { return std::isinf(k); })) break;
    if (trajectory.back() == from) break;  // at rest: nothing will change any more
    from = trajectory.back();
  }
  return first;
}

Values step_numbers(std::size_t count) {
  Values numbers(count);
  for (std::size_t k = 0; k < count; ++k) numbers[k] = static_cast<double>(k);
  return numbers;
}

Values absolute(Values values) {
  for (double& v : values) v = std::abs(v);
  return values;
}

/// |theta_i| by step as computed, and |1 - eta lambda_i|^k |theta_i(0)|.
PanelData decay(const QuadraticBowl& p, double eta, const std::vector<Point>& trajectory) {
  PanelData panel{decay_panel(eta), {"step k", "linear"}, {"|theta_i|", "log"}, {}};
  for (std::size_t i = 0; i < p.curvatures.size(); ++i) {
    Series measured{direction(i),
                    SeriesKind::measured,
                    step_numbers(trajectory.size()),
                    absolute(coordinates(trajectory, static_cast<int>(i))),
                    {},
                    {}};
    Series theory{direction(i), SeriesKind::theory, measured.x, {}, {}, {}};
    for (const double k : theory.x)
      theory.y.push_back(std::pow(std::abs(1 - eta * p.curvatures[i]), k) * std::abs(p.start[i]));
    panel.series.push_back(std::move(measured));
    panel.series.push_back(std::move(theory));
  }
  return panel;
}

void export_rate(const QuadraticBowl& p, double eta, const Objective& bowl, const std::vector<Point>& whole,
                 const std::vector<Point>& trajectory, Result& result) {
  const std::string name = rate_name(eta);
  IndexedValues multiplier{1, {}}, last{1, {}};
  for (std::size_t i = 0; i < p.curvatures.size(); ++i) {
    multiplier.values.push_back(1 - eta * p.curvatures[i]);
    last.values.push_back(trajectory.back()[static_cast<int>(i)]);
    result.functions[fmt::format("{}.theta{}", name, i + 1)] = {0, coordinates(whole, static_cast<int>(i))};
  }
  result.functions[name + ".multiplier"] = multiplier;
  result.functions[name + ".final"] = last;
  result.functions[name + ".steps"] = {1, steps_to_reach(bowl, to_point(p.start), eta)};
  result.functions[name + ".loss"] = {0, losses(bowl, whole)};
  result.values[name + ".loss-rises"] = count_rises(losses(bowl, trajectory));
}

Result run(const QuadraticBowl& p, Run& run) {
  const Objective bowl = numerics::quadratic(to_point(p.curvatures));
  Result result;
  result.values["kappa"] = highest(p.curvatures) / lowest(p.curvatures);
  result.values["eta-max"] = 2 / highest(p.curvatures);
  result.values["eta-optimal"] = optimal_rate(p.curvatures);
  result.panels.push_back({trajectory_panel, {"theta_1", "linear"}, {"theta_2", "linear"}, {}});
  const auto keep = [](std::vector<Point> points, int steps) {
    points.resize(std::min(points.size(), static_cast<std::size_t>(steps) + 1));
    return points;
  };
  for (std::size_t i = 0; i < p.learning_rates.size(); ++i) {
    const double eta = p.learning_rates[i];
    const auto longest = static_cast<std::size_t>(std::max(p.steps, p.decay_steps));
    const auto whole = numerics::gradient_descent(bowl, to_point(p.start), eta, longest);
    const auto trajectory = keep(whole, p.steps);
    result.panels[0].series.push_back(
        {rate_name(eta), SeriesKind::measured, coordinates(trajectory, 0), coordinates(trajectory, 1), {}, {}});
    result.panels.push_back(decay(p, eta, keep(whole, p.decay_steps)));
    export_rate(p, eta, bowl, whole, trajectory, result);
    run.progress(static_cast<double>(i + 1), static_cast<double>(p.learning_rates.size()));
  }
  return result;
}

// ---- The figure.

/// What the multipliers make of the trajectory, in a word. Directions in which it does not start do
/// not matter; without any it starts at the minimum and stays.
std::string behaviour(const QuadraticBowl& p, double eta) {
  Values curvatures;
  for (std::size_t i = 0; i < p.curvatures.size(); ++i)
    if (p.start[i] != 0) curvatures.push_back(p.curvatures[i]);
  const double steepest = curvatures.empty() ? 1 : 1 - eta * highest(curvatures);
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
  const bool both = p.start[i] == 0 || std::any_of(p.learning_rates.begin(), p.learning_rates.end(),
                                                   [&](double eta) { return eta * p.curvatures[i] > 1; });
  if (both) return {-1.7 * size, 1.7 * size};
  return p.start[i] > 0 ? std::pair{-0.25 * size, 1.25 * size} : std::pair{-1.25 * size, 0.25 * size};
}

/// The direction of one step. Its head stands before the step's middle, where those of alternating
/// steps would meet.
plot::Arrows step_arrow(const Series& path, std::size_t k, plot::Ink ink) {
  constexpr double shown = 0.5;
  return {path.name,
          {path.x[k], std::lerp(path.x[k], path.x[k + 1], shown)},
          {path.y[k], std::lerp(path.y[k], path.y[k + 1], shown)},
          {ink, 0.7}};
}

plot::Panel trajectory(const QuadraticBowl& p, const Result& result, std::size_t which) {
  const double eta = p.learning_rates[which];
  const Series& series = *result.panel(trajectory_panel).find(rate_name(eta));
  const plot::Ink ink = rate_ink(which);
  const Window window{axis_range(p, 0), axis_range(p, 1)};
  // The landscape in the plane of the first two parameters; higher ones are at their minimum there.
  const Objective plane = numerics::quadratic(to_point({p.curvatures[0], p.curvatures[1]}));
  const double scale = plane.value(to_point({p.start[0], p.start[1]}));

  plot::Panel panel;
  const auto steepest = std::max_element(p.curvatures.begin(), p.curvatures.end()) - p.curvatures.begin();
  panel.title = fmt::format("{},  $\\eta\\lambda_{{{}}}={}$: {}", rate_label(eta), steepest + 1,
                            rounded(eta * highest(p.curvatures), 3), behaviour(p, eta));
  panel.x = {"$\\theta_1$", plot::ScaleKind::linear, window.x.first, window.x.second, false, {}};
  panel.y = {"$\\theta_2$", plot::ScaleKind::linear, window.y.first, window.y.second, false, {}};
  panel.marks.push_back(landscape(plane, window, false, true, scale > 0 ? scale * 1e-4 : 1e-4));
  panel.marks.push_back(plot::Line{.series = series.name,
                                   .x = series.x,
                                   .y = series.y,
                                   .stroke = {ink, 0.5},
                                   .label = "",
                                   .marker = rate_marker(which),
                                   .marker_size = 2.4});
  for (std::size_t k = 0; k + 1 < std::min<std::size_t>(series.x.size(), 4); ++k)
    panel.marks.push_back(step_arrow(series, k, ink));
  panel.marks.push_back(plot::Points{.series = "",
                                     .x = {0},
                                     .y = {0},
                                     .marker = plot::Marker::plus,
                                     .size = 7,
                                     .ink = plot::Ink::foreground,
                                     .label = ""});
  panel.marks.push_back(plot::Points{.series = series.name,
                                     .x = {series.x[0]},
                                     .y = {series.y[0]},
                                     .size = 5,
                                     .filled = false,
                                     .ink = plot::Ink::foreground,
                                     .label = ""});
  return panel;
}

/// Where the direction that is last to arrive comes within a thousandth of the minimum.
void mark_arrival(const QuadraticBowl& p, double eta, const Result& result, plot::Panel& panel) {
  const Values& steps = result.functions.at(rate_name(eta) + ".steps").values;
  double last = 0;
  for (const double k : steps)
    if (std::isfinite(k)) last = std::max(last, k);
  if (last == 0) return;
  const std::string arrival = "within $" + rounded(reached) + "$ at $k=" + rounded(last, 7) + "$";
  if (last <= p.decay_steps) {
    panel.marks.push_back(plot::Points{
        .series = "", .x = {last}, .y = {reached}, .size = 3.5, .ink = plot::Ink::foreground, .label = ""});
    panel.marks.push_back(plot::Note{
        .x = last, .y = reached, .text = "$k=" + rounded(last, 7) + "$", .dx = 4, .dy = 4, .in_key = arrival});
  } else {
    panel.marks.push_back(plot::Note{.x = static_cast<double>(p.decay_steps),
                                     .y = reached,
                                     .text = "reached at $k=" + rounded(last, 7) + "$",
                                     .anchor = plot::Anchor::right,
                                     .dx = 0,
                                     .dy = 4,
                                     .in_key = arrival});
  }
}

plot::Panel decay(const QuadraticBowl& p, const Result& result, std::size_t which) {
  const double eta = p.learning_rates[which];
  const double farthest = highest(absolute(p.start)), size = farthest > 0 ? farthest : 1;
  plot::Panel panel;
  panel.x = {"step $k$", plot::ScaleKind::linear, 0.0, static_cast<double>(p.decay_steps), false, {}, true};
  panel.y = {"$|\\theta_i|$", plot::ScaleKind::log, 1e-6 * size, 1e4 * size, false, {}};
  panel.marks.push_back(plot::Rule{.x = {}, .y = reached, .label = ""});
  for (const Series& series : result.panel(decay_panel(eta)).series) {
    const bool theory = series.kind == SeriesKind::theory;
    const plot::StrokeStyle stroke = theory ? plot::StrokeStyle{plot::Ink::black, 0.8, plot::Dash::dashed, 1}
                                            : plot::StrokeStyle{rate_ink(which), 1.5};
    const std::string label = theory ? "" : "$\\" + series.name + "$";
    panel.marks.push_back(
        plot::Line{.series = series.name, .x = series.x, .y = series.y, .stroke = stroke, .label = label});
  }
  mark_arrival(p, eta, result, panel);
  return panel;
}

plot::Figure draw(const QuadraticBowl& p, const Result& result) {
  plot::Figure figure;
  const std::size_t columns = p.learning_rates.size();
  for (std::size_t i = 0; i < columns; ++i) figure.panels.push_back(trajectory(p, result, i));
  for (std::size_t i = 0; i < columns; ++i) figure.panels.push_back(decay(p, result, i));
  figure.columns = static_cast<int>(columns);
  figure.share_y = true;
  figure.width = plot::FigureWidth::full;
  figure.height_mm = 100;
  return figure;
}

const bool registered =
    add(OldDefinition<QuadraticBowl>{.name = "quadratic-bowl",
                                     .title = "Gradient descent on a quadratic bowl",
                                     .summary = "Follows gradient descent on an ill-conditioned quadratic "
                                                "loss for several learning rates: trajectories "
                                                "over the loss's level curves, and each parameter's "
                                                "distance from the minimum with its closed form.",
                                     .parameters = parameters(),
                                     .check = check,
                                     .exports = exports,
                                     .run = run,
                                     .draw = draw,
                                     .tolerances = tolerances});

}  // namespace
}  // namespace experiments
