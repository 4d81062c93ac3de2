// Full-batch gradient descent of a network: the loss, and the sharpness that rises to 2 / eta and stays there. Cohen,
// Kaur, Li, Kolter and Talwalkar, Gradient descent on neural networks typically occurs at the edge of stability (ICLR
// 2021); relative progress and directional smoothness are Ahn, Zhang and Sra's (ICML 2022).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <type_traits>

#include "experiment/experiment.hpp"
#include "experiments/shared/curves.hpp"
#include "experiments/shared/derived.hpp"
#include "experiments/shared/descent.hpp"
#include "numerics/descent/gradient_descent.hpp"
#include "numerics/networks/full_batch.hpp"
#include "numerics/networks/initialisation.hpp"
#include "numerics/statistics.hpp"

namespace experiments {

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
  return Parameters<P>{}
      .optional_dataset(&P::dataset, "a Chebyshev polynomial on [-1, 1]")
      .integer("examples", &P::examples,
               "equidistant points of the polynomial, or images from the front of the training set", from(2).to(60000))
      .integer("degree", &P::degree, "degree of the Chebyshev polynomial", from(1).to(20))
      .integer("depth", &P::depth, "number of weight layers, the output layer included", from(2).to(20))
      .integer("width", &P::width, "units in each hidden layer", from(1).to(1024))
      .choice("activation", &P::activation, numerics::activation_names(), "activation of the hidden layers")
      .number("gain", &P::gain, "initial weights are drawn from N(0, gain^2 / inputs of the layer); biases start at 0",
              above(0).to(10))
      .numbers("learning-rates", &P::learning_rates, "learning rates eta", above(0).to(100), {.most = 6})
      .number("horizon", &P::horizon, "effective time t = k eta up to which descent and flow are followed",
              above(0).to(1e5))
      .integer("measurements", &P::measurements, "how often the sharpness is measured on the way", from(1).to(100000))
      .number("tolerance", &P::tolerance, "error allowed to each step of the flow's integrator, absolute and relative",
              from(1e-10).to(1e-2));
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

const std::string flow_name = "gradient flow";

struct Records {
  Eigen::Index examples = 0, parameters = 0;
  FlowRecord flow;
  std::vector<DescentRecord> descents;
};

std::ptrdiff_t steps_before(const DescentRecord& d, const Values& of_steps) {
  return static_cast<std::ptrdiff_t>(std::min(static_cast<double>(of_steps.size()), d.crossing));
}
double median_before_crossing(const DescentRecord& d, const Values& of_steps) {
  return numerics::quantile({of_steps.begin(), of_steps.begin() + steps_before(d, of_steps)}, 0.5);
}
double median_after_crossing(const DescentRecord& d, const Values& of_steps) {
  return numerics::quantile({of_steps.begin() + steps_before(d, of_steps), of_steps.end()}, 0.5);
}

/// In units of 2 / eta, where it was measured from this step on.
Values relative_sharpness(double eta, const DescentRecord& d, double first_step = 0) {
  Values values;
  for (const auto& sample : d.sharpness)
    if (sample.at >= first_step) values.push_back(sample.sharpness * eta / 2);
  return values;
}

double peak(double eta, const DescentRecord& d) { return numerics::quantile(relative_sharpness(eta, d), 1); }

Values relative_smoothness(double eta, const DescentRecord& d) {
  Values smoothness = d.directional_smoothness;
  for (double& s : smoothness) s *= eta / 2;
  return smoothness;
}

/// `time_unit` is the time between two steps; samples of the flow are at times already.
Curve sharpness_curve(const std::vector<numerics::SharpnessSample>& samples, double time_unit) {
  Curve curve;
  for (const auto& sample : samples) {
    curve.x.push_back(sample.at * time_unit);
    curve.y.push_back(sample.sharpness);
  }
  return curve;
}

Curve flow_loss(const Records& r) { return {r.flow.times, r.flow.losses}; }
Curve flow_sharpness(const Records& r) { return sharpness_curve(r.flow.sharpness, 1); }
double flow_peak(const Records& r) { return std::ranges::max(flow_sharpness(r).y); }

/// How far results may lie from their references, and why.
struct Tolerances {
  Bound flow, lanczos;
  std::string integrated = "the integrator's and the Lanczos iteration's own errors";
  // Cohen et al. 2021: perturbed by 1e-12, descent at the edge is another trajectory some hundred steps later.
  std::string chaos = "chaotic at the edge of stability: rounding errors grow until single steps mean nothing";

