// What becomes of signals on their way forward: their size by layer, how much of the differences between inputs is
// left, and the similarity of two inputs in the ordered, critical and chaotic phase. Glorot and Bengio 2010, figures 2
// to 4; Poole et al. 2016, figure 2; Cho and Saul 2009 for the ReLU's map.
#include <fmt/format.h>

#include <algorithm>
#include <boost/random/normal_distribution.hpp>
#include <cmath>
#include <limits>

#include "experiment/experiment.hpp"
#include "experiments/shared/derived.hpp"
#include "experiments/shared/descent.hpp"
#include "experiments/shared/each_of.hpp"
#include "experiments/shared/float_limits.hpp"
#include "experiments/shared/network_looks.hpp"
#include "experiments/shared/over_seeds.hpp"
#include "experiments/shared/positive_range.hpp"
#include "experiments/shared/sample.hpp"
#include "numerics/linear/norm.hpp"
#include "numerics/networks/activation.hpp"
#include "numerics/networks/backpropagation.hpp"
#include "numerics/theory/correlation_map.hpp"
#include "numerics/theory/gaussian_layer.hpp"
#include "numerics/theory/gradient_theory.hpp"

namespace experiments {

namespace {

using numerics::Activation;
using numerics::Initialisation;
using numerics::Matrix;
using numerics::MeanField;
using numerics::NetworkKind;
using Values = std::vector<double>;

struct SignalPropagation {
  std::string dataset = "auto";
  int depth = 50;
  int width = 100;
  std::vector<NetworkKind> networks{
      {Activation::tanh, Initialisation::normal},    {Activation::relu, Initialisation::he},
      {Activation::tanh, Initialisation::xavier},    {Activation::tanh, Initialisation::uniform_fan_in},
      {Activation::sigmoid, Initialisation::xavier}, {Activation::sigmoid, Initialisation::uniform_fan_in}};
  int batch = 64;
  int seeds = 10;
  std::string phase_activation = "tanh";
  Values phase_weight_variances{1.3, 1.761, 2.5};
  double phase_bias_variance = 0.05;
  int phase_width = 1000;
  int phase_depth = 40;
  int phase_draws = 40;
  double start_correlation = 0.5;
};

Parameters<SignalPropagation> parameters() {
  using P = SignalPropagation;
  return Parameters<P>{}
      .dataset(&P::dataset)
      .integer("depth", &P::depth, "number of weight layers, the output layer included", from(3).to(1000))
      .integer("width", &P::width, "units in each hidden layer", from(2).to(4096))
      .networks("networks", &P::networks, "networks to compare, by name or as mappings")
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
              from(0).to(0.999));
}

std::string phase_name(double weight_variance) { return fmt::format("sigma_w2={}", weight_variance); }
const std::string relu_name = "relu";

std::vector<ParameterError> check(const SignalPropagation& p) {
  std::vector<ParameterError> errors;
  check_distinct("phase-weight-variances", p.phase_weight_variances, errors);
  const auto phi = *numerics::activation(p.phase_activation);
  for (std::size_t i = 0; i < p.phase_weight_variances.size(); ++i) {
    const double q = numerics::fixed_variance({phi, p.phase_weight_variances[i], p.phase_bias_variance});
    if (!(q > 0) || std::isinf(q))
      errors.push_back({{"phase-weight-variances", std::to_string(i)},
                        fmt::format("with sigma_w^2 = {} and sigma_b^2 = {} signals of {} {} without end",
                                    in_full(p.phase_weight_variances[i]), in_full(p.phase_bias_variance),
                                    p.phase_activation, q > 0 ? "grow" : "shrink"),
                        {},
                        {},
                        "similarity is followed at a fixed size"});
  }
  return errors;
}

/// By layer, from the input on.
struct Profile {
  Values rms, variation, similarity;
};

/// One network by layer: median over the seeds, and their 10 and 90 % quantiles.
struct Propagated {
  Curve size, variation, similarity;
  Curve size_theory, variation_theory;
};

double size_decades(const Propagated& n) { return std::log10(n.size.y.back() / n.size.y[1]); }
double variation_decades(const Propagated& n) { return std::log10(n.variation.y.back() / n.variation.y.front()); }

double indistinguishable_layer(const Propagated& n) {
  const Values& v = n.variation.y;
  const auto lost = std::find_if(v.begin(), v.end(), [](double x) { return x < float_resolution; });
  return lost == v.end() ? std::numeric_limits<double>::quiet_NaN() : static_cast<double>(lost - v.begin());
}

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
  Values relu_from_orthogonal;
};

