// Where single precision ends: the same networks forward and backward in float32 beside float64, layer by layer.
// The limits are those of IEEE 754 binary32; the growth per layer is mean-field theory, Poole et al. 2016.
#include <algorithm>
#include <boost/random/normal_distribution.hpp>
#include <cmath>
#include <limits>

#include "experiment/experiment.hpp"
#include "experiments/shared/derived.hpp"
#include "experiments/shared/each_of.hpp"
#include "experiments/shared/float_limits.hpp"
#include "experiments/shared/network_looks.hpp"
#include "experiments/shared/over_seeds.hpp"
#include "experiments/shared/positive_range.hpp"
#include "numerics/linear/norm.hpp"
#include "numerics/networks/backpropagation.hpp"
#include "numerics/networks/initialisation.hpp"
#include "numerics/statistics.hpp"
#include "numerics/theory/gradient_theory.hpp"

namespace experiments {

namespace {

using numerics::Activation;
using numerics::Initialisation;
using numerics::Matrix;
using numerics::NetworkKind;
using Values = std::vector<double>;

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

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
  return Parameters<P>{}
      .integer("depth", &P::depth, "number of weight layers, the output layer included", from(2).to(1000))
      .integer("width", &P::width, "units in each layer, the input included", from(1).to(4096))
      .networks("networks", &P::networks, "networks to compute in both precisions, by name or as mappings")
      .integer("batch", &P::batch, "examples, with standard normal inputs", from(1).to(10000))
      .integer("classes", &P::classes, "units of the output layer", from(2).to(250))
      .integer("seeds", &P::seeds, "random networks and inputs", from(1).to(1000));
}

/// One network and its inputs in one precision: activations from layer 0 (input) to the last hidden one, error signals
/// of the layers from 1 on, and norms of the activations summed in that precision.
struct Profile {
  Values activations, error_signals, own_norms;
};

/// Both precisions of one seed.
struct Pair {
  Profile exact, single;
};

/// One network: its seeds, and where infinite width overflows.
struct Computed {
  std::vector<Pair> seeds;
  double overflow_in_theory = 0;

