// Loss against effective time t = k eta, and the order with which gradient descent approaches
// gradient flow. Backward error analysis: Barrett and Dherin, Implicit gradient regularization
// (ICLR 2021).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "experiment/legacy.hpp"
#include "experiments/shared/descent.hpp"
#include "numerics/gradient_descent.hpp"
#include "numerics/gradient_flow.hpp"

namespace experiments {

using namespace experiment;
namespace {

using numerics::Objective;
using numerics::Point;
using Values = std::vector<double>;

struct EffectiveTime {
  std::string loss = "quadratic";
  Values curvatures{1, 100};
  Values start{1, 1};
  Values learning_rates{0.001, 0.019, 0.0199, 0.021};
  double horizon = 4;
  std::string order_loss = "product";
  Values order_start{2.8, 3.5};
  Values order_learning_rates{0.02, 0.01, 0.005, 0.0025, 0.00125, 0.000625};
  double order_time = 0.1;
  double tolerance = 1e-12;
};

Parameters<EffectiveTime> parameters() {
  using P = EffectiveTime;
  const std::vector<std::string> names{"quadratic", "rosenbrock", "product", "mlp"};
  const About rates{
      .meaning = "learning rates eta", .minimum = 0, .maximum = 1e6, .minimum_is_open = true, .max_size = 5};
  About order_rates = rates;
  order_rates.meaning = "learning rates of the right panel; each divides order-time into whole steps";
  order_rates.min_size = 2;
  order_rates.max_size = 12;
  const About place{.meaning = "where descent and flow start, in the left panel",
                    .minimum = -1e3,
                    .maximum = 1e3,
                    .min_size = 2,
                    .max_size = 2};
  About order_place = place;
  order_place.meaning = "where they start in the right panel";
  Parameters<P> p;
  p.choice("loss", &P::loss, names, {.meaning = "loss of two parameters, left panel: loss against effective time"})
      .numbers("curvatures", &P::curvatures,
               {.meaning = "eigenvalues of the quadratic loss, in either panel",
                .minimum = 0,
                .maximum = 1e9,
                .minimum_is_open = true,
                .min_size = 2,
                .max_size = 2})
      .numbers("start", &P::start, place)
      .numbers("learning-rates", &P::learning_rates, rates)
      .number("horizon", &P::horizon,
              {.meaning = "effective time t = k eta up to which the loss is followed",
               .minimum = 0,
               .maximum = 1e6,
               .minimum_is_open = true})
      .choice("order-loss", &P::order_loss, names,
              {.meaning = "loss of the right panel: error at a fixed time against the learning rate"})
      .numbers("order-start", &P::order_start, order_place)
      .numbers("order-learning-rates", &P::order_learning_rates, order_rates)
      .number("order-time", &P::order_time,
              {.meaning = "effective time at which descent is compared with the two flows",
               .minimum = 0,
               .maximum = 1e4,
               .minimum_is_open = true})
      .number("tolerance", &P::tolerance,
              {.meaning = "error allowed to each step of the flows' integrator, absolute and relative",
               .minimum = 1e-13,
               .maximum = 1e-2});
  return p;
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
const std::string loss_panel = "loss by effective time";
const std::string error_panel = "error of the flows";
const std::string to_flow = "descent to gradient flow";
const std::string to_modified = "descent to modified flow";

std::vector<Export> exports(const EffectiveTime& p) {
  std::vector<Export> list{
      {"eta-max", "largest learning rate that is stable at the left panel's minimum, 2 / lambda_max"},
      {"flow.loss", "loss on the gradient flow at the horizon"},
      {"order.flow",
       "order of the distance between descent and gradient flow in eta, from the two smallest "
       "rates"},
      {"order.modified", "the same for the modified flow"},
      {"error.flow", "distance between descent and gradient flow for the i-th of order-learning-rates", true},
      {"error.modified", "the same for the modified flow", true}};
  for (const double eta : p.learning_rates) {
    list.push_back({rate_name(eta) + ".loss", "loss after k steps", true});
    list.push_back({rate_name(eta) + ".loss", "loss after the last step before the horizon"});
    list.push_back({rate_name(eta) + ".loss-ratio", "that loss over the gradient flow's at the same time"});
  }
  return list;
}

std::vector<Tolerance> tolerances(const EffectiveTime& p) {
  const double error = 10 * p.tolerance;
  const std::string solved = "the integrator's own error, ten times that allowed to a step";
  const std::string recurrence = "a recurrence in double precision";
  const std::string difference = solved + "; it counts in full in distances that are much smaller than the parameters";
  return {{loss_panel, flow_name, {error, error}, {}, solved},
          {loss_panel, "*", {1e-9, 0}, {}, recurrence},
          {error_panel, "*", {1e-9, error}, {}, difference},
          {"", "eta-max", {1e-9, 0}, {}, "a minimum found to rounding"},
          {"", "flow.loss", {error, error}, {}, solved},
          {"", "order.*", {1e-3, 0}, {}, difference},
          {"", "error.*", {1e-9, error}, {}, difference},
          {"", "*.loss-ratio", {1e-9, error}, {}, solved},
          {"", "*.loss", {1e-9, 0}, {}, recurrence}};
}

Point flow_end(const numerics::Field& field, const Point& start, double time, double tolerance) {
  return time > 0 ? numerics::integrate(field, start, {0, time}, tolerance).points.back() : start;
}

PanelData loss_by_time(const EffectiveTime& p, Result& result) {
  const Objective objective = objective_named(p.loss, p.curvatures);
  const numerics::Field field = numerics::gradient_field(objective);
  const Point start = to_point(p.start);
  const double fastest = std::max(numerics::sharpness(objective, start), 1e-6);
  const auto flow =
      numerics::integrate(field, start, numerics::sample_times(p.horizon, fastest, flow_samples), p.tolerance);
  PanelData panel{loss_panel, {"effective time t = k eta", "linear"}, {"loss", "log"}, {}};
  panel.series.push_back({flow_name, SeriesKind::reference, flow.times, losses(objective, flow.points), {}, {}});
  const Point minimum = numerics::nearest_minimum(objective, flow.points.back());
  result.values["eta-max"] = 2 / numerics::sharpness(objective, minimum);
  result.values["flow.loss"] = panel.series[0].y.back();
  for (const double eta : p.learning_rates) {
    const auto points = numerics::gradient_descent(objective, start, eta, numerics::steps_within(p.horizon, eta));
    Series series{rate_name(eta), SeriesKind::measured, {}, losses(objective, points), {}, {}};
    for (std::size_t k = 0; k < points.size(); ++k) series.x.push_back(eta * static_cast<double>(k));
    result.functions[series.name + ".loss"] = {0, series.y};
    result.values[series.name + ".loss"] = series.y.back();
    result.values[series.name + ".loss-ratio"] =
        series.y.back() / objective.value(flow_end(field, start, series.x.back(), p.tolerance));
    panel.series.push_back(std::move(series));
  }
  return panel;
}

/// The slope between the last two of rates that were sorted downwards, in decades of error per
/// decade of eta.
double final_order(const Series& errors) {
  const std::size_t n = errors.x.size();
  return std::log(errors.y[n - 2] / errors.y[n - 1]) / std::log(errors.x[n - 2] / errors.x[n - 1]);
}

PanelData error_by_rate(const EffectiveTime& p, Result& result) {
  const Objective objective = objective_named(p.order_loss, p.curvatures);
  const Point start = to_point(p.order_start);
  const Point flow = flow_end(numerics::gradient_field(objective), start, p.order_time, p.tolerance);
  Values rates = p.order_learning_rates;
  std::sort(rates.rbegin(), rates.rend());
  Series plain{to_flow, SeriesKind::measured, rates, {}, {}, {}};
  Series modified{to_modified, SeriesKind::measured, rates, {}, {}, {}};
  for (const double eta : rates) {
    const auto steps = static_cast<std::size_t>(std::round(p.order_time / eta));
    const Point descent = numerics::gradient_descent(objective, start, eta, steps).back();
    const Point corrected = flow_end(numerics::modified_field(objective, eta), start, p.order_time, p.tolerance);
    plain.y.push_back((descent - flow).norm());
    modified.y.push_back((descent - corrected).norm());
  }
  result.values["order.flow"] = final_order(plain);
  result.values["order.modified"] = final_order(modified);
  IndexedValues flow_errors{1, {}}, modified_errors{1, {}};
  for (const double eta : p.order_learning_rates) {
    const auto at = std::find(rates.begin(), rates.end(), eta) - rates.begin();
    flow_errors.values.push_back(plain.y[static_cast<std::size_t>(at)]);
    modified_errors.values.push_back(modified.y[static_cast<std::size_t>(at)]);
  }
  result.functions["error.flow"] = flow_errors;
  result.functions["error.modified"] = modified_errors;
  return {error_panel, {"learning rate eta", "log"}, {"distance", "log"}, {plain, modified}};
}

Result run(const EffectiveTime& p, Run& run) {
  Result result;
  result.panels.push_back(loss_by_time(p, result));
  run.progress(1, 2);
  result.panels.push_back(error_by_rate(p, result));
  run.progress(2, 2);
  return result;
}

// ---- The figure.

/// What a loss is called above a panel.
std::string loss_title(const std::string& loss, const Values& curvatures) {
  if (loss == "rosenbrock") return "Rosenbrock’s function";
  if (loss == "product") return "$L=(1-ab)^2/2$";
  if (loss == "mlp") return "$w_2 \\mathrm{tanh}(w_1 x)$ fitted to data";
  const auto [low, high] = std::minmax_element(curvatures.begin(), curvatures.end());
  return "quadratic, $\\kappa=" + rounded(*high / *low) + "$";
}

plot::Panel loss_panel_of(const EffectiveTime& p, const Result& result) {
  const PanelData& data = result.panel(loss_panel);
  const Series& flow = *data.find(flow_name, SeriesKind::reference);
  plot::Panel panel;
  panel.title = loss_title(p.loss, p.curvatures);
  panel.x = {"effective time $t=k\\eta$", plot::ScaleKind::linear, 0.0, p.horizon, false, {}};
  panel.y = {"loss", plot::ScaleKind::log, {}, loss_ceiling(data, flow), false, {}};
  panel.marks.push_back(
      plot::Line{.series = flow.name, .x = flow.x, .y = flow.y, .stroke = flow_stroke, .label = flow_name});
  for (std::size_t i = 0; i < p.learning_rates.size(); ++i) {
    const Series& series = *data.find(rate_name(p.learning_rates[i]));
    panel.marks.push_back(rate_line(i, series, 1.3, rate_label(p.learning_rates[i])));
  }
  return panel;
}

plot::Line error_line(const Series& errors, plot::Ink ink, plot::Marker marker) {
  return {.series = errors.name,
          .x = errors.x,
          .y = errors.y,
          .stroke = {ink, 1.3},
          .label = "",
          .marker = marker,
          .marker_size = 4.5};
}

/// A guide of the slope that theory gives, a little below the curve's smaller half.
plot::SlopeGuide guide(const Series& errors, double slope) {
  const std::size_t n = errors.x.size();
  return {.slope = slope,
          .x0 = errors.x[n - 1],
          .y0 = 0.55 * errors.y[n - 1],
          .x1 = errors.x[n / 2],
          .label = "slope " + rounded_in_words(slope)};
}

plot::Panel error_panel_of(const EffectiveTime& p, const Result& result) {
  const PanelData& data = result.panel(error_panel);
  const Series& plain = *data.find(to_flow);
  const Series& modified = *data.find(to_modified);
  plot::Panel panel;
  panel.title = loss_title(p.order_loss, p.curvatures) +
                fmt::format(" from $({}, {})$", rounded(p.order_start[0]), rounded(p.order_start[1]));
  panel.x = {"learning rate $\\eta$", plot::ScaleKind::log, {}, {}, false, {}};
  panel.y = {"distance at $t=" + rounded(p.order_time) + "$", plot::ScaleKind::log, {}, {}, false, {}};
  panel.marks.push_back(guide(plain, 1));
  panel.marks.push_back(guide(modified, 2));
  panel.marks.push_back(error_line(plain, plot::Ink::blue, plot::Marker::circle));
  panel.marks.push_back(error_line(modified, plot::Ink::vermillion, plot::Marker::square));
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

plot::Figure draw(const EffectiveTime& p, const Result& result) {
  plot::Figure figure;
  figure.panels = {loss_panel_of(p, result), error_panel_of(p, result)};
  figure.columns = 2;
  figure.width = plot::FigureWidth::full;
  figure.height_mm = 75;
  return figure;
}

const bool registered =
    add(OldDefinition<EffectiveTime>{.name = "effective-time",
                                     .title = "Loss against effective time",
                                     .summary = "Follows the loss of gradient descent with several "
                                                "learning rates over the time t = k eta that gradient "
                                                "flow lives in, and measures the order in eta with which "
                                                "descent approaches the flow and its modification.",
                                     .parameters = parameters(),
                                     .check = check,
                                     .exports = exports,
                                     .run = run,
                                     .draw = draw,
                                     .tolerances = tolerances});

}  // namespace
}  // namespace experiments
