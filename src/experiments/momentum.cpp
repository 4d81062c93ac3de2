// How fast gradient descent with momentum contracts on a quadratic, over its two parameters, and what its optimum gains
// over descent without. Goh, Why Momentum Really Works (Distill, 2017); Polyak, USSR Comput. Math. 4 (1964) 1.
#include "numerics/momentum.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "experiment/legacy.hpp"
#include "experiments/shared/descent.hpp"

namespace experiments {

using namespace experiment;
namespace {

using numerics::Point;
using Values = std::vector<double>;

struct MomentumMap {
  double kappa = 100;
  int resolution = 160;
  int steps = 400;
  double accuracy = 1e-6;
};

Parameters<MomentumMap> parameters() {
  using P = MomentumMap;
  Parameters<P> p;
  p.number("kappa", &P::kappa,
           {.meaning = "condition number: the curvatures are 1 and kappa",
            .minimum = 1,
            .maximum = 1e8,
            .minimum_is_open = true})
      .integer("resolution", &P::resolution,
               {.meaning = "cells of the map along each axis", .minimum = 10, .maximum = 1000})
      .integer("steps", &P::steps, {.meaning = "steps that are followed from (1, 1)", .minimum = 1, .maximum = 100000})
      .number("accuracy", &P::accuracy,
              {.meaning = "the distance to which steps are counted, over that at the start",
               .minimum = 1e-200,
               .maximum = 0.5});
  return p;
}

const std::string map_panel = "contraction";
const std::string path_panel = "distance by step";
const std::string edge_name = "limit of stability";
const std::string momentum_name = "momentum";
const std::string descent_name = "descent";

std::vector<Tolerance> tolerances(const MomentumMap&) {
  const std::string defective =
      "spectral radii: where two eigenvalues meet, as at the optimum, they answer to the root of rounding errors";
  const std::string recurrence = "a linear recurrence in double precision";
  return {{map_panel, "*", {1e-7, 0}, {}, defective},
          {path_panel, "*", {1e-9, 0}, {}, recurrence},
          {"", "*.alpha", closed_form, {}, "closed form"},
          {"", "*.beta", {1e-12, 1e-15}, {}, "closed form"},
          {"", "*.rate-formula", closed_form, {}, "closed form"},
          {"", "*.rate", {1e-7, 0}, {}, defective},
          {"", "*.asymptotic-steps", {1e-6, 0}, {}, defective},
          {"", "*.steps", {}, {}, "a count"},
          {"", "*.peak", {1e-9, 0}, {}, recurrence},
          {"", "map.best", {1e-7, 0}, {}, defective},
          {"", "map.violations", {}, {}, "a count"}};
}

std::vector<Export> exports(const MomentumMap&) {
  std::vector<Export> list;
  for (const std::string& name : {descent_name, momentum_name}) {
    list.push_back({name + ".alpha", "step size of the optimum, for curvatures 1 and kappa"});
    list.push_back({name + ".beta", "decay of the momentum at the optimum"});
    list.push_back({name + ".rate", "factor by which a step contracts there in the long run: the spectral radius"});
    list.push_back({name + ".rate-formula", "(kappa - 1)/(kappa + 1) for descent, its square roots for momentum"});
    list.push_back({name + ".asymptotic-steps", "steps to the accuracy at that rate, ln(1/accuracy) / -ln(rate)"});
    list.push_back(
        {name + ".steps",
         "steps after which the distance stays within the accuracy; Infinity if that takes more than a million"});
    list.push_back({name + ".peak", "largest coordinate in the steep direction on the way from (1, 1)"});
  }
  list.push_back({"map.best", "smallest contraction among the samples of the map"});
  list.push_back({"map.violations", "samples on the wrong side of the limit of stability"});
  return list;
}

/// Equidistant values from 0 to the end.
Values axis(double end, int cells) {
  Values values;
  for (int i = 0; i <= cells; ++i) values.push_back(end * i / cells);
  return values;
}

/// Whether a sample lies on the wrong side of the limit of stability; those on the limit itself may round to either.
bool violates(double alpha_lambda, double beta, double contraction) {
  const bool at_limit = alpha_lambda == 0 || beta == 1 || std::abs(alpha_lambda - (2 + 2 * beta)) < 1e-9;
  return !at_limit && (contraction < 1) != (alpha_lambda < 2 + 2 * beta);
}

/// Contraction over (alpha kappa, beta), a series each beta.
PanelData contraction_map(const MomentumMap& p, Result& result) {
  PanelData panel{map_panel, {"alpha kappa", "linear"}, {"contraction per step", "linear"}, {}};
  const Values x = axis(4, p.resolution);
  double best = std::numeric_limits<double>::infinity();
  int violations = 0;
  for (const double beta : axis(1, p.resolution)) {
    Series row{fmt::format("beta={}", beta), SeriesKind::theory, x, {}, {}, {}};
    for (const double alpha_kappa : x) {
      row.y.push_back(numerics::contraction({alpha_kappa / p.kappa, beta}, 1, p.kappa));
      best = std::min(best, row.y.back());
      if (violates(alpha_kappa, beta, row.y.back())) ++violations;
    }
    panel.series.push_back(std::move(row));
  }
  result.values["map.best"] = best;
  result.values["map.violations"] = violations;
  return panel;
}

struct Method {
  std::string name;
  numerics::Momentum parameters;
  double formula;
};

std::vector<Method> methods(double kappa) {
  const double root = std::sqrt(kappa);
  return {{descent_name, numerics::best_descent(1, kappa), (kappa - 1) / (kappa + 1)},
          {momentum_name, numerics::best_momentum(1, kappa), (root - 1) / (root + 1)}};
}

/// |theta_k| from (1, 1) at the optimum. Without momentum both directions contract by the rate. With it each matrix has
/// one double eigenvalue r, and a direction follows (1 + c k) r^k with (1 + c) r = 1 - alpha lambda.
double distance(const Method& method, double kappa, int k) {
  double square = 0;
  for (const double lambda : {1.0, kappa}) {
    const double first = 1 - method.parameters.step * lambda;
    double size = std::pow(first, k);
    if (method.parameters.decay > 0) {
      const double r = std::copysign(std::sqrt(method.parameters.decay), lambda == 1 ? 1 : -1);
      size = (1 + (first / r - 1) * k) * std::pow(r, k);
    }
    square += size * size;
  }
  return std::sqrt(square);
}

/// The last step outside the accuracy, and one: alternation must not count as arrival.
double steps_to(double accuracy, const numerics::Objective& bowl, const Method& method) {
  constexpr std::size_t patience = 1000000;
  const double wanted = accuracy * std::sqrt(2.0);
  for (std::size_t steps = 1000;; steps = std::min(10 * steps, patience)) {
    const auto path = numerics::momentum_descent(bowl, Point::Ones(2), method.parameters, steps);
    std::size_t k = path.size();
    while (k > 0 && path[k - 1].norm() < wanted) --k;
    // What follows the end could leave again; a tenth of the way back within is enough to trust.
    if (k + k / 10 < path.size()) return static_cast<double>(k);
    if (steps == patience) return std::numeric_limits<double>::infinity();
  }
}

PanelData distances(const MomentumMap& p, Result& result) {
  PanelData panel{path_panel, {"step k", "linear"}, {"distance from the minimum", "log"}, {}};
  const numerics::Objective bowl = numerics::quadratic(Point{{1, p.kappa}});
  for (const Method& method : methods(p.kappa)) {
    const auto path =
        numerics::momentum_descent(bowl, Point::Ones(2), method.parameters, static_cast<std::size_t>(p.steps));
    Series measured{method.name, SeriesKind::measured, {}, {}, {}, {}},
        theory{method.name, SeriesKind::theory, {}, {}, {}, {}};
    double peak = 0;
    for (std::size_t k = 0; k < path.size(); ++k) {
      measured.x.push_back(static_cast<double>(k));
      measured.y.push_back(path[k].norm());
      theory.y.push_back(distance(method, p.kappa, static_cast<int>(k)));
      peak = std::max(peak, std::abs(path[k][1]));
    }
    theory.x = measured.x;
    const double rate = numerics::contraction(method.parameters, 1, p.kappa);
    auto& values = result.values;
    values[method.name + ".alpha"] = method.parameters.step;
    values[method.name + ".beta"] = method.parameters.decay;
    values[method.name + ".rate"] = rate;
    values[method.name + ".rate-formula"] = method.formula;
    values[method.name + ".asymptotic-steps"] = std::log(p.accuracy) / std::log(method.formula);
    values[method.name + ".steps"] = steps_to(p.accuracy, bowl, method);
    values[method.name + ".peak"] = peak;
    panel.series.push_back(std::move(measured));
    panel.series.push_back(std::move(theory));
  }
  return panel;
}

Result run(const MomentumMap& p, Run& run) {
  Result result;
  result.panels.push_back(contraction_map(p, result));
  run.progress(1, 2);
  result.panels.push_back(distances(p, result));
  run.progress(2, 2);
  return result;
}

// ---- The figure.

plot::Ink ink_of(const std::string& name) { return name == descent_name ? plot::Ink::blue : plot::Ink::vermillion; }

/// Decades gained in a hundred steps; NaN where distance is gained instead.
double decades(double contraction) {
  constexpr double rounding = 1e-12;
  return contraction <= 1 + rounding ? std::max(0.0, -100 * std::log10(contraction))
                                     : std::numeric_limits<double>::quiet_NaN();
}

plot::HeatMap heat_map(const PanelData& data) {
  plot::HeatMap map;
  map.label = "decades gained in 100 steps";
  map.grid.x = data.series.front().x;
  map.grid.y = axis(1, static_cast<int>(data.series.size()) - 1);
  for (const Series& row : data.series)
    for (const double contraction : row.y) map.grid.z.push_back(decades(contraction));
  return map;
}

plot::Panel map_of(const MomentumMap& p, const Result& result) {
  plot::Panel panel;
  panel.title = "rate over step size and decay, $\\kappa=" + rounded(p.kappa) + "$";
  panel.x = {"$\\alpha\\lambda_{\\max}$", plot::ScaleKind::linear, 0.0, 4.0, false, {}};
  panel.y = {"decay of the momentum $\\beta$", plot::ScaleKind::linear, 0.0, 1.0, false, {}};
  panel.marks.push_back(heat_map(result.panel(map_panel)));
  panel.marks.push_back(plot::Line{.series = edge_name,
                                   .x = {2, 4},
                                   .y = {0, 1},
                                   .stroke = {plot::Ink::black, 0.8, plot::Dash::dashed, 1},
                                   .label = ""});
  panel.marks.push_back(plot::Note{.x = 3.93,
                                   .y = 0.22,
                                   .text = "diverges beyond\n$\\alpha\\lambda_{\\max}=2+2\\beta$",
                                   .anchor = plot::Anchor::right,
                                   .ink = plot::Ink::foreground});
  for (const std::string& name : {descent_name, momentum_name}) {
    const double x = result.values.at(name + ".alpha") * p.kappa, y = result.values.at(name + ".beta");
    panel.marks.push_back(
        plot::Points{.series = "",
                     .x = {x},
                     .y = {y},
                     .marker = name == descent_name ? plot::Marker::circle : plot::Marker::diamond,
                     .size = 6.5,
                     .filled = false,
                     .ink = ink_of(name),
                     .label = fmt::format("$\\times {}$ a step", rounded(result.values.at(name + ".rate"), 4))});
  }
  return panel;
}

plot::Panel distances_of(const MomentumMap& p, const Result& result) {
  const PanelData& data = result.panel(path_panel);
  plot::Panel panel;
  panel.title = "from $(1,1)$ at either optimum";
  panel.x = {"step $k$", plot::ScaleKind::linear, 0.0, static_cast<double>(p.steps), false, {}, true};
  panel.y = {"distance from the minimum", plot::ScaleKind::log, p.accuracy / 100, {}, false, {}};
  panel.marks.push_back(plot::Rule{.x = {}, .y = p.accuracy * std::sqrt(2.0), .label = "accuracy"});
  for (const std::string& name : {descent_name, momentum_name}) {
    const Series& measured = *data.find(name);
    const Series& theory = *data.find(name, SeriesKind::theory);
    panel.marks.push_back(
        plot::Line{.series = name, .x = measured.x, .y = measured.y, .stroke = {ink_of(name), 1.5}, .label = name});
    panel.marks.push_back(plot::Line{.series = name,
                                     .x = theory.x,
                                     .y = theory.y,
                                     .stroke = {plot::Ink::black, 0.8, plot::Dash::dashed, 1},
                                     .label = ""});
  }
  return panel;
}

plot::Figure draw(const MomentumMap& p, const Result& result) {
  plot::Figure figure;
  figure.panels = {map_of(p, result), distances_of(p, result)};
  figure.columns = 2;
  figure.width = plot::FigureWidth::full;
  figure.height_mm = 75;
  return figure;
}

const bool registered = add(OldDefinition<MomentumMap>{
    .name = "momentum",
    .title = "Momentum: rate over step size and decay",
    .summary =
        "Maps the contraction of gradient descent with momentum on a quadratic over step size and decay, with the "
        "limit of stability and both optima, and follows descent at either optimum beside its closed form.",
    .parameters = parameters(),
    .exports = exports,
    .run = run,
    .draw = draw,
    .tolerances = tolerances});

}  // namespace
}  // namespace experiments
