// Full-batch gradient descent of a network: the loss, and the sharpness that rises to 2 / eta and stays there. Cohen,
// Kaur, Li, Kolter and Talwalkar, Gradient descent on neural networks typically occurs at the edge of stability (ICLR
// 2021); relative progress and directional smoothness are Ahn, Zhang and Sra's (ICML 2022).
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <type_traits>

#include "experiment/legacy.hpp"
#include "experiments/shared/descent.hpp"
#include "numerics/full_batch.hpp"
#include "numerics/gradient_descent.hpp"
#include "numerics/initialisation.hpp"
#include "numerics/statistics.hpp"

namespace experiments {

using namespace experiment;
namespace {

using numerics::DescentRecord;
using numerics::FlowRecord;
using Values = std::vector<double>;

struct EdgeOfStability {
  std::string dataset = "none";
  int examples = 20;
  int degree = 3;
  int depth = 3;
  int width = 50;
  std::string activation = "tanh";
  double gain = 1;
  Values learning_rates{0.02, 0.04, 1.0 / 15, 0.1};
  double horizon = 400;
  int measurements = 400;
  double tolerance = 1e-6;
};

Parameters<EdgeOfStability> parameters() {
  using P = EdgeOfStability;
  Parameters<P> p;
  p.optional_dataset(&P::dataset, "a Chebyshev polynomial on [-1, 1]")
      .integer("examples", &P::examples,
               {.meaning = "equidistant points of the polynomial, or images from the front of the training set",
                .minimum = 2,
                .maximum = 60000})
      .integer("degree", &P::degree, {.meaning = "degree of the Chebyshev polynomial", .minimum = 1, .maximum = 20})
      .integer("depth", &P::depth,
               {.meaning = "number of weight layers, the output layer included", .minimum = 2, .maximum = 20})
      .integer("width", &P::width, {.meaning = "units in each hidden layer", .minimum = 1, .maximum = 1024})
      .choice("activation", &P::activation, numerics::activation_names(),
              {.meaning = "activation of the hidden layers"})
      .number("gain", &P::gain,
              {.meaning = "initial weights are drawn from N(0, gain^2 / inputs of the layer); biases start at 0",
               .minimum = 0,
               .maximum = 10,
               .minimum_is_open = true})
      .numbers("learning-rates", &P::learning_rates,
               {.meaning = "learning rates eta", .minimum = 0, .maximum = 100, .minimum_is_open = true, .max_size = 6})
      .number("horizon", &P::horizon,
              {.meaning = "effective time t = k eta up to which descent and flow are followed",
               .minimum = 0,
               .maximum = 1e5,
               .minimum_is_open = true})
      .integer("measurements", &P::measurements,
               {.meaning = "how often the sharpness is measured on the way", .minimum = 1, .maximum = 100000})
      .number("tolerance", &P::tolerance,
              {.meaning = "error allowed to each step of the flow's integrator, absolute and relative",
               .minimum = 1e-10,
               .maximum = 1e-2});
  return p;
}

std::vector<ParameterError> check(const EdgeOfStability& p) {
  std::vector<ParameterError> errors;
  check_distinct("learning-rates", p.learning_rates, errors);
  check_step_count("learning-rates", p.learning_rates, p.horizon, errors);
  for (std::size_t i = 0; i < p.learning_rates.size(); ++i)
    if (numerics::steps_within(p.horizon, p.learning_rates[i]) == 0)
      errors.push_back({{"learning-rates", std::to_string(i)},
                        fmt::format("one step of {} goes beyond the horizon, {}", in_full(p.learning_rates[i]),
                                    in_full(p.horizon))});
  return errors;
}

const std::string loss_panel = "training loss";
const std::string sharpness_panel = "sharpness";
const std::string flow_name = "gradient flow";

std::vector<Export> exports(const EdgeOfStability& p) {
  std::vector<Export> list{{"examples", "examples that the loss is the mean over"},
                           {"parameters", "weights and biases of the network"},
                           {"sharpness-start", "largest Hessian eigenvalue at the start"},
                           {"flow.sharpness", "sharpness on the gradient flow at the horizon"},
                           {"flow.peak", "largest sharpness on the flow"},
                           {"flow.loss", "loss on the flow at the horizon"},
                           {"flow.steps", "steps of the flow's integrator"},
                           {"flow.gradients", "gradients that the flow's integrator took"}};
  for (const double eta : p.learning_rates) {
    const std::string name = rate_name(eta);
    list.push_back({name + ".edge", "2 / eta"});
    list.push_back({name + ".steps", "steps up to the horizon"});
    list.push_back({name + ".crossing", "first step with sharpness >= 2 / eta; Infinity if never"});
    list.push_back({name + ".crossing-time", "the same in effective time"});
    list.push_back({name + ".peak", "largest sharpness times eta / 2"});
    list.push_back({name + ".hover", "median of sharpness times eta / 2 after the crossing; NaN if there is none"});
    list.push_back({name + ".hover-low", "5 % quantile of the same"});
    list.push_back({name + ".hover-high", "95 % quantile of the same"});
    list.push_back({name + ".sharpness", "sharpness after the last step"});
    list.push_back({name + ".loss", "loss after the last step"});
    list.push_back({name + ".loss-rises", "how many steps raise the loss"});
    list.push_back(
        {name + ".progress-before",
         "median over the steps before the crossing of relative progress, change of the loss over eta |grad L|^2"});
    list.push_back({name + ".progress", "the same after the crossing; NaN if there is none"});
    list.push_back({name + ".smoothness-before",
                    "median over the steps before the crossing of directional smoothness times eta / 2"});
    list.push_back({name + ".smoothness", "the same after the crossing; NaN if there is none"});
  }
  return list;
}

std::vector<Tolerance> tolerances(const EdgeOfStability& p) {
  const double flow = 100 * p.tolerance, lanczos = p.dataset == "none" ? 1e-3 : 1e-2;
  const std::string integrated = "the integrator's and the Lanczos iteration's own errors";
  // Cohen et al. 2021: perturbed by 1e-12, descent at the edge is another trajectory some hundred steps later.
  const std::string chaos = "chaotic at the edge of stability: rounding errors grow until single steps mean nothing";
  return {{loss_panel, flow_name, {flow, 0}, {}, integrated},
          {sharpness_panel, flow_name, {lanczos, 0}, {}, integrated},
          {loss_panel,
           "*",
           {},
           {first_value({1e-6, 0}), median({0.1, 0}), quantile(0.95, {0.1, 0}), last_value({0.5, 0})},
           chaos},
          {sharpness_panel,
           "*",
           {},
           {first_value({lanczos, 0}), median({0.02, 0}), quantile(0.95, {0.05, 0}), last_value({0.2, 0})},
           chaos},
          {"", "examples", {}, {}, "a count"},
          {"", "parameters", {}, {}, "a count"},
          {"", "sharpness-start", {lanczos, 0}, {}, integrated},
          {"", "flow.steps", {0.05, 2}, {}, "the integrator's step size depends on its error estimates"},
          {"", "flow.gradients", {0.05, 20}, {}, "the integrator's step size depends on its error estimates"},
          {"", "flow.loss", {flow, 0}, {}, integrated},
          {"", "flow.*", {lanczos, 0}, {}, integrated},
          {"", "*.edge", closed_form, {}, "closed form"},
          {"", "*.steps", {}, {}, "a count"},
          {"", "*.crossing*", {0.02, 1}, {}, integrated},
          {"", "*.hover*", {0.03, 0}, {}, chaos},
          {"", "*.peak", {0.1, 0}, {}, chaos},
          {"", "*.sharpness", {0.2, 0}, {}, chaos},
          {"", "*.loss", {0.5, 0}, {}, chaos},
          {"", "*.loss-rises", {0.1, 20}, {}, chaos},
          {"", "*.progress*", {0.05, 0.02}, {}, chaos},
          {"", "*.smoothness*", {0.05, 0}, {}, chaos}};
}

/// The polynomial T_n(x) = cos(n arccos x) at equidistant points of [-1, 1].
numerics::Examples<double> polynomial(const EdgeOfStability& p) {
  numerics::Examples<double> examples{numerics::Matrix<double>(1, p.examples), numerics::Matrix<double>(1, p.examples)};
  for (int i = 0; i < p.examples; ++i) {
    const double x = std::lerp(-1.0, 1.0, static_cast<double>(i) / (p.examples - 1));
    examples.inputs(0, i) = x;
    examples.targets(0, i) = std::cos(p.degree * std::acos(x));
  }
  return examples;
}

/// Images with mean 0 and variance 1 over all pixels of the data set, and one-hot labels.
numerics::Examples<float> images(const EdgeOfStability& p, const data::Dataset& dataset) {
  const Eigen::Index count = std::min<Eigen::Index>(p.examples, dataset.images.cols());
  const data::Moments m = data::moments(dataset);
  numerics::Examples<float> examples{
      (dataset.images.leftCols(count).array() - static_cast<float>(m.mean)) / static_cast<float>(std::sqrt(m.variance)),
      numerics::Matrix<float>::Zero(dataset.classes, count)};
  for (Eigen::Index j = 0; j < count; ++j) examples.targets(dataset.labels[static_cast<std::size_t>(j)], j) = 1;
  return examples;
}

struct Records {
  Eigen::Index examples = 0, parameters = 0;
  FlowRecord flow;
  std::vector<DescentRecord> descents;
};

Values flow_times(const EdgeOfStability& p) {
  Values times;
  for (int j = 0; j <= p.measurements; ++j) times.push_back(p.horizon * j / p.measurements);
  return times;
}

/// The flow and every descent, each a job of its own with its own copy of the network; all start from the same weights.
template <class Scalar>
Records follow(const EdgeOfStability& p, Run& run, const numerics::Examples<Scalar>& examples) {
  const auto phi = *numerics::activation(p.activation);
  const auto sizes = numerics::layer_sizes(static_cast<int>(examples.inputs.rows()), p.width, p.depth,
                                           static_cast<int>(examples.targets.rows()));
  // He's variance is 2 / inputs.
  const numerics::NetworkKind kind{phi, numerics::Initialisation::he, p.gain * std::sqrt(0.5)};
  const auto network = numerics::in_precision<Scalar>(numerics::initialise(kind, sizes, run.random.child("weights")));
  const numerics::Vector<Scalar> start = numerics::flatten(network);
  // In single precision rounding leaves no more than this of a residual or of a step's error.
  constexpr bool single = std::is_same_v<Scalar, float>;
  const double sharpness_tolerance = single ? 1e-3 : 1e-4;
  const double flow_tolerance = single ? std::max(p.tolerance, 1e-5) : p.tolerance;

  Records records;
  records.examples = examples.inputs.cols();
  records.parameters = start.size();
  records.descents.resize(p.learning_rates.size());
  std::vector<double> work{p.horizon / p.learning_rates.front()};  // the flow's is about a descent's
  for (const double eta : p.learning_rates) work.push_back(p.horizon / eta);
  double all = 0;
  for (const double w : work) all += w;
  std::atomic<double> done = 0;
  run.for_each(work.size(), [&](std::size_t job) {
    numerics::Regression<Scalar> loss(phi, sizes, examples);
    numerics::SharpnessGauge<Scalar> gauge(start.size(), run.random.child("lanczos", job), sharpness_tolerance);
    const auto advance = [&](double share) {
      const double more = share * work[job];
      run.progress(std::min(done.fetch_add(more) + more, all), all);
    };
    if (job == 0) {
      records.flow = numerics::full_batch_flow<Scalar>(loss, start, flow_times(p), flow_tolerance, gauge, advance);
      return;
    }
    const double eta = p.learning_rates[job - 1];
    const std::size_t steps = numerics::steps_within(p.horizon, eta);
    const std::size_t every = std::max<std::size_t>(1, steps / static_cast<std::size_t>(p.measurements));
    records.descents[job - 1] = numerics::full_batch_descent<Scalar>(loss, start, {eta, steps, every}, gauge, advance);
  });
  return records;
}

double median(const Values& values) { return numerics::quantile(values, 0.5); }

/// Values from a step on, or up to it.
Values before(const Values& values, double step) {
  return {values.begin(),
          values.begin() + static_cast<std::ptrdiff_t>(std::min(static_cast<double>(values.size()), step))};
}
Values after(const Values& values, double step) {
  return {values.begin() + static_cast<std::ptrdiff_t>(std::min(static_cast<double>(values.size()), step)),
          values.end()};
}

Values scaled(Values values, double factor) {
  for (double& v : values) v *= factor;
  return values;
}

void export_descent(double eta, const DescentRecord& record, Result& result) {
  const std::string name = rate_name(eta);
  Values hovering, all;
  for (const auto& sample : record.sharpness) {
    all.push_back(sample.sharpness * eta / 2);
    if (sample.at >= record.crossing) hovering.push_back(all.back());
  }
  auto& values = result.values;
  values[name + ".edge"] = 2 / eta;
  values[name + ".steps"] = static_cast<double>(record.losses.size() - 1);
  values[name + ".crossing"] = record.crossing;
  values[name + ".crossing-time"] = record.crossing * eta;
  values[name + ".peak"] = numerics::quantile(all, 1);
  values[name + ".hover"] = median(hovering);
  values[name + ".hover-low"] = numerics::quantile(hovering, 0.05);
  values[name + ".hover-high"] = numerics::quantile(hovering, 0.95);
  values[name + ".sharpness"] = record.sharpness.back().sharpness;
  values[name + ".loss"] = record.losses.back();
  values[name + ".loss-rises"] = count_rises(record.losses);
  values[name + ".progress-before"] = median(before(record.relative_progress, record.crossing));
  values[name + ".progress"] = median(after(record.relative_progress, record.crossing));
  const Values smoothness = scaled(record.directional_smoothness, eta / 2);
  values[name + ".smoothness-before"] = median(before(smoothness, record.crossing));
  values[name + ".smoothness"] = median(after(smoothness, record.crossing));
}

/// x = k eta for k = 0, 1, ...
Series by_step(double eta, const Values& values) {
  Series series{rate_name(eta), SeriesKind::measured, {}, values, {}, {}};
  for (std::size_t k = 0; k < values.size(); ++k) series.x.push_back(eta * static_cast<double>(k));
  return series;
}

template <class Samples>
Series sharpness_series(const std::string& name, SeriesKind kind, const Samples& samples, double time_unit) {
  Series series{name, kind, {}, {}, {}, {}};
  for (const auto& sample : samples) {
    series.x.push_back(sample.at * time_unit);
    series.y.push_back(sample.sharpness);
  }
  return series;
}

Result run(const EdgeOfStability& p, Run& run) {
  Records records;
  if (run.dataset && p.dataset != "none") {
    const auto examples = images(p, *run.dataset);
    records = follow<float>(p, run, examples);
  } else {
    const auto examples = polynomial(p);
    records = follow<double>(p, run, examples);
  }

  const AxisInfo time{"effective time t = k eta", "linear"};
  PanelData losses{loss_panel, time, {"loss", "log"}, {}};
  PanelData sharpness{sharpness_panel, time, {"largest Hessian eigenvalue", "linear"}, {}};
  const FlowRecord& flow = records.flow;
  losses.series.push_back({flow_name, SeriesKind::reference, flow.times, flow.losses, {}, {}});
  sharpness.series.push_back(sharpness_series(flow_name, SeriesKind::reference, flow.sharpness, 1));
  Result result;
  for (std::size_t i = 0; i < p.learning_rates.size(); ++i) {
    const double eta = p.learning_rates[i];
    const DescentRecord& record = records.descents[i];
    losses.series.push_back(by_step(eta, record.losses));
    sharpness.series.push_back(sharpness_series(rate_name(eta), SeriesKind::measured, record.sharpness, eta));
    sharpness.series.push_back({rate_name(eta), SeriesKind::theory, {0, p.horizon}, {2 / eta, 2 / eta}, {}, {}});
    export_descent(eta, record, result);
  }
  result.values["examples"] = static_cast<double>(records.examples);
  result.values["parameters"] = static_cast<double>(records.parameters);
  result.values["sharpness-start"] = flow.sharpness.front().sharpness;
  result.values["flow.sharpness"] = flow.sharpness.back().sharpness;
  const Values& on_flow = sharpness.series.front().y;
  result.values["flow.peak"] = *std::max_element(on_flow.begin(), on_flow.end());
  result.values["flow.loss"] = flow.losses.back();
  result.values["flow.steps"] = static_cast<double>(flow.steps);
  result.values["flow.gradients"] = static_cast<double>(flow.gradients);
  result.panels = {std::move(losses), std::move(sharpness)};
  return result;
}

// ---- The figure.

plot::Line line(const Series& series, plot::StrokeStyle stroke, const std::string& label) {
  return {.series = series.name, .x = series.x, .y = series.y, .stroke = stroke, .label = label};
}

plot::Panel loss_panel_of(const EdgeOfStability& p, const Result& result) {
  const PanelData& data = result.panel(loss_panel);
  const Series& flow = *data.find(flow_name, SeriesKind::reference);
  plot::Panel panel;
  panel.x = {"", plot::ScaleKind::linear, 0.0, p.horizon, false, {}};
  panel.y = {"training loss", plot::ScaleKind::log, {}, loss_ceiling(data, flow), false, {}};
  panel.marks.push_back(line(flow, flow_stroke, flow_name));
  for (std::size_t i = 0; i < p.learning_rates.size(); ++i)
    panel.marks.push_back(
        rate_line(i, *data.find(rate_name(p.learning_rates[i])), 0.9, rate_label(p.learning_rates[i])));
  return panel;
}

/// The edges that come into sight, and a little beyond the largest sharpness; one far above would squeeze the rest.
double sharpness_ceiling(const EdgeOfStability& p, const Result& result) {
  double highest = result.values.at("flow.peak");
  for (const double eta : p.learning_rates) {
    const double peak = result.values.at(rate_name(eta) + ".peak") * 2 / eta;
    if (std::isfinite(peak)) highest = std::max(highest, std::min(peak, 3 / eta));
  }
  return 1.1 * highest;
}

plot::Panel sharpness_panel_of(const EdgeOfStability& p, const Result& result) {
  const PanelData& data = result.panel(sharpness_panel);
  plot::Panel panel;
  panel.x = {"effective time $t=k\\eta$", plot::ScaleKind::linear, 0.0, p.horizon, false, {}};
  panel.y = {"sharpness $\\lambda_{\\max}$", plot::ScaleKind::linear, 0.0, sharpness_ceiling(p, result), false, {}};
  panel.marks.push_back(line(*data.find(flow_name, SeriesKind::reference), flow_stroke, flow_name));
  for (std::size_t i = 0; i < p.learning_rates.size(); ++i) {
    const double eta = p.learning_rates[i];
    const Series& edge = *data.find(rate_name(eta), SeriesKind::theory);
    panel.marks.push_back(line(edge, {rate_ink(i), 0.7, plot::Dash::dashed, 1}, ""));
    const bool met = std::isfinite(result.values.at(rate_name(eta) + ".crossing"));
    panel.marks.push_back(rate_line(i, *data.find(rate_name(eta)), 1.1,
                                    fmt::format("$2/\\eta={}${}", rounded(2 / eta, 3), met ? "" : ", not met")));
  }
  return panel;
}

plot::Figure draw(const EdgeOfStability& p, const Result& result) {
  plot::Figure figure;
  figure.panels = {loss_panel_of(p, result), sharpness_panel_of(p, result)};
  figure.columns = 1;
  figure.share_x = true;
  figure.width = plot::FigureWidth::column;
  figure.height_mm = 110;
  return figure;
}

const bool registered = add(OldDefinition<EdgeOfStability>{
    .name = "edge-of-stability",
    .title = "Edge of stability",
    .summary = "Trains a network by full-batch gradient descent with several learning rates and measures the largest "
               "eigenvalue of the loss's Hessian along the way, beside gradient flow.",
    .parameters = parameters(),
    .check = check,
    .exports = exports,
    .run = run,
    .draw = draw,
    .tolerances = tolerances});

}  // namespace
}  // namespace experiments
