// Gradient norm by layer of deep networks as they are initialised, with mean-field theory over it.
// After Glorot and Bengio 2010, figures 6 to 8, and Schoenholz et al. 2017.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <numeric>

#include "experiment/legacy.hpp"
#include "experiments/shared/network_looks.hpp"
#include "experiments/shared/sample.hpp"
#include "numerics/gradient_norms.hpp"
#include "numerics/gradient_theory.hpp"
#include "numerics/mean_field.hpp"
#include "numerics/statistics.hpp"

namespace experiments {

using namespace experiment;
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
  Parameters<GradientDepth> p;
  p.dataset(&GradientDepth::dataset)
      .integer("depth", &GradientDepth::depth,
               {.meaning = "number of weight layers, the output layer included", .minimum = 2, .maximum = 1000})
      .integer("width", &GradientDepth::width, {.meaning = "units in each hidden layer", .minimum = 1, .maximum = 4096})
      .networks("networks", &GradientDepth::networks, {.meaning = "networks to compare, by name or as mappings"})
      .integer("batch", &GradientDepth::batch,
               {.meaning = "images over which the loss is averaged", .minimum = 1, .maximum = 10000})
      .integer("seeds", &GradientDepth::seeds,
               {.meaning = "random initialisations of each network", .minimum = 1, .maximum = 1000});
  return p;
}

const std::string error_panel = "error signal";
const std::string weight_panel = "weight gradient";

/// Everything about one network: a profile a seed, and the theory of its layers.
struct Measured {
  std::vector<Profile> profiles;
  std::vector<numerics::LayerTheory> layers;
};

Values layer_numbers(int depth) {
  Values layers(static_cast<std::size_t>(depth));
  std::iota(layers.begin(), layers.end(), 1.0);
  return layers;
}

/// f of each seed, then the median.
template <class F>
double median_over_seeds(const std::vector<Profile>& profiles, const F& f) {
  Values values;
  for (const Profile& profile : profiles) values.push_back(f(profile));
  return numerics::quantile(values, 0.5);
}

/// Median and 10-90 % band over the seeds; quantiles of the logarithm.
Series measured_series(const std::string& name, const std::vector<Profile>& profiles, Values Profile::*norms) {
  Series series{name, SeriesKind::measured, {}, {}, {}, {}};
  const std::size_t depth = (profiles.front().*norms).size();
  series.x = layer_numbers(static_cast<int>(depth));
  for (std::size_t i = 0; i < depth; ++i) {
    Values logs;
    for (const Profile& profile : profiles) logs.push_back((profile.*norms)[i]);
    series.lower.push_back(std::pow(10, numerics::quantile(logs, 0.1)));
    series.y.push_back(std::pow(10, numerics::quantile(logs, 0.5)));
    series.upper.push_back(std::pow(10, numerics::quantile(logs, 0.9)));
  }
  return series;
}

/// The theory from the network's own output layer downwards, where both curves start at the median over the seeds. The
/// weight gradient is scaled to do so: that examples of one class resemble each other is not in the theory.
numerics::GradientTheory theory_of(const Measured& measured, int batch) {
  const auto& profiles = measured.profiles;
  const numerics::PairMoments output{median_over_seeds(profiles, [](auto& p) { return p.output_error.self; }),
                                     median_over_seeds(profiles, [](auto& p) { return p.output_error.pair; })};
  auto theory = numerics::gradient_theory(measured.layers, output, batch);
  const double start = std::pow(10, median_over_seeds(profiles, [](auto& p) { return p.weight_gradient.back(); }));
  const double scale = start / theory.weight_gradient.back();
  for (double& norm : theory.weight_gradient) norm *= scale;
  return theory;
}

/// Moments of the images, averaged over the seeds' batches.
numerics::PairMoments input_moments(const std::vector<Sample>& samples) {
  numerics::PairMoments mean;
  for (const Sample& sample : samples) {
    const auto moments = numerics::pair_moments(sample.images);
    mean.self += moments.self / static_cast<double>(samples.size());
    mean.pair += moments.pair / static_cast<double>(samples.size());
  }
  return mean;
}

/// Decades by which log10 norms change per layer towards the input, over the hidden layers (over both layers where
/// there is only one hidden).
double slope_towards_input(const Values& logs) {
  const std::size_t count = std::max<std::size_t>(2, logs.size() - 1);
  const Values layers = layer_numbers(static_cast<int>(count));
  return -numerics::least_squares_slope(layers, std::span(logs).first(count));
}

