// How fast gradient descent with momentum contracts on a quadratic, over its two parameters, and what its optimum gains
// over descent without. Goh, Why Momentum Really Works (Distill, 2017); Polyak, USSR Comput. Math. 4 (1964) 1.
#include "numerics/descent/momentum.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "experiment/experiment.hpp"
#include "experiments/shared/curves.hpp"
#include "experiments/shared/derived.hpp"
#include "experiments/shared/descent.hpp"

namespace experiments {

namespace {

using numerics::Point;
using Numbers = std::vector<double>;

struct MomentumMap {
  double kappa = 100;
  int resolution = 160;
  int steps = 400;
  double accuracy = 1e-6;
};

Parameters<MomentumMap> parameters() {
  using P = MomentumMap;
  return Parameters<P>{}
      .number("kappa", &P::kappa, "condition number: the curvatures are 1 and kappa", above(1).to(1e8))
      .integer("resolution", &P::resolution, "cells of the map along each axis", from(10).to(1000))
      .integer("steps", &P::steps, "steps that are followed from (1, 1)", from(1).to(100000))
      .number("accuracy", &P::accuracy, "the distance to which steps are counted, over that at the start",
              from(1e-200).to(0.5));
}

const std::vector<std::string> method_names{"descent", "momentum"};

/// A method with its best parameters, and where it goes from (1, 1).
struct Optimum {
  numerics::Momentum parameters;
  double rate = 0;     // the spectral radius
  double formula = 0;  // for it
  double steps = 0;    // to the accuracy
  std::vector<Point> path;
};

struct Contractions {
  std::vector<Numbers> by_decay;  // from 0 to 1, each over alpha kappa from 0 to 4
  std::vector<Optimum> optima;    // of descent and of momentum
};

/// Equidistant values from 0 to the end.
Numbers axis(double end, int cells) {
  Numbers values;
  for (int i = 0; i <= cells; ++i) values.push_back(end * i / cells);
  return values;
}

Numbers steps_axis(const MomentumMap& p) { return axis(4, p.resolution); }
Numbers decay_axis(const MomentumMap& p) { return axis(1, p.resolution); }

double best(const Contractions& r) {
  double best = std::numeric_limits<double>::infinity();
  for (const Numbers& row : r.by_decay) best = std::min(best, std::ranges::min(row));
  return best;
}

/// Whether a sample lies on the wrong side of the limit of stability; those on the limit itself may round to either.
bool violates(double alpha_lambda, double beta, double contraction) {
  const bool at_limit = alpha_lambda == 0 || beta == 1 || std::abs(alpha_lambda - (2 + 2 * beta)) < 1e-9;
  return !at_limit && (contraction < 1) != (alpha_lambda < 2 + 2 * beta);
}

int violations(const MomentumMap& p, const Contractions& r) {
  const Numbers alpha_kappa = steps_axis(p), beta = decay_axis(p);
  int count = 0;
  for (std::size_t j = 0; j < beta.size(); ++j)
    for (std::size_t i = 0; i < alpha_kappa.size(); ++i) count += violates(alpha_kappa[i], beta[j], r.by_decay[j][i]);
  return count;
}

Curve distance(const Optimum& o) {
  Numbers norms;
  for (const Point& point : o.path) norms.push_back(point.norm());
  return by_step(std::move(norms));
}

/// |theta_k| from (1, 1) at the optimum. Without momentum both directions contract by the rate. With it each matrix has
/// one double eigenvalue r, and a direction follows (1 + c k) r^k with (1 + c) r = 1 - alpha lambda.
double closed_form_distance(const numerics::Momentum& m, double kappa, int k) {
  double square = 0;
  for (const double lambda : {1.0, kappa}) {
    const double first = 1 - m.step * lambda;
    double size = std::pow(first, k);
    if (m.decay > 0) {
      const double r = std::copysign(std::sqrt(m.decay), lambda == 1 ? 1 : -1);
      size = (1 + (first / r - 1) * k) * std::pow(r, k);
    }
    square += size * size;
  }
  return std::sqrt(square);
}

Curve closed_form_distance(const Optimum& o, double kappa) {
  Curve theory{counted(o.path.size()), {}};
  for (const double k : theory.x) theory.y.push_back(closed_form_distance(o.parameters, kappa, static_cast<int>(k)));
  return theory;
}

/// The largest coordinate in the steep direction.
double peak(const Optimum& o) {
  double peak = 0;
  for (const Point& point : o.path) peak = std::max(peak, std::abs(point[1]));
  return peak;
}

const Allowed defective =
    within({1e-7},
           "spectral radii: where two eigenvalues meet, as at the optimum, they answer to the root of rounding errors");

Outputs<Optimum> outputs_of_optimum(const MomentumMap& p) {
  const PanelInfo panel{"distance by step", {"step k"}, {"distance from the minimum", "log"}};
  const Allowed exact = within(closed_form, "closed form");
  const Allowed recurrence = within({1e-9}, "a linear recurrence in double precision");
  const auto theory = [p](const Optimum& o) { return closed_form_distance(o, p.kappa); };
  const auto asymptotic = [p](double rate) { return std::log(p.accuracy) / std::log(rate); };
  return Outputs<Optimum>{}
      .number("alpha", then(&Optimum::parameters, &numerics::Momentum::step),
              "step size of the optimum, for curvatures 1 and kappa", exact)
      .number("beta", then(&Optimum::parameters, &numerics::Momentum::decay), "decay of the momentum at the optimum",
              within({1e-12, 1e-15}, "closed form"))
      .number("rate", &Optimum::rate, "factor by which a step contracts there in the long run: the spectral radius",
              defective)
      .number("rate-formula", &Optimum::formula, "(kappa - 1)/(kappa + 1) for descent, its square roots for momentum",
              exact)
      .number("asymptotic-steps", then(&Optimum::formula, asymptotic),
              "steps to the accuracy at that rate, ln(1/accuracy) / -ln(rate)", within({1e-6}, defective.reason))
      .number("steps", &Optimum::steps,
              "steps after which the distance stays within the accuracy; Infinity if that takes more than a million",
              exactly("a count"))
      .number("peak", peak, "largest coordinate in the steep direction on the way from (1, 1)", recurrence)
      .measured(panel, "", distance, recurrence)
      .theory(panel, "", theory, recurrence);
}

Outputs<Contractions> outputs(const MomentumMap& p) {
  const PanelInfo map{"contraction", {"alpha kappa"}, {"contraction per step"}};
  std::vector<std::string> rows;
  for (const double beta : decay_axis(p)) rows.push_back(fmt::format("beta={}", beta));
  const auto wrong = [p](const Contractions& r) { return violations(p, r); };
  const auto row = [p](const Numbers& contractions) { return Curve{steps_axis(p), contractions}; };
  return Outputs<Contractions>{}
      .each(rows, &Contractions::by_decay, Outputs<Numbers>{}.theory(map, "", row, defective))
      .each(method_names, &Contractions::optima, outputs_of_optimum(p))
      .number("map.best", best, "smallest contraction among the samples of the map", defective)
      .number("map.violations", wrong, "samples on the wrong side of the limit of stability", exactly("a count"));
}

/// The last step outside the accuracy, and one: alternation must not count as arrival.
double steps_to(double accuracy, const numerics::Objective& bowl, const numerics::Momentum& parameters) {
  constexpr std::size_t patience = 1000000;
  const double wanted = accuracy * std::sqrt(2.0);
  for (std::size_t steps = 1000;; steps = std::min(10 * steps, patience)) {
    const auto path = numerics::momentum_descent(bowl, Point::Ones(2), parameters, steps);
    std::size_t k = path.size();
    while (k > 0 && path[k - 1].norm() < wanted) --k;
    // What follows the end could leave again; a tenth of the way back within is enough to trust.
    if (k + k / 10 < path.size()) return static_cast<double>(k);
    if (steps == patience) return std::numeric_limits<double>::infinity();
  }
}

/// The optimum whose rate is (spread - 1) / (spread + 1).
Optimum optimum(const MomentumMap& p, const numerics::Momentum& parameters, double spread) {
  const auto bowl = numerics::quadratic(Point{{1, p.kappa}});
  return {parameters, numerics::contraction(parameters, 1, p.kappa), (spread - 1) / (spread + 1),
          steps_to(p.accuracy, bowl, parameters),
          numerics::momentum_descent(bowl, Point::Ones(2), parameters, static_cast<std::size_t>(p.steps))};
}

Contractions run(const MomentumMap& p, Run& run) {
  const auto by_decay = run.each(decay_axis(p), [&](double beta) {
    Numbers row;
    for (const double alpha_kappa : steps_axis(p))
      row.push_back(numerics::contraction({alpha_kappa / p.kappa, beta}, 1, p.kappa));
    return row;
  });
  return {by_decay,
          {optimum(p, numerics::best_descent(1, p.kappa), p.kappa),
           optimum(p, numerics::best_momentum(1, p.kappa), std::sqrt(p.kappa))}};
}

// ---- The figure.

constexpr plot::Ink method_inks[]{plot::Ink::blue, plot::Ink::vermillion};
constexpr plot::Marker method_markers[]{plot::Marker::circle, plot::Marker::diamond};

/// Decades gained in a hundred steps; NaN where distance is gained instead.
double decades(double contraction) {
  constexpr double rounding = 1e-12;
  return contraction <= 1 + rounding ? std::max(0.0, -100 * std::log10(contraction))
                                     : std::numeric_limits<double>::quiet_NaN();
}

plot::HeatMap heat_map(const MomentumMap& p, const Contractions& r) {
  plot::HeatMap map{.grid = {.x = steps_axis(p), .y = decay_axis(p)}, .label = "decades gained in 100 steps"};
  for (const Numbers& row : r.by_decay)
    for (const double contraction : row) map.grid.z.push_back(decades(contraction));
  return map;
}

plot::Panel map_of(const MomentumMap& p, const Contractions& r) {
  plot::Panel panel{.title = "rate over step size and decay, $\\kappa=" + rounded(p.kappa) + "$",
                    .x = {.label = "$\\alpha\\lambda_{\\max}$", .min = 0, .max = 4},
                    .y = {.label = "decay of the momentum $\\beta$", .min = 0, .max = 1}};
  panel.marks.push_back(heat_map(p, r));
  panel.marks.push_back(theory_line("limit of stability", {{2, 4}, {0, 1}}));
  panel.marks.push_back(plot::Note{.x = 3.93,
                                   .y = 0.22,
                                   .text = "diverges beyond\n$\\alpha\\lambda_{\\max}=2+2\\beta$",
                                   .anchor = plot::Anchor::right,
                                   .ink = plot::Ink::foreground});
  for (std::size_t i = 0; i < method_names.size(); ++i) {
    const Optimum& o = r.optima[i];
    panel.marks.push_back(plot::Points{.x = {o.parameters.step * p.kappa},
                                       .y = {o.parameters.decay},
                                       .marker = method_markers[i],
                                       .size = 6.5,
                                       .filled = false,
                                       .ink = method_inks[i],
                                       .label = fmt::format("$\\times {}$ a step", rounded(o.rate, 4))});
  }
  return panel;
}

plot::Panel distances_of(const MomentumMap& p, const Contractions& r) {
  plot::Panel panel{
      .title = "from $(1,1)$ at either optimum",
      .x = {.label = "step $k$", .min = 0, .max = p.steps, .counts = true},
      .y = {.label = "distance from the minimum", .scale = plot::ScaleKind::log, .min = p.accuracy / 100}};
  panel.marks.push_back(plot::Rule{.y = p.accuracy * std::sqrt(2.0), .label = "accuracy"});
  for (std::size_t i = 0; i < method_names.size(); ++i) {
    const std::string& name = method_names[i];
    panel.marks.push_back(line_of(name, distance(r.optima[i]), {method_inks[i], 1.5}, name));
    panel.marks.push_back(theory_line(name, closed_form_distance(r.optima[i], p.kappa)));
  }
  return panel;
}

plot::Figure draw(const MomentumMap& p, const Contractions& r) {
  return {
      .panels = {map_of(p, r), distances_of(p, r)}, .columns = 2, .width = plot::FigureWidth::full, .height_mm = 75};
}

const bool registered = add(Definition<MomentumMap, Contractions>{
    .name = "momentum",
    .title = "Momentum: rate over step size and decay",
    .summary =
        "Maps the contraction of gradient descent with momentum on a quadratic over step size and decay, with the "
        "limit of stability and both optima, and follows descent at either optimum beside its closed form.",
    .parameters = parameters(),
    .outputs = outputs,
    .run = run,
    .draw = draw});

}  // namespace
}  // namespace experiments