struct PhaseCase {
  std::string name;
  MeanField field;
  double variance;
};

std::vector<PhaseCase> phase_cases(const SignalPropagation& p) {
  std::vector<PhaseCase> cases;
  const Activation phi = *numerics::activation(p.phase_activation);
  for (const double weight_variance : p.phase_weight_variances) {
    const MeanField field{phi, weight_variance, p.phase_bias_variance};
    cases.push_back({phase_name(weight_variance), field, numerics::fixed_variance(field)});
  }
  cases.push_back({relu_name, {Activation::relu, 2, 0}, 1});
  return cases;
}

/// Whether rounding errors grow on their way through the layers.
bool is_chaotic(const NetworkKind& kind, int width) {
  return numerics::settled_susceptibility({kind.activation, width * numerics::weight_variance(kind, width, width), 0}) >
         1.1;
}

struct AllowedOfNetwork {
  Allowed sizes, similarity, size_decades, variation_decades, lost;
};

const std::string rounding = "linear algebra in double precision; differences of signals end at its rounding errors";
const Allowed rounded_signals = within({1e-6, 1e-13}, rounding);
// Pairs in a chaotic phase have few layers, over which rounding errors grow to about 1e-9.
const Allowed rounded_similarity = within({1e-6, 1e-6}, rounding);

AllowedOfNetwork allowed_of(const NetworkKind& kind, int width) {
  if (!is_chaotic(kind, width))
    return {rounded_signals, rounded_similarity, rounded_signals, within({0, 0.5}, rounding), rounded_signals};
  const std::string chaos = "chaotic: another order of sums is another draw of the signals, of the same size";
  const Allowed decades = within({0, 0.1}, chaos);
  return {statistics({first_value({1e-9}), median({0.05}), last_value({0.2})}, chaos),
          statistics({first_value({1e-9}), median({0, 0.1}), last_value({0, 0.2})}, chaos), decades, decades,
          exactly(chaos)};
}

Outputs<Propagated> outputs_of(const NetworkKind& kind, int width) {
  const PanelInfo sizes{"signal size", {"layer"}, {"root mean square of the activations", "log"}};
  const PanelInfo variations{"variation over inputs",
                             {"layer"},
                             {"variation of the activations over the inputs, relative to their size", "log"}};
  const AllowedOfNetwork allowed = allowed_of(kind, width);
  return Outputs<Propagated>{}
      .measured(sizes, "", &Propagated::size, allowed.sizes)
      .theory(sizes, "", &Propagated::size_theory, allowed.sizes)
      .measured(variations, "", &Propagated::variation, allowed.sizes)
      .theory(variations, "", &Propagated::variation_theory, allowed.sizes)
      .sequence("rms", 0, then(&Propagated::size, &Curve::y),
                "root mean square of the activations of layer l, l = 0 (input) to depth - 1; median over the seeds",
                allowed.sizes)
      .sequence("theory-rms", 0, then(&Propagated::size_theory, &Curve::y), "the same for infinite width",
                allowed.sizes)
      .sequence("variation", 0, then(&Propagated::variation, &Curve::y),
                "distance of the images' signals from their mean over the signals' size, layer l", allowed.sizes)
      .sequence("similarity", 0, then(&Propagated::similarity, &Curve::y),
                "mean cosine of the activations of two different images, layer l", allowed.similarity)
      .number("size-decades", size_decades, "log10 of the last hidden layer's rms over the first one's",
              allowed.size_decades)
      .number("variation-decades", variation_decades, "log10 of the last hidden layer's variation over the input's",
              allowed.variation_decades)
      .number("indistinguishable-layer", indistinguishable_layer,
              "first layer whose signals vary over the images by less than float32 resolves, 6e-8; NaN if none",
              allowed.lost);
}

const PanelInfo map_panel{"correlation map", {"correlation"}, {"correlation one layer on"}};