Values decimal_logs(Values values) {
  for (double& value : values) value = std::log10(value);
  return values;
}

std::vector<Export> exports(const GradientDepth& p) {
  std::vector<Export> list;
  for (const NetworkKind& kind : p.networks) {
    const std::string name = kind.name();
    list.push_back({name + ".decades",
                    "decades that the error signal loses from the output layer to layer 1; negative "
                    "where it grows; median over the seeds"});
    list.push_back({name + ".decades",
                    "decades that the error signal loses over the first k layers counted from the "
                    "output, k = 0 to depth - 1; median over the seeds",
                    true});
    list.push_back({name + ".slope",
                    "change of log10 of the error signal per layer towards the input, least squares "
                    "over the hidden layers; negative where it vanishes; median over the seeds"});
    list.push_back({name + ".theory-slope", "the same of the theory's curve"});
    list.push_back({name + ".sigma-w2", "variance of a hidden layer's weights times its fan-in"});
    list.push_back({name + ".chi",
                    "factor by which a layer of infinite width multiplies the mean square of the error "
                    "signal, where the variance of the pre-activations has settled"});
    list.push_back({name + ".error-signal", "norm of the error signal of layer l, as drawn", true});
    list.push_back({name + ".weight-gradient", "Frobenius norm of the weight gradient of layer l, as drawn", true});
    list.push_back({name + ".gradient-decades",
                    "decades that the weight gradient loses from the output layer to "
                    "layer 1; median over the seeds"});
    list.push_back({name + ".gradient-ratio",
                    "weight gradient of layer 1 over that of the output layer; median over "
                    "the seeds"});
    list.push_back({name + ".gradient-spread",
                    "decades between the largest and the smallest weight gradient of the "
                    "layers 2 to depth - 1, as drawn"});
  }
  return list;
}

/// Decades by which two nearly equal inputs drift apart on their way through the network, relative to the signal:
/// sqrt(chi_1) a layer at a fixed point of the variance. Where there is none, the signal grows or shrinks along.
double drift_decades(const GradientDepth& p, const NetworkKind& kind) {
  const numerics::MeanField field{kind.activation, p.width * numerics::weight_variance(kind, p.width, p.width), 0};
  const double variance = numerics::fixed_variance(field);
  if (variance == 0 || std::isinf(variance)) return 0;
  return (p.depth - 1) * 0.5 * std::log10(numerics::susceptibility(field, variance));
}

/// Where rounding errors stay small on their way through the layers, single precision gives all that can be seen.
bool is_single(const GradientDepth& p, const NetworkKind& kind) { return drift_decades(p, kind) < 1; }

std::vector<Tolerance> tolerances(const GradientDepth& p) {
  const std::string single =
      "linear algebra in single precision, whose rounding errors do not grow but may carry a unit over a kink";
  const std::string rounding = "linear algebra in double precision: sums may be taken in another order";
  const std::string chaos =
      "chaotic: rounding errors grow to the size of the signal on their way through the layers, so that "
      "another order of sums is another draw of the networks";
  std::vector<Tolerance> list;
  for (const NetworkKind& kind : p.networks) {
    const std::string name = kind.name();
    if (is_single(p, kind)) {
      list.push_back({"*", name, {1e-3, 0}, {}, single});
      list.push_back({"", name + ".*", {1e-3, 1e-3}, {}, single});
      continue;
    }
    if (drift_decades(p, kind) < 5) {
      list.push_back({"*", name, {1e-9, 0}, {}, rounding});
      list.push_back({"", name + ".*", {1e-9, 1e-9}, {}, rounding});
      continue;
    }
    list.push_back({"*", name, {}, {first_value({0.5, 0}), median({0.5, 0}), last_value({0.5, 0})}, chaos});
    list.push_back({"", name + ".*slope", {0.05, 0}, {}, chaos});
    list.push_back({"", name + ".gradient-ratio", {0.5, 0}, {}, chaos});
    list.push_back({"", name + ".*decades", {0.05, 0.2}, {}, chaos});
    list.push_back({"", name + ".gradient-spread", {0.05, 0.2}, {}, chaos});
    list.push_back({"", name + ".*", {}, {first_value({0.5, 0}), median({0.5, 0}), last_value({0.5, 0})}, chaos});
  }
  return list;
}

