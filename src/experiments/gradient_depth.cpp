// Gradient norm by layer of deep networks as they are initialised, with mean-field theory over it.
// After Glorot and Bengio 2010, figures 6 to 8, and Schoenholz et al. 2017.
#include <algorithm>
#include <cmath>

#include "experiment/experiment.hpp"
#include "experiments/shared/float_limits.hpp"
#include "experiments/shared/images.hpp"
#include "experiments/shared/networks.hpp"
#include "numerics/networks/gradient_norms.hpp"
#include "numerics/theory/correlation_map.hpp"
#include "numerics/theory/gradient_theory.hpp"

namespace experiments {
namespace {

using Profile = numerics::GradientNorms;  // of one network at one seed

struct GradientDepth {
  std::string dataset = "auto";
  int depth = 50, width = 100;
  std::vector<NetworkKind> networks = numerics::network_kinds(
      {"tanh-normal", "relu-he", "tanh-xavier", "tanh-uniform-fan-in", "sigmoid-xavier", "sigmoid-uniform-fan-in"});
  int batch = 256, seeds = 10;
};

Parameters<GradientDepth> parameters() {
  using P = GradientDepth;
  return with_images(&P::dataset)
      .integer("depth", &P::depth, "number of weight layers, the output layer included", from(2).to(1000))
      .integer("width", &P::width, "units in each hidden layer", from(1).to(4096))
      .parameter(network_list, "networks", &P::networks, "networks to compare, by name or as mappings")
      .integer("batch", &P::batch, "images over which the loss is averaged", from(1).to(10000))
      .integer("seeds", &P::seeds, "random initialisations of each network", from(1).to(1000));
}

/// Decades by which log10 norms change per layer towards the input, over the hidden layers (over both layers where
/// there is only one hidden).
double slope_towards_input(const Numbers& logs) {
  const std::size_t count = std::max<std::size_t>(2, logs.size() - 1);
  return -numerics::least_squares_slope(counted(count, 1), std::span(logs).first(count));
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
  Curve norms(Numbers Profile::*member) const {
    const auto of_seeds = each_of(profiles, member);
    return with_y(over_seeds(counted(of_seeds[0].size(), 1), of_seeds, four_fifths), power_of_ten);
  }
  Curve error_signal() const { return norms(&Profile::error_signal); }
  Curve weight_gradient() const { return norms(&Profile::weight_gradient); }
  Curve error_theory() const { return {counted(theory.error_signal.size(), 1), theory.error_signal}; }
  Curve gradient_theory() const { return {counted(theory.weight_gradient.size(), 1), theory.weight_gradient}; }

  double slope() const {
    return median([](const Profile& p) { return slope_towards_input(p.error_signal); });
  }
  double theory_slope() const {
    return slope_towards_input(each_of(theory.error_signal, [](double norm) { return std::log10(norm); }));
  }

  /// Lost by the error signal over so many layers from the output.
  Numbers decades() const {
    const std::size_t layers = theory.error_signal.size();
    return list_of(layers, [&](std::size_t k) {
      return median([&](const Profile& p) { return p.error_signal[layers - 1] - p.error_signal[layers - 1 - k]; });
    });
  }
  double gradient_decades() const {
    return median([](const Profile& p) { return p.weight_gradient.back() - p.weight_gradient.front(); });
  }
  double gradient_ratio() const { return std::pow(10, -gradient_decades()); }

  /// Decades between the extremes of the layers that are neither the first nor the last; 0 where there are none.
  double gradient_spread() const {
    const Numbers inner = weight_gradient().y;
    if (inner.size() < 3) return 0;
    const auto [low, high] = std::minmax_element(inner.begin() + 1, inner.end() - 1);
    return std::log10(*high / *low);
  }
};

using Gradients = std::vector<Measured>;  // of each network

double drift(const GradientDepth& p, const NetworkKind& kind) {
  return numerics::drift_decades(numerics::field_of(kind, p.width), p.depth - 1);
}

/// Where rounding errors stay small on their way through the layers, single precision gives all that can be seen.
bool is_single(const GradientDepth& p, const NetworkKind& kind) { return drift(p, kind) < 1; }

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
  if (drift(p, kind) < 5)
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
  const numerics::MeanField field = numerics::field_of(kind, p.width);
  return Outputs<Measured>{others}
      .curve(measured, error_panel, "", &Measured::error_signal, curve)
      .curve(theory, error_panel, "", &Measured::error_theory, curve)
      .curve(measured, weight_panel, "", &Measured::weight_gradient, curve)
      .curve(theory, weight_panel, "", &Measured::gradient_theory, curve)
      .number("decades", then(&Measured::decades, last),
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
      .number("sigma-w2", field.weight_variance, "variance of a hidden layer's weights times its fan-in")
      .number("chi", numerics::susceptibility(field, numerics::fixed_variance(field)),
              "factor by which a layer of infinite width multiplies the mean square of the error signal, where the "
              "variance of the pre-activations has settled")
      .sequence("error-signal", 1, &Measured::error_signal, "norm of the error signal of layer l, as drawn")
      .sequence("weight-gradient", 1, &Measured::weight_gradient,
                "Frobenius norm of the weight gradient of layer l, as drawn")
      .number("gradient-decades", &Measured::gradient_decades,
              "decades that the weight gradient loses from the output layer to layer 1; median over the seeds", decades)
      .number("gradient-ratio", &Measured::gradient_ratio,
              "weight gradient of layer 1 over that of the output layer; median over the seeds", ratio)
      .number("gradient-spread", &Measured::gradient_spread,
              "decades between the largest and the smallest weight gradient of the layers 2 to depth - 1, as drawn",
              decades);
}

Outputs<Gradients> outputs(const GradientDepth& p) {
  return Outputs<Gradients>{}.each(names(p.networks), std::identity{},
                                   [&](std::size_t i) { return outputs_of(p, p.networks[i]); });
}

/// The theory from the network's own output layer downwards, where both curves start at the median over the seeds. The
/// weight gradient is scaled to do so: that examples of one class resemble each other is not in the theory.
numerics::GradientTheory theory_of(const Measured& m, const std::vector<numerics::LayerTheory>& layers, int batch) {
  const numerics::PairMoments output{m.median([](auto& p) { return p.output_error.self; }),
                                     m.median([](auto& p) { return p.output_error.pair; })};
  return numerics::gradient_theory(layers, output, batch,
                                   power_of_ten(m.median([](auto& p) { return p.weight_gradient.back(); })));
}

Gradients run(const GradientDepth& p, Run& run) {
  const auto sizes = layer_sizes(*run.dataset, p.width, p.depth);
  const auto samples = draw_samples(run, p.batch, p.seeds);
  run.parts = 2;
  auto profiles = run.table(p.networks, p.seeds, [&](const NetworkKind& kind, int seed) {
    const auto weights = random_network(run, kind, sizes, seed);
    const auto& [images, labels] = samples[static_cast<std::size_t>(seed)];
    return is_single(p, kind) ? numerics::gradient_norms(weights, images, labels)
                              : numerics::gradient_norms_in<double>(weights, images, labels);
  });
  const auto layers = run.each(p.networks, [&, input = mean_moments(samples)](const NetworkKind& kind) {
    return numerics::propagate(kind, sizes, input);
  });
  Gradients result;
  for (std::size_t i = 0; i < profiles.size(); ++i) {
    Measured& m = result.emplace_back(Measured{std::move(profiles[i]), {}});
    m.theory = theory_of(m, layers[i], static_cast<int>(samples.front().labels.size()));
  }
  return result;
}

// ---- The figure.

/// From the output layer to the input: the way in which the curves are read and their ends are labelled.
Curve reversed(Curve curve) {
  for (Numbers* values : {&curve.x, &curve.y, &curve.lower, &curve.upper}) std::ranges::reverse(*values);
  return curve;
}

std::vector<Curve> reversed(const Gradients& r, Curve (Measured::*curve)() const) {
  return each_of(r, [&](const Measured& m) { return reversed((m.*curve)()); });
}

plot::Axis layer_axis(int depth) {
  plot::Axis layers = count_axis("layer $\\ell$  (output $\\to$ input)", 1, depth);
  layers.reversed = true;
  layers.ticks = {1};
  const int step = depth <= 10 ? 1 : depth <= 20 ? 5 : depth <= 60 ? 10 : depth <= 250 ? 50 : 200;
  for (int tick = step; tick <= depth; tick += step)
    if (tick > 1) layers.ticks.push_back(tick);
  return layers;
}

/// Of what was measured, with the theory over it and the limits of floats under it: a panel names either its curves or
/// the limits.
plot::Panel panel_of(const GradientDepth& p, const PositiveRange& norms, std::string title, bool names_curves,
                     const std::vector<Curve>& curves, const std::vector<Curve>& theories) {
  plot::Panel panel = titled(std::move(title), layer_axis(p.depth), log_axis(""));
  if (norms.low < smallest_normal_float) add(panel, subnormal_floats(!names_curves));
  if (norms.high > largest_float) add(panel, end_of_floats(!names_curves));
  add_measured(panel, names_curves ? looks(p.networks) : without_labels(looks(p.networks)), curves);
  add_theory(panel, looks(p.networks), theories);
  return panel;
}

/// The curves that neither vanish nor explode again, on a scale on which their bands can be seen.
void add_inset(const GradientDepth& p, const Gradients& r, const PositiveRange& norms, plot::Panel& panel) {
  const auto all = each_of(r, &Measured::weight_gradient);
  std::vector<plot::Line> flat;
  std::vector<Curve> curves;
  PositiveRange bands;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!std::ranges::all_of(all[i].y, [](double v) { return v > 0.01 && v < 100; })) continue;
    flat.push_back(network_look(p.networks[i]));
    curves.push_back(reversed(all[i]));
    bands.include(all[i].lower);
    bands.include(all[i].upper);
  }
  const bool scale_is_wide = norms.high / norms.low > 1e12;
  if (flat.size() < 2 || !scale_is_wide) return;
  plot::Inset inset{.height = 0.25};
  inset.panel.x = layer_axis(p.depth);
  inset.panel.x.label.clear();
  inset.panel.x.ticks = {1, static_cast<double>(p.depth)};
  inset.panel.y =
      log_axis("", std::pow(10, std::floor(std::log10(bands.low))), std::pow(10, std::ceil(std::log10(bands.high))));
  add_measured(inset.panel, without_labels(flat), curves);
  panel.insets.push_back(std::move(inset));
}

