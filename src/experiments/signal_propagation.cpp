// What becomes of signals on their way forward: their size by layer, how much of the differences between inputs is
// left, and the similarity of two inputs in the ordered, critical and chaotic phase. Glorot and Bengio 2010, figures 2
// to 4; Poole et al. 2016, figure 2; Cho and Saul 2009 for the ReLU's map.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <boost/random/normal_distribution.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "experiment/legacy.hpp"
#include "experiments/shared/descent.hpp"
#include "experiments/shared/network_looks.hpp"
#include "experiments/shared/sample.hpp"
#include "numerics/activation.hpp"
#include "numerics/backpropagation.hpp"
#include "numerics/correlation_map.hpp"
#include "numerics/gaussian_layer.hpp"
#include "numerics/gradient_theory.hpp"
#include "numerics/norm.hpp"
#include "numerics/statistics.hpp"

namespace experiments {

using namespace experiment;
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
  Parameters<P> p;
  p.dataset(&P::dataset)
      .integer("depth", &P::depth,
               {.meaning = "number of weight layers, the output layer included", .minimum = 3, .maximum = 1000})
      .integer("width", &P::width, {.meaning = "units in each hidden layer", .minimum = 2, .maximum = 4096})
      .networks("networks", &P::networks, {.meaning = "networks to compare, by name or as mappings"})
      .integer("batch", &P::batch,
               {.meaning = "images that are sent through each network, scaled to one length",
                .minimum = 2,
                .maximum = 10000})
      .integer("seeds", &P::seeds, {.meaning = "random initialisations of each network", .minimum = 1, .maximum = 1000})
      .choice("phase-activation", &P::phase_activation, numerics::activation_names(),
              {.meaning = "activation of the networks in which two inputs are followed"})
      .numbers("phase-weight-variances", &P::phase_weight_variances,
               {.meaning = "their sigma_w^2 = n Var W",
                .minimum = 0,
                .maximum = 1e4,
                .minimum_is_open = true,
                .max_size = 5})
      .number("phase-bias-variance", &P::phase_bias_variance,
              {.meaning = "their sigma_b^2", .minimum = 0, .maximum = 1e4})
      .integer("phase-width", &P::phase_width,
               {.meaning = "units in each of their layers", .minimum = 2, .maximum = 100000})
      .integer("phase-depth", &P::phase_depth, {.meaning = "their number of layers", .minimum = 1, .maximum = 1000})
      .integer("phase-draws", &P::phase_draws,
               {.meaning = "random networks of each kind", .minimum = 2, .maximum = 10000})
      .number("start-correlation", &P::start_correlation,
              {.meaning = "correlation of the two inputs at the beginning", .minimum = 0, .maximum = 0.999});
  return p;
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

const std::string size_panel = "signal size";
const std::string variation_panel = "variation over inputs";
const std::string similarity_panel = "similarity of two inputs";
const std::string map_panel = "correlation map";

/// Half a unit in the last place of float32 at 1: what differs by less is the same number there.
constexpr double float_resolution = 5.9604644775390625e-8;
constexpr double double_resolution = 1.1102230246251565e-16;

std::vector<Export> exports(const SignalPropagation& p) {
  std::vector<Export> list;
  for (const NetworkKind& kind : p.networks) {
    const std::string name = kind.name();
    list.push_back({name + ".rms",
                    "root mean square of the activations of layer l, l = 0 (input) to depth - 1; median over the seeds",
                    true});
    list.push_back({name + ".theory-rms", "the same for infinite width", true});
    list.push_back(
        {name + ".variation", "distance of the images' signals from their mean over the signals' size, layer l", true});
    list.push_back({name + ".similarity", "mean cosine of the activations of two different images, layer l", true});
    list.push_back({name + ".size-decades", "log10 of the last hidden layer's rms over the first one's"});
    list.push_back({name + ".variation-decades", "log10 of the last hidden layer's variation over the input's"});
    list.push_back({name + ".indistinguishable-layer",
                    "first layer whose signals vary over the images by less than float32 resolves, 6e-8; NaN if none"});
  }
  std::vector<std::string> phases{relu_name};
  for (const double weight_variance : p.phase_weight_variances) phases.push_back(phase_name(weight_variance));
  for (const std::string& name : phases) {
    list.push_back(
        {name + ".similarity",
         "correlation of two inputs' pre-activations after l layers, l = 0 to phase-depth; mean over the draws", true});
    list.push_back({name + ".theory-similarity", "the same for infinite width", true});
    list.push_back({name + ".final", "correlation after phase-depth layers; mean over the draws"});
    list.push_back({name + ".final-deviation", "its standard deviation over the draws"});
    list.push_back({name + ".final-theory", "the same for infinite width"});
  }
  list.push_back({"relu-from-orthogonal",
                  "correlation of two orthogonal inputs after l layers of an infinitely wide ReLU network, l = 0 to 50",
                  true});
  return list;
}

/// Whether rounding errors grow on their way through the layers.
bool is_chaotic(const NetworkKind& kind, int width) {
  return numerics::settled_susceptibility({kind.activation, width * numerics::weight_variance(kind, width, width), 0}) >
         1.1;
}

std::vector<Tolerance> tolerances(const SignalPropagation& p) {
  const std::string rounding = "linear algebra in double precision; differences of signals end at its rounding errors";
  const std::string chaos = "chaotic: another order of sums is another draw of the signals, of the same size";
  std::vector<Tolerance> list;
  for (const NetworkKind& kind : p.networks) {
    const std::string name = kind.name();
    if (is_chaotic(kind, p.width)) {
      const std::vector<Statistic> statistics{first_value({1e-9, 0}), median({0.05, 0}), last_value({0.2, 0})};
      list.push_back({"*", name, {}, statistics, chaos});
      list.push_back({"", name + ".*decades", {0, 0.1}, {}, chaos});
      list.push_back({"", name + ".indistinguishable-layer", {}, {}, chaos});
      list.push_back(
          {"", name + ".similarity", {}, {first_value({1e-9, 0}), median({0, 0.1}), last_value({0, 0.2})}, chaos});
      list.push_back({"", name + ".*", {}, statistics, chaos});
    }
  }
  // Pairs in a chaotic phase have few layers, over which rounding errors grow to about 1e-9.
  list.push_back({similarity_panel, "*", {1e-6, 1e-6}, {}, rounding});
  list.push_back({"*", "*", {1e-6, 1e-13}, {}, rounding});
  list.push_back({"", "*.final*", {1e-6, 1e-6}, {}, rounding});
  list.push_back({"", "*.variation-decades", {0, 0.5}, {}, rounding});
  list.push_back({"", "*similarity", {1e-6, 1e-6}, {}, rounding});
  list.push_back({"", "*", {1e-6, 1e-13}, {}, rounding});
  return list;
}

// ---- Images through whole networks.

/// By layer, from the input on.
struct Profile {
  Values rms, variation, similarity;
};

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

Series over_seeds(const std::string& name, const std::vector<Profile>& profiles, Values Profile::*member) {
  Series series{name, SeriesKind::measured, {}, {}, {}, {}};
  for (std::size_t l = 0; l < (profiles.front().*member).size(); ++l) {
    Values column;
    for (const Profile& profile : profiles) column.push_back((profile.*member)[l]);
    series.x.push_back(static_cast<double>(l));
    series.lower.push_back(numerics::quantile(column, 0.1));
    series.y.push_back(numerics::quantile(column, 0.5));
    series.upper.push_back(numerics::quantile(column, 0.9));
  }
  return series;
}

void add_network(const NetworkKind& kind, const std::vector<Profile>& profiles, const Profile& theory, Result& result) {
  const std::string name = kind.name();
  const Series size = over_seeds(name, profiles, &Profile::rms);
  const Series variation = over_seeds(name, profiles, &Profile::variation);
  const Series similarity = over_seeds(name, profiles, &Profile::similarity);
  result.panels[0].series.push_back(size);
  result.panels[0].series.push_back({name, SeriesKind::theory, size.x, theory.rms, {}, {}});
  result.panels[1].series.push_back(variation);
  result.panels[1].series.push_back({name, SeriesKind::theory, size.x, theory.variation, {}, {}});
  result.functions[name + ".rms"] = {0, size.y};
  result.functions[name + ".theory-rms"] = {0, theory.rms};
  result.functions[name + ".variation"] = {0, variation.y};
  result.functions[name + ".similarity"] = {0, similarity.y};
  result.values[name + ".size-decades"] = std::log10(size.y.back() / size.y[1]);
  result.values[name + ".variation-decades"] = std::log10(variation.y.back() / variation.y.front());
  const auto lost = std::find_if(variation.y.begin(), variation.y.end(), [](double v) { return v < float_resolution; });
  result.values[name + ".indistinguishable-layer"] = lost == variation.y.end()
                                                         ? std::numeric_limits<double>::quiet_NaN()
                                                         : static_cast<double>(lost - variation.y.begin());
}

// ---- Two inputs through networks of one phase.

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

void add_phase(const SignalPropagation& p, const PhaseCase& phase, const std::vector<Values>& draws, Result& result) {
  Series measured{phase.name, SeriesKind::measured, {}, {}, {}, {}};
  double deviation = 0;
  for (std::size_t l = 0; l < draws.front().size(); ++l) {
    Values column;
    for (const Values& draw : draws) column.push_back(draw[l]);
    const double count = static_cast<double>(column.size());
    const double mean = std::accumulate(column.begin(), column.end(), 0.0) / count;
    double squares = 0;
    for (const double c : column) squares += (c - mean) * (c - mean);
    deviation = std::sqrt(squares / (count - 1));
    measured.x.push_back(static_cast<double>(l));
    measured.y.push_back(mean);
    measured.lower.push_back(numerics::quantile(column, 0.1));
    measured.upper.push_back(numerics::quantile(column, 0.9));
  }
  const numerics::CorrelationMap map(phase.field, phase.variance);
  const Values theory = iterated(map, p.start_correlation, p.phase_depth);
  result.values[phase.name + ".final"] = measured.y.back();
  result.values[phase.name + ".final-deviation"] = deviation;
  result.values[phase.name + ".final-theory"] = theory.back();
  result.functions[phase.name + ".similarity"] = {0, measured.y};
  result.functions[phase.name + ".theory-similarity"] = {0, theory};
  Series curve{phase.name, SeriesKind::theory, {}, {}, {}, {}};
  for (int i = 0; i <= 100; ++i) {
    curve.x.push_back(i / 100.0);
    curve.y.push_back(std::min(1.0, map(i / 100.0)));
  }
  result.panels[2].series.push_back(measured);
  result.panels[2].series.push_back({phase.name, SeriesKind::theory, measured.x, theory, {}, {}});
  result.panels[3].series.push_back(std::move(curve));
}

Result run(const SignalPropagation& p, Run& run) {
  const auto& dataset = *run.dataset;
  const auto sizes = numerics::layer_sizes(static_cast<int>(dataset.images.rows()), p.width, p.depth, dataset.classes);
  const auto seeds = static_cast<std::size_t>(p.seeds), draws = static_cast<std::size_t>(p.phase_draws);
  const std::vector<PhaseCase> cases = phase_cases(p);
  std::vector<Matrix<double>> images(seeds);
  for (std::size_t seed = 0; seed < seeds; ++seed)
    images[seed] = of_equal_length(draw_sample(dataset, p.batch, run.random.child("images", seed)).images);
  numerics::PairMoments input;
  for (const auto& batch : images) {
    const auto moments = numerics::pair_moments(batch);
    input.self += moments.self / static_cast<double>(seeds);
    input.pair += moments.pair / static_cast<double>(seeds);
  }

  std::vector<std::vector<Profile>> profiles(p.networks.size(), std::vector<Profile>(seeds));
  std::vector<Profile> theories(p.networks.size());
  std::vector<std::vector<Values>> pairs(cases.size(), std::vector<Values>(draws));
  const std::size_t network_jobs = p.networks.size() * (seeds + 1), jobs = network_jobs + cases.size() * draws;
  std::atomic<std::size_t> done = 0;
  run.for_each(jobs, [&](std::size_t job) {
    if (job < network_jobs) {
      const std::size_t i = job / (seeds + 1), seed = job % (seeds + 1);
      const NetworkKind& kind = p.networks[i];
      if (seed == seeds) {
        theories[i] = theory_of(kind, sizes, input);
      } else {
        profiles[i][seed] = measure(kind, sizes, images[seed], run.random.child(kind.name()).child("weights", seed));
      }
    } else {
      const std::size_t i = (job - network_jobs) / draws, draw = (job - network_jobs) % draws;
      auto engine = run.random.child(cases[i].name).child("pair", draw).engine();
      pairs[i][draw] = follow_pair(p, cases[i], engine);
    }
    run.progress(static_cast<double>(++done), static_cast<double>(jobs));
  });

  Result result;
  const AxisInfo layers{"layer", "linear"};
  result.panels = {
      {size_panel, layers, {"root mean square of the activations", "log"}, {}},
      {variation_panel, layers, {"variation of the activations over the inputs, relative to their size", "log"}, {}},
      {similarity_panel, layers, {"correlation of two inputs' pre-activations", "linear"}, {}},
      {map_panel, {"correlation", "linear"}, {"correlation one layer on", "linear"}, {}}};
  for (std::size_t i = 0; i < p.networks.size(); ++i) add_network(p.networks[i], profiles[i], theories[i], result);
  for (std::size_t i = 0; i < cases.size(); ++i) add_phase(p, cases[i], pairs[i], result);
  result.panels[3].series.push_back({"unchanged", SeriesKind::reference, {0, 1}, {0, 1}, {}, {}});
  result.functions["relu-from-orthogonal"] = {0,
                                              iterated(numerics::CorrelationMap({Activation::relu, 2, 0}, 1), 0, 50)};
  return result;
}

// ---- The figure.

plot::Panel by_network(const SignalPropagation& p, const PanelData& data, std::string title, bool labelled) {
  plot::Panel panel;
  panel.title = std::move(title);
  panel.x = {"layer $\\ell$", plot::ScaleKind::linear, 0.0, static_cast<double>(p.depth - 1), false, {}, true};
  panel.y = {"", plot::ScaleKind::log, {}, {}, false, {}};
  for (const NetworkKind& kind : p.networks) {
    const Series& series = *data.find(kind.name());
    panel.marks.push_back(plot::Band{series.name, series.x, series.lower, series.upper, network_ink(kind)});
  }
  for (const NetworkKind& kind : p.networks) {
    const Series& series = *data.find(kind.name());
    panel.marks.push_back(network_line(kind, series.name, series.x, series.y, labelled));
  }
  for (const NetworkKind& kind : p.networks) {
    const Series& theory = *data.find(kind.name(), SeriesKind::theory);
    panel.marks.push_back(plot::Line{.series = theory.name,
                                     .x = theory.x,
                                     .y = theory.y,
                                     .stroke = {ink_over(network_ink(kind)), 0.8, plot::Dash::dashed, 1},
                                     .label = ""});
  }
  return panel;
}

plot::Panel variation(const SignalPropagation& p, const PanelData& data) {
  plot::Panel panel = by_network(p, data, "variation over the inputs, relative", true);
  // What rounding leaves of a difference is no signal; the theory goes on for ever.
  double lowest = 1;
  for (const NetworkKind& kind : p.networks)
    for (const double v : data.find(kind.name())->y)
      if (v > 0) lowest = std::min(lowest, v);
  panel.y.min = std::max(1e-18, lowest / 30);
  const auto mark = [&](double resolution, const char* name) {
    if (resolution > *panel.y.min) panel.marks.push_back(plot::Rule{.x = {}, .y = resolution, .label = name});
  };
  mark(float_resolution, "float32 resolution");
  mark(double_resolution, "float64 resolution");
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

plot::Ink phase_ink(const PhaseCase& phase) { return network_ink(like(phase)); }

std::string phase_label(const PhaseCase& phase) {
  return phase.name == relu_name ? "ReLU, He" : "$\\sigma_w^2 = " + rounded(phase.field.weight_variance, 6) + "$";
}

plot::Panel similarity(const SignalPropagation& p, const PanelData& data) {
  plot::Panel panel;
  panel.title = "similarity of two inputs";
  panel.x = {"layer $\\ell$", plot::ScaleKind::linear, 0.0, static_cast<double>(p.phase_depth), false, {}, true};
  panel.y = {"correlation $c_\\ell$", plot::ScaleKind::linear, 0.0, 1.0, false, {}};
  for (const PhaseCase& phase : phase_cases(p)) {
    const Series& series = *data.find(phase.name);
    panel.marks.push_back(plot::Band{series.name, series.x, series.lower, series.upper, phase_ink(phase)});
  }
  for (const PhaseCase& phase : phase_cases(p)) {
    const Series& series = *data.find(phase.name);
    plot::Line line = network_line(like(phase), series.name, series.x, series.y, false);
    line.label = phase_label(phase);
    panel.marks.push_back(std::move(line));
  }
  for (const PhaseCase& phase : phase_cases(p)) {
    const Series& theory = *data.find(phase.name, SeriesKind::theory);
    panel.marks.push_back(plot::Line{.series = theory.name,
                                     .x = theory.x,
                                     .y = theory.y,
                                     .stroke = {plot::Ink::black, 0.8, plot::Dash::dashed, 1},
                                     .label = ""});
  }
  return panel;
}

plot::Panel maps(const SignalPropagation& p, const PanelData& data) {
  plot::Panel panel;
  panel.title = "one layer’s map of the correlation";
  panel.x = {"correlation $c_\\ell$", plot::ScaleKind::linear, 0.0, 1.0, false, {}};
  panel.y = {"$c_{\\ell+1}$", plot::ScaleKind::linear, 0.0, 1.0, false, {}};
  const Series& same = *data.find("unchanged", SeriesKind::reference);
  panel.marks.push_back(plot::Line{.series = same.name,
                                   .x = same.x,
                                   .y = same.y,
                                   .stroke = {plot::Ink::muted, 0.5, plot::Dash::solid, 1},
                                   .label = ""});
  for (const PhaseCase& phase : phase_cases(p)) {
    const Series& curve = *data.find(phase.name, SeriesKind::theory);
    panel.marks.push_back(network_line(like(phase), curve.name, curve.x, curve.y, false));
  }
  return panel;
}

plot::Figure draw(const SignalPropagation& p, const Result& result) {
  plot::Figure figure;
  figure.panels = {by_network(p, result.panel(size_panel), "root mean square of the activations", false),
                   variation(p, result.panel(variation_panel)), similarity(p, result.panel(similarity_panel)),
                   maps(p, result.panel(map_panel))};
  figure.columns = 2;
  figure.width = plot::FigureWidth::full;
  figure.height_mm = 125;
  return figure;
}

const bool registered = add(OldDefinition<SignalPropagation>{
    .name = "signal-propagation",
    .title = "Signals on their way forward",
    .summary =
        "Sends images through freshly initialised deep networks and shows the size of the activations by layer and "
        "how much they still vary over the images; follows the similarity of two inputs in the ordered, critical "
        "and chaotic phase, with mean-field theory.",
    .parameters = parameters(),
    .check = check,
    .exports = exports,
    .run = run,
    .draw = draw,
    .tolerances = tolerances});

}  // namespace
}  // namespace experiments
