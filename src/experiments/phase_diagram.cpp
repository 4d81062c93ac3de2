// Order and chaos at initialisation: how gradients change per layer over the plane of weight and bias variances, and
// how deep a signal reaches. Poole et al. 2016, figure 1; Schoenholz et al. 2017, figures 2 and 5. All by quadrature.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "experiment/experiment.hpp"
#include "experiments/shared/descent.hpp"
#include "experiments/shared/each_of.hpp"
#include "experiments/shared/network_looks.hpp"
#include "numerics/networks/initialisation.hpp"
#include "numerics/statistics.hpp"
#include "numerics/theory/correlation_map.hpp"

namespace experiments {
namespace {

using numerics::Activation;
using numerics::Initialisation;
using numerics::MeanField;
using numerics::NetworkKind;
using numerics::Phase;
using Values = std::vector<double>;

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

struct PhaseDiagram {
  std::string activation = "tanh";
  Values weight_variances{0.2, 5};
  Values bias_variances{0, 2};
  int resolution = 80;
  Values depths{20, 50, 200};
  double line_bias_variance = 0.05;
  Values line_weight_variances{1, 1.3, 1.7, 1.75, 2, 4};
  Values critical_bias_variances{2.01e-5, 0.001, 0.01, 0.05, 0.1, 0.5, 1, 2};
  std::vector<NetworkKind> networks{{Activation::sigmoid, Initialisation::uniform_fan_in},
                                    {Activation::sigmoid, Initialisation::xavier},
                                    {Activation::sigmoid, Initialisation::he},
                                    {Activation::tanh, Initialisation::uniform_fan_in},
                                    {Activation::tanh, Initialisation::xavier},
                                    {Activation::tanh, Initialisation::he},
                                    {Activation::tanh, Initialisation::normal},
                                    {Activation::relu, Initialisation::xavier},
                                    {Activation::relu, Initialisation::he},
                                    {Activation::relu, Initialisation::normal}};
  int width = 100;
};

Parameters<PhaseDiagram> parameters() {
  using P = PhaseDiagram;
  return Parameters<P>{}
      .choice("activation", &P::activation, numerics::activation_names(), "activation whose plane is shown")
      .numbers("weight-variances", &P::weight_variances, "smallest and largest sigma_w^2 = n Var W shown",
               above(0).to(1e4), {.least = 2, .most = 2})
      .numbers("bias-variances", &P::bias_variances, "smallest and largest sigma_b^2 shown", from(0).to(1e4),
               {.least = 2, .most = 2})
      .integer("resolution", &P::resolution, "cells of the map along each axis", from(4).to(400))
      .numbers("depths", &P::depths, "depths in layers for which the limit of trainable networks is drawn",
               from(1).to(1e5), {.most = 6})
      .number("line-bias-variance", &P::line_bias_variance,
              "sigma_b^2 of the points of which phases are exported; its critical point is marked", from(0).to(1e4))
      .numbers("line-weight-variances", &P::line_weight_variances, "sigma_w^2 of these points", above(0).to(1e4))
      .numbers("critical-bias-variances", &P::critical_bias_variances,
               "sigma_b^2 at which critical weight variances are exported", from(0).to(1e4))
      .networks("networks", &P::networks,
                "networks whose factors are exported, without biases; those of this activation are marked")
      .integer("width", &P::width, "width n at which the normal initialisation has n Var W = n", from(1).to(1000000));
}

void check_range(const std::string& name, const Values& range, std::vector<ParameterError>& errors) {
  if (range[0] >= range[1])
    errors.push_back({{name},
                      fmt::format("parameter '{}' goes from {} to {}; the first must be the smaller", name,
                                  in_full(range[0]), in_full(range[1]))});
}

std::vector<ParameterError> check(const PhaseDiagram& p) {
  std::vector<ParameterError> errors;
  check_range("weight-variances", p.weight_variances, errors);
  check_range("bias-variances", p.bias_variances, errors);
  return errors;
}

/// Schoenholz et al. 2017 train networks up to about six times the depth over which correlations are felt.
constexpr double trainable = 6;

Activation activation_of(const PhaseDiagram& p) { return *numerics::activation(p.activation); }

/// What one layer does to the norm of an error signal, as a power of ten.
double decades(double chi) { return 0.5 * std::log10(chi); }

double weight_variance_of(const NetworkKind& kind, int width) {
  return width * numerics::weight_variance(kind, width, width);
}

std::vector<std::string> point_names(const PhaseDiagram& p) {
  return each_of(p.line_weight_variances, [](double variance) { return fmt::format("sigma_w2={}", variance); });
}

/// Samples of a range; the exponent 2 makes them denser at its lower end.
Values samples(const Values& range, int cells, double exponent = 1) {
  Values values;
  for (int i = 0; i <= cells; ++i)
    values.push_back(std::lerp(range[0], range[1], std::pow(static_cast<double>(i) / cells, exponent)));
  return values;
}

/// Near sigma_b^2 = 0 the critical line leaves its end like a root.
Values bias_samples(const PhaseDiagram& p) { return samples(p.bias_variances, p.resolution, 2); }

std::vector<std::string> row_names(const PhaseDiagram& p) {
  return each_of(bias_samples(p), [](double variance) { return fmt::format("sigma_b2={:.6g}", variance); });
}

/// What one row of the map holds, at one bias variance.
struct Row {
  Values decades, trainable_depth;
  double critical = nothing;  // where the critical line crosses it
};

struct CriticalPoint {
  double weight_variance = nothing, variance = nothing;
};

/// What a layer does where the variance has settled.
struct Settled {
  double weight_variance = 0, variance = 0, chi = 0;
};

struct Plane {
  Values weight_variances, bias_variances;  // of the map's columns and rows
  std::vector<Row> rows;
  CriticalPoint critical;  // with line-bias-variance
  double critical_without_bias = nothing;
  std::vector<CriticalPoint> critical_points;  // of critical-bias-variances
  std::vector<Phase> points;                   // of line-weight-variances
  std::vector<Settled> networks;
};

const Allowed quadrature = within({1e-9, 1e-9}, "quadrature and root finding in double precision");
const Allowed inverse = within({1e-6}, "the inverse of a logarithm that vanishes on the critical line");
const Allowed twofold = within(
    {1e-6}, "without biases chi_1 - 1 vanishes twofold at the critical point, which is known to half the digits");

Outputs<Phase> outputs_of_point() {
  return Outputs<Phase>{}
      .number("variance", &Phase::variance,
              "q*, the variance of pre-activations to which this sigma_w^2 leads with line-bias-variance", quadrature)
      .number("chi", &Phase::susceptibility, "chi_1 there: what a layer does to the squared norm of an error signal",
              quadrature)
      .number("correlation", &Phase::correlation, "c*, the correlation to which two inputs are drawn", quadrature)
      .number("correlation-depth", &Phase::correlation_depth,
              "xi_c, the layers over which a difference of correlations falls by a factor e", inverse)
      .number(
          "trainable-depth", [](const Phase& at) { return trainable * at.correlation_depth; }, "6 xi_c", inverse);
}

Outputs<Settled> outputs_of_network() {
  return Outputs<Settled>{}
      .number("weight-variance", &Settled::weight_variance, "sigma_w^2 = n Var W", quadrature)
      .number("variance", &Settled::variance, "q*, without biases", quadrature)
      .number("chi", &Settled::chi, "chi_1, what a layer does to the squared norm of an error signal", quadrature)
      .number(
          "factor", [](const Settled& at) { return std::sqrt(at.chi); },
          "its square root, what a layer does to the norm", quadrature)
      .number(
          "decades", [](const Settled& at) { return decades(at.chi); },
          "log10 of that; negative where gradients vanish", quadrature);
}

/// The critical line over the rows that it crosses.
Curve critical_line(const Plane& r) {
  Curve line;
  for (std::size_t j = 0; j < r.rows.size(); ++j) {
    if (std::isnan(r.rows[j].critical)) continue;
    line.x.push_back(r.rows[j].critical);
    line.y.push_back(r.bias_variances[j]);
  }
  return line;
}

Values of_critical_points(const Plane& r, double CriticalPoint::*what) {
  Values values;
  for (const CriticalPoint& point : r.critical_points) values.push_back(point.*what);
  return values;
}

Outputs<Plane> outputs(const PhaseDiagram& p) {
  const AxisInfo x{"weight variance sigma_w^2"};
  const PanelInfo map{"decades per layer", x, {"change of the error signal's norm, decades per layer"}};
  const PanelInfo depth{"trainable depth", x, {"trainable depth 6 xi_c, layers", "log"}};
  const PanelInfo plane{"critical line", x, {"bias variance sigma_b^2"}};
  Outputs<Plane> o;
  o.number(
       "critical.weight-variance", [](const Plane& r) { return r.critical.weight_variance; },
       "sigma_w^2 at which chi_1 = 1 for line-bias-variance; NaN where there is none", quadrature)
      .number(
          "critical.variance", [](const Plane& r) { return r.critical.variance; },
          "variance q* of the pre-activations there", quadrature)
      .number("critical-without-bias.weight-variance", &Plane::critical_without_bias,
              "sigma_w^2 at which chi_1 = 1 without biases", twofold)
      .sequence(
          "critical-weight-variance", 1,
          [](const Plane& r) { return of_critical_points(r, &CriticalPoint::weight_variance); },
          "the same for the i-th of critical-bias-variances, i from 1", quadrature)
      .sequence(
          "critical-variance", 1, [](const Plane& r) { return of_critical_points(r, &CriticalPoint::variance); },
          "variance q* there", quadrature)
      .each(point_names(p), &Plane::points, outputs_of_point())
      .each(names(p.networks), &Plane::networks, outputs_of_network());
  const auto rows = row_names(p);
  for (std::size_t j = 0; j < rows.size(); ++j)
    o.theory(
         map, rows[j],
         [j](const Plane& r) {
           return Curve{r.weight_variances, r.rows[j].decades};
         },
         quadrature)
        .theory(
            depth, rows[j],
            [j](const Plane& r) {
              return Curve{r.weight_variances, r.rows[j].trainable_depth};
            },
            inverse);
  return o.theory(plane, "critical", critical_line, twofold);
}

double critical(Activation phi, double bias_variance) {
  return numerics::critical_weight_variance(phi, bias_variance, 1e-3, 1e4).value_or(nothing);
}

Row row_at(const PhaseDiagram& p, double bias_variance, const Values& weight_variances) {
  const Activation phi = activation_of(p);
  Row row;
  for (const double weight_variance : weight_variances) {
    const Phase phase = numerics::phase_of({phi, weight_variance, bias_variance});
    row.decades.push_back(decades(phase.susceptibility));
    row.trainable_depth.push_back(trainable * phase.correlation_depth);
  }
  const auto line =
      numerics::critical_weight_variance(phi, bias_variance, weight_variances.front(), weight_variances.back());
  row.critical = line.value_or(nothing);
  return row;
}

CriticalPoint critical_point(Activation phi, double bias_variance) {
  const double weight_variance = critical(phi, bias_variance);
  if (std::isnan(weight_variance)) return {};
  return {weight_variance, numerics::fixed_variance({phi, weight_variance, bias_variance})};
}

Settled settled(const NetworkKind& kind, int width) {
  const MeanField field{kind.activation, weight_variance_of(kind, width), 0};
  return {field.weight_variance, numerics::fixed_variance(field), numerics::settled_susceptibility(field)};
}

Plane run(const PhaseDiagram& p, Run& run) {
  const Activation phi = activation_of(p);
  Plane r{.weight_variances = samples(p.weight_variances, p.resolution), .bias_variances = bias_samples(p)};
  r.rows = run.each(r.bias_variances, [&](double variance) { return row_at(p, variance, r.weight_variances); });
  r.critical = critical_point(phi, p.line_bias_variance);
  r.critical_without_bias = critical(phi, 0);
  for (const double variance : p.critical_bias_variances) r.critical_points.push_back(critical_point(phi, variance));
  for (const double variance : p.line_weight_variances)
    r.points.push_back(numerics::phase_of({phi, variance, p.line_bias_variance}));
  for (const NetworkKind& kind : p.networks) r.networks.push_back(settled(kind, p.width));
  return r;
}

// ---- The figure.

plot::Grid grid_of(const Plane& r, Values Row::*what) {
  plot::Grid grid{r.weight_variances, r.bias_variances, {}};
  for (const Row& row : r.rows) grid.z.insert(grid.z.end(), (row.*what).begin(), (row.*what).end());
  return grid;
}

/// Level lines of the trainable depth, named. It is infinite on the critical line; its inverse with the sign of the
/// phase passes smoothly through zero there.
plot::Contours depth_lines(const PhaseDiagram& p, const Plane& r) {
  plot::Contours lines;
  lines.grid = grid_of(r, &Row::trainable_depth);
  lines.stroke = {plot::Ink::foreground, 0.5, plot::Dash::solid, 1};
  const plot::Grid map = grid_of(r, &Row::decades);
  for (std::size_t i = 0; i < map.z.size(); ++i) lines.grid.z[i] = std::copysign(1 / lines.grid.z[i], map.z[i]);
  const double shallowest = *std::min_element(p.depths.begin(), p.depths.end());
  for (const double depth : p.depths)
    for (const double sign : {-1.0, 1.0}) {
      lines.levels.push_back(sign / depth);
      lines.names.push_back(fmt::format("{}{}", depth, depth == shallowest && sign < 0 ? " layers" : ""));
    }
  return lines;
}

/// Between which lines a sample lies: how many of the given depths are beyond it, with the sign of its phase.
int band_of(double decades, double trainable_depth, const Values& depths) {
  const auto shallower =
      std::count_if(depths.begin(), depths.end(), [&](double depth) { return trainable_depth < depth; });
  return (decades < 0 ? 1 : -1) * (1 + static_cast<int>(shallower));
}

/// The roomiest place of one phase for a name, which is wider than high, in fractions of the panel: the sample that is
/// farthest from the frame and from the lines around it. Nothing where the phase is not to be seen.
std::optional<plot::PaperPoint> roomiest(const plot::Grid& map, const std::vector<int>& bands, bool ordered) {
  constexpr double flatness = 0.4;
  const std::size_t n = map.x.size(), m = map.y.size();
  const std::size_t stride = std::max<std::size_t>(1, n / 40);
  const auto place = [&](std::size_t i, std::size_t j) {
    return plot::PaperPoint{(map.x[i] - map.x[0]) / (map.x[n - 1] - map.x[0]),
                            (map.y[j] - map.y[0]) / (map.y[m - 1] - map.y[0])};
  };
  const auto distance = [](double dx, double dy) { return std::hypot(flatness * dx, dy); };
  double most = 0.02;
  std::optional<plot::PaperPoint> best;
  for (std::size_t j = 0; j < m; j += stride) {
    for (std::size_t i = 0; i < n; i += stride) {
      const int band = bands[j * n + i];
      if ((band > 0) != ordered) continue;
      const plot::PaperPoint here = place(i, j);
      double room = std::min({flatness * here.x, flatness * (1 - here.x), here.y, 1 - here.y});
      for (std::size_t l = 0; l < m && room > most; l += stride)
        for (std::size_t k = 0; k < n; k += stride)
          if (bands[l * n + k] != band) room = std::min(room, distance(place(k, l).x - here.x, place(k, l).y - here.y));
      if (room > most) {
        most = room;
        best = here;
      }
    }
  }
  return best;
}

void name_phases(const PhaseDiagram& p, const Plane& r, std::vector<plot::Mark>& marks) {
  const plot::Grid map = grid_of(r, &Row::decades), reach = grid_of(r, &Row::trainable_depth);
  std::vector<int> bands;
  for (std::size_t i = 0; i < map.z.size(); ++i) bands.push_back(band_of(map.z[i], reach.z[i], p.depths));
  for (const bool ordered : {true, false})
    if (const auto at = roomiest(map, bands, ordered))
      marks.push_back(plot::Note{.x = std::lerp(p.weight_variances[0], p.weight_variances[1], at->x),
                                 .y = std::lerp(p.bias_variances[0], p.bias_variances[1], at->y),
                                 .text = ordered ? "ordered:\ngradients vanish" : "chaotic:\ngradients explode",
                                 .anchor = plot::Anchor::centre,
                                 .ink = plot::Ink::foreground});
}

plot::Points marked(double weight_variance, double bias_variance) {
  return {.x = {weight_variance}, .y = {bias_variance}, .size = 4.5};
}

plot::Note named(double weight_variance, double bias_variance, std::string name, double dx, double dy,
                 std::string in_legend) {
  return {.x = weight_variance,
          .y = bias_variance,
          .text = std::move(name),
          .anchor = plot::Anchor::left,
          .ink = plot::Ink::foreground,
          .dx = dx,
          .dy = dy,
          .in_legend = std::move(in_legend)};
}

bool inside(double value, const Values& range) { return value >= range[0] && value <= range[1]; }

/// The critical point of the line sigma_b^2 = const, named at the end of a leader into the chaotic phase.
void mark_critical_point(const PhaseDiagram& p, const Plane& r, std::vector<plot::Mark>& marks) {
  const double weights = r.critical.weight_variance, biases = p.line_bias_variance;
  if (!inside(weights, p.weight_variances) || !inside(biases, p.bias_variances)) return;
  const double x = weights + 0.1 * (p.weight_variances[1] - p.weight_variances[0]);
  const double y = biases + 0.03 * (p.bias_variances[1] - p.bias_variances[0]);
  marks.push_back(plot::Line{.x = {weights, x}, .y = {biases, y}, .stroke = {plot::Ink::foreground, 0.5}});
  marks.push_back(marked(weights, biases));
  marks.push_back(
      named(x, y, fmt::format("({}, {})", rounded_in_words(weights, 4), rounded_in_words(biases, 3)), 2, 0,
            fmt::format("critical at $\\sigma_w^2={}$, $\\sigma_b^2={}$", rounded(weights, 4), rounded(biases, 3))));
}

/// Networks without biases stand on the lower edge of the plane, their names under it on a strip of clean paper.
void mark_networks(const PhaseDiagram& p, plot::Panel& panel) {
  if (p.bias_variances[0] > 0) return;
  for (const NetworkKind& kind : p.networks) {
    const double variance = weight_variance_of(kind, p.width);
    if (kind.activation != activation_of(p) || !inside(variance, p.weight_variances)) continue;
    const std::string label = network_label(kind);
    panel.marks.push_back(marked(variance, 0));
    // The widest name is that of the smallest variance, which stands near the left edge.
    const double dx = kind.initialisation == Initialisation::uniform_fan_in ? -7 : -2;
    panel.marks.push_back(named(variance, 0, label.substr(label.find(", ") + 2), dx, -9,
                                label + " at $\\sigma_w^2=" + rounded(variance, 4) + "$"));
    panel.y.min = -0.06 * p.bias_variances[1];
  }
}

/// Steps of an eighth of the first of 0.2, 0.4, 1, ... decades within which nine tenths of the map lie; a few extreme
/// places must not take the colours from all others.
Values color_levels(const plot::Grid& map) {
  Values sizes;
  double low = 0, high = 0;
  for (const double z : map.z) {
    if (!std::isfinite(z)) continue;
    sizes.push_back(std::abs(z));
    low = std::min(low, z);
    high = std::max(high, z);
  }
  double limit = 0.2;
  const double most = numerics::quantile(sizes, 0.9);
  for (const double next : {0.4, 1.0, 2.0, 4.0, 10.0, 20.0}) {
    if (limit >= most) break;
    limit = next;
  }
  const double step = limit / 8;
  Values levels;
  for (int k = -8; k <= 8; ++k)
    if ((k + 1) * step > low && (k - 1) * step < high) levels.push_back(k * step);
  return levels;
}

plot::Figure draw(const PhaseDiagram& p, const Plane& r) {
  const plot::Grid map = grid_of(r, &Row::decades);
  const Curve line = critical_line(r);
  plot::Panel panel{.x = {.label = "weight variance $\\sigma_w^2$"}, .y = {.label = "bias variance $\\sigma_b^2$"}};
  panel.marks.push_back(plot::HeatMap{.grid = map,
                                      .ramp = plot::Ramp::diverging,
                                      .levels = color_levels(map),
                                      .label = "decades per layer, $\\log_{10}\\sqrt{\\chi_1}$"});
  if (!p.depths.empty()) panel.marks.push_back(depth_lines(p, r));
  panel.marks.push_back(plot::Line{.series = "critical", .x = line.x, .y = line.y, .stroke = {plot::Ink::black, 1.6}});
  name_phases(p, r, panel.marks);
  mark_critical_point(p, r, panel.marks);
  mark_networks(p, panel);
  return {.panels = {panel}, .height_mm = 82};
}

const bool registered = add(Definition<PhaseDiagram, Plane>{
    .name = "phase-diagram",
    .title = "Order and chaos at initialisation",
    .summary =
        "Shows over the plane of weight and bias variances by how many decades a layer of infinite width changes "
        "gradients, the critical line between vanishing and exploding ones, and how deep networks can be trained.",
    .parameters = parameters(),
    .check = check,
    .outputs = outputs,
    .run = run,
    .draw = draw});

}  // namespace
}  // namespace experiments