/// What the dashes are, on the side of the starting point on which there is more room.
plot::Note theory_note(const GradientDepth& p, const PositiveRange& norms) {
  const bool above = norms.high > 1e10 || norms.high * norms.low > 1;
  const double y = above ? norms.high : std::max(norms.low, 100 * smallest_normal_float);
  return words(p.depth, y, "dashed: theory, infinite width", Anchor::left, 4, 0, Ink::muted);
}

plot::Figure draw(const GradientDepth& p, const Gradients& r) {
  PositiveRange norms;
  for (const Measured& m : r)
    for (const Curve& curve : {m.error_signal(), m.weight_gradient()}) norms.include(curve.y);
  plot::Panel left = panel_of(p, norms, "error signal $\\|\\delta^{(\\ell)}\\|$", false,
                              reversed(r, &Measured::error_signal), reversed(r, &Measured::error_theory));
  add(left, theory_note(p, norms));
  plot::Panel right = panel_of(p, norms, "weight gradient $\\|\\nabla_{W^{(\\ell)}} \\mathcal{L}\\|$", true,
                               reversed(r, &Measured::weight_gradient), reversed(r, &Measured::gradient_theory));
  add_inset(p, r, norms, right);
  plot::Figure figure = two_columns({left, right}, 85);
  figure.share_y = true;
  return figure;
}

const bool registered =
    add("gradient-depth", "Gradient norm by layer",
        "Backpropagates one batch through freshly initialised deep networks and shows the norms of the error "
        "signal and of the weight gradient in every layer, with mean-field theory. Norms far outside of a "
        "float's range are kept by exponents of their own.",
        parameters(), outputs, run, draw, always<GradientDepth, 2>);

}  // namespace
}  // namespace experiments