  explicit Tolerances(const EdgeOfStability& p) : flow{100 * p.tolerance}, lanczos{p.dataset == "none" ? 1e-3 : 1e-2} {}
  Allowed chaotic(Bound bound) const { return within(bound, chaos); }
};

const PanelInfo losses{"training loss", {"effective time t = k eta"}, {"loss", "log"}};
const PanelInfo sharpness{"sharpness", {"effective time t = k eta"}, {"largest Hessian eigenvalue"}};

Outputs<DescentRecord> outputs_of_descent(const EdgeOfStability& p, double eta) {
  using D = DescentRecord;
  const Tolerances t(p);
  const Allowed crossing = within({0.02, 1}, t.integrated), hover = t.chaotic({0.03});
  const Allowed progress = t.chaotic({0.05, 0.02}), smoothness = t.chaotic({0.05});
  const Allowed loss_curve =
      statistics({first_value({1e-6}), median({0.1}), quantile(0.95, {0.1}), last_value({0.5})}, t.chaos);
  const Allowed sharpness_curves =
      statistics({first_value(t.lanczos), median({0.02}), quantile(0.95, {0.05}), last_value({0.2})}, t.chaos);
  const auto hovering = [eta](double probability) {
    return [=](const D& d) { return numerics::quantile(relative_sharpness(eta, d, d.crossing), probability); };
  };
  return Outputs<D>{}
      .number(
          "edge", [=](const D&) { return 2 / eta; }, "2 / eta", within(closed_form, "closed form"))
      .number(
          "steps", [](const D& d) { return d.losses.size() - 1; }, "steps up to the horizon", exactly("a count"))
      .number("crossing", &D::crossing, "first step with sharpness >= 2 / eta; Infinity if never", crossing)
      .number(
          "crossing-time", [=](const D& d) { return d.crossing * eta; }, "the same in effective time", crossing)
      .number(
          "peak", [=](const D& d) { return peak(eta, d); }, "largest sharpness times eta / 2", t.chaotic({0.1}))
      .number("hover", hovering(0.5), "median of sharpness times eta / 2 after the crossing; NaN if there is none",
              hover)
      .number("hover-low", hovering(0.05), "5 % quantile of the same", hover)
      .number("hover-high", hovering(0.95), "95 % quantile of the same", hover)
      .number(
          "sharpness", [](const D& d) { return d.sharpness.back().sharpness; }, "sharpness after the last step",
          t.chaotic({0.2}))
      .number(
          "loss", [](const D& d) { return d.losses.back(); }, "loss after the last step", t.chaotic({0.5}))
      .number(
          "loss-rises", [](const D& d) { return count_rises(d.losses); }, "how many steps raise the loss",
          t.chaotic({0.1, 20}))
      .number(
          "progress-before", [](const D& d) { return median_before_crossing(d, d.relative_progress); },
          "median over the steps before the crossing of relative progress, change of the loss over eta |grad L|^2",
          progress)
      .number(
          "progress", [](const D& d) { return median_after_crossing(d, d.relative_progress); },
          "the same after the crossing; NaN if there is none", progress)
      .number(
          "smoothness-before", [=](const D& d) { return median_before_crossing(d, relative_smoothness(eta, d)); },
          "median over the steps before the crossing of directional smoothness times eta / 2", smoothness)
      .number(
          "smoothness", [=](const D& d) { return median_after_crossing(d, relative_smoothness(eta, d)); },
          "the same after the crossing; NaN if there is none", smoothness)
      .measured(
          losses, "", [=](const D& d) { return by_time(eta, d.losses); }, loss_curve)
      .measured(
          sharpness, "", [=](const D& d) { return sharpness_curve(d.sharpness, eta); }, sharpness_curves)
      .theory(
          sharpness, "",
          [=, end = p.horizon](const D&) {
            return Curve{{0, end}, {2 / eta, 2 / eta}};
          },
          sharpness_curves);
}

Outputs<Records> outputs(const EdgeOfStability& p) {
  using R = Records;
  const Tolerances t(p);
  const std::string step_size = "the integrator's step size depends on its error estimates";
  const Allowed flow = within(t.flow, t.integrated), lanczos = within(t.lanczos, t.integrated);
  return Outputs<R>{}
      .number("examples", &R::examples, "examples that the loss is the mean over", exactly("a count"))
      .number("parameters", &R::parameters, "weights and biases of the network", exactly("a count"))
      .number(
          "sharpness-start", [](const R& r) { return r.flow.sharpness.front().sharpness; },
          "largest Hessian eigenvalue at the start", lanczos)
      .number(
          "flow.sharpness", [](const R& r) { return r.flow.sharpness.back().sharpness; },
          "sharpness on the gradient flow at the horizon", lanczos)
      .number("flow.peak", flow_peak, "largest sharpness on the flow", lanczos)
      .number(
          "flow.loss", [](const R& r) { return r.flow.losses.back(); }, "loss on the flow at the horizon", flow)
      .number("flow.steps", then(&R::flow, &FlowRecord::steps), "steps of the flow's integrator",
              within({0.05, 2}, step_size))
      .number("flow.gradients", then(&R::flow, &FlowRecord::gradients), "gradients that the flow's integrator took",
              within({0.05, 20}, step_size))
      .reference(losses, flow_name, flow_loss, flow)
      .reference(sharpness, flow_name, flow_sharpness, lanczos)
      .each(rate_names(p.learning_rates), &R::descents,
            [&](std::size_t i) { return outputs_of_descent(p, p.learning_rates[i]); });
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

Values flow_times(const EdgeOfStability& p) {
  Values times;
  for (int j = 0; j <= p.measurements; ++j) times.push_back(p.horizon * j / p.measurements);
  return times;
}

/// What one job follows: the flow or a descent; the other is empty.
struct Followed {
  FlowRecord flow;
  DescentRecord descent;
};

/// The flow and every descent, each a job of its own with its own copy of the network; all start from the same weights.
template <class Scalar>
Records follow(const EdgeOfStability& p, const Run& run, const numerics::Examples<Scalar>& examples) {
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

  std::vector<std::size_t> jobs(p.learning_rates.size() + 1);  // the flow is the first
  std::iota(jobs.begin(), jobs.end(), 0u);
  auto followed = run.each(jobs, [&](std::size_t job, Progress& progress) -> Followed {
    numerics::SquaredLoss<Scalar> loss(phi, sizes, examples);
    numerics::SharpnessGauge<Scalar> gauge(start.size(), run.random.child("lanczos", job), sharpness_tolerance);
    const auto advance = [&](double share) { progress.advance(share); };
    if (job == 0)
      return {numerics::full_batch_flow<Scalar>(loss, start, flow_times(p), flow_tolerance, gauge, advance), {}};
    const double eta = p.learning_rates[job - 1];
    const std::size_t steps = numerics::steps_within(p.horizon, eta);
    const std::size_t every = std::max<std::size_t>(1, steps / static_cast<std::size_t>(p.measurements));
    return {{}, numerics::full_batch_descent<Scalar>(loss, start, {eta, steps, every}, gauge, advance)};
  });
  Records records{examples.inputs.cols(), start.size(), std::move(followed.front().flow), {}};
  for (std::size_t job = 1; job < jobs.size(); ++job) records.descents.push_back(std::move(followed[job].descent));
  return records;
}

Records run(const EdgeOfStability& p, Run& run) {
  if (run.dataset && p.dataset != "none") return follow<float>(p, run, images(p, *run.dataset));
  return follow<double>(p, run, polynomial(p));
}

// ---- The figure.

plot::Panel loss_panel(const EdgeOfStability& p, const Records& r) {
  std::vector<Curve> curves;
  for (std::size_t i = 0; i < p.learning_rates.size(); ++i)
    curves.push_back(by_time(p.learning_rates[i], r.descents[i].losses));
  plot::Panel panel{
      .x = {.min = 0, .max = p.horizon},
      .y = {.label = "training loss", .scale = plot::ScaleKind::log, .max = loss_ceiling(curves, flow_loss(r))},
      .marks = {line_of(flow_name, flow_loss(r), flow_stroke, flow_name)}};
  for (std::size_t i = 0; i < curves.size(); ++i)
    panel.marks.push_back(rate_line(i, p.learning_rates[i], curves[i], 0.9));
  return panel;
}

/// The edges that come into sight, and a little beyond the largest sharpness; one far above would squeeze the rest.
double sharpness_ceiling(const EdgeOfStability& p, const Records& r) {
  double highest = flow_peak(r);
  for (std::size_t i = 0; i < p.learning_rates.size(); ++i) {
    const double eta = p.learning_rates[i], largest = peak(eta, r.descents[i]) * 2 / eta;
    if (std::isfinite(largest)) highest = std::max(highest, std::min(largest, 3 / eta));
  }
  return 1.1 * highest;
}

plot::Panel sharpness_panel(const EdgeOfStability& p, const Records& r) {
  plot::Panel panel{.x = {.label = "effective time $t=k\\eta$", .min = 0, .max = p.horizon},
                    .y = {.label = "sharpness $\\lambda_{\\max}$", .min = 0, .max = sharpness_ceiling(p, r)},
                    .marks = {line_of(flow_name, flow_sharpness(r), flow_stroke, flow_name)}};
  for (std::size_t i = 0; i < p.learning_rates.size(); ++i) {
    const double eta = p.learning_rates[i], edge = 2 / eta;
    const DescentRecord& d = r.descents[i];
    panel.marks.push_back(
        theory_line(rate_name(eta), {{0, p.horizon}, {edge, edge}}, {rate_ink(i), 0.7, plot::Dash::dashed}));
    plot::Line line = rate_line(i, eta, sharpness_curve(d.sharpness, eta), 1.1);
    line.label = fmt::format("$2/\\eta={}${}", rounded(edge, 3), std::isfinite(d.crossing) ? "" : ", not met");
    panel.marks.push_back(std::move(line));
  }
  return panel;
}

plot::Figure draw(const EdgeOfStability& p, const Records& r) {
  return {.panels = {loss_panel(p, r), sharpness_panel(p, r)}, .share_x = true, .height_mm = 110};
}

const bool registered = add(Definition<EdgeOfStability, Records>{
    .name = "edge-of-stability",
    .title = "Edge of stability",
    .summary = "Trains a network by full-batch gradient descent with several learning rates and measures the largest "
               "eigenvalue of the loss's Hessian along the way, beside gradient flow.",
    .parameters = parameters(),
    .check = check,
    .outputs = outputs,
    .run = run,
    .draw = draw});

}  // namespace
}  // namespace experiments
