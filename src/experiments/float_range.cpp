// Where single precision ends: the same networks forward and backward in float32 beside float64, layer by layer.
// The limits are those of IEEE 754 binary32; the growth per layer is mean-field theory, Poole et al. 2016.
#include <algorithm>
#include <atomic>
#include <boost/random/normal_distribution.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "experiment/legacy.hpp"
#include "experiments/shared/network_looks.hpp"
#include "numerics/backpropagation.hpp"
#include "numerics/gradient_theory.hpp"
#include "numerics/initialisation.hpp"
#include "numerics/norm.hpp"
#include "numerics/statistics.hpp"

namespace experiments {

using namespace experiment;
namespace {

using numerics::Activation;
using numerics::Initialisation;
using numerics::Matrix;
using numerics::NetworkKind;
using Values = std::vector<double>;
using Float = std::numeric_limits<float>;

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr double largest = Float::max(), smallest_normal = Float::min();

struct FloatRange {
  int depth = 60;
  int width = 256;
  std::vector<NetworkKind> networks{{Activation::relu, Initialisation::normal},
                                    {Activation::tanh, Initialisation::normal},
                                    {Activation::relu, Initialisation::he},
                                    {Activation::sigmoid, Initialisation::xavier},
                                    {Activation::sigmoid, Initialisation::uniform_fan_in}};
  int batch = 16;
  int classes = 10;
  int seeds = 5;
};

Parameters<FloatRange> parameters() {
  using P = FloatRange;
  Parameters<P> p;
  p.integer("depth", &P::depth,
            {.meaning = "number of weight layers, the output layer included", .minimum = 2, .maximum = 1000})
      .integer("width", &P::width,
               {.meaning = "units in each layer, the input included", .minimum = 1, .maximum = 4096})
      .networks("networks", &P::networks, {.meaning = "networks to compute in both precisions, by name or as mappings"})
      .integer("batch", &P::batch, {.meaning = "examples, with standard normal inputs", .minimum = 1, .maximum = 10000})
      .integer("classes", &P::classes, {.meaning = "units of the output layer", .minimum = 2, .maximum = 250})
      .integer("seeds", &P::seeds, {.meaning = "random networks and inputs", .minimum = 1, .maximum = 1000});
  return p;
}

const std::string forward_panel = "activations";
const std::string backward_panel = "error signal";

std::string in_float(const NetworkKind& kind) { return kind.name() + " float32"; }

std::vector<Export> exports(const FloatRange& p) {
  std::vector<Export> list{
      {"largest", "largest finite float32"},
      {"smallest-normal", "smallest normal float32; below it digits are lost"},
      {"smallest", "smallest positive float32"},
      {"norm-overflow",
       "size of a single entry from which on its square, and so a norm summed in float32, is infinite"},
      {"norm-underflow", "size of an entry below which its square, and so a norm summed in float32, is zero"},
      {"sigmoid-slope-zero", "z from which s (1 - s), s the sigmoid of z in float32, is exactly zero"},
      {"tanh-slope-zero", "z from which 1 - tanh(z)^2 in float32 is exactly zero"},
      {"update-lost", "size of an update below which a weight of 0.05 stays what it is in float32"}};
  for (const NetworkKind& kind : p.networks) {
    const std::string name = kind.name();
    list.push_back({name + ".forward-overflow",
                    "first layer with an infinite activation in float32, median over the seeds; NaN if none"});
    list.push_back({name + ".forward-overflow-theory",
                    "layer at which infinite width reaches the largest float32, as a fraction; NaN if it does not"});
    list.push_back({name + ".norm-overflow", "first layer whose norm, summed in float32, is infinite; NaN if none"});
    list.push_back({name + ".backward-overflow",
                    "layers from the output at which the error signal first is not finite in float32; NaN if none"});
    list.push_back({name + ".backward-subnormal",
                    "layers from the output at which the error signal's root mean square in float64 is below the "
                    "smallest normal float32; NaN if none"});
    list.push_back({name + ".backward-zero",
                    "layers from the output at which all of the error signal is zero in float32; NaN if none"});
    list.push_back({name + ".error-signal",
                    "root mean square of the error signal of layer l in float64, median over the seeds", true});
    list.push_back(
        {name + ".activation", "root mean square of the activations of layer l in float64, l from 0, the input", true});
  }
  return list;
}

std::vector<Tolerance> tolerances(const FloatRange&) {
  const std::string chaos =
      "norms of single and double precision; where rounding errors grow, another order of sums is "
      "another draw of the same size";
  const std::vector<Statistic> statistics{first_value({0.01, 0}), median({0.5, 0}), last_value({0.5, 1e-44})};
  return {{"*", "*", {}, statistics, chaos},
          {"", "*overflow-theory", {1e-9, 0}, {}, "theory by quadrature"},
          {"", "*.forward-overflow", {0, 1}, {}, "a layer; another order of sums may take the next one"},
          {"", "*.norm-overflow", {0, 1}, {}, "a layer; another order of sums may take the next one"},
          {"", "*.backward-*", {0, 1}, {}, "a layer; another order of sums may take the next one"},
          {"", "*.activation", {}, statistics, chaos},
          {"", "*.error-signal", {}, statistics, chaos},
          {"", "*-slope-zero", {1e-6, 0}, {}, "the last bits of the mathematical library's functions"},
          {"", "*", {}, {}, "the limits of float32"}};
}

/// Root mean square of all entries, in double whatever their own precision.
template <class Derived>
double rms(const Eigen::MatrixBase<Derived>& entries) {
  return numerics::norm(entries.template cast<double>()) / std::sqrt(static_cast<double>(entries.size()));
}

/// One network and its inputs in one precision: activations from layer 0 (input) to the last hidden one, error signals
/// of the layers from 1 on, and norms of the activations summed in that precision.
struct Profile {
  Values activations, error_signals, own_norms;
};

template <class Scalar>
Profile measure(const numerics::Mlp<double>& network, const Matrix<double>& inputs,
                const std::vector<std::uint8_t>& labels) {
  const auto cast = numerics::in_precision<Scalar>(network);
  const Matrix<Scalar> own_inputs =
      inputs.cast<Scalar>();  // NOLINT(performance-unnecessary-copy-initialization): a cast
  numerics::Workspace<Scalar> workspace;
  numerics::backpropagate<Scalar>(cast, own_inputs, labels, workspace);
  Profile profile{{rms(own_inputs)}, {}, {static_cast<double>(own_inputs.norm())}};
  for (std::size_t l = 0; l + 1 < workspace.activations.size(); ++l) {
    profile.activations.push_back(rms(workspace.activations[l]));
    profile.own_norms.push_back(static_cast<double>(workspace.activations[l].norm()));
  }
  for (const auto& delta : workspace.error_signals) profile.error_signals.push_back(rms(delta));
  return profile;
}

/// Both precisions of one seed.
struct Pair {
  Profile exact, single;
};

/// The first index at which something holds; NaN if it never does.
template <class Holds>
double first_index(const Values& values, const Holds& holds) {
  const auto place = std::find_if(values.begin(), values.end(), holds);
  return place == values.end() ? nothing : static_cast<double>(place - values.begin());
}

bool not_finite(double v) { return !std::isfinite(v); }

Values from_output(Values values) {
  std::reverse(values.begin(), values.end());
  return values;
}

/// Median over the seeds in which it happens at all; NaN if it does in less than half of them.
template <class F>
double typical(const std::vector<Pair>& pairs, const F& f) {
  Values found;
  for (const Pair& pair : pairs)
    if (const double v = f(pair); !std::isnan(v)) found.push_back(v);
  return 2 * found.size() < pairs.size() || found.empty() ? nothing : numerics::quantile(found, 0.5);
}

/// Where infinite width passes the largest float32, between layers on a logarithmic scale.
double overflow_in_theory(const NetworkKind& kind, const std::vector<int>& sizes) {
  const auto layers = numerics::propagate(kind, sizes, {static_cast<double>(sizes[0]), 0});
  double before = 0;
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const double here = 0.5 * std::log10(layers[l].input.self / sizes[l]);
    const double limit = std::log10(largest);
    if (here >= limit) return static_cast<double>(l) - (here - limit) / (here - before);
    before = here;
  }
  return nothing;
}

/// The smallest float32 above `low` at which something holds that holds at all above it, `high` among them.
template <class Holds>
double first_float(float low, float high, const Holds& holds) {
  while (std::nextafter(low, high) < high) {
    const float middle = low + (high - low) / 2;
    (holds(middle) ? high : low) = middle;
  }
  return high;
}

void export_limits(Result& result) {
  auto& values = result.values;
  values["largest"] = largest;
  values["smallest-normal"] = smallest_normal;
  values["smallest"] = Float::denorm_min();
  values["norm-overflow"] = first_float(1, 1e30f, [](float x) { return std::isinf(x * x); });
  values["norm-underflow"] = first_float(1e-30f, 1, [](float x) { return x * x > 0; });
  values["sigmoid-slope-zero"] = first_float(0, 100, [](float z) {
    const float s = 1 / (1 + std::exp(-z));
    return s * (1 - s) == 0;
  });
  values["tanh-slope-zero"] = first_float(0, 100, [](float z) {
    const float t = std::tanh(z);
    return 1 - t * t == 0;
  });
  values["update-lost"] = first_float(0, 1, [](float update) { return 0.05f + update != 0.05f; });
}

void export_network(const std::string& name, const std::vector<Pair>& pairs, const Series& forward,
                    const Series& backward, double theory, Result& result) {
  auto& values = result.values;
  values[name + ".forward-overflow"] =
      typical(pairs, [](const Pair& p) { return first_index(p.single.activations, not_finite); });
  values[name + ".forward-overflow-theory"] = theory;
  values[name + ".norm-overflow"] =
      typical(pairs, [](const Pair& p) { return first_index(p.single.own_norms, not_finite); });
  values[name + ".backward-overflow"] =
      typical(pairs, [](const Pair& p) { return first_index(from_output(p.single.error_signals), not_finite); });
  values[name + ".backward-subnormal"] = typical(pairs, [](const Pair& p) {
    return first_index(from_output(p.exact.error_signals), [](double v) { return v < smallest_normal; });
  });
  values[name + ".backward-zero"] = typical(pairs, [](const Pair& p) {
    return first_index(from_output(p.single.error_signals), [](double v) { return v == 0; });
  });
  result.functions[name + ".activation"] = {0, forward.y};
  result.functions[name + ".error-signal"] = {1, backward.y};
}

/// Median over the seeds by layer; a NaN in one seed makes a NaN of the layer.
Series over_seeds(const std::string& name, const std::vector<Pair>& pairs, Profile Pair::*precision,
                  Values Profile::*member, int first_layer) {
  Series series{name, SeriesKind::measured, {}, {}, {}, {}};
  const std::size_t count = (pairs.front().*precision.*member).size();
  for (std::size_t l = 0; l < count; ++l) {
    Values column;
    for (const Pair& pair : pairs) column.push_back((pair.*precision.*member)[l]);
    series.x.push_back(static_cast<double>(l) + first_layer);
    series.y.push_back(numerics::quantile(column, 0.5));
  }
  return series;
}

Result run(const FloatRange& p, Run& run) {
  const auto sizes = numerics::layer_sizes(p.width, p.width, p.depth, p.classes);
  const auto seeds = static_cast<std::size_t>(p.seeds);
  std::vector<std::vector<Pair>> pairs(p.networks.size(), std::vector<Pair>(seeds));
  const std::size_t jobs = p.networks.size() * seeds;
  std::atomic<std::size_t> done = 0;
  run.for_each(jobs, [&](std::size_t job) {
    const NetworkKind& kind = p.networks[job / seeds];
    const std::size_t seed = job % seeds;
    auto engine = run.random.child("inputs", seed).engine();
    boost::random::normal_distribution<double> normal;
    const Matrix<double> inputs = Matrix<double>::NullaryExpr(p.width, p.batch, [&] { return normal(engine); });
    std::vector<std::uint8_t> labels;
    for (int i = 0; i < p.batch; ++i) labels.push_back(static_cast<std::uint8_t>(i % p.classes));
    const auto network = numerics::initialise(kind, sizes, run.random.child(kind.name()).child("weights", seed));
    pairs[job / seeds][seed] = {measure<double>(network, inputs, labels), measure<float>(network, inputs, labels)};
    run.progress(static_cast<double>(++done), static_cast<double>(jobs));
  });

  Result result;
  const AxisInfo layers{"layer", "linear"};
  result.panels = {{forward_panel, layers, {"root mean square of the activations", "log"}, {}},
                   {backward_panel, layers, {"root mean square of the error signal", "log"}, {}}};
  for (std::size_t i = 0; i < p.networks.size(); ++i) {
    const NetworkKind& kind = p.networks[i];
    const Series forward = over_seeds(kind.name(), pairs[i], &Pair::exact, &Profile::activations, 0);
    const Series backward = over_seeds(kind.name(), pairs[i], &Pair::exact, &Profile::error_signals, 1);
    export_network(kind.name(), pairs[i], forward, backward, overflow_in_theory(kind, sizes), result);
    result.panels[0].series.push_back(forward);
    result.panels[0].series.push_back(over_seeds(in_float(kind), pairs[i], &Pair::single, &Profile::activations, 0));
    result.panels[1].series.push_back(backward);
    result.panels[1].series.push_back(over_seeds(in_float(kind), pairs[i], &Pair::single, &Profile::error_signals, 1));
  }
  export_limits(result);
  return result;
}

// ---- The figure.

bool is_far_from_one(const Series& series) { return std::abs(std::log10(series.y.back())) > 3; }

plot::Panel panel_of(const FloatRange& p, const PanelData& data, bool backward) {
  plot::Panel panel;
  panel.title = backward ? "backward: error signal" : "forward: activations";
  panel.x = {backward ? "layer $\\ell$  (output $\\to$ input)" : "layer $\\ell$",
             plot::ScaleKind::linear,
             backward ? 1.0 : 0.0,
             static_cast<double>(p.depth),
             backward,
             {},
             true};
  panel.y = {"root mean square", plot::ScaleKind::log, {}, {}, false, {}};
  double low = 1, high = 1;
  for (const Series& series : data.series)
    for (const double v : series.y)
      if (v > 0 && std::isfinite(v)) {
        low = std::min(low, v);
        high = std::max(high, v);
      }
  if (low < 1e-30) panel.marks.push_back(plot::Region{.y = {0, smallest_normal}, .label = "float32 subnormal"});
  if (high > 1e30) panel.marks.push_back(plot::Rule{.x = {}, .y = largest, .label = "largest float32"});
  if (high > 1e15 && !backward)
    panel.marks.push_back(plot::Rule{.x = {}, .y = std::sqrt(largest), .label = "squares overflow in float32"});
  for (const NetworkKind& kind : p.networks) {
    const Series& exact = *data.find(kind.name());
    panel.marks.push_back(plot::Line{.series = exact.name,
                                     .x = exact.x,
                                     .y = exact.y,
                                     .stroke = {network_ink(kind), 0.9},
                                     .label = backward || is_far_from_one(exact) ? network_label(kind) : ""});
  }
  // Every other layer, so that the dots do not hide what they lie on; all that is not finite or zero is shown.
  for (const NetworkKind& kind : p.networks) {
    const Series& single = *data.find(in_float(kind));
    const NetworkMarker marker = network_marker(kind);
    plot::Points points{.series = single.name,
                        .x = {},
                        .y = {},
                        .marker = marker.shape,
                        .size = 2.8,
                        .filled = marker.is_filled,
                        .ink = network_ink(kind),
                        .label = ""};
    const std::size_t stride = std::max<std::size_t>(1, single.x.size() / 30);
    for (std::size_t i = 0; i < single.x.size(); ++i) {
      if (i % stride != 0 && std::isfinite(single.y[i]) && single.y[i] > 0) continue;
      points.x.push_back(single.x[i]);
      points.y.push_back(single.y[i]);
    }
    panel.marks.push_back(std::move(points));
  }
  return panel;
}

plot::Figure draw(const FloatRange& p, const Result& result) {
  plot::Figure figure;
  figure.panels = {panel_of(p, result.panel(forward_panel), false), panel_of(p, result.panel(backward_panel), true)};
  figure.columns = 2;
  figure.width = plot::FigureWidth::full;
  figure.height_mm = 85;
  return figure;
}

const bool registered = add(OldDefinition<FloatRange>{
    .name = "float-range",
    .title = "Where single precision ends",
    .summary =
        "Computes the same deep networks forward and backward in float32 and in float64 and shows in which layer "
        "activations and error signals overflow, lose digits or become zero.",
    .parameters = parameters(),
    .exports = exports,
    .run = run,
    .draw = draw,
    .tolerances = tolerances});

}  // namespace
}  // namespace experiments
