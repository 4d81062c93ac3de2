// What becomes of signals on their way forward: their size by layer, how much of the differences between inputs is
// left, and the similarity of two inputs in the ordered, critical and chaotic phase. Glorot and Bengio 2010, figures 2
// to 4; Poole et al. 2016, figure 2; Cho and Saul 2009 for the ReLU's map.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiment/experiment.hpp"
#include "experiments/shared/checks.hpp"
#include "experiments/shared/float_limits.hpp"
#include "experiments/shared/images.hpp"
#include "experiments/shared/networks.hpp"
#include "numerics/theory/correlation_map.hpp"
#include "numerics/theory/gaussian_layer.hpp"
#include "numerics/theory/signal_profile.hpp"

namespace experiments {
namespace {

using numerics::MeanField;
using numerics::SignalProfile;

struct SignalPropagation {
  std::string dataset = "auto";
  int depth = 50, width = 100;
  std::vector<NetworkKind> networks = numerics::network_kinds(
      {"tanh-normal", "relu-he", "tanh-xavier", "tanh-uniform-fan-in", "sigmoid-xavier", "sigmoid-uniform-fan-in"});
  int batch = 64, seeds = 10;
  std::string phase_activation = "tanh";
  Numbers phase_weight_variances{1.3, 1.761, 2.5};
  double phase_bias_variance = 0.05;
  int phase_width = 1000, phase_depth = 40, phase_draws = 40;
  double start_correlation = 0.5;
};

std::string never_settles(const SignalPropagation& p, double weight_variance) {
  const auto phi = *numerics::activation(p.phase_activation);
  const double q = numerics::fixed_variance({phi, weight_variance, p.phase_bias_variance});
  if (q > 0 && std::isfinite(q)) return "";
  return fmt::format("with sigma_w^2 = {} and sigma_b^2 = {} signals of {} {} without end", in_full(weight_variance),
                     in_full(p.phase_bias_variance), p.phase_activation, q > 0 ? "grow" : "shrink");
}

Parameters<SignalPropagation> parameters() {
  using P = SignalPropagation;
  return with_images(&P::dataset)
      .integer("depth", &P::depth, "number of weight layers, the output layer included", from(3).to(1000))
      .integer("width", &P::width, "units in each hidden layer", from(2).to(4096))
      .parameter(network_list, "networks", &P::networks, "networks to compare, by name or as mappings")
      .integer("batch", &P::batch, "images that are sent through each network, scaled to one length", from(2).to(10000))
      .integer("seeds", &P::seeds, "random initialisations of each network", from(1).to(1000))
      .choice("phase-activation", &P::phase_activation, numerics::activation_names(),
              "activation of the networks in which two inputs are followed")
      .numbers("phase-weight-variances", &P::phase_weight_variances, "their sigma_w^2 = n Var W", above(0).to(1e4),
               {.most = 5})
      .number("phase-bias-variance", &P::phase_bias_variance, "their sigma_b^2", from(0).to(1e4))
      .integer("phase-width", &P::phase_width, "units in each of their layers", from(2).to(100000))
      .integer("phase-depth", &P::phase_depth, "their number of layers", from(1).to(1000))
      .integer("phase-draws", &P::phase_draws, "random networks of each kind", from(2).to(10000))
      .number("start-correlation", &P::start_correlation, "correlation of the two inputs at the beginning",
              from(0).to(0.999))
      .require(distinct("phase-weight-variances", &P::phase_weight_variances))
      .require(each_element("phase-weight-variances", &P::phase_weight_variances, never_settles,
                            "similarity is followed at a fixed size"));
}

/// One network by layer: median over the seeds, and their 10 and 90 % quantiles.
struct Propagated {
  Curve size, variation, similarity;
  Curve size_theory, variation_theory;

