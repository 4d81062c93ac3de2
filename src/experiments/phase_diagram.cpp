// Order and chaos at initialisation: how gradients change per layer over the plane of weight and bias variances, and
// how deep a signal reaches. Poole et al. 2016, figure 1; Schoenholz et al. 2017, figures 2 and 5. All by quadrature.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiment/experiment.hpp"
#include "experiments/shared/checks.hpp"
#include "experiments/shared/networks.hpp"
#include "numerics/theory/correlation_map.hpp"
#include "plot/composites/levels.hpp"
#include "plot/composites/room.hpp"

namespace experiments {
namespace {

using numerics::CriticalPoint;
using numerics::Phase;

struct PhaseDiagram {
  std::string activation = "tanh";
  Numbers weight_variances{0.2, 5}, bias_variances{0, 2};
  int resolution = 80;
  Numbers depths{20, 50, 200};
  double line_bias_variance = 0.05;
  Numbers line_weight_variances{1, 1.3, 1.7, 1.75, 2, 4};
  Numbers critical_bias_variances{2.01e-5, 0.001, 0.01, 0.05, 0.1, 0.5, 1, 2};
  std::vector<NetworkKind> networks =
      numerics::network_kinds({"sigmoid-uniform-fan-in", "sigmoid-xavier", "sigmoid-he", "tanh-uniform-fan-in",
                               "tanh-xavier", "tanh-he", "tanh-normal", "relu-xavier", "relu-he", "relu-normal"});
  int width = 100;
};

Parameters<PhaseDiagram> parameters() {
  using P = PhaseDiagram;
  return Parameters<P>{}
      .choice("activation", &P::activation, numerics::activation_names(), "activation whose plane is shown")
      .numbers("weight-variances", &P::weight_variances, "smallest and largest sigma_w^2 = n Var W shown",
               above(0).to(1e4), {2, 2})
      .numbers("bias-variances", &P::bias_variances, "smallest and largest sigma_b^2 shown", from(0).to(1e4), {2, 2})
      .integer("resolution", &P::resolution, "cells of the map along each axis", from(4).to(400))
      .numbers("depths", &P::depths, "depths in layers for which the limit of trainable networks is drawn",
               from(1).to(1e5), {.most = 6})
      .number("line-bias-variance", &P::line_bias_variance,
              "sigma_b^2 of the points of which phases are exported; its critical point is marked", from(0).to(1e4))
      .numbers("line-weight-variances", &P::line_weight_variances, "sigma_w^2 of these points", above(0).to(1e4))
      .numbers("critical-bias-variances", &P::critical_bias_variances,
               "sigma_b^2 at which critical weight variances are exported", from(0).to(1e4))
      .parameter(network_list, "networks", &P::networks,
                 "networks whose factors are exported, without biases; those of this activation are marked")
      .integer("width", &P::width, "width n at which the normal initialisation has n Var W = n", from(1).to(1000000))
      .require(ascending("weight-variances", &P::weight_variances))
      .require(ascending("bias-variances", &P::bias_variances));
}

/// Schoenholz et al. 2017 train networks up to about six times the depth over which correlations are felt.
constexpr double trainable = 6;

Activation activation_of(const PhaseDiagram& p) { return *numerics::activation(p.activation); }

/// What one layer does to the norm of an error signal, as a power of ten.
double decades(double chi) { return 0.5 * std::log10(chi); }

/// Samples of a range; the exponent 2 makes them denser at its lower end.
Numbers samples(const Numbers& range, int cells, double exponent = 1) {
  return each_of(counted(cells + 1),
                 [&](double i) { return std::lerp(range[0], range[1], std::pow(i / cells, exponent)); });
}

/// Near sigma_b^2 = 0 the critical line leaves its end like a root.
Numbers bias_samples(const PhaseDiagram& p) { return samples(p.bias_variances, p.resolution, 2); }

/// What one row of the map holds, at one bias variance.
struct Row {
  Numbers decades, trainable_depth;
  double critical = nothing;  // where the critical line crosses it
};

/// What a layer does where the variance has settled.
struct Settled {
  double weight_variance = 0, variance = 0, chi = 0;
};

struct Plane {
  Numbers weight_variances, bias_variances;  // of the map's columns and rows
  std::vector<Row> rows;
  CriticalPoint critical;  // with line-bias-variance
  CriticalPoint critical_without_bias;
  std::vector<CriticalPoint> critical_points;  // of critical-bias-variances
  std::vector<Phase> points;                   // of line-weight-variances
  std::vector<Settled> networks;