/// Decades between the extremes of the layers that are neither the first nor the last; 0 where there are none.
double inner_spread(const Values& norms) {
  if (norms.size() < 3) return 0;
  const auto [low, high] = std::minmax_element(norms.begin() + 1, norms.end() - 1);
  return std::log10(*high / *low);
}

void export_factor(const NetworkKind& kind, int width, Result& result) {
  const numerics::MeanField field{kind.activation, width * numerics::weight_variance(kind, width, width), 0};
  result.values[kind.name() + ".sigma-w2"] = field.weight_variance;
  result.values[kind.name() + ".chi"] = numerics::susceptibility(field, numerics::fixed_variance(field));
}

void export_values(const std::string& name, const std::vector<Profile>& profiles, const Series& error,
                   const Series& gradient, const numerics::GradientTheory& theory, Result& result) {
  IndexedValues decades{0, {}};
  const std::size_t depth = error.y.size();
  for (std::size_t k = 0; k < depth; ++k) {
    decades.values.push_back(median_over_seeds(
        profiles, [&](auto& p) { return p.error_signal[depth - 1] - p.error_signal[depth - 1 - k]; }));
  }
  const double gradient_decades =
      median_over_seeds(profiles, [](auto& p) { return p.weight_gradient.back() - p.weight_gradient.front(); });
  result.values[name + ".decades"] = decades.values.back();
  result.values[name + ".slope"] =
      median_over_seeds(profiles, [](auto& p) { return slope_towards_input(p.error_signal); });
  result.values[name + ".theory-slope"] = slope_towards_input(decimal_logs(theory.error_signal));
  result.values[name + ".gradient-decades"] = gradient_decades;
  result.values[name + ".gradient-ratio"] = std::pow(10, -gradient_decades);
  result.values[name + ".gradient-spread"] = inner_spread(gradient.y);
  result.functions[name + ".decades"] = std::move(decades);
  result.functions[name + ".error-signal"] = {1, error.y};
  result.functions[name + ".weight-gradient"] = {1, gradient.y};
}

Result run(const GradientDepth& p, Run& run) {
  const auto& dataset = *run.dataset;
  const auto sizes = numerics::layer_sizes(static_cast<int>(dataset.images.rows()), p.width, p.depth, dataset.classes);
  const auto seeds = static_cast<std::size_t>(p.seeds);
  std::vector<Sample> samples(seeds);
  run.for_each(seeds, [&](std::size_t seed) {
    samples[seed] = draw_sample(dataset, p.batch, run.random.child("images", seed));
  });
  const numerics::PairMoments input = input_moments(samples);

  std::vector<Measured> measured(p.networks.size());
  for (Measured& m : measured) m.profiles.resize(seeds);
  // One job more than seeds for each network: its theory.
  const std::size_t jobs = p.networks.size() * (seeds + 1);
  std::atomic<std::size_t> done = 0;
  run.for_each(jobs, [&](std::size_t job) {
    const std::size_t network = job / (seeds + 1), seed = job % (seeds + 1);
    const NetworkKind& kind = p.networks[network];
    if (seed == seeds) {
      measured[network].layers = numerics::propagate(kind, sizes, input);
    } else {
      const auto weights = numerics::initialise(kind, sizes, run.random.child(kind.name()).child("weights", seed));
      const auto& [images, labels] = samples[seed];
      measured[network].profiles[seed] = is_single(p, kind)
                                             ? numerics::gradient_norms(weights, images, labels)
                                             : numerics::gradient_norms_in<double>(weights, images, labels);
    }
    run.progress(static_cast<double>(++done), static_cast<double>(jobs));
  });

  Result result;
  const AxisInfo layers{"layer", "linear"};
  result.panels = {
      {error_panel, layers, {"norm of the error signal of one example, root mean square over the batch", "log"}, {}},
      {weight_panel, layers, {"Frobenius norm of the weight gradient of the batch's mean loss", "log"}, {}}};
  for (std::size_t i = 0; i < measured.size(); ++i) {
    const std::string name = p.networks[i].name();
    const auto& profiles = measured[i].profiles;
    const Series error = measured_series(name, profiles, &Profile::error_signal);
    const Series gradient = measured_series(name, profiles, &Profile::weight_gradient);
    const auto theory = theory_of(measured[i], static_cast<int>(samples.front().labels.size()));
    export_values(name, profiles, error, gradient, theory, result);
    export_factor(p.networks[i], p.width, result);
    result.panels[0].series.push_back(error);
    result.panels[0].series.push_back({name, SeriesKind::theory, error.x, theory.error_signal, {}, {}});
    result.panels[1].series.push_back(gradient);
    result.panels[1].series.push_back({name, SeriesKind::theory, error.x, theory.weight_gradient, {}, {}});
  }
  return result;
}