Outputs<Phase> outputs_of_phase() {
  const PanelInfo panel{"similarity of two inputs", {"layer"}, {"correlation of two inputs' pre-activations"}};
  return Outputs<Phase>{}
      .measured(panel, "", &Phase::similarity, rounded_similarity)
      .theory(panel, "", &Phase::theory, rounded_similarity)
      .theory(map_panel, "", &Phase::map, rounded_signals)
      .sequence("similarity", 0, then(&Phase::similarity, &Curve::y),
                "correlation of two inputs' pre-activations after l layers, l = 0 to phase-depth; mean over the draws",
                rounded_similarity)
      .sequence("theory-similarity", 0, then(&Phase::theory, &Curve::y), "the same for infinite width",
                rounded_similarity)
      .number("final", then(&Phase::similarity, &Curve::y, last),
              "correlation after phase-depth layers; mean over the draws", rounded_similarity)
      .number("final-deviation", &Phase::final_deviation, "its standard deviation over the draws", rounded_similarity)
      .number("final-theory", then(&Phase::theory, &Curve::y, last), "the same for infinite width", rounded_similarity);
}

Curve unchanged(const Signals&) { return {{0, 1}, {0, 1}}; }

Outputs<Signals> outputs(const SignalPropagation& p) {
  return Outputs<Signals>{}
      .each(names(p.networks), &Signals::networks, [&](std::size_t i) { return outputs_of(p.networks[i], p.width); })
      .each(each_of(phase_cases(p), &PhaseCase::name), &Signals::phases, outputs_of_phase())
      .reference(map_panel, "unchanged", unchanged, rounded_signals)
      .sequence("relu-from-orthogonal", 0, &Signals::relu_from_orthogonal,
                "correlation of two orthogonal inputs after l layers of an infinitely wide ReLU network, l = 0 to 50",
                rounded_signals);
}

// ---- Images through whole networks.

void add_layer(const Matrix<double>& a, Profile& profile) {
  const double count = static_cast<double>(a.cols());
  const double self = std::pow(numerics::norm(a), 2) / count;
  // The spread about the mean, and not 1 - cosine, whose digits are gone when inputs differ in the ninth.
  const double spread = numerics::norm(a.colwise() - a.rowwise().mean()) / std::sqrt(count - 1);
  profile.rms.push_back(std::sqrt(self / static_cast<double>(a.rows())));
  profile.variation.push_back(spread / std::sqrt(self));
  profile.similarity.push_back(numerics::pair_moments(a).pair / self);
}

Profile measure(const NetworkKind& kind, const std::vector<int>& sizes, const Matrix<double>& images,
                const numerics::RandomStream& random) {
  const auto network = numerics::initialise(kind, sizes, random);
  numerics::Workspace<double> workspace;
  numerics::forward<double>(network, images, workspace);
  Profile profile;
  add_layer(images, profile);
  for (std::size_t l = 0; l + 1 < workspace.activations.size(); ++l) add_layer(workspace.activations[l], profile);
  return profile;
}

/// Images scaled to one length: what differs between them, then, is their direction, as in the theory.
Matrix<double> of_equal_length(Matrix<double> images) {
  const double length = images.norm() / std::sqrt(static_cast<double>(images.cols()));
  for (Eigen::Index i = 0; i < images.cols(); ++i)
    if (const double norm = images.col(i).norm(); norm > 0) images.col(i) *= length / norm;
  return images;
}

/// The same for infinite width, from the moments of the images.
Profile theory_of(const NetworkKind& kind, const std::vector<int>& sizes, const numerics::PairMoments& input) {
  const auto layers = numerics::propagate(kind, sizes, input);
  Profile profile;
  double spread = input.self - input.pair;
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const auto [self, pair] = layers[l].input;
    // When little is left of the difference of two numbers, it is followed by its own linear law.
    if (l > 0 && spread < 1e-5 * self) {
      const double variance = numerics::weight_variance(kind, sizes[l - 1], sizes[l]);
      const double q = variance * layers[l - 1].input.self;
      spread *= sizes[l] * variance * numerics::mean_square_slope(kind.activation, q);
    } else {
      spread = self - pair;
    }
    profile.rms.push_back(std::sqrt(self / sizes[l]));
    profile.variation.push_back(std::sqrt(spread / self));
    profile.similarity.push_back(1 - spread / self);
  }
  return profile;
}

Propagated propagated(const std::vector<Profile>& seeds, const Profile& theory) {
  const Values layers = counted(theory.rms.size());
  const auto curve = [&](Values Profile::*member) { return over_seeds(layers, each_of(seeds, member), four_fifths); };
  return {curve(&Profile::rms),
          curve(&Profile::variation),
          curve(&Profile::similarity),
          {layers, theory.rms},
          {layers, theory.variation}};
}