  /// The critical line over the rows that it crosses.
  Curve critical_line() const {
    const Curve all{each_of(rows, &Row::critical), bias_variances};
    return some_of(all, [&](std::size_t j) { return !std::isnan(all.x[j]); });
  }
};

const Allowed quadrature = within({1e-9, 1e-9}, "quadrature and root finding in double precision");
const Allowed inverse = within({1e-6}, "the inverse of a logarithm that vanishes on the critical line");
const Allowed twofold = within(
    {1e-6}, "without biases chi_1 - 1 vanishes twofold at the critical point, which is known to half the digits");

Outputs<Phase> outputs_of_point() {
  return Outputs<Phase>{quadrature}
      .number("variance", &Phase::variance,
              "q*, the variance of pre-activations to which this sigma_w^2 leads with line-bias-variance")
      .number("chi", &Phase::susceptibility, "chi_1 there: what a layer does to the squared norm of an error signal")
      .number("correlation", &Phase::correlation, "c*, the correlation to which two inputs are drawn")
      .number("correlation-depth", &Phase::correlation_depth,
              "xi_c, the layers over which a difference of correlations falls by a factor e", inverse)
      .number("trainable-depth", then(&Phase::correlation_depth, [](double xi) { return trainable * xi; }), "6 xi_c",
              inverse);
}

Outputs<Settled> outputs_of_network() {
  return Outputs<Settled>{quadrature}
      .number("weight-variance", &Settled::weight_variance, "sigma_w^2 = n Var W")
      .number("variance", &Settled::variance, "q*, without biases")
      .number("chi", &Settled::chi, "chi_1, what a layer does to the squared norm of an error signal")
      .number("factor", then(&Settled::chi, [](double chi) { return std::sqrt(chi); }),
              "its square root, what a layer does to the norm")
      .number("decades", then(&Settled::chi, decades), "log10 of that; negative where gradients vanish");
}

Outputs<Plane> outputs(const PhaseDiagram& p) {
  const AxisInfo x{"weight variance sigma_w^2"};
  const PanelInfo map{"decades per layer", x, {"change of the error signal's norm, decades per layer"}};
  const PanelInfo depth{"trainable depth", x, {"trainable depth 6 xi_c, layers", "log"}};
  const PanelInfo plane{"critical line", x, {"bias variance sigma_b^2"}};
  const auto points = [](double CriticalPoint::*what) {
    return then(&Plane::critical_points, [=](const auto& list) { return each_of(list, what); });
  };
  const auto point_names =
      each_of(p.line_weight_variances, [](double variance) { return fmt::format("sigma_w2={}", variance); });
  const auto row_names =
      each_of(bias_samples(p), [](double variance) { return fmt::format("sigma_b2={:.6g}", variance); });
  const auto over_weights = [weights = samples(p.weight_variances, p.resolution)](Numbers Row::*what) {
    return [=](const Row& row) { return Curve{weights, row.*what}; };
  };
  const auto of_row = Outputs<Row>{quadrature}
                          .curve(theory, map, "", over_weights(&Row::decades))
                          .curve(theory, depth, "", over_weights(&Row::trainable_depth), inverse);
  return Outputs<Plane>{quadrature}
      .number("critical.weight-variance", then(&Plane::critical, &CriticalPoint::weight_variance),
              "sigma_w^2 at which chi_1 = 1 for line-bias-variance; NaN where there is none")
      .number("critical.variance", then(&Plane::critical, &CriticalPoint::variance),
              "variance q* of the pre-activations there")
      .number("critical-without-bias.weight-variance",
              then(&Plane::critical_without_bias, &CriticalPoint::weight_variance),
              "sigma_w^2 at which chi_1 = 1 without biases", twofold)
      .sequence("critical-weight-variance", 1, points(&CriticalPoint::weight_variance),
                "the same for the i-th of critical-bias-variances, i from 1")
      .sequence("critical-variance", 1, points(&CriticalPoint::variance), "variance q* there")
      .each(point_names, &Plane::points, outputs_of_point())
      .each(names(p.networks), &Plane::networks, outputs_of_network())
      .each(row_names, &Plane::rows, of_row)
      .curve(theory, plane, "critical", &Plane::critical_line, twofold);
}

Row row_at(Activation phi, double bias_variance, const Numbers& weight_variances) {
  const auto phases = each_of(weight_variances, [&](double weight_variance) {
    return numerics::phase_of({phi, weight_variance, bias_variance});
  });
  const auto line =
      numerics::critical_weight_variance(phi, bias_variance, weight_variances.front(), weight_variances.back());
  return {each_of(phases, [](const Phase& phase) { return decades(phase.susceptibility); }),
          each_of(phases, [](const Phase& phase) { return trainable * phase.correlation_depth; }),
          line.value_or(nothing)};
}

Plane run(const PhaseDiagram& p, Run& run) {
  const auto settled = [&](const NetworkKind& kind) -> Settled {
    const numerics::MeanField field = numerics::field_of(kind, p.width);
    return {field.weight_variance, numerics::fixed_variance(field), numerics::settled_susceptibility(field)};
  };
  const Activation phi = activation_of(p);
  const Numbers weights = samples(p.weight_variances, p.resolution), biases = bias_samples(p);
  const auto phase = [&](double variance) { return numerics::phase_of({phi, variance, p.line_bias_variance}); };
  return {weights,
          biases,
          run.each(biases, [&](double variance) { return row_at(phi, variance, weights); }),
          numerics::critical_point(phi, p.line_bias_variance),
          numerics::critical_point(phi, 0),
          each_of(p.critical_bias_variances, [&](double variance) { return numerics::critical_point(phi, variance); }),
          each_of(p.line_weight_variances, phase),
          each_of(p.networks, settled)};
}

// ---- The figure.

plot::Grid samples_of(const Plane& r, Numbers Row::*what) {
  return grid_of(r.weight_variances, r.bias_variances, each_of(r.rows, what));
}

/// Level lines of the trainable depth, named. It is infinite on the critical line; its inverse with the sign of the
/// phase passes smoothly through zero there.
plot::Contours depth_lines(const PhaseDiagram& p, const Plane& r) {
  plot::Contours lines;
  lines.grid = samples_of(r, &Row::trainable_depth);
  lines.stroke = {plot::Ink::foreground, 0.5, plot::Dash::solid, 1};
  const plot::Grid map = samples_of(r, &Row::decades);
  for (std::size_t i = 0; i < map.z.size(); ++i) lines.grid.z[i] = std::copysign(1 / lines.grid.z[i], map.z[i]);
  const double shallowest = std::ranges::min(p.depths);
  for (const double depth : p.depths)
    for (const double sign : {-1.0, 1.0}) {
      lines.levels.push_back(sign / depth);
      lines.names.push_back(fmt::format("{}{}", depth, depth == shallowest && sign < 0 ? " layers" : ""));
    }
  return lines;
}

void name_phases(const PhaseDiagram& p, const Plane& r, plot::Panel& panel) {
  const plot::Grid map = samples_of(r, &Row::decades), reach = samples_of(r, &Row::trainable_depth);
  // Between which lines a sample lies: how many of the given depths are beyond it, with the sign of its phase.
  const auto bands = list_of(map.z.size(), [&](std::size_t i) {
    const auto shallower = std::ranges::count_if(p.depths, [&](double depth) { return reach.z[i] < depth; });
    return (map.z[i] < 0 ? 1 : -1) * (1 + static_cast<int>(shallower));
  });
  for (const bool ordered : {true, false}) {
    const auto at = plot::roomiest(map, bands, [&](int band) { return (band > 0) == ordered; });
    if (at)
      add(panel, words(std::lerp(p.weight_variances[0], p.weight_variances[1], at->x),
                       std::lerp(p.bias_variances[0], p.bias_variances[1], at->y),
                       ordered ? "ordered:\ngradients vanish" : "chaotic:\ngradients explode", Anchor::centre, 0, 0));
  }
}

/// A point and its name, which in the key has other words.
void mark(plot::Panel& panel, double x, double y, plot::Note name, std::string in_legend) {
  name.in_legend = std::move(in_legend);
  add(panel, spot(x, y, 4.5, true, Ink::black), name);
}

bool inside(double value, const Numbers& range) { return value >= range[0] && value <= range[1]; }

/// The critical point of the line sigma_b^2 = const, named at the end of a leader into the chaotic phase.
void mark_critical_point(const PhaseDiagram& p, const Plane& r, plot::Panel& panel) {
  const double weights = r.critical.weight_variance, biases = p.line_bias_variance;
  if (!inside(weights, p.weight_variances) || !inside(biases, p.bias_variances)) return;
  const double x = weights + 0.1 * (p.weight_variances[1] - p.weight_variances[0]);
  const double y = biases + 0.03 * (p.bias_variances[1] - p.bias_variances[0]);
  add(panel, plot::Line{.x = {weights, x}, .y = {biases, y}, .stroke = {Ink::foreground, 0.5}});
  const std::string name = fmt::format("({}, {})", rounded_in_words(weights, 4), rounded_in_words(biases, 3));
  mark(panel, weights, biases, words(x, y, name, Anchor::left, 2, 0),
       fmt::format("critical at $\\sigma_w^2={}$, $\\sigma_b^2={}$", rounded(weights, 4), rounded(biases, 3)));
}

/// Networks without biases stand on the lower edge of the plane, their names under it on a strip of clean paper.
void mark_networks(const PhaseDiagram& p, plot::Panel& panel) {
  if (p.bias_variances[0] > 0) return;
  for (const NetworkKind& kind : p.networks) {
    const double variance = numerics::field_of(kind, p.width).weight_variance;
    if (kind.activation != activation_of(p) || !inside(variance, p.weight_variances)) continue;
    const std::string label = network_label(kind);
    // The widest name is that of the smallest variance, which stands near the left edge.
    const double dx = kind.initialisation == numerics::Initialisation::uniform_fan_in ? -7 : -2;
    mark(panel, variance, 0, words(variance, 0, label.substr(label.find(", ") + 2), Anchor::left, dx, -9),
         label + " at $\\sigma_w^2=" + rounded(variance, 4) + "$");
    panel.y.min = -0.06 * p.bias_variances[1];
  }
}

/// Nine tenths of the map lie within them: a few extreme places must not take the colours from all others.
Numbers color_levels(Numbers decades) {
  std::erase_if(decades, [](double z) { return !std::isfinite(z); });
  const double most = numerics::quantile(each_of(decades, [](double z) { return std::abs(z); }), 0.9);
  decades.push_back(0);
  return plot::symmetric_levels(most, std::ranges::min(decades), std::ranges::max(decades));
}

plot::Figure draw(const PhaseDiagram& p, const Plane& r) {
  const plot::Grid map = samples_of(r, &Row::decades);
  plot::Panel panel{.x = axis("weight variance $\\sigma_w^2$"), .y = axis("bias variance $\\sigma_b^2$")};
  add(panel, plot::HeatMap{.grid = map,
                           .ramp = plot::Ramp::diverging,
                           .levels = color_levels(map.z),
                           .label = "decades per layer, $\\log_{10}\\sqrt{\\chi_1}$"});
  if (!p.depths.empty()) add(panel, depth_lines(p, r));
  add(panel, line_of("critical", r.critical_line(), {Ink::black, 1.6}));
  name_phases(p, r, panel);
  mark_critical_point(p, r, panel);
  mark_networks(p, panel);
  return {.panels = {panel}, .height_mm = 82};
}

const bool registered =
    add("phase-diagram", "Order and chaos at initialisation",
        "Shows over the plane of weight and bias variances by how many decades a layer of infinite width changes "
        "gradients, the critical line between vanishing and exploding ones, and how deep networks can be trained.",
        parameters(), outputs, run, draw, always<PhaseDiagram, 1>);

}  // namespace
}  // namespace experiments
