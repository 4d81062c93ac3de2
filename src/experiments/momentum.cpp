// How fast gradient descent with momentum contracts on a quadratic, over its two parameters, and what its optimum gains
// over descent without. Goh, Why Momentum Really Works (Distill, 2017); Polyak, USSR Comput. Math. 4 (1964) 1.
#include "numerics/descent/momentum.hpp"

#include <algorithm>
#include <cmath>

#include "experiment/experiment.hpp"
#include "experiments/shared/descent.hpp"

namespace experiments {
namespace {

struct MomentumMap {
  double kappa = 100;
  int resolution = 160, steps = 400;
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

  Curve distance() const {
    return by_step(each_of(path, [](const Point& at) { return at.norm(); }));
  }
  /// The largest coordinate in the steep direction.
  double peak() const {
    return std::ranges::max(each_of(path, [](const Point& at) { return std::abs(at[1]); }));
  }
};

struct Contractions {
  std::vector<Numbers> by_decay;  // from 0 to 1, each over alpha kappa from 0 to 4
  std::vector<Optimum> optima;    // of descent and of momentum

  double best() const {
    return std::ranges::min(each_of(by_decay, [](const Numbers& row) { return std::ranges::min(row); }));
  }
};

/// Equidistant values from 0 to the end.
Numbers samples(double end, int cells) {
  return each_of(counted(cells + 1), [&](double i) { return end * i / cells; });
}

Numbers steps_axis(const MomentumMap& p) { return samples(4, p.resolution); }
Numbers decay_axis(const MomentumMap& p) { return samples(1, p.resolution); }

/// Samples on the wrong side of the limit of stability; those on the limit itself may round to either.
int violations(const MomentumMap& p, const Contractions& r) {
  const auto violates = [](double alpha_lambda, double beta, double contraction) {
    const bool at_limit = alpha_lambda == 0 || beta == 1 || std::abs(alpha_lambda - (2 + 2 * beta)) < 1e-9;
    return !at_limit && (contraction < 1) != (alpha_lambda < 2 + 2 * beta);
  };
  const Numbers alpha_kappa = steps_axis(p), beta = decay_axis(p);
  int count = 0;
  for (std::size_t j = 0; j < beta.size(); ++j)
    for (std::size_t i = 0; i < alpha_kappa.size(); ++i) count += violates(alpha_kappa[i], beta[j], r.by_decay[j][i]);
  return count;
}

Curve closed_form_distance(const Optimum& o, double kappa) {
  return curve_over(counted(o.path.size()),
                    [&](double k) { return numerics::distance_at_optimum(o.parameters, kappa, static_cast<int>(k)); });
}

const Allowed defective =
    within({1e-7},
           "spectral radii: where two eigenvalues meet, as at the optimum, they answer to the root of rounding errors");

Outputs<Optimum> outputs_of_optimum(const MomentumMap& p) {
  const PanelInfo panel{"distance by step", {"step k"}, {"distance from the minimum", "log"}};
  const Allowed exact = within(closed_form, "closed form");
  const auto expected = [kappa = p.kappa](const Optimum& o) { return closed_form_distance(o, kappa); };
  const auto asymptotic = [p](double rate) { return std::log(p.accuracy) / std::log(rate); };
  return Outputs<Optimum>{within({1e-9}, "a linear recurrence in double precision")}
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
      .number("peak", &Optimum::peak, "largest coordinate in the steep direction on the way from (1, 1)")
      .curve(measured, panel, "", &Optimum::distance)
      .curve(theory, panel, "", expected);
}

Outputs<Contractions> outputs(const MomentumMap& p) {
  const PanelInfo map{"contraction", {"alpha kappa"}, {"contraction per step"}};
  const auto rows = each_of(decay_axis(p), [](double beta) { return fmt::format("beta={}", beta); });
  const auto wrong = [p](const Contractions& r) { return violations(p, r); };
  const auto row = [p](const Numbers& contractions) { return Curve{steps_axis(p), contractions}; };
  return Outputs<Contractions>{defective}
      .each(rows, &Contractions::by_decay, Outputs<Numbers>{defective}.curve(theory, map, "", row))
      .each(method_names, &Contractions::optima, outputs_of_optimum(p))
      .number("map.best", &Contractions::best, "smallest contraction among the samples of the map")
      .number("map.violations", wrong, "samples on the wrong side of the limit of stability", exactly("a count"));
}

/// The optimum whose rate is (spread - 1) / (spread + 1).
Optimum optimum(const MomentumMap& p, const numerics::Momentum& parameters, double spread) {
  const auto bowl = numerics::quadratic(Point{{1, p.kappa}});
  const Point start = Point::Ones(2);
  return {parameters, numerics::contraction(parameters, 1, p.kappa), (spread - 1) / (spread + 1),
          numerics::steps_to_stay_within(p.accuracy * std::sqrt(2.0), bowl, start, parameters),
          numerics::momentum_descent(bowl, start, parameters, static_cast<std::size_t>(p.steps))};
}

Contractions run(const MomentumMap& p, Run& run) {
  const auto by_decay = run.each(decay_axis(p), [&](double beta) {
    return each_of(steps_axis(p), [&](double alpha_kappa) {
      return numerics::contraction({alpha_kappa / p.kappa, beta}, 1, p.kappa);
    });
  });
  return {by_decay,
          {optimum(p, numerics::best_descent(1, p.kappa), p.kappa),
           optimum(p, numerics::best_momentum(1, p.kappa), std::sqrt(p.kappa))}};
}

// ---- The figure.

constexpr Ink method_inks[]{Ink::blue, Ink::vermillion};
constexpr Marker method_markers[]{Marker::circle, Marker::diamond};

/// Decades gained in a hundred steps; NaN where distance is gained instead.
double decades(double contraction) {
  constexpr double rounding = 1e-12;
  return contraction <= 1 + rounding ? std::max(0.0, -100 * std::log10(contraction)) : nothing;
}

plot::Panel map_of(const MomentumMap& p, const Contractions& r) {
  plot::Panel panel = titled("rate over step size and decay, $\\kappa=" + rounded(p.kappa) + "$",
                             axis("$\\alpha\\lambda_{\\max}$", 0, 4), axis("decay of the momentum $\\beta$", 0, 1));
  const auto rows = each_of(r.by_decay, [](const Numbers& row) { return each_of(row, decades); });
  add(panel, plot::HeatMap{.grid = grid_of(steps_axis(p), decay_axis(p), rows), .label = "decades gained in 100 steps"},
      theory_line("limit of stability", {{2, 4}, {0, 1}}),
      words(3.93, 0.22, "diverges beyond\n$\\alpha\\lambda_{\\max}=2+2\\beta$", Anchor::right, 0, 0));
  for (std::size_t i = 0; i < method_names.size(); ++i) {
    const auto& [step, decay] = r.optima[i].parameters;
    plot::Points best = spot(step * p.kappa, decay, 6.5, false, method_inks[i], method_markers[i]);
    best.label = fmt::format("$\\times {}$ a step", rounded(r.optima[i].rate, 4));
    add(panel, best);
  }
  return panel;
}

plot::Panel distances_of(const MomentumMap& p, const Contractions& r) {
  plot::Panel panel = titled("from $(1,1)$ at either optimum", count_axis("step $k$", 0, p.steps),
                             log_axis("distance from the minimum", p.accuracy / 100));
  add(panel, plot::Rule{.y = p.accuracy * std::sqrt(2.0), .label = "accuracy"});
  for (std::size_t i = 0; i < method_names.size(); ++i)
    add(panel, line_of(method_names[i], r.optima[i].distance(), {method_inks[i], 1.5}, method_names[i]),
        theory_line(method_names[i], closed_form_distance(r.optima[i], p.kappa)));
  return panel;
}

plot::Figure draw(const MomentumMap& p, const Contractions& r) {
  return two_columns({map_of(p, r), distances_of(p, r)}, 75);
}

const bool registered =
    add("momentum", "Momentum: rate over step size and decay",
        "Maps the contraction of gradient descent with momentum on a quadratic over step size and decay, with the "
        "limit of stability and both optima, and follows descent at either optimum beside its closed form.",
        parameters(), outputs, run, draw, always<MomentumMap, 2>);

}  // namespace
}  // namespace experiments