// ---- Two inputs through networks of one phase.

/// Two random pre-activations of this mean square and correlation, exactly.
Matrix<double> correlated_pair(int width, double variance, double correlation, numerics::Engine& engine) {
  boost::random::normal_distribution<double> normal;
  Matrix<double> z = Matrix<double>::NullaryExpr(width, 2, [&] { return normal(engine); });
  z.col(0).normalize();
  z.col(1) -= z.col(0).dot(z.col(1)) * z.col(0);
  z.col(1).normalize();
  z.col(1) = correlation * z.col(0) + std::sqrt(1 - correlation * correlation) * z.col(1);
  return std::sqrt(width * variance) * z;
}

Values follow_pair(const SignalPropagation& p, const PhaseCase& phase, numerics::Engine& engine) {
  Matrix<double> z = correlated_pair(p.phase_width, phase.variance, p.start_correlation, engine);
  Values correlations;
  for (int layer = 0; layer <= p.phase_depth; ++layer) {
    if (layer > 0) {
      const Matrix<double> a = z.unaryExpr([&](double v) { return numerics::activate(phase.field.activation, v); });
      z = numerics::gaussian_layer(a, p.phase_width, phase.field, engine);
    }
    correlations.push_back(z.col(0).dot(z.col(1)) / (z.col(0).norm() * z.col(1).norm()));
  }
  return correlations;
}

Values iterated(const numerics::CorrelationMap& map, double c, int layers) {
  Values values{c};
  for (int l = 0; l < layers; ++l) values.push_back(c = map(c));
  return values;
}

Phase phase_of(const SignalPropagation& p, const PhaseCase& phase, const std::vector<Values>& draws) {
  const numerics::CorrelationMap map(phase.field, phase.variance);
  const Values layers = counted(draws.front().size());
  Phase result;
  result.similarity = over_seeds(layers, draws, four_fifths);
  result.theory = {layers, iterated(map, p.start_correlation, p.phase_depth)};
  const double count = static_cast<double>(draws.size());
  for (std::size_t l = 0; l < layers.size(); ++l) {
    double sum = 0, squares = 0;
    for (const Values& draw : draws) sum += draw[l];
    const double mean = result.similarity.y[l] = sum / count;
    for (const Values& draw : draws) squares += (draw[l] - mean) * (draw[l] - mean);
    result.final_deviation = std::sqrt(squares / (count - 1));
  }
  for (int i = 0; i <= 100; ++i) {
    result.map.x.push_back(i / 100.0);
    result.map.y.push_back(std::min(1.0, map(i / 100.0)));
  }
  return result;
}

Signals run(const SignalPropagation& p, Run& run) {
  const auto& dataset = *run.dataset;
  const auto sizes = numerics::layer_sizes(static_cast<int>(dataset.images.rows()), p.width, p.depth, dataset.classes);
  auto samples = draw_samples(run, p.batch, p.seeds);
  for (Sample& sample : samples) sample.images = of_equal_length(std::move(sample.images));
  const auto profiles = run.table(p.networks, p.seeds, [&](const NetworkKind& kind, int seed) {
    const auto& images = samples[static_cast<std::size_t>(seed)].images;
    return measure(kind, sizes, images, run.random.child(kind.name()).child("weights", seed));
  });
  const auto theories = run.each(p.networks, [&, input = mean_moments(samples)](const NetworkKind& kind) {
    return theory_of(kind, sizes, input);
  });
  const auto cases = phase_cases(p);
  const auto pairs = run.table(cases, p.phase_draws, [&](const PhaseCase& phase, int draw) {
    auto engine = run.random.child(phase.name).child("pair", draw).engine();
    return follow_pair(p, phase, engine);
  });
  Signals result{{}, {}, iterated(numerics::CorrelationMap({Activation::relu, 2, 0}, 1), 0, 50)};
  for (std::size_t i = 0; i < profiles.size(); ++i) result.networks.push_back(propagated(profiles[i], theories[i]));
  for (std::size_t i = 0; i < cases.size(); ++i) result.phases.push_back(phase_of(p, cases[i], pairs[i]));
  return result;
}

// ---- The figure.

plot::Axis layers(int last) { return {.label = "layer $\\ell$", .min = 0, .max = last, .counts = true}; }

