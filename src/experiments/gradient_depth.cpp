// Gradient norm by layer of deep networks as they are initialised, with mean-field theory over it.
// After Glorot and Bengio 2010, figures 6 to 8, and Schoenholz et al. 2017.
#include <algorithm>
#include <cmath>

#include "experiment/experiment.hpp"
#include "experiments/shared/derived.hpp"
#include "experiments/shared/each_of.hpp"
#include "experiments/shared/float_limits.hpp"
#include "experiments/shared/network_looks.hpp"
#include "experiments/shared/over_seeds.hpp"
#include "experiments/shared/positive_range.hpp"
#include "experiments/shared/sample.hpp"
#include "numerics/networks/gradient_norms.hpp"
#include "numerics/statistics.hpp"
#include "numerics/theory/gradient_theory.hpp"
#include "numerics/theory/mean_field.hpp"

namespace experiments {

namespace {

using numerics::Activation;
using numerics::Initialisation;
using numerics::NetworkKind;
using Profile = numerics::GradientNorms;  // of one network at one seed
using Values = std::vector<double>;

struct GradientDepth {
  std::string dataset = "auto";
  int depth = 50;
  int width = 100;
  std::vector<NetworkKind> networks{
      {Activation::tanh, Initialisation::normal},    {Activation::relu, Initialisation::he},
      {Activation::tanh, Initialisation::xavier},    {Activation::tanh, Initialisation::uniform_fan_in},
      {Activation::sigmoid, Initialisation::xavier}, {Activation::sigmoid, Initialisation::uniform_fan_in}};
  int batch = 256;
  int seeds = 10;
};

Parameters<GradientDepth> parameters() {
  return Parameters<GradientDepth>{}
      .dataset(&GradientDepth::dataset)
      .integer("depth", &GradientDepth::depth, "number of weight layers, the output layer included", from(2).to(1000))
      .integer("width", &GradientDepth::width, "units in each hidden layer", from(1).to(4096))
      .networks("networks", &GradientDepth::networks, "networks to compare, by name or as mappings")
      .integer("batch", &GradientDepth::batch, "images over which the loss is averaged", from(1).to(10000))
      .integer("seeds", &GradientDepth::seeds, "random initialisations of each network", from(1).to(1000));
}

/// Decades by which log10 norms change per layer towards the input, over the hidden layers (over both layers where
/// there is only one hidden).
double slope_towards_input(const Values& logs) {
  const std::size_t count = std::max<std::size_t>(2, logs.size() - 1);
  return -numerics::least_squares_slope(counted(count, 1), std::span(logs).first(count));
}

/// Both ways between norms and their decimal logarithms.
Values logs_of(Values norms) {
  for (double& norm : norms) norm = std::log10(norm);
  return norms;
}
Values norms_of(Values logs) {
  for (double& log : logs) log = std::pow(10, log);
  return logs;
}

/// One network: a profile of each seed, and the theory of its layers.
struct Measured {
  std::vector<Profile> profiles;
  numerics::GradientTheory theory;

  /// f of each seed, then the median.
  template <class F>
  double median(const F& f) const {
    return numerics::quantile(each_of(profiles, f), 0.5);
  }

  /// Median and 10-90 % band over the seeds; quantiles of the logarithm.
  Curve norms(Values Profile::*member) const {
    const auto of_seeds = each_of(profiles, member);
    const Curve logs = over_seeds(counted(of_seeds.front().size(), 1), of_seeds, four_fifths);
    return {logs.x, norms_of(logs.y), norms_of(logs.lower), norms_of(logs.upper)};
  }
  Curve error_signal() const { return norms(&Profile::error_signal); }
  Curve weight_gradient() const { return norms(&Profile::weight_gradient); }
  Curve error_theory() const { return {counted(theory.error_signal.size(), 1), theory.error_signal}; }
  Curve gradient_theory() const { return {counted(theory.weight_gradient.size(), 1), theory.weight_gradient}; }

  double slope() const {
    return median([](const Profile& p) { return slope_towards_input(p.error_signal); });
  }
  double theory_slope() const { return slope_towards_input(logs_of(theory.error_signal)); }

