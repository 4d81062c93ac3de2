// Where single precision ends: the same networks forward and backward in float32 beside float64, layer by layer.
// The limits are those of IEEE 754 binary32; the growth per layer is mean-field theory, Poole et al. 2016.
#include <algorithm>
#include <boost/random/normal_distribution.hpp>
#include <cmath>

#include "experiment/experiment.hpp"
#include "experiments/shared/float_limits.hpp"
#include "experiments/shared/networks.hpp"
#include "numerics/root.hpp"
#include "numerics/theory/gradient_theory.hpp"
#include "numerics/theory/precision_profile.hpp"

namespace experiments {
namespace {

using Profile = numerics::PrecisionProfile;
using numerics::first_float;
using numerics::Matrix;

struct FloatRange {
  int depth = 60, width = 256;
  std::vector<NetworkKind> networks =
      numerics::network_kinds({"relu-normal", "tanh-normal", "relu-he", "sigmoid-xavier", "sigmoid-uniform-fan-in"});
  int batch = 16, classes = 10, seeds = 5;
};

Parameters<FloatRange> parameters() {
  using P = FloatRange;
  return Parameters<P>{}
      .integer("depth", &P::depth, "number of weight layers, the output layer included", from(2).to(1000))
      .integer("width", &P::width, "units in each layer, the input included", from(1).to(4096))
      .parameter(network_list, "networks", &P::networks,
                 "networks to compute in both precisions, by name or as mappings")
      .integer("batch", &P::batch, "examples, with standard normal inputs", from(1).to(10000))
      .integer("classes", &P::classes, "units of the output layer", from(2).to(250))
      .integer("seeds", &P::seeds, "random networks and inputs", from(1).to(1000));
}

/// Both precisions of one seed.
using Pair = numerics::PrecisionProfiles;

/// One network: its seeds, and where infinite width overflows.
struct Computed {
  std::vector<Pair> seeds;
  double overflow_in_theory = 0;

  /// Median over the seeds by layer; a NaN in one seed makes a NaN of the layer.
  Curve median(Profile Pair::*precision, Numbers Profile::*member, int first_layer) const {
    const auto of_seeds = each_of(seeds, [&](const Pair& pair) { return pair.*precision.*member; });
    const Curve curve = over_seeds(counted(of_seeds.front().size(), first_layer), of_seeds, whole_range);
    return {curve.x, curve.y};
  }
  Curve forward() const { return median(&Pair::exact, &Profile::activations, 0); }
  Curve forward_in_float() const { return median(&Pair::single, &Profile::activations, 0); }
  Curve backward() const { return median(&Pair::exact, &Profile::error_signals, 1); }
  Curve backward_in_float() const { return median(&Pair::single, &Profile::error_signals, 1); }

