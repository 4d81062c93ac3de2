// Full-batch gradient descent of a network: the loss, and the sharpness that rises to 2 / eta and stays there. Cohen,
// Kaur, Li, Kolter and Talwalkar, Gradient descent on neural networks typically occurs at the edge of stability (ICLR
// 2021); relative progress and directional smoothness are Ahn, Zhang and Sra's (ICML 2022).
#include <algorithm>
#include <cmath>

#include "data/examples.hpp"
#include "experiment/experiment.hpp"
#include "experiments/shared/descent.hpp"
#include "experiments/shared/images.hpp"
#include "numerics/descent/gradient_descent.hpp"
#include "numerics/networks/full_batch.hpp"
#include "numerics/networks/initialisation.hpp"

namespace experiments {
namespace {

using numerics::FlowRecord;
using numerics::SharpnessSample;

struct EdgeOfStability {
  std::string dataset = "none";
  int examples = 20, degree = 3;
  int depth = 3, width = 50;
  std::string activation = "tanh";
  double gain = 1;
  Numbers learning_rates{0.02, 0.04, 1.0 / 15, 0.1};
  double horizon = 400;
  int measurements = 400;
  double tolerance = 1e-6;
};

Parameters<EdgeOfStability> parameters() {
  using P = EdgeOfStability;
  return with_images(&P::dataset, "a Chebyshev polynomial on [-1, 1]")
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
              from(1e-10).to(1e-2))
      .require(distinct("learning-rates", &P::learning_rates))
      .require(few_steps("learning-rates", &P::learning_rates, &P::horizon))
      .require(each_element("learning-rates", &P::learning_rates, [](const P& p, double eta) {
        const bool fits = numerics::steps_within(p.horizon, eta) > 0;
        return fits ? "" : fmt::format("one step of {} goes beyond the horizon, {}", in_full(eta), in_full(p.horizon));
      }));
}

/// `time_unit` is the time between two steps; samples of the flow are at times already.
Curve sharpness_curve(const std::vector<SharpnessSample>& samples, double time_unit) {
  const Curve curve{each_of(samples, &SharpnessSample::at), each_of(samples, &SharpnessSample::sharpness)};
  return {each_of(curve.x, [&](double at) { return at * time_unit; }), curve.y};
}

struct Descent {
  double eta = 0;
  numerics::DescentRecord record;

  double edge() const { return 2 / eta; }
  std::size_t steps() const { return record.losses.size() - 1; }
  Curve loss() const { return by_time(eta, record.losses); }
  Curve sharpness() const { return sharpness_curve(record.sharpness, eta); }
  double crossing_time() const { return record.crossing * eta; }

  /// In units of 2 / eta, where it was measured from this step on.
  Numbers relative_sharpness(double first_step) const {
    Numbers values;
    for (const auto& sample : record.sharpness)
      if (sample.at >= first_step) values.push_back(sample.sharpness * eta / 2);
    return values;
  }
  double peak() const { return numerics::quantile(relative_sharpness(0), 1); }
  Numbers relative_smoothness() const {
    return each_of(record.directional_smoothness, [&](double smoothness) { return smoothness * (eta / 2); });
  }

  double progress_before() const { return record.median_before_crossing(record.relative_progress); }
  double progress_after() const { return record.median_after_crossing(record.relative_progress); }
  double smoothness_before() const { return record.median_before_crossing(relative_smoothness()); }
  double smoothness_after() const { return record.median_after_crossing(relative_smoothness()); }
};

struct Records {
  Eigen::Index examples = 0, parameters = 0;
  FlowRecord flow;
  std::vector<Descent> descents;