// ---- The figure.

constexpr double float_max = 3.4028234663852886e38;
constexpr double float_min_normal = 1.1754943508222875e-38;

/// From the output layer to the input: the way in which the curves are read and their ends are labelled.
Values reversed(Values values) {
  std::reverse(values.begin(), values.end());
  return values;
}

struct Extremes {
  double low = std::numeric_limits<double>::infinity();
  double high = 0;

  void include(const Values& values) {
    for (const double value : values) {
      if (!(value > 0) || std::isinf(value)) continue;
      low = std::min(low, value);
      high = std::max(high, value);
    }
  }
};

Extremes extremes_of(const Result& result) {
  Extremes extremes;
  for (const PanelData& panel : result.panels)
    for (const Series& series : panel.series)
      if (series.kind == SeriesKind::measured) extremes.include(series.y);
  return extremes;
}

plot::Axis layer_axis(int depth, std::string label) {
  plot::Axis axis{std::move(label), plot::ScaleKind::linear, 1.0, static_cast<double>(depth), true, {}, true};
  const int step = depth <= 10 ? 1 : depth <= 20 ? 5 : depth <= 60 ? 10 : depth <= 250 ? 50 : 200;
  axis.ticks.push_back(1);
  for (int tick = step; tick <= depth; tick += step)
    if (tick > 1) axis.ticks.push_back(tick);
  return axis;
}

void mark_float_limits(const Extremes& extremes, bool labelled, std::vector<plot::Mark>& marks) {
  if (extremes.low < float_min_normal)
    marks.push_back(plot::Region{.y = {0, float_min_normal}, .label = labelled ? "float32 subnormal" : ""});
  if (extremes.high > float_max)
    marks.push_back(plot::Rule{.x = {}, .y = float_max, .label = labelled ? "largest float32" : ""});
}

void draw_measured(const PanelData& panel, const GradientDepth& p, bool labelled, std::vector<plot::Mark>& marks) {
  for (const NetworkKind& kind : p.networks) {
    const Series& series = *panel.find(kind.name());
    marks.push_back(
        plot::Band{series.name, reversed(series.x), reversed(series.lower), reversed(series.upper), network_ink(kind)});
  }
  for (const NetworkKind& kind : p.networks) {
    const Series& series = *panel.find(kind.name());
    marks.push_back(network_line(kind, series.name, reversed(series.x), reversed(series.y), labelled));
  }
}

void draw_theory(const PanelData& panel, const GradientDepth& p, std::vector<plot::Mark>& marks) {
  for (const NetworkKind& kind : p.networks) {
    const Series& series = *panel.find(kind.name(), SeriesKind::theory);
    marks.push_back(plot::Line{.series = series.name,
                               .x = reversed(series.x),
                               .y = reversed(series.y),
                               .stroke = {ink_over(network_ink(kind)), 0.8, plot::Dash::dashed, 1},
                               .label = ""});
  }
}

/// The networks whose weight gradients neither vanish nor explode.
std::vector<NetworkKind> flat_networks(const PanelData& panel, const GradientDepth& p) {
  std::vector<NetworkKind> flat;
  for (const NetworkKind& kind : p.networks) {
    const Values& y = panel.find(kind.name())->y;
    if (std::all_of(y.begin(), y.end(), [](double v) { return v > 0.01 && v < 100; })) flat.push_back(kind);
  }
  return flat;
}

/// How many points of the curves lie in a frame, given in fractions of the panel.
int points_within(const plot::Inset& frame, const PanelData& data, const GradientDepth& p, const Extremes& extremes) {
  int count = 0;
  for (const NetworkKind& kind : p.networks) {
    const Values& y = data.find(kind.name())->y;
    for (std::size_t i = 0; i < y.size(); ++i) {
      const double across = 1 - static_cast<double>(i) / static_cast<double>(y.size() - 1);
      const double up = std::log(y[i] / extremes.low) / std::log(extremes.high / extremes.low);
      if (std::abs(across - frame.left - frame.width / 2) < frame.width / 2 + 0.02 &&
          std::abs(up - frame.bottom - frame.height / 2) < frame.height / 2 + 0.02)
        ++count;
    }
  }
  return count;
}