  /// Median over the seeds by layer; a NaN in one seed makes a NaN of the layer.
  Curve median(Profile Pair::*precision, Values Profile::*member, int first_layer) const {
    const auto of_seeds = each_of(seeds, [&](const Pair& pair) { return pair.*precision.*member; });
    const Curve curve = over_seeds(counted(of_seeds.front().size(), first_layer), of_seeds, whole_range);
    return {curve.x, curve.y};
  }
  Curve forward() const { return median(&Pair::exact, &Profile::activations, 0); }
  Curve forward_in_float() const { return median(&Pair::single, &Profile::activations, 0); }
  Curve backward() const { return median(&Pair::exact, &Profile::error_signals, 1); }
  Curve backward_in_float() const { return median(&Pair::single, &Profile::error_signals, 1); }
};

struct Networks {
  std::vector<Computed> networks;
};

/// The first place at which something holds; NaN if it never does.
template <class Place, class Holds>
double first_place(Place begin, Place end, const Holds& holds) {
  const auto place = std::find_if(begin, end, holds);
  return place == end ? nothing : static_cast<double>(place - begin);
}

/// In which layer, counted from the input or from the output, something first holds: the median over the seeds in which
/// it happens at all; NaN if it does in less than half of them.
template <class Holds>
auto first_layer(Profile Pair::*precision, Values Profile::*member, bool from_output, const Holds& holds) {
  return [=](const Computed& network) {
    Values found;
    for (const Pair& pair : network.seeds) {
      const Values& v = pair.*precision.*member;
      const double layer =
          from_output ? first_place(v.rbegin(), v.rend(), holds) : first_place(v.begin(), v.end(), holds);
      if (!std::isnan(layer)) found.push_back(layer);
    }
    return 2 * found.size() < network.seeds.size() || found.empty() ? nothing : numerics::quantile(found, 0.5);
  };
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

/// The limits of float32 themselves.
void add_limits(Outputs<Networks>& outputs) {
  const auto limit = [&](const std::string& name, double value, const std::string& meaning, const Allowed& allowed) {
    outputs.number(
        name, [value](const Networks&) { return value; }, meaning, allowed);
  };
  const Allowed exact = exactly("the limits of float32");
  const Allowed last_bits = within({1e-6}, "the last bits of the mathematical library's functions");
  limit("largest", largest_float, "largest finite float32", exact);
  limit("smallest-normal", smallest_normal_float, "smallest normal float32; below it digits are lost", exact);
  limit("smallest", std::numeric_limits<float>::denorm_min(), "smallest positive float32", exact);
  limit("norm-overflow", first_float(1, 1e30f, [](float x) { return std::isinf(x * x); }),
        "size of a single entry from which on its square, and so a norm summed in float32, is infinite", exact);
  limit("norm-underflow", first_float(1e-30f, 1, [](float x) { return x * x > 0; }),
        "size of an entry below which its square, and so a norm summed in float32, is zero", exact);
  const auto sigmoid_is_flat = [](float z) {
    const float s = 1 / (1 + std::exp(-z));
    return s * (1 - s) == 0;
  };
  limit("sigmoid-slope-zero", first_float(0, 100, sigmoid_is_flat),
        "z from which s (1 - s), s the sigmoid of z in float32, is exactly zero", last_bits);
  const auto tanh_is_flat = [](float z) {
    const float t = std::tanh(z);
    return 1 - t * t == 0;
  };
  limit("tanh-slope-zero", first_float(0, 100, tanh_is_flat), "z from which 1 - tanh(z)^2 in float32 is exactly zero",
        last_bits);
  limit("update-lost", first_float(0, 1, [](float update) { return 0.05f + update != 0.05f; }),
        "size of an update below which a weight of 0.05 stays what it is in float32", exact);
}

Outputs<Computed> outputs_of(const NetworkKind& kind) {
  const PanelInfo forward{"activations", {"layer"}, {"root mean square of the activations", "log"}};
  const PanelInfo backward{"error signal", {"layer"}, {"root mean square of the error signal", "log"}};
  const std::string in_float = kind.name() + " float32";
  const Allowed norms = statistics({first_value({0.01}), median({0.5}), last_value({0.5, 1e-44})},
                                   "norms of single and double precision; where rounding errors grow, another order "
                                   "of sums is another draw of the same size");
  const Allowed layer = within({0, 1}, "a layer; another order of sums may take the next one");
  const auto not_finite = [](double v) { return !std::isfinite(v); };
  const auto subnormal = [](double v) { return v < smallest_normal_float; };
  const auto zero = [](double v) { return v == 0; };
  const auto single = &Pair::single;
  return Outputs<Computed>{}
      .measured(forward, "", &Computed::forward, norms)
      .measured(forward, in_float, &Computed::forward_in_float, norms)
      .measured(backward, "", &Computed::backward, norms)
      .measured(backward, in_float, &Computed::backward_in_float, norms)
      .number("forward-overflow", first_layer(single, &Profile::activations, false, not_finite),
              "first layer with an infinite activation in float32, median over the seeds; NaN if none", layer)
      .number("forward-overflow-theory", &Computed::overflow_in_theory,
              "layer at which infinite width reaches the largest float32, as a fraction; NaN if it does not",
              within({1e-9}, "theory by quadrature"))
      .number("norm-overflow", first_layer(single, &Profile::own_norms, false, not_finite),
              "first layer whose norm, summed in float32, is infinite; NaN if none", layer)
      .number("backward-overflow", first_layer(single, &Profile::error_signals, true, not_finite),
              "layers from the output at which the error signal first is not finite in float32; NaN if none", layer)
      .number("backward-subnormal", first_layer(&Pair::exact, &Profile::error_signals, true, subnormal),
              "layers from the output at which the error signal's root mean square in float64 is below the smallest "
              "normal float32; NaN if none",
              layer)
      .number("backward-zero", first_layer(single, &Profile::error_signals, true, zero),
              "layers from the output at which all of the error signal is zero in float32; NaN if none", layer)
      .sequence("error-signal", 1, then(&Computed::backward, &Curve::y),
                "root mean square of the error signal of layer l in float64, median over the seeds", norms)
      .sequence("activation", 0, then(&Computed::forward, &Curve::y),
                "root mean square of the activations of layer l in float64, l from 0, the input", norms);
}

Outputs<Networks> outputs(const FloatRange& p) {
  Outputs<Networks> outputs;
  add_limits(outputs);
  return outputs.each(names(p.networks), &Networks::networks, [&](std::size_t i) { return outputs_of(p.networks[i]); });
}

/// Root mean square of all entries, in double whatever their own precision.
template <class Derived>
double rms(const Eigen::MatrixBase<Derived>& entries) {
  return numerics::norm(entries.template cast<double>()) / std::sqrt(static_cast<double>(entries.size()));
}

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

/// Where infinite width passes the largest float32, between layers on a logarithmic scale.
double overflow_in_theory(const NetworkKind& kind, const std::vector<int>& sizes) {
  const auto layers = numerics::propagate(kind, sizes, {static_cast<double>(sizes[0]), 0});
  double before = 0;
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const double here = 0.5 * std::log10(layers[l].input.self / sizes[l]);
    const double limit = std::log10(largest_float);
    if (here >= limit) return static_cast<double>(l) - (here - limit) / (here - before);
    before = here;
  }
  return nothing;
}

Networks run(const FloatRange& p, Run& run) {
  const auto sizes = numerics::layer_sizes(p.width, p.width, p.depth, p.classes);
  const auto pairs = run.table(p.networks, p.seeds, [&](const NetworkKind& kind, int seed) {
    auto engine = run.random.child("inputs", seed).engine();
    boost::random::normal_distribution<double> normal;
    const Matrix<double> inputs = Matrix<double>::NullaryExpr(p.width, p.batch, [&] { return normal(engine); });
    std::vector<std::uint8_t> labels;
    for (int i = 0; i < p.batch; ++i) labels.push_back(static_cast<std::uint8_t>(i % p.classes));
    const auto network = numerics::initialise(kind, sizes, run.random.child(kind.name()).child("weights", seed));
    return Pair{measure<double>(network, inputs, labels), measure<float>(network, inputs, labels)};
  });
  Networks result;
  for (std::size_t i = 0; i < pairs.size(); ++i)
    result.networks.push_back({pairs[i], overflow_in_theory(p.networks[i], sizes)});
  return result;
}

// ---- The figure.

bool is_far_from_one(const Curve& curve) { return std::abs(std::log10(curve.y.back())) > 3; }

/// Every other layer, so that the dots do not hide what they lie on; all that is not finite or zero is shown.
plot::Points dots(const NetworkKind& kind, const Curve& single) {
  const NetworkMarker marker = network_marker(kind);
  plot::Points points{.series = kind.name() + " float32",
                      .marker = marker.shape,
                      .size = 2.8,
                      .filled = marker.is_filled,
                      .ink = network_ink(kind)};
  const std::size_t stride = std::max<std::size_t>(1, single.x.size() / 30);
  for (std::size_t i = 0; i < single.x.size(); ++i) {
    if (i % stride != 0 && std::isfinite(single.y[i]) && single.y[i] > 0) continue;
    points.x.push_back(single.x[i]);
    points.y.push_back(single.y[i]);
  }
  return points;
}

plot::Panel panel_of(const FloatRange& p, const Networks& r, bool backward) {
  plot::Panel panel{.title = backward ? "backward: error signal" : "forward: activations",
                    .x = {.label = backward ? "layer $\\ell$  (output $\\to$ input)" : "layer $\\ell$",
                          .min = backward ? 1 : 0,
                          .max = p.depth,
                          .reversed = backward,
                          .counts = true},
                    .y = {.label = "root mean square", .scale = plot::ScaleKind::log}};
  const auto exact = each_of(r.networks, backward ? &Computed::backward : &Computed::forward);
  const auto single = each_of(r.networks, backward ? &Computed::backward_in_float : &Computed::forward_in_float);
  PositiveRange range{1, 1};
  for (const auto* curves : {&exact, &single})
    for (const Curve& curve : *curves) range.include(curve.y);
  if (range.low < 1e-30) panel.marks.push_back(subnormal_floats());
  if (range.high > 1e30) panel.marks.push_back(end_of_floats());
  if (range.high > 1e15 && !backward)
    panel.marks.push_back(plot::Rule{.y = std::sqrt(largest_float), .label = "squares overflow in float32"});
  for (std::size_t i = 0; i < exact.size(); ++i) {
    const NetworkKind& kind = p.networks[i];
    panel.marks.push_back(plot::Line{.series = kind.name(),
                                     .x = exact[i].x,
                                     .y = exact[i].y,
                                     .stroke = {network_ink(kind), 0.9},
                                     .label = backward || is_far_from_one(exact[i]) ? network_label(kind) : ""});
  }
  for (std::size_t i = 0; i < single.size(); ++i) panel.marks.push_back(dots(p.networks[i], single[i]));
  return panel;
}

plot::Figure draw(const FloatRange& p, const Networks& r) {
  return {.panels = {panel_of(p, r, false), panel_of(p, r, true)},
          .columns = 2,
          .width = plot::FigureWidth::full,
          .height_mm = 85};
}

const bool registered = add(Definition<FloatRange, Networks>{
    .name = "float-range",
    .title = "Where single precision ends",
    .summary =
        "Computes the same deep networks forward and backward in float32 and in float64 and shows in which layer "
        "activations and error signals overflow, lose digits or become zero.",
    .parameters = parameters(),
    .outputs = outputs,
    .run = run,
    .draw = draw});

}  // namespace
}  // namespace experiments