  /// Lost by the error signal over so many layers from the output.
  Values decades() const {
    Values lost;
    for (std::size_t k = 0, last = theory.error_signal.size() - 1; k <= last; ++k)
      lost.push_back(median([&](const Profile& p) { return p.error_signal[last] - p.error_signal[last - k]; }));
    return lost;
  }
  double all_decades() const { return decades().back(); }
  double gradient_decades() const {
    return median([](const Profile& p) { return p.weight_gradient.back() - p.weight_gradient.front(); });
  }
  double gradient_ratio() const { return std::pow(10, -gradient_decades()); }

  /// Decades between the extremes of the layers that are neither the first nor the last; 0 where there are none.
  double gradient_spread() const {
    const Values inner = weight_gradient().y;
    if (inner.size() < 3) return 0;
    const auto [low, high] = std::minmax_element(inner.begin() + 1, inner.end() - 1);
    return std::log10(*high / *low);
  }
};

struct Gradients {
  std::vector<Measured> networks;
};

numerics::MeanField field_of(const GradientDepth& p, const NetworkKind& kind) {
  return {kind.activation, p.width * numerics::weight_variance(kind, p.width, p.width), 0};
}

/// Decades by which two nearly equal inputs drift apart on their way through the network, relative to the signal:
/// sqrt(chi_1) a layer at a fixed point of the variance. Where there is none, the signal grows or shrinks along.
double drift_decades(const GradientDepth& p, const NetworkKind& kind) {
  const numerics::MeanField field = field_of(p, kind);
  const double variance = numerics::fixed_variance(field);
  if (variance == 0 || std::isinf(variance)) return 0;
  return (p.depth - 1) * 0.5 * std::log10(numerics::susceptibility(field, variance));
}

/// Where rounding errors stay small on their way through the layers, single precision gives all that can be seen.
bool is_single(const GradientDepth& p, const NetworkKind& kind) { return drift_decades(p, kind) < 1; }

struct AllowedOfNetwork {
  Allowed curve, decades, slope, ratio, others;
};

AllowedOfNetwork allowed_of(const GradientDepth& p, const NetworkKind& kind) {
  const auto all_within = [](double bound, const std::string& reason) {
    const Allowed number = within({bound, bound}, reason);
    return AllowedOfNetwork{within({bound}, reason), number, number, number, number};
  };
  if (is_single(p, kind))
    return all_within(
        1e-3, "linear algebra in single precision, whose rounding errors do not grow but may carry a unit over a kink");
  if (drift_decades(p, kind) < 5)
    return all_within(1e-9, "linear algebra in double precision: sums may be taken in another order");
  const std::string chaos =
      "chaotic: rounding errors grow to the size of the signal on their way through the layers, so that "
      "another order of sums is another draw of the networks";
  const Allowed curve = statistics({first_value({0.5}), median({0.5}), last_value({0.5})}, chaos);
  return {curve, within({0.05, 0.2}, chaos), within({0.05}, chaos), within({0.5}, chaos), curve};
}

const PanelInfo error_panel{
    "error signal", {"layer"}, {"norm of the error signal of one example, root mean square over the batch", "log"}};
const PanelInfo weight_panel{
    "weight gradient", {"layer"}, {"Frobenius norm of the weight gradient of the batch's mean loss", "log"}};

Outputs<Measured> outputs_of(const GradientDepth& p, const NetworkKind& kind) {
  const auto [curve, decades, slope, ratio, others] = allowed_of(p, kind);
  const auto sigma_w2 = [field = field_of(p, kind)](const Measured&) { return field.weight_variance; };
  const auto chi = [field = field_of(p, kind)](const Measured&) {
    return numerics::susceptibility(field, numerics::fixed_variance(field));
  };
  return Outputs<Measured>{}
      .measured(error_panel, "", &Measured::error_signal, curve)
      .theory(error_panel, "", &Measured::error_theory, curve)
      .measured(weight_panel, "", &Measured::weight_gradient, curve)
      .theory(weight_panel, "", &Measured::gradient_theory, curve)
      .number("decades", &Measured::all_decades,
              "decades that the error signal loses from the output layer to layer 1; negative where it grows; median "
              "over the seeds",
              decades)
      .sequence("decades", 0, &Measured::decades,
                "decades that the error signal loses over the first k layers counted from the output, k = 0 to "
                "depth - 1; median over the seeds",
                decades)
      .number("slope", &Measured::slope,
              "change of log10 of the error signal per layer towards the input, least squares over the hidden layers; "
              "negative where it vanishes; median over the seeds",
              slope)
      .number("theory-slope", &Measured::theory_slope, "the same of the theory's curve", slope)
      .number("sigma-w2", sigma_w2, "variance of a hidden layer's weights times its fan-in", others)
      .number("chi", chi,
              "factor by which a layer of infinite width multiplies the mean square of the error signal, where the "
              "variance of the pre-activations has settled",
              others)
      .sequence("error-signal", 1, then(&Measured::error_signal, &Curve::y),
                "norm of the error signal of layer l, as drawn", others)
      .sequence("weight-gradient", 1, then(&Measured::weight_gradient, &Curve::y),
                "Frobenius norm of the weight gradient of layer l, as drawn", others)
      .number("gradient-decades", &Measured::gradient_decades,
              "decades that the weight gradient loses from the output layer to layer 1; median over the seeds", decades)
      .number("gradient-ratio", &Measured::gradient_ratio,
              "weight gradient of layer 1 over that of the output layer; median over the seeds", ratio)
      .number("gradient-spread", &Measured::gradient_spread,
              "decades between the largest and the smallest weight gradient of the layers 2 to depth - 1, as drawn",
              decades);
}

Outputs<Gradients> outputs(const GradientDepth& p) {
  return Outputs<Gradients>{}.each(names(p.networks), &Gradients::networks,
                                   [&](std::size_t i) { return outputs_of(p, p.networks[i]); });
}

/// The theory from the network's own output layer downwards, where both curves start at the median over the seeds. The
/// weight gradient is scaled to do so: that examples of one class resemble each other is not in the theory.
numerics::GradientTheory theory_of(const Measured& m, const std::vector<numerics::LayerTheory>& layers, int batch) {
  const numerics::PairMoments output{m.median([](auto& p) { return p.output_error.self; }),
                                     m.median([](auto& p) { return p.output_error.pair; })};
  auto theory = numerics::gradient_theory(layers, output, batch);
  const double start = std::pow(10, m.median([](auto& p) { return p.weight_gradient.back(); }));
  const double scale = start / theory.weight_gradient.back();
  for (double& norm : theory.weight_gradient) norm *= scale;
  return theory;
}

Gradients run(const GradientDepth& p, Run& run) {
  const auto& dataset = *run.dataset;
  const auto sizes = numerics::layer_sizes(static_cast<int>(dataset.images.rows()), p.width, p.depth, dataset.classes);
  const auto samples = draw_samples(run, p.batch, p.seeds);
  auto profiles = run.table(p.networks, p.seeds, [&](const NetworkKind& kind, int seed) {
    const auto weights = numerics::initialise(kind, sizes, run.random.child(kind.name()).child("weights", seed));
    const auto& [images, labels] = samples[static_cast<std::size_t>(seed)];
    return is_single(p, kind) ? numerics::gradient_norms(weights, images, labels)
                              : numerics::gradient_norms_in<double>(weights, images, labels);
  });
  const auto layers = run.each(p.networks, [&, input = mean_moments(samples)](const NetworkKind& kind) {
    return numerics::propagate(kind, sizes, input);
  });
  Gradients result;
  for (std::size_t i = 0; i < profiles.size(); ++i) {
    Measured& m = result.networks.emplace_back(Measured{std::move(profiles[i]), {}});
    m.theory = theory_of(m, layers[i], static_cast<int>(samples.front().labels.size()));
  }
  return result;
}

// ---- The figure.

/// From the output layer to the input: the way in which the curves are read and their ends are labelled.
Curve reversed(Curve curve) {
  for (Values* values : {&curve.x, &curve.y, &curve.lower, &curve.upper}) std::reverse(values->begin(), values->end());
  return curve;
}

plot::Panel panel_of(std::string title, int depth) {
  plot::Axis layers{.label = "layer $\\ell$  (output $\\to$ input)",
                    .min = 1,
                    .max = depth,
                    .reversed = true,
                    .ticks = {1},
                    .counts = true};
  const int step = depth <= 10 ? 1 : depth <= 20 ? 5 : depth <= 60 ? 10 : depth <= 250 ? 50 : 200;
  for (int tick = step; tick <= depth; tick += step)
    if (tick > 1) layers.ticks.push_back(tick);
  return {.title = std::move(title), .x = layers, .y = {.scale = plot::ScaleKind::log}};
}

void mark_float_limits(const PositiveRange& norms, bool labelled, plot::Panel& panel) {
  if (norms.low < smallest_normal_float) panel.marks.push_back(subnormal_floats(labelled));
  if (norms.high > largest_float) panel.marks.push_back(end_of_floats(labelled));
}

/// The curves that neither vanish nor explode again, on a scale on which their bands can be seen.
void add_inset(const GradientDepth& p, const Gradients& r, const PositiveRange& norms, plot::Panel& panel) {
  std::vector<NetworkKind> flat;
  std::vector<Curve> curves;
  PositiveRange bands;
  for (std::size_t i = 0; i < p.networks.size(); ++i) {
    const Curve c = r.networks[i].weight_gradient();
    if (!std::all_of(c.y.begin(), c.y.end(), [](double v) { return v > 0.01 && v < 100; })) continue;
    flat.push_back(p.networks[i]);
    curves.push_back(reversed(c));
    bands.include(c.lower);
    bands.include(c.upper);
  }
  const bool scale_is_wide = norms.high / norms.low > 1e12;
  if (flat.size() < 2 || !scale_is_wide) return;
  const double depth = p.depth;
  plot::Inset inset{.height = 0.25};
  inset.panel.x = {.min = 1, .max = depth, .reversed = true, .ticks = {1, depth}, .counts = true};
  inset.panel.y = {.scale = plot::ScaleKind::log,
                   .min = std::pow(10, std::floor(std::log10(bands.low))),
                   .max = std::pow(10, std::ceil(std::log10(bands.high)))};
  add_network_curves(
      inset.panel, flat, [&](std::size_t i) { return curves[i]; }, false);
  panel.insets.push_back(std::move(inset));
}

/// What the dashes are, on the side of the starting point on which there is more room.
plot::Note theory_note(const GradientDepth& p, const PositiveRange& norms) {
  const bool above = norms.high > 1e10 || norms.high * norms.low > 1;
  const double bottom = std::max(norms.low, 100 * smallest_normal_float);
  return {.x = static_cast<double>(p.depth),
          .y = above ? norms.high : bottom,
          .text = "dashed: theory, infinite width",
          .dx = 4};
}

/// The left panel names the limits of floats, the right one the curves.
plot::Figure draw(const GradientDepth& p, const Gradients& r) {
  const auto& m = r.networks;
  PositiveRange norms;
  for (const Measured& network : m)
    for (const Curve& curve : {network.error_signal(), network.weight_gradient()}) norms.include(curve.y);

  plot::Panel left = panel_of("error signal $\\|\\delta^{(\\ell)}\\|$", p.depth);
  mark_float_limits(norms, true, left);
  add_network_curves(
      left, p.networks, [&](std::size_t i) { return reversed(m[i].error_signal()); }, false);
  add_network_theory(left, p.networks, [&](std::size_t i) { return reversed(m[i].error_theory()); });
  left.marks.push_back(theory_note(p, norms));

  plot::Panel right = panel_of("weight gradient $\\|\\nabla_{W^{(\\ell)}} \\mathcal{L}\\|$", p.depth);
  mark_float_limits(norms, false, right);
  add_network_curves(right, p.networks, [&](std::size_t i) { return reversed(m[i].weight_gradient()); });
  add_network_theory(right, p.networks, [&](std::size_t i) { return reversed(m[i].gradient_theory()); });
  add_inset(p, r, norms, right);
  return {.panels = {left, right}, .columns = 2, .share_y = true, .width = plot::FigureWidth::full, .height_mm = 85};
}

const bool registered = add(Definition<GradientDepth, Gradients>{
    .name = "gradient-depth",
    .title = "Gradient norm by layer",
    .summary = "Backpropagates one batch through freshly initialised deep networks and shows the norms of the error "
               "signal and of the weight gradient in every layer, with mean-field theory. Norms far outside of a "
               "float's range are kept by exponents of their own.",
    .parameters = parameters(),
    .outputs = outputs,
    .run = run,
    .draw = draw});

}  // namespace
}  // namespace experiments