/// The emptiest of four places.
plot::Inset emptiest_frame(const PanelData& data, const GradientDepth& p, const Extremes& extremes) {
  constexpr double width = 0.4, height = 0.25;
  std::vector<plot::Inset> frames;
  for (const double bottom : {0.13, 0.72})
    for (const double left : {0.02, 0.58}) frames.push_back({left, bottom, width, height, {}});
  return *std::min_element(frames.begin(), frames.end(), [&](const plot::Inset& a, const plot::Inset& b) {
    return points_within(a, data, p, extremes) < points_within(b, data, p, extremes);
  });
}

/// The flat curves again, on a scale on which their bands can be seen.
void add_inset(const PanelData& data, const GradientDepth& p, const Extremes& extremes, plot::Panel& panel) {
  GradientDepth flat = p;
  flat.networks = flat_networks(data, p);
  const bool scale_is_wide = extremes.high / extremes.low > 1e12;
  if (flat.networks.size() < 2 || !scale_is_wide) return;
  Extremes bands;
  for (const NetworkKind& kind : flat.networks) {
    bands.include(data.find(kind.name())->lower);
    bands.include(data.find(kind.name())->upper);
  }
  plot::Inset inset = emptiest_frame(data, p, extremes);
  const double depth = p.depth;
  inset.panel.x = {"", plot::ScaleKind::linear, 1.0, depth, true, {1.0, depth}, true};
  inset.panel.y = {"",
                   plot::ScaleKind::log,
                   std::pow(10, std::floor(std::log10(bands.low))),
                   std::pow(10, std::ceil(std::log10(bands.high))),
                   false,
                   {}};
  draw_measured(data, flat, false, inset.panel.marks);
  panel.insets.push_back(std::move(inset));
}

/// What the dashes are, on the side of the starting point on which there is more room.
plot::Note theory_note(const GradientDepth& p, const Extremes& extremes) {
  const bool above = extremes.high > 1e10 || extremes.high * extremes.low > 1;
  const double bottom = std::max(extremes.low, 100 * float_min_normal);
  return {.x = static_cast<double>(p.depth),
          .y = above ? extremes.high : bottom,
          .text = "dashed: theory, infinite width",
          .dx = 4,
          .dy = 0};
}

plot::Figure draw(const GradientDepth& p, const Result& result) {
  const Extremes extremes = extremes_of(result);
  const PanelData& errors = result.panel(error_panel);
  const PanelData& gradients = result.panel(weight_panel);
  const plot::Axis x = layer_axis(p.depth, "layer $\\ell$  (output $\\to$ input)");
  const plot::Axis y{"", plot::ScaleKind::log, {}, {}, false, {}};

  plot::Panel left{"error signal $\\|\\delta^{(\\ell)}\\|$", x, y, {}, {}};
  mark_float_limits(extremes, true, left.marks);
  draw_measured(errors, p, false, left.marks);
  draw_theory(errors, p, left.marks);
  left.marks.push_back(theory_note(p, extremes));
  plot::Panel right{"weight gradient $\\|\\nabla_{W^{(\\ell)}} \\mathcal{L}\\|$", x, y, {}, {}};
  mark_float_limits(extremes, false, right.marks);
  draw_measured(gradients, p, true, right.marks);
  draw_theory(gradients, p, right.marks);
  add_inset(gradients, p, extremes, right);

  plot::Figure figure;
  figure.panels = {std::move(left), std::move(right)};
  figure.columns = 2;
  figure.share_y = true;
  figure.width = plot::FigureWidth::full;
  figure.height_mm = 85;
  return figure;
}

const bool registered = add(OldDefinition<GradientDepth>{
    .name = "gradient-depth",
    .title = "Gradient norm by layer",
    .summary = "Backpropagates one batch through freshly initialised deep networks and shows the norms of the error "
               "signal and of the weight gradient in every layer, with mean-field theory. Norms far outside of a "
               "float's range are kept by exponents of their own.",
    .parameters = parameters(),
    .exports = exports,
    .run = run,
    .draw = draw,
    .tolerances = tolerances});

}  // namespace
}  // namespace experiments