plot::Panel by_network(const SignalPropagation& p, const Signals& r, std::string title, Curve Propagated::*measured,
                       Curve Propagated::*theory, bool labelled) {
  plot::Panel panel{.title = std::move(title), .x = layers(p.depth - 1), .y = {.scale = plot::ScaleKind::log}};
  add_network_curves(
      panel, p.networks, [&](std::size_t i) { return r.networks[i].*measured; }, labelled);
  add_network_theory(panel, p.networks, [&](std::size_t i) { return r.networks[i].*theory; });
  return panel;
}

plot::Panel variations(const SignalPropagation& p, const Signals& r) {
  plot::Panel panel = by_network(p, r, "variation over the inputs, relative", &Propagated::variation,
                                 &Propagated::variation_theory, true);
  // What rounding leaves of a difference is no signal; the theory goes on for ever.
  PositiveRange shown{1};
  for (const Propagated& network : r.networks) shown.include(network.variation.y);
  const double lowest = std::max(1e-18, shown.low / 30);
  panel.y.min = lowest;
  if (float_resolution > lowest)
    panel.marks.push_back(plot::Rule{.y = float_resolution, .label = "float32 resolution"});
  if (double_resolution > lowest)
    panel.marks.push_back(plot::Rule{.y = double_resolution, .label = "float64 resolution"});
  return panel;
}

/// The looks of the network that stands for a phase in the report's other figures: the ReLU's own, and those of tanh
/// with weights that make gradients vanish, neither, or explode.
NetworkKind like(const PhaseCase& phase) {
  using numerics::Activation, numerics::Initialisation;
  if (phase.name == relu_name) return {Activation::relu, Initialisation::he};
  const double chi = numerics::susceptibility(phase.field, phase.variance);
  if (std::abs(chi - 1) < 2e-3) return {Activation::tanh, Initialisation::xavier};
  return {Activation::tanh, chi < 1 ? Initialisation::uniform_fan_in : Initialisation::normal};
}

std::vector<LooksLike> phase_looks(const SignalPropagation& p) {
  std::vector<LooksLike> list;
  for (const PhaseCase& phase : phase_cases(p)) {
    const std::string variance = "$\\sigma_w^2 = " + rounded(phase.field.weight_variance, 6) + "$";
    list.push_back({like(phase), phase.name, phase.name == relu_name ? "ReLU, He" : variance});
  }
  return list;
}

plot::Panel similarity(const SignalPropagation& p, const Signals& r) {
  plot::Panel panel{.title = "similarity of two inputs",
                    .x = layers(p.phase_depth),
                    .y = {.label = "correlation $c_\\ell$", .min = 0, .max = 1}};
  add_curves(panel, phase_looks(p), [&](std::size_t i) { return r.phases[i].similarity; });
  add_theory(panel, phase_looks(p), [&](std::size_t i) { return r.phases[i].theory; });
  return panel;
}

plot::Panel maps(const SignalPropagation& p, const Signals& r) {
  plot::Panel panel{.title = "one layer’s map of the correlation",
                    .x = {.label = "correlation $c_\\ell$", .min = 0, .max = 1},
                    .y = {.label = "$c_{\\ell+1}$", .min = 0, .max = 1}};
  constexpr plot::StrokeStyle thin{plot::Ink::muted, 0.5, plot::Dash::solid, 1};
  panel.marks.push_back(plot::Line{.series = "unchanged", .x = {0, 1}, .y = {0, 1}, .stroke = thin});
  add_curves(
      panel, phase_looks(p), [&](std::size_t i) { return r.phases[i].map; }, false);
  return panel;
}

plot::Figure draw(const SignalPropagation& p, const Signals& r) {
  plot::Panel sizes =
      by_network(p, r, "root mean square of the activations", &Propagated::size, &Propagated::size_theory, false);
  return {.panels = {std::move(sizes), variations(p, r), similarity(p, r), maps(p, r)},
          .columns = 2,
          .width = plot::FigureWidth::full,
          .height_mm = 125};
}

const bool registered = add(Definition<SignalPropagation, Signals>{
    .name = "signal-propagation",
    .title = "Signals on their way forward",
    .summary =
        "Sends images through freshly initialised deep networks and shows the size of the activations by layer and "
        "how much they still vary over the images; follows the similarity of two inputs in the ordered, critical "
        "and chaotic phase, with mean-field theory.",
    .parameters = parameters(),
    .check = check,
    .outputs = outputs,
    .run = run,
    .draw = draw});

}  // namespace
}  // namespace experiments
