// Loss against effective time t = k eta, and the order with which gradient descent approaches gradient flow. Backward
// error analysis: Barrett and Dherin, Implicit gradient regularization (ICLR 2021).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "experiment/experiment.hpp"
#include "experiments/shared/curves.hpp"
#include "experiments/shared/derived.hpp"
#include "experiments/shared/descent.hpp"
#include "numerics/descent/gradient_descent.hpp"
#include "numerics/descent/gradient_flow.hpp"

namespace experiments {

namespace {

using numerics::Objective;
using numerics::Point;
using Numbers = std::vector<double>;

struct EffectiveTime {
  std::string loss = "quadratic";
  Numbers curvatures{1, 100};
  Numbers start{1, 1};
  Numbers learning_rates{0.001, 0.019, 0.0199, 0.021};
  double horizon = 4;
  std::string order_loss = "product";
  Numbers order_start{2.8, 3.5};
  Numbers order_learning_rates{0.02, 0.01, 0.005, 0.0025, 0.00125, 0.000625};
  double order_time = 0.1;
  double tolerance = 1e-12;
};

Parameters<EffectiveTime> parameters() {
  using P = EffectiveTime;
  const std::vector<std::string> names{"quadratic", "rosenbrock", "product", "mlp"};
  const Range rates = above(0).to(1e6), places = from(-1e3).to(1e3);
  const Elements two{2, 2};
  return Parameters<P>{}
      .choice("loss", &P::loss, names, "loss of two parameters, left panel: loss against effective time")
      .numbers("curvatures", &P::curvatures, "eigenvalues of the quadratic loss, in either panel", above(0).to(1e9),
               two)
      .numbers("start", &P::start, "where descent and flow start, in the left panel", places, two)
      .numbers("learning-rates", &P::learning_rates, "learning rates eta", rates, {.least = 1, .most = 5})
      .number("horizon", &P::horizon, "effective time t = k eta up to which the loss is followed", above(0).to(1e6))
      .choice("order-loss", &P::order_loss, names,
              "loss of the right panel: error at a fixed time against the learning rate")
      .numbers("order-start", &P::order_start, "where they start in the right panel", places, two)
      .numbers("order-learning-rates", &P::order_learning_rates,
               "learning rates of the right panel; each divides order-time into whole steps", rates,
               {.least = 2, .most = 12})
      .number("order-time", &P::order_time, "effective time at which descent is compared with the two flows",
              above(0).to(1e4))
      .number("tolerance", &P::tolerance, "error allowed to each step of the flows' integrator, absolute and relative",
              from(1e-13).to(1e-2));
}

bool whole(double quotient) { return std::abs(quotient - std::round(quotient)) < 1e-9 * quotient && quotient > 0.5; }

std::vector<ParameterError> check(const EffectiveTime& p) {
  std::vector<ParameterError> errors;
  check_distinct("learning-rates", p.learning_rates, errors);
  check_step_count("learning-rates", p.learning_rates, p.horizon, errors);
  check_distinct("order-learning-rates", p.order_learning_rates, errors);
  check_step_count("order-learning-rates", p.order_learning_rates, p.order_time, errors);
  for (std::size_t i = 0; i < p.order_learning_rates.size(); ++i)
    if (!whole(p.order_time / p.order_learning_rates[i]))
      errors.push_back({{"order-learning-rates", std::to_string(i)},
                        fmt::format("{} steps of {} do not make the time {}; it must be a whole number of steps",
                                    in_full(std::stod(fmt::format("{:.6g}", p.order_time / p.order_learning_rates[i]))),
                                    in_full(p.order_learning_rates[i]), in_full(p.order_time))});
  return errors;
}

constexpr std::size_t flow_samples = 2000;
const std::string flow_name = "gradient flow";
const std::string to_flow = "descent to gradient flow";
const std::string to_modified = "descent to modified flow";

struct Descent {
  Curve loss;             // over effective time
  double loss_ratio = 0;  // the last loss over the flow's at the same time
};

struct Approach {
  double eta_max = 0;
  Curve flow;  // its loss over time
  std::vector<Descent> descents;
  Curve from_flow, from_modified;  // descent's distance from either flow over order-learning-rates, in their order
};

/// The same curve from the largest x down.
Curve falling(const Curve& curve) {
  Curve sorted{curve.x, {}};
  std::ranges::sort(sorted.x, std::greater{});
  for (const double x : sorted.x) sorted.y.push_back(curve.y[std::ranges::find(curve.x, x) - curve.x.begin()]);
  return sorted;
}

/// The slope between the two smallest rates, in decades of error per decade of eta.
double final_order(const Curve& errors) {
  const auto [x, y, lower, upper] = falling(errors);
  const std::size_t n = x.size();
  return std::log(y[n - 2] / y[n - 1]) / std::log(x[n - 2] / x[n - 1]);
}

Outputs<Approach> outputs(const EffectiveTime& p) {
  const double error = 10 * p.tolerance;
  const std::string solved = "the integrator's own error, ten times that allowed to a step";
  const std::string difference = solved + "; it counts in full in distances that are much smaller than the parameters";
  const Allowed of_flow = within({error, error}, solved), of_order = within({1e-3}, difference);
  const Allowed of_distance = within({1e-9, error}, difference);
  const Allowed of_descent = within({1e-9}, "a recurrence in double precision");
  const PanelInfo loss{"loss by effective time", {"effective time t = k eta"}, {"loss", "log"}};
  const PanelInfo distance{"error of the flows", {"learning rate eta", "log"}, {"distance", "log"}};
  const auto of_rate = Outputs<Descent>{}
                           .sequence("loss", 0, then(&Descent::loss, &Curve::y), "loss after k steps", of_descent)
                           .number("loss", then(&Descent::loss, &Curve::y, last),
                                   "loss after the last step before the horizon", of_descent)
                           .number("loss-ratio", &Descent::loss_ratio,
                                   "that loss over the gradient flow's at the same time", within({1e-9, error}, solved))
                           .measured(loss, "", &Descent::loss, of_descent);
  return Outputs<Approach>{}
      .number("eta-max", &Approach::eta_max,
              "largest learning rate that is stable at the left panel's minimum, 2 / lambda_max",
              within({1e-9}, "a minimum found to rounding"))
      .number("flow.loss", then(&Approach::flow, &Curve::y, last), "loss on the gradient flow at the horizon", of_flow)
      .number("order.flow", then(&Approach::from_flow, final_order),
              "order of the distance between descent and gradient flow in eta, from the two smallest rates", of_order)
      .number("order.modified", then(&Approach::from_modified, final_order), "the same for the modified flow", of_order)
      .sequence("error.flow", 1, then(&Approach::from_flow, &Curve::y),
                "distance between descent and gradient flow for the i-th of order-learning-rates", of_distance)
      .sequence("error.modified", 1, then(&Approach::from_modified, &Curve::y), "the same for the modified flow",
                of_distance)
      .reference(loss, flow_name, &Approach::flow, of_flow)
      .each(rate_names(p.learning_rates), &Approach::descents, of_rate)
      .measured(distance, to_flow, then(&Approach::from_flow, falling), of_distance)
      .measured(distance, to_modified, then(&Approach::from_modified, falling), of_distance);
}

Point flow_end(const numerics::Field& field, const Point& start, double time, double tolerance) {
  return time > 0 ? numerics::integrate(field, start, {0, time}, tolerance).points.back() : start;
}

/// The left panel.
Approach follow(const EffectiveTime& p, const Run& run) {
  const Objective objective = objective_named(p.loss, p.curvatures);
  const numerics::Field field = numerics::gradient_field(objective);
  const Point start = to_point(p.start);
  const double fastest = std::max(numerics::sharpness(objective, start), 1e-6);
  const auto flow =
      numerics::integrate(field, start, numerics::sample_times(p.horizon, fastest, flow_samples), p.tolerance);
  const Point minimum = numerics::nearest_minimum(objective, flow.points.back());
  Approach result{.eta_max = 2 / numerics::sharpness(objective, minimum),
                  .flow = {flow.times, losses(objective, flow.points)}};
  result.descents = run.each(p.learning_rates, [&](double eta) {
    const auto path = numerics::gradient_descent(objective, start, eta, numerics::steps_within(p.horizon, eta));
    Curve loss = by_step(losses(objective, path));
    for (double& x : loss.x) x *= eta;
    const double on_flow = objective.value(flow_end(field, start, loss.x.back(), p.tolerance));
    return Descent{loss, loss.y.back() / on_flow};
  });
  return result;
}

/// The right panel.
void compare(const EffectiveTime& p, const Run& run, Approach& result) {
  const Objective objective = objective_named(p.order_loss, p.curvatures);
  const Point start = to_point(p.order_start);
  const Point flow = flow_end(numerics::gradient_field(objective), start, p.order_time, p.tolerance);
  const auto distances = run.each(p.order_learning_rates, [&](double eta) {
    const auto steps = static_cast<std::size_t>(std::round(p.order_time / eta));
    const Point descent = numerics::gradient_descent(objective, start, eta, steps).back();
    const Point modified = flow_end(numerics::modified_field(objective, eta), start, p.order_time, p.tolerance);
    return std::pair{(descent - flow).norm(), (descent - modified).norm()};
  });
  result.from_flow.x = result.from_modified.x = p.order_learning_rates;
  for (const auto& [from_flow, from_modified] : distances) {
    result.from_flow.y.push_back(from_flow);
    result.from_modified.y.push_back(from_modified);
  }
}

Approach run(const EffectiveTime& p, Run& run) {
  Approach result = follow(p, run);
  compare(p, run, result);
  return result;
}

// ---- The figure.

/// What a loss is called above a panel.
std::string loss_title(const std::string& loss, const Numbers& curvatures) {
  if (loss == "rosenbrock") return "Rosenbrock’s function";
  if (loss == "product") return "$L=(1-ab)^2/2$";
  if (loss == "mlp") return "$w_2 \\mathrm{tanh}(w_1 x)$ fitted to data";
  return "quadratic, $\\kappa=" + rounded(std::ranges::max(curvatures) / std::ranges::min(curvatures)) + "$";
}

plot::Panel loss_panel(const EffectiveTime& p, const Approach& r) {
  std::vector<Curve> descents;
  for (const Descent& d : r.descents) descents.push_back(d.loss);
  plot::Panel panel{.title = loss_title(p.loss, p.curvatures),
                    .x = {.label = "effective time $t=k\\eta$", .min = 0, .max = p.horizon},
                    .y = {.label = "loss", .scale = plot::ScaleKind::log, .max = loss_ceiling(descents, r.flow)}};
  panel.marks.push_back(line_of(flow_name, r.flow, flow_stroke, flow_name));
  for (std::size_t i = 0; i < descents.size(); ++i)
    panel.marks.push_back(rate_line(i, p.learning_rates[i], descents[i], 1.3));
  return panel;
}

plot::Line error_line(const std::string& name, const Curve& errors, plot::Ink ink, plot::Marker marker) {
  plot::Line line = line_of(name, errors, {ink, 1.3});
  line.marker = marker;
  line.marker_size = 4.5;
  return line;
}

/// A guide of the slope that theory gives, a little below the curve's smaller half.
plot::SlopeGuide guide(const Curve& errors, double slope) {
  const std::size_t n = errors.x.size();
  return {.slope = slope,
          .x0 = errors.x[n - 1],
          .y0 = 0.55 * errors.y[n - 1],
          .x1 = errors.x[n / 2],
          .label = "slope " + rounded_in_words(slope)};
}

plot::Panel error_panel(const EffectiveTime& p, const Approach& r) {
  const Curve plain = falling(r.from_flow), modified = falling(r.from_modified);
  plot::Panel panel{.title = loss_title(p.order_loss, p.curvatures) +
                             fmt::format(" from $({}, {})$", rounded(p.order_start[0]), rounded(p.order_start[1])),
                    .x = {.label = "learning rate $\\eta$", .scale = plot::ScaleKind::log},
                    .y = {.label = "distance at $t=" + rounded(p.order_time) + "$", .scale = plot::ScaleKind::log}};
  panel.marks = {guide(plain, 1), guide(modified, 2), error_line(to_flow, plain, plot::Ink::blue, plot::Marker::circle),
                 error_line(to_modified, modified, plot::Ink::vermillion, plot::Marker::square)};
  // The upper curve's name stands in the free corner above it, the lower one's in that below it.
  const std::size_t n = plain.x.size();
  panel.marks.push_back(plot::Note{.x = plain.x[n - 1],
                                   .y = plain.y[n / 2],
                                   .text = "from the flow of $L$",
                                   .ink = plot::Ink::blue,
                                   .dx = 0,
                                   .dy = 8,
                                   .series = to_flow});
  panel.marks.push_back(plot::Note{.x = modified.x[0],
                                   .y = modified.y[n - 1],
                                   .text = "from the flow of $L+(\\eta/4)\\|\\nabla L\\|^2$",
                                   .anchor = plot::Anchor::right,
                                   .ink = plot::Ink::vermillion,
                                   .dx = 0,
                                   .dy = -9,
                                   .series = to_modified});
  return panel;
}

plot::Figure draw(const EffectiveTime& p, const Approach& r) {
  return {
      .panels = {loss_panel(p, r), error_panel(p, r)}, .columns = 2, .width = plot::FigureWidth::full, .height_mm = 75};
}

const bool registered = add(Definition<EffectiveTime, Approach>{
    .name = "effective-time",
    .title = "Loss against effective time",
    .summary = "Follows the loss of gradient descent with several learning rates over the time t = k eta that gradient "
               "flow lives in, and measures the order in eta with which descent approaches the flow and its "
               "modification.",
    .parameters = parameters(),
    .check = check,
    .outputs = outputs,
    .run = run,
    .draw = draw});

}  // namespace
}  // namespace experiments