  Curve flow_loss() const { return {flow.times, flow.losses}; }
  Curve flow_sharpness() const { return sharpness_curve(flow.sharpness, 1); }
  double flow_peak() const { return std::ranges::max(flow_sharpness().y); }
};

// Cohen et al. 2021: perturbed by 1e-12, descent at the edge is another trajectory some hundred steps later.
const std::string chaos = "chaotic at the edge of stability: rounding errors grow until single steps mean nothing";
const std::string integrated = "the integrator's and the Lanczos iteration's own errors";

Bound lanczos_error(const EdgeOfStability& p) { return {p.dataset == "none" ? 1e-3 : 1e-2}; }

const PanelInfo losses{"training loss", {"effective time t = k eta"}, {"loss", "log"}};
const PanelInfo sharpness{"sharpness", {"effective time t = k eta"}, {"largest Hessian eigenvalue"}};

Outputs<Descent> outputs_of_descent(const EdgeOfStability& p) {
  using D = Descent;
  const auto chaotic = [](Bound bound) { return within(bound, chaos); };
  const Allowed crossing = within({0.02, 1}, integrated), hover = chaotic({0.03});
  const Allowed progress = chaotic({0.05, 0.02}), smoothness = chaotic({0.05});
  const Allowed loss_curve =
      statistics({first_value({1e-6}), median({0.1}), quantile(0.95, {0.1}), last_value({0.5})}, chaos);
  const Allowed sharpness_curves =
      statistics({first_value(lanczos_error(p)), median({0.02}), quantile(0.95, {0.05}), last_value({0.2})}, chaos);
  const auto hovering = [](double probability) {
    return [=](const D& d) { return numerics::quantile(d.relative_sharpness(d.record.crossing), probability); };
  };
  const auto edge = [end = p.horizon](const D& d) { return level(0, end, d.edge()); };
  return Outputs<D>{}
      .number("edge", &D::edge, "2 / eta", within(closed_form, "closed form"))
      .number("steps", &D::steps, "steps up to the horizon", exactly("a count"))
      .number("crossing", then(&D::record, &numerics::DescentRecord::crossing),
              "first step with sharpness >= 2 / eta; Infinity if never", crossing)
      .number("crossing-time", &D::crossing_time, "the same in effective time", crossing)
      .number("peak", &D::peak, "largest sharpness times eta / 2", chaotic({0.1}))
      .number("hover", hovering(0.5), "median of sharpness times eta / 2 after the crossing; NaN if there is none",
              hover)
      .number("hover-low", hovering(0.05), "5 % quantile of the same", hover)
      .number("hover-high", hovering(0.95), "95 % quantile of the same", hover)
      .number("sharpness", then(&D::sharpness, last), "sharpness after the last step", chaotic({0.2}))
      .number("loss", then(&D::loss, last), "loss after the last step", chaotic({0.5}))
      .number("loss-rises", then(&D::loss, &Curve::y, numerics::count_rises), "how many steps raise the loss",
              chaotic({0.1, 20}))
      .number("progress-before", &D::progress_before,
              "median over the steps before the crossing of relative progress, change of the loss over eta |grad L|^2",
              progress)
      .number("progress", &D::progress_after, "the same after the crossing; NaN if there is none", progress)
      .number("smoothness-before", &D::smoothness_before,
              "median over the steps before the crossing of directional smoothness times eta / 2", smoothness)
      .number("smoothness", &D::smoothness_after, "the same after the crossing; NaN if there is none", smoothness)
      .curve(measured, losses, "", &D::loss, loss_curve)
      .curve(measured, sharpness, "", &D::sharpness, sharpness_curves)
      .curve(theory, sharpness, "", edge, sharpness_curves);
}

Outputs<Records> outputs(const EdgeOfStability& p) {
  using R = Records;
  const std::string step_size = "the integrator's step size depends on its error estimates";
  const Allowed flow = within({100 * p.tolerance}, integrated), lanczos = within(lanczos_error(p), integrated);
  const auto of_flow = [](auto... how) { return then(&R::flow, how...); };
  return Outputs<R>{}
      .number("examples", &R::examples, "examples that the loss is the mean over", exactly("a count"))
      .number("parameters", &R::parameters, "weights and biases of the network", exactly("a count"))
      .number("sharpness-start", then(&R::flow_sharpness, first), "largest Hessian eigenvalue at the start", lanczos)
      .number("flow.sharpness", then(&R::flow_sharpness, last), "sharpness on the gradient flow at the horizon",
              lanczos)
      .number("flow.peak", &R::flow_peak, "largest sharpness on the flow", lanczos)
      .number("flow.loss", of_flow(&FlowRecord::losses, last), "loss on the flow at the horizon", flow)
      .number("flow.steps", of_flow(&FlowRecord::steps), "steps of the flow's integrator", within({0.05, 2}, step_size))
      .number("flow.gradients", of_flow(&FlowRecord::gradients), "gradients that the flow's integrator took",
              within({0.05, 20}, step_size))
      .curve(reference, losses, flow_name, &R::flow_loss, flow)
      .curve(reference, sharpness, flow_name, &R::flow_sharpness, lanczos)
      .each(rate_names(p.learning_rates), &R::descents, outputs_of_descent(p));
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

  const auto jobs = list_of(p.learning_rates.size() + 1, std::identity{});  // the flow is the first
  using Followed = std::pair<FlowRecord, Descent>;                          // one of them, the other is empty
  auto followed = run.each(jobs, [&](std::size_t job, Progress& progress) -> Followed {
    numerics::SquaredLoss<Scalar> loss(phi, sizes, examples);
    numerics::SharpnessGauge<Scalar> gauge(start.size(), run.random.child("lanczos", job), sharpness_tolerance);
    const auto advance = [&](double share) { progress.advance(share); };
    if (job == 0) {
      const Numbers times =
          each_of(counted(p.measurements + 1), [&](double j) { return p.horizon * j / p.measurements; });
      return {numerics::full_batch_flow<Scalar>(loss, start, times, flow_tolerance, gauge, advance), {}};
    }
    const double eta = p.learning_rates[job - 1];
    const std::size_t steps = numerics::steps_within(p.horizon, eta);
    const std::size_t every = std::max<std::size_t>(1, steps / static_cast<std::size_t>(p.measurements));
    return {{}, {eta, numerics::full_batch_descent<Scalar>(loss, start, {eta, steps, every}, gauge, advance)}};
  });
  Records records{examples.inputs.cols(), start.size(), std::move(followed[0].first),
                  each_of(followed, &Followed::second)};
  records.descents.erase(records.descents.begin());  // that of the flow's job
  return records;
}

Records run(const EdgeOfStability& p, Run& run) {
  if (run.dataset && p.dataset != "none")
    return follow<float>(p, run, data::regression_examples(*run.dataset, p.examples));
  return follow<double>(p, run, numerics::chebyshev_examples(p.degree, p.examples));
}

// ---- The figure.

/// The edges that come into sight, and a little beyond the largest sharpness; one far above would squeeze the rest.
double sharpness_ceiling(const Records& r) {
  double highest = r.flow_peak();
  for (const Descent& d : r.descents)
    if (const double largest = d.peak() * 2 / d.eta; std::isfinite(largest))
      highest = std::max(highest, std::min(largest, 3 / d.eta));
  return 1.1 * highest;
}

plot::Panel sharpness_panel(const EdgeOfStability& p, const Records& r) {
  plot::Panel panel{.x = axis("effective time $t=k\\eta$", 0, p.horizon),
                    .y = axis("sharpness $\\lambda_{\\max}$", 0, sharpness_ceiling(r)),
                    .marks = {flow_line(r.flow_sharpness())}};
  for (std::size_t i = 0; i < r.descents.size(); ++i) {
    const Descent& d = r.descents[i];
    plot::Line look = rate_look(i, d.eta, 1.1);
    look.label =
        fmt::format("$2/\\eta={}${}", rounded(d.edge(), 3), std::isfinite(d.record.crossing) ? "" : ", not met");
    add(panel, theory_line(look.series, level(0, p.horizon, d.edge()), {rate_ink(i), 0.7, plot::Dash::dashed}),
        through(look, d.sharpness()));
  }
  return panel;
}

plot::Figure draw(const EdgeOfStability& p, const Records& r) {
  plot::Panel upper = loss_panel(p.horizon, p.learning_rates, each_of(r.descents, &Descent::loss), r.flow_loss(), 0.9);
  upper.x.label.clear();  // that of the panel below it
  upper.y.label = "training loss";
  return {.panels = {upper, sharpness_panel(p, r)}, .share_x = true, .height_mm = 110};
}

const bool registered =
    add("edge-of-stability", "Edge of stability",
        "Trains a network by full-batch gradient descent with several learning rates and measures the largest "
        "eigenvalue of the loss's Hessian along the way, beside gradient flow.",
        parameters(), outputs, run, draw, always<EdgeOfStability, 2>);

}  // namespace
}  // namespace experiments