  double size_decades() const { return std::log10(size.y.back() / size.y[1]); }
  double variation_decades() const { return std::log10(variation.y.back() / variation.y.front()); }
  double indistinguishable_layer() const {
    return first_where(variation.y, nothing, [](double x) { return x < float_resolution; });
  }
};

/// Two inputs through the networks of one phase.
struct Phase {
  Curve similarity;  // by layer: mean over the draws, and their 10 and 90 % quantiles
  Curve theory;
  double final_deviation = 0;  // over the draws
  Curve map;                   // from one layer to the next
};

struct Signals {
  std::vector<Propagated> networks;
  std::vector<Phase> phases;
  Numbers relu_from_orthogonal;
};

struct PhaseCase {
  std::string name;
  MeanField field;
  double variance = 1;
};

const PhaseCase relu{"relu", {Activation::relu, 2, 0}};

std::vector<PhaseCase> phase_cases(const SignalPropagation& p) {
  auto cases = each_of(p.phase_weight_variances, [&](double weight_variance) {
    const MeanField field{*numerics::activation(p.phase_activation), weight_variance, p.phase_bias_variance};
    return PhaseCase{fmt::format("sigma_w2={}", weight_variance), field, numerics::fixed_variance(field)};
  });
  cases.push_back(relu);
  return cases;
}

const std::string rounding = "linear algebra in double precision; differences of signals end at its rounding errors";
const Allowed rounded_signals = within({1e-6, 1e-13}, rounding);
// Pairs in a chaotic phase have few layers, over which rounding errors grow to about 1e-9.
const Allowed rounded_similarity = within({1e-6, 1e-6}, rounding);

Outputs<Propagated> outputs_of(const NetworkKind& kind, int width) {
  const AxisInfo layer{"layer"};
  const PanelInfo sizes{"signal size", layer, {"root mean square of the activations", "log"}};
  const PanelInfo variations{
      "variation over inputs", layer, {"variation of the activations over the inputs, relative to their size", "log"}};
  // Whether rounding errors grow on their way through the layers.
  const bool is_chaotic = numerics::settled_susceptibility(numerics::field_of(kind, width)) > 1.1;
  const std::string chaos = "chaotic: another order of sums is another draw of the signals, of the same size";
  const auto allowed = [&](const Allowed& in_chaos, const Allowed& otherwise) {
    return is_chaotic ? in_chaos : otherwise;
  };
  const Allowed sized =
      allowed(statistics({first_value({1e-9}), median({0.05}), last_value({0.2})}, chaos), rounded_signals);
  const Allowed similar =
      allowed(statistics({first_value({1e-9}), median({0, 0.1}), last_value({0, 0.2})}, chaos), rounded_similarity);
  const Allowed decades = within({0, 0.1}, chaos);
  return Outputs<Propagated>{sized}
      .curve(measured, sizes, "", &Propagated::size)
      .curve(theory, sizes, "", &Propagated::size_theory)
      .curve(measured, variations, "", &Propagated::variation)
      .curve(theory, variations, "", &Propagated::variation_theory)
      .sequence("rms", 0, &Propagated::size,
                "root mean square of the activations of layer l, l = 0 (input) to depth - 1; median over the seeds")
      .sequence("theory-rms", 0, &Propagated::size_theory, "the same for infinite width")
      .sequence("variation", 0, &Propagated::variation,
                "distance of the images' signals from their mean over the signals' size, layer l")
      .sequence("similarity", 0, &Propagated::similarity,
                "mean cosine of the activations of two different images, layer l", similar)
      .number("size-decades", &Propagated::size_decades, "log10 of the last hidden layer's rms over the first one's",
              allowed(decades, rounded_signals))
      .number("variation-decades", &Propagated::variation_decades,
              "log10 of the last hidden layer's variation over the input's",
              allowed(decades, within({0, 0.5}, rounding)))
      .number("indistinguishable-layer", &Propagated::indistinguishable_layer,
              "first layer whose signals vary over the images by less than float32 resolves, 6e-8; NaN if none",
              allowed(exactly(chaos), rounded_signals));
}

const PanelInfo map_panel{"correlation map", {"correlation"}, {"correlation one layer on"}};

Outputs<Phase> outputs_of_phase() {
  const PanelInfo panel{"similarity of two inputs", {"layer"}, {"correlation of two inputs' pre-activations"}};
  return Outputs<Phase>{rounded_similarity}
      .curve(measured, panel, "", &Phase::similarity)
      .curve(theory, panel, "", &Phase::theory)
      .curve(theory, map_panel, "", &Phase::map, rounded_signals)
      .sequence("similarity", 0, &Phase::similarity,
                "correlation of two inputs' pre-activations after l layers, l = 0 to phase-depth; mean over the draws")
      .sequence("theory-similarity", 0, &Phase::theory, "the same for infinite width")
      .number("final", then(&Phase::similarity, last), "correlation after phase-depth layers; mean over the draws")
      .number("final-deviation", &Phase::final_deviation, "its standard deviation over the draws")
      .number("final-theory", then(&Phase::theory, last), "the same for infinite width");
}

Outputs<Signals> outputs(const SignalPropagation& p) {
  return Outputs<Signals>{rounded_signals}
      .each(names(p.networks), &Signals::networks, [&](std::size_t i) { return outputs_of(p.networks[i], p.width); })
      .each(each_of(phase_cases(p), &PhaseCase::name), &Signals::phases, outputs_of_phase())
      .curve(reference, map_panel, "unchanged", Curve{{0, 1}, {0, 1}})
      .sequence("relu-from-orthogonal", 0, &Signals::relu_from_orthogonal,
                "correlation of two orthogonal inputs after l layers of an infinitely wide ReLU network, l = 0 to 50");
}

Propagated propagated(const std::vector<SignalProfile>& seeds, const SignalProfile& theory) {
  const Numbers layers = counted(theory.rms.size());
  const auto curve = [&](Numbers SignalProfile::*member) {
    return over_seeds(layers, each_of(seeds, member), four_fifths);
  };
  return {curve(&SignalProfile::rms),
          curve(&SignalProfile::variation),
          curve(&SignalProfile::similarity),
          {layers, theory.rms},
          {layers, theory.variation}};
}

Phase phase_of(const SignalPropagation& p, const PhaseCase& phase, const std::vector<Numbers>& draws) {
  const numerics::CorrelationMap map(phase.field, phase.variance);
  const Numbers layers = counted(draws.front().size());
  Phase result{.similarity = over_seeds(layers, draws, four_fifths),
               .theory = {layers, numerics::iterated(map, p.start_correlation, p.phase_depth)},
               .map = curve_over(each_of(counted(101), [](double i) { return i / 100.0; }),
                                 [&](double c) { return std::min(1.0, map(c)); })};
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const auto moments = numerics::moments_of(each_of(draws, [l](const Numbers& draw) { return draw[l]; }));
    result.similarity.y[l] = moments.mean;
    result.final_deviation = std::sqrt(moments.variance);
  }
  return result;
}

Signals run(const SignalPropagation& p, Run& run) {
  run.parts = 3;
  const auto sizes = layer_sizes(*run.dataset, p.width, p.depth);
  auto samples = draw_samples(run, p.batch, p.seeds);
  for (Sample& sample : samples) sample.images = numerics::of_equal_length(std::move(sample.images));
  const auto profiles = run.table(p.networks, p.seeds, [&](const NetworkKind& kind, int seed) {
    return numerics::signal_profile(random_network(run, kind, sizes, seed),
                                    samples[static_cast<std::size_t>(seed)].images);
  });
  const auto theories = run.each(p.networks, [&, input = mean_moments(samples)](const NetworkKind& kind) {
    return numerics::signal_theory(kind, sizes, input);
  });
  const auto cases = phase_cases(p);
  const auto pairs = run.table(cases, p.phase_draws, [&](const PhaseCase& phase, int draw) {
    auto engine = run.random.child(phase.name).child("pair", draw).engine();
    return numerics::correlations(phase.field, phase.variance, p.start_correlation, p.phase_width, p.phase_depth,
                                  engine);
  });
  return {list_of(profiles.size(), [&](std::size_t i) { return propagated(profiles[i], theories[i]); }),
          list_of(cases.size(), [&](std::size_t i) { return phase_of(p, cases[i], pairs[i]); }),
          numerics::iterated(numerics::CorrelationMap(relu.field, relu.variance), 0, 50)};
}

// ---- The figure.

plot::Panel by_network(const SignalPropagation& p, const Signals& r, std::string title, Curve Propagated::*measured,
                       Curve Propagated::*theory, const std::vector<plot::Line>& looks) {
  plot::Panel panel = titled(std::move(title), count_axis("layer $\\ell$", 0, p.depth - 1), log_axis(""));
  add_measured(panel, looks, each_of(r.networks, measured));
  add_theory(panel, looks, each_of(r.networks, theory));
  return panel;
}

plot::Panel variations(const SignalPropagation& p, const Signals& r) {
  plot::Panel panel = by_network(p, r, "variation over the inputs, relative", &Propagated::variation,
                                 &Propagated::variation_theory, looks(p.networks));
  // What rounding leaves of a difference is no signal; the theory goes on for ever.
  PositiveRange shown{1};
  for (const Propagated& network : r.networks) shown.include(network.variation.y);
  const double lowest = std::max(1e-18, shown.low / 30);
  panel.y.min = lowest;
  if (float_resolution > lowest) add(panel, plot::Rule{.y = float_resolution, .label = "float32 resolution"});
  if (double_resolution > lowest) add(panel, plot::Rule{.y = double_resolution, .label = "float64 resolution"});
  return panel;
}

/// A phase looks like the network that stands for it in the report's other figures: the ReLU's own, and those of tanh
/// with weights that make gradients vanish, neither, or explode.
plot::Line phase_look(const PhaseCase& phase) {
  const auto like = [&](const char* network, const std::string& label) {
    plot::Line look = network_look(*numerics::network_kind(network));
    look.series = phase.name;
    look.label = label;
    return look;
  };
  if (phase.name == relu.name) return like("relu-he", "ReLU, He");
  const std::string label = "$\\sigma_w^2 = " + rounded(phase.field.weight_variance, 6) + "$";
  const double chi = numerics::susceptibility(phase.field, phase.variance);
  if (std::abs(chi - 1) < 2e-3) return like("tanh-xavier", label);
  return like(chi < 1 ? "tanh-uniform-fan-in" : "tanh-normal", label);
}

plot::Panel similarity(const SignalPropagation& p, const Signals& r) {
  plot::Panel panel = titled("similarity of two inputs", count_axis("layer $\\ell$", 0, p.phase_depth),
                             axis("correlation $c_\\ell$", 0, 1));
  const auto looks = each_of(phase_cases(p), phase_look);
  add_measured(panel, looks, each_of(r.phases, &Phase::similarity));
  add_theory(panel, looks, each_of(r.phases, &Phase::theory));
  return panel;
}

plot::Panel maps(const SignalPropagation& p, const Signals& r) {
  plot::Panel panel =
      titled("one layer’s map of the correlation", axis("correlation $c_\\ell$", 0, 1), axis("$c_{\\ell+1}$", 0, 1));
  add(panel, line_of("unchanged", {{0, 1}, {0, 1}}, {Ink::muted, 0.5, plot::Dash::solid, 1}));
  add_measured(panel, without_labels(each_of(phase_cases(p), phase_look)), each_of(r.phases, &Phase::map));
  return panel;
}

plot::Figure draw(const SignalPropagation& p, const Signals& r) {
  const plot::Panel sizes = by_network(p, r, "root mean square of the activations", &Propagated::size,
                                       &Propagated::size_theory, without_labels(looks(p.networks)));
  return two_columns({sizes, variations(p, r), similarity(p, r), maps(p, r)}, 125);
}

const bool registered =
    add("signal-propagation", "Signals on their way forward",
        "Sends images through freshly initialised deep networks and shows the size of the activations by layer and "
        "how much they still vary over the images; follows the similarity of two inputs in the ordered, critical "
        "and chaotic phase, with mean-field theory.",
        parameters(), outputs, run, draw, always<SignalPropagation, 4>);

}  // namespace
}  // namespace experiments