  /// In which layer something first holds, counted from the input, or from the output for error signals: the median
  /// over the seeds in which it happens at all; NaN if it does in less than half of them.
  template <class Holds>
  double first_layer(Profile Pair::*precision, Numbers Profile::*member, const Holds& holds) const {
    Numbers found;
    for (const Pair& pair : seeds) {
      Numbers by_layer = pair.*precision.*member;
      if (member == &Profile::error_signals) std::ranges::reverse(by_layer);
      const double layer = first_where(by_layer, nothing, holds);
      if (!std::isnan(layer)) found.push_back(layer);
    }
    return 2 * found.size() < seeds.size() || found.empty() ? nothing : numerics::quantile(found, 0.5);
  }
};

using Networks = std::vector<Computed>;

/// The limits of float32 themselves.
Outputs<Networks> limits() {
  const auto slope_of_sigmoid = [](float s) { return s * (1 - s); };
  const auto slope_of_tanh = [](float t) { return 1 - t * t; };
  const Allowed last_bits = within({1e-6}, "the last bits of the mathematical library's functions");
  return Outputs<Networks>{exactly("the limits of float32")}
      .number("largest", largest_float, "largest finite float32")
      .number("smallest-normal", smallest_normal_float, "smallest normal float32; below it digits are lost")
      .number("smallest", std::numeric_limits<float>::denorm_min(), "smallest positive float32")
      .number("norm-overflow", first_float(1, 1e30f, [](float x) { return std::isinf(x * x); }),
              "size of a single entry from which on its square, and so a norm summed in float32, is infinite")
      .number("norm-underflow", first_float(1e-30f, 1, [](float x) { return x * x > 0; }),
              "size of an entry below which its square, and so a norm summed in float32, is zero")
      .number("sigmoid-slope-zero",
              first_float(0, 100, [&](float z) { return slope_of_sigmoid(1 / (1 + std::exp(-z))) == 0; }),
              "z from which s (1 - s), s the sigmoid of z in float32, is exactly zero", last_bits)
      .number("tanh-slope-zero", first_float(0, 100, [&](float z) { return slope_of_tanh(std::tanh(z)) == 0; }),
              "z from which 1 - tanh(z)^2 in float32 is exactly zero", last_bits)
      .number("update-lost", first_float(0, 1, [](float update) { return 0.05f + update != 0.05f; }),
              "size of an update below which a weight of 0.05 stays what it is in float32");
}

Outputs<Computed> outputs_of(const NetworkKind& kind) {
  const PanelInfo forward{"activations", {"layer"}, {"root mean square of the activations", "log"}};
  const PanelInfo backward{"error signal", {"layer"}, {"root mean square of the error signal", "log"}};
  const std::string in_float = kind.name() + " float32";
  const Allowed norms = statistics({first_value({0.01}), median({0.5}), last_value({0.5, 1e-44})},
                                   "norms of single and double precision; where rounding errors grow, another order "
                                   "of sums is another draw of the same size");
  const auto first = [](Profile Pair::*precision, Numbers Profile::*member, auto holds) {
    return [=](const Computed& network) { return network.first_layer(precision, member, holds); };
  };
  const auto not_finite = [](double v) { return !std::isfinite(v); };
  const auto subnormal = [](double v) { return v < smallest_normal_float; };
  const auto zero = [](double v) { return v == 0; };
  const auto single = &Pair::single;
  return Outputs<Computed>{within({0, 1}, "a layer; another order of sums may take the next one")}
      .curve(measured, forward, "", &Computed::forward, norms)
      .curve(measured, forward, in_float, &Computed::forward_in_float, norms)
      .curve(measured, backward, "", &Computed::backward, norms)
      .curve(measured, backward, in_float, &Computed::backward_in_float, norms)
      .number("forward-overflow", first(single, &Profile::activations, not_finite),
              "first layer with an infinite activation in float32, median over the seeds; NaN if none")
      .number("forward-overflow-theory", &Computed::overflow_in_theory,
              "layer at which infinite width reaches the largest float32, as a fraction; NaN if it does not",
              within({1e-9}, "theory by quadrature"))
      .number("norm-overflow", first(single, &Profile::own_norms, not_finite),
              "first layer whose norm, summed in float32, is infinite; NaN if none")
      .number("backward-overflow", first(single, &Profile::error_signals, not_finite),
              "layers from the output at which the error signal first is not finite in float32; NaN if none")
      .number("backward-subnormal", first(&Pair::exact, &Profile::error_signals, subnormal),
              "layers from the output at which the error signal's root mean square in float64 is below the smallest "
              "normal float32; NaN if none")
      .number("backward-zero", first(single, &Profile::error_signals, zero),
              "layers from the output at which all of the error signal is zero in float32; NaN if none")
      .sequence("error-signal", 1, &Computed::backward,
                "root mean square of the error signal of layer l in float64, median over the seeds", norms)
      .sequence("activation", 0, &Computed::forward,
                "root mean square of the activations of layer l in float64, l from 0, the input", norms);
}

Outputs<Networks> outputs(const FloatRange& p) {
  return limits().each(names(p.networks), std::identity{}, [&](std::size_t i) { return outputs_of(p.networks[i]); });
}

Networks run(const FloatRange& p, Run& run) {
  const auto sizes = numerics::layer_sizes(p.width, p.width, p.depth, p.classes);
  const auto pairs = run.table(p.networks, p.seeds, [&](const NetworkKind& kind, int seed) {
    auto engine = run.random.child("inputs", seed).engine();
    boost::random::normal_distribution<double> normal;
    const Matrix<double> inputs = Matrix<double>::NullaryExpr(p.width, p.batch, [&] { return normal(engine); });
    const auto labels = list_of(p.batch, [&](std::size_t i) { return static_cast<std::uint8_t>(i % p.classes); });
    return numerics::precision_profiles(kind, sizes, weights_stream(run, kind, seed), inputs, labels);
  });
  return list_of(pairs.size(), [&](std::size_t i) {
    return Computed{pairs[i], numerics::layer_beyond(largest_float, p.networks[i], sizes).value_or(nothing)};
  });
}

// ---- The figure.

/// Every other layer, so that the dots do not hide what they lie on; all that is not finite or zero is shown.
Curve thinned(const Curve& single) {
  const std::size_t stride = std::max<std::size_t>(1, single.x.size() / 30);
  return some_of(single,
                 [&](std::size_t i) { return i % stride == 0 || !std::isfinite(single.y[i]) || single.y[i] <= 0; });
}

plot::Panel panel_of(const FloatRange& p, const Networks& r, bool backward) {
  plot::Panel panel =
      titled(backward ? "backward: error signal" : "forward: activations",
             count_axis(backward ? "layer $\\ell$  (output $\\to$ input)" : "layer $\\ell$", backward ? 1 : 0, p.depth),
             log_axis("root mean square"));
  panel.x.reversed = backward;
  const auto exact = each_of(r, backward ? &Computed::backward : &Computed::forward);
  const auto single = each_of(r, backward ? &Computed::backward_in_float : &Computed::forward_in_float);
  PositiveRange range{1, 1};
  for (const auto* curves : {&exact, &single})
    for (const Curve& curve : *curves) range.include(curve.y);
  if (range.low < 1e-30) add(panel, subnormal_floats());
  if (range.high > 1e30) add(panel, end_of_floats());
  if (range.high > 1e15 && !backward)
    add(panel, plot::Rule{.y = std::sqrt(largest_float), .label = "squares overflow in float32"});
  for (std::size_t i = 0; i < exact.size(); ++i) {
    // Forward only those that go far from 1 have names.
    const std::string label =
        backward || std::abs(std::log10(exact[i].y.back())) > 3 ? network_label(p.networks[i]) : "";
    add(panel, line_of(p.networks[i].name(), exact[i], {network_ink(p.networks[i]), 0.9}, label));
  }
  for (std::size_t i = 0; i < single.size(); ++i) {
    plot::Line look = network_look(p.networks[i]);
    look.series += " float32";
    add(panel, dots(look, thinned(single[i]), 2.8));
  }
  return panel;
}

plot::Figure draw(const FloatRange& p, const Networks& r) {
  return two_columns({panel_of(p, r, false), panel_of(p, r, true)}, 85);
}

const bool registered =
    add("float-range", "Where single precision ends",
        "Computes the same deep networks forward and backward in float32 and in float64 and shows in which layer "
        "activations and error signals overflow, lose digits or become zero.",
        parameters(), outputs, run, draw, always<FloatRange, 2>);

}  // namespace
}  // namespace experiments
