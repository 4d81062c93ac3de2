// Gradient descent beside the gradient flow that it discretises, in the plane of two parameters.
// Beyond eta = 2 / lambda_max descent can rest on a two-cycle where the sharpness is 2 / eta: the
// edge of stability of Cohen et al. (2021) and the self-stabilisation of Damian, Nichani and Lee
// (2023), in two dimensions.
#include <fmt/format.h>

#include <Eigen/Eigenvalues>
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

struct FlowVersusDescent {
  std::string loss = "rosenbrock";
  Values curvatures{1, 100};
  Values start{-1.2, 1};
  Values learning_rates{0.00199, 0.0025};
  double horizon = 25;
  double tolerance = 1e-10;
};

Parameters<FlowVersusDescent> parameters() {
  using P = FlowVersusDescent;
  Parameters<P> p;
  p.choice("loss", &P::loss, {"rosenbrock", "quadratic", "mlp", "product"},
           {.meaning = "loss of two parameters; mlp is w2 tanh(w1 x) fitted to nine points of 2 tanh(x), product is (1 "
                       "- a b)^2 / 2"})
      .numbers("curvatures", &P::curvatures,
               {.meaning = "eigenvalues of the quadratic loss; the other losses have none to choose",
                .minimum = 0,
                .maximum = 1e9,
                .minimum_is_open = true,
                .min_size = 2,
                .max_size = 2})
      .numbers("start", &P::start,
               {.meaning = "where both start", .minimum = -1e3, .maximum = 1e3, .min_size = 2, .max_size = 2})
      .numbers("learning-rates", &P::learning_rates,
               {.meaning = "learning rates eta of gradient descent",
                .minimum = 0,
                .maximum = 1e6,
                .minimum_is_open = true,
                .max_size = 5})
      .number("horizon", &P::horizon,
              {.meaning = "effective time t = k eta up to which both are followed",
               .minimum = 0,
               .maximum = 1e6,
               .minimum_is_open = true})
      .number("tolerance", &P::tolerance,
              {.meaning = "error allowed to each step of the flow's integrator, absolute and relative",
               .minimum = 1e-13,
               .maximum = 1e-2});
  return p;
}

std::vector<ParameterError> check(const FlowVersusDescent& p) {
  std::vector<ParameterError> errors;
  check_distinct("learning-rates", p.learning_rates, errors);
  check_step_count("learning-rates", p.learning_rates, p.horizon, errors);
  return errors;
}

constexpr std::size_t flow_samples = 2000;
const std::string flow_name = "gradient flow";
const std::string trajectory_panel = "trajectories";
const std::string edge_panel = "sharpness 2/eta";
const std::string loss_panel = "loss by effective time";

std::vector<Export> exports(const FlowVersusDescent& p) {
  std::vector<Export> list{{"lambda-max", "largest Hessian eigenvalue at the minimum"},
                           {"lambda-min", "smallest Hessian eigenvalue at the minimum"},
                           {"lambda-start", "largest Hessian eigenvalue at the start"},
                           {"eta-max", "largest learning rate that is stable at the minimum, 2 / lambda-max"},
                           {"flow.time",
                            "time at which the flow first comes within 10^-n of the minimum; Infinity if not by the "
                            "horizon",
                            true},
                           {"flow.distance", "distance of the flow from the minimum at the horizon"},
                           {"flow.loss", "loss on the flow at the horizon"},
                           {"flow.final", "parameter i on the flow at the horizon", true},
                           {"flow.steps", "accepted steps of the flow's integrator"}};
  for (const double eta : p.learning_rates) {
    const std::string name = rate_name(eta);
    list.push_back({name + ".steps",
                    "steps until descent first comes within 10^-n of the minimum; Infinity if not by "
                    "the horizon",
                    true});
    list.push_back({name + ".distance", "distance of descent from the minimum at the horizon"});
    list.push_back({name + ".gap", "distance of descent from the flow at the time of its last step"});
    list.push_back({name + ".loss", "loss after k steps", true});
    list.push_back({name + ".loss-rises", "how many steps raise the loss"});
    list.push_back({name + ".final", "parameter i after the last step", true});
    list.push_back({name + ".two-cycle", "1 if descent ends on a two-cycle, else 0"});
    list.push_back({name + ".midpoint", "parameter i in the middle of the two-cycle; NaN if there is none", true});
    list.push_back({name + ".edge", "sharpness in the middle of the two-cycle over 2 / eta; NaN if there is none"});
    list.push_back(
        {name + ".cycle-multiplier",
         "largest modulus of the eigenvalues by which the two-cycle's two steps multiply a small distance from "
         "it, below 1 where it attracts; NaN if there is none"});
  }
  return list;
}

std::vector<Tolerance> tolerances(const FlowVersusDescent& p) {
  const Bound solver{10 * p.tolerance, 10 * p.tolerance};
  const std::string solved = "the integrator's own error, ten times that allowed to a step";
  const std::string recurrence = "a recurrence in double precision that forgets its rounding errors in the valley";
  return {{"*", flow_name, solver, {}, solved},
          {edge_panel, "*", closed_form, {}, "closed form"},
          {"*", "*", {1e-9, 0}, {}, recurrence},
          {"", "flow.steps", {0.01, 1}, {}, "the integrator's step size depends on its error estimates"},
          {"", "flow.*", solver, {}, solved},
          {"", "*.gap", solver, {}, solved},
          {"", "*.steps", {}, {}, "counts"},
          {"", "*.loss-rises", {}, {}, "counts"},
          {"", "*.two-cycle", {}, {}, "yes or no"},
          {"", "*", {1e-9, 0}, {}, recurrence}};
}

// Distances from the minimum at which arrivals are noted: 0.1, 0.01, 0.001.
constexpr int decades = 3;

struct Descent {
  double eta = 0;
  std::vector<Point> points;
};

/// Two steps on a two-cycle multiply small distances by (I - eta H(theta_+)) (I - eta H(theta_-)).
double cycle_multiplier(const Objective& objective, double eta, const Point& one, const Point& other) {
  using Square = numerics::Matrix<double>;
  const auto jacobian = [&](const Point& at) -> Square { return Square::Identity(2, 2) - eta * objective.hessian(at); };
  const Square steps = jacobian(one) * jacobian(other);
  return steps.eigenvalues().cwiseAbs().maxCoeff();
}

void export_flow(const FlowVersusDescent& p, const Objective& objective, const numerics::FlowSamples& flow,
                 const Point& minimum, Result& result) {
  const Point& end = flow.points.back();
  const Point eigenvalues = numerics::hessian_eigenvalues(objective, minimum);
  result.values["lambda-min"] = eigenvalues[0];
  result.values["lambda-max"] = eigenvalues[1];
  result.values["lambda-start"] = numerics::sharpness(objective, to_point(p.start));
  result.values["eta-max"] = 2 / eigenvalues[1];
  result.values["flow.distance"] = (end - minimum).norm();
  result.values["flow.loss"] = objective.value(end);
  result.values["flow.steps"] = static_cast<double>(flow.steps);
  result.functions["flow.final"] = {1, {end[0], end[1]}};
  IndexedValues times{1, {}};
  for (int n = 1; n <= decades; ++n) {
    const auto near = [&](const Point& q) { return (q - minimum).norm() < std::pow(10, -n); };
    const auto time = numerics::first_passage(numerics::gradient_field(objective), flow, p.tolerance, near);
    times.values.push_back(time.value_or(std::numeric_limits<double>::infinity()));
  }
  result.functions["flow.time"] = times;
}

void export_descent(const FlowVersusDescent& p, const Objective& objective, const Descent& descent,
                    const Point& minimum, Result& result) {
  const std::string name = rate_name(descent.eta);
  const auto& points = descent.points;
  const double time = descent.eta * static_cast<double>(points.size() - 1);
  const Point flow_then =
      time > 0 ? numerics::integrate(numerics::gradient_field(objective), to_point(p.start), {0, time}, p.tolerance)
                     .points.back()
               : to_point(p.start);
  const Values loss = losses(objective, points);
  result.values[name + ".distance"] = (points.back() - minimum).norm();
  result.values[name + ".gap"] = (points.back() - flow_then).norm();
  result.values[name + ".loss-rises"] = count_rises(loss);
  result.functions[name + ".loss"] = {0, loss};
  result.functions[name + ".final"] = {1, {points.back()[0], points.back()[1]}};
  IndexedValues steps{1, {}};
  for (int n = 1; n <= decades; ++n) {
    const auto near = [&](const Point& q) { return (q - minimum).norm() < std::pow(10, -n); };
    const auto found = std::find_if(points.begin(), points.end(), near);
    steps.values.push_back(found == points.end() ? std::numeric_limits<double>::infinity()
                                                 : static_cast<double>(found - points.begin()));
  }
  result.functions[name + ".steps"] = steps;

  const auto cycle = numerics::final_two_cycle(points);
  const Point middle = cycle ? cycle->midpoint() : Point::Constant(2, std::numeric_limits<double>::quiet_NaN());
  result.values[name + ".two-cycle"] = cycle ? 1 : 0;
  result.functions[name + ".midpoint"] = {1, {middle[0], middle[1]}};
  result.values[name + ".cycle-multiplier"] =
      cycle ? cycle_multiplier(objective, descent.eta, cycle->first, cycle->second)
            : std::numeric_limits<double>::quiet_NaN();
  result.values[name + ".edge"] =
      cycle ? numerics::sharpness(objective, middle) * descent.eta / 2 : std::numeric_limits<double>::quiet_NaN();
}

/// Where the sharpness of Rosenbrock's function is s > 200. With H = [[1200 x^2 - 400 y + 2, -400
/// x], [-400 x, 200]] the equation det(H - s) = 0 is linear in y; as s exceeds the corner 200, it
/// is the larger eigenvalue.
Series rosenbrock_edge(double eta) {
  const double s = 2 / eta;
  Series edge{rate_name(eta), SeriesKind::theory, {}, {}, {}, {}};
  for (int i = -200; i <= 200; ++i) {
    const double x = 0.01 * i;
    edge.x.push_back(x);
    edge.y.push_back((1200 * x * x + 2 - s + 160000 * x * x / (s - 200)) / 400);
  }
  return edge;
}

/// Descents that rest where the sharpness is 2 / eta, on the one loss for which that curve is
/// drawn.
bool has_edge(const FlowVersusDescent& p, double eta, const Result& result) {
  return p.loss == "rosenbrock" && 2 / eta > 200 && result.values.at(rate_name(eta) + ".two-cycle") == 1;
}

PanelData loss_by_time(const Objective& objective, const numerics::FlowSamples& flow,
                       const std::vector<Descent>& descents) {
  PanelData panel{loss_panel, {"effective time t = k eta", "linear"}, {"loss", "log"}, {}};
  panel.series.push_back({flow_name, SeriesKind::measured, flow.times, losses(objective, flow.points), {}, {}});
  for (const Descent& d : descents) {
    Series series{rate_name(d.eta), SeriesKind::measured, {}, losses(objective, d.points), {}, {}};
    for (std::size_t k = 0; k < d.points.size(); ++k) series.x.push_back(d.eta * static_cast<double>(k));
    panel.series.push_back(std::move(series));
  }
  return panel;
}

Result run(const FlowVersusDescent& p, Run& run) {
  const Objective objective = objective_named(p.loss, p.curvatures);
  const Point start = to_point(p.start);
  const double fastest = std::max(numerics::sharpness(objective, start), 1e-6);
  const auto flow = numerics::integrate(numerics::gradient_field(objective), start,
                                        numerics::sample_times(p.horizon, fastest, flow_samples), p.tolerance);
  const Point minimum = numerics::nearest_minimum(objective, flow.points.back());

  Result result;
  export_flow(p, objective, flow, minimum, result);
  const double units = static_cast<double>(p.learning_rates.size() + 1);
  run.progress(1, units);
  PanelData trajectories{trajectory_panel, {"parameter 1", "linear"}, {"parameter 2", "linear"}, {}};
  const auto add = [&](const std::string& name, const std::vector<Point>& points) {
    trajectories.series.push_back({name, SeriesKind::measured, coordinates(points, 0), coordinates(points, 1), {}, {}});
  };
  add(flow_name, flow.points);
  std::vector<Descent> descents;
  PanelData edges{edge_panel, trajectories.x, trajectories.y, {}};
  for (const double eta : p.learning_rates) {
    descents.push_back(
        {eta, numerics::gradient_descent(objective, start, eta, numerics::steps_within(p.horizon, eta))});
    add(rate_name(eta), descents.back().points);
    export_descent(p, objective, descents.back(), minimum, result);
    if (has_edge(p, eta, result)) edges.series.push_back(rosenbrock_edge(eta));
    run.progress(1 + static_cast<double>(descents.size()), units);
  }
  result.panels.push_back(std::move(trajectories));
  result.panels.push_back(edges.series.empty() ? loss_by_time(objective, flow, descents) : std::move(edges));
  return result;
}

// ---- The figure.

// Steps of gradient descent that the overview shows.
constexpr std::size_t first_steps = 40;

Values head(const Values& values, std::size_t count) {
  return {values.begin(), values.begin() + static_cast<std::ptrdiff_t>(std::min(values.size(), count))};
}

Values tail(const Values& values, std::size_t count) {
  return {values.end() - static_cast<std::ptrdiff_t>(std::min(values.size(), count)), values.end()};
}

plot::Points spot(const Point& at, plot::Marker marker, double size, bool filled) {
  return {.series = "",
          .x = {at[0]},
          .y = {at[1]},
          .marker = marker,
          .size = size,
          .filled = filled,
          .ink = plot::Ink::foreground,
          .label = ""};
}

plot::Line flow_line(const Series& flow, const std::string& label) {
  return {.series = flow.name, .x = flow.x, .y = flow.y, .stroke = flow_stroke, .label = label};
}

/// Over contours the flow lies on paper: they would show through and darken it.
void add_flow(const Series& flow, const std::string& label, plot::Panel& panel) {
  plot::Line paper = flow_line(flow, "");
  paper.series.clear();
  paper.stroke = {plot::Ink::background, flow_stroke.width};
  panel.marks.push_back(std::move(paper));
  panel.marks.push_back(flow_line(flow, label));
}

/// What the flow and the first steps of descent need; steps thrown far off do not count.
Window overview(const Series& flow, const PanelData& data, const Point& minimum) {
  Window window{{minimum[0], minimum[0]}, {minimum[1], minimum[1]}};
  for (std::size_t i = 0; i < flow.x.size(); ++i) window.include(Point{{flow.x[i], flow.y[i]}});
  const Window reach = window.padded(0.5);
  for (const Series& series : data.series)
    for (std::size_t k = 0; k < std::min(series.x.size(), first_steps + 1); ++k) {
      const Point p{{series.x[k], series.y[k]}};
      if (reach.contains(p)) window.include(p);
    }
  return window.padded(0.15);
}

plot::Panel window_panel(const Objective& objective, const Window& window, double lowest_level) {
  plot::Panel panel;
  panel.x = {coordinate_label(objective, 0), plot::ScaleKind::linear, window.x.first, window.x.second, false, {}};
  panel.y = {coordinate_label(objective, 1), plot::ScaleKind::linear, window.y.first, window.y.second, false, {}};
  panel.marks.push_back(landscape(objective, window, true, false, lowest_level));
  return panel;
}

/// Where the sharpness exceeds 2 / eta, a learning rate is too large: said in its label.
std::string label_of(double eta, const Result& result) {
  if (eta <= result.values.at("eta-max")) return rate_label(eta);
  const std::string label = rate_label(eta);
  return label.substr(0, label.size() - 1) + " > 2/\\lambda_{\\max}$";
}

plot::Panel overview_panel(const FlowVersusDescent& p, const Objective& objective, const Point& minimum,
                           const Result& result) {
  const PanelData& data = result.panel(trajectory_panel);
  const Series& flow = *data.find(flow_name);
  const double top = objective.value(to_point(p.start));
  plot::Panel panel = window_panel(objective, overview(flow, data, minimum), top > 0 ? top * 1e-3 : 1e-3);
  panel.title = fmt::format("the first {} steps", first_steps);
  add_flow(flow, flow_name, panel);
  for (std::size_t i = 0; i < p.learning_rates.size(); ++i) {
    const double eta = p.learning_rates[i];
    const Series& series = *data.find(rate_name(eta));
    panel.marks.push_back(plot::Line{.series = series.name,
                                     .x = head(series.x, first_steps + 1),
                                     .y = head(series.y, first_steps + 1),
                                     .stroke = {rate_ink(i), 0.7},
                                     .label = label_of(eta, result),
                                     .marker = rate_marker(i),
                                     .marker_size = 2.8});
  }
  panel.marks.push_back(spot(to_point(p.start), plot::Marker::circle, 5, false));
  panel.marks.push_back(spot(minimum, plot::Marker::star, 8, true));
  return panel;
}

/// The last point at rest, the two-cycle's edge and the minimum, seen closely.
plot::Panel zoom_panel(const FlowVersusDescent& p, const Objective& objective, const Point& minimum,
                       const Result& result) {
  const PanelData& data = result.panel(trajectory_panel);
  Window window{{minimum[0], minimum[0]}, {minimum[1], minimum[1]}};
  for (const Series& edge : result.panel(edge_panel).series) {
    const auto& middle = result.functions.at(edge.name + ".midpoint").values;
    window.include(Point{{middle[0], middle[1]}});
  }
  plot::Panel panel = window_panel(objective, window.padded(0.8), 0.01);
  panel.title = "where they come to rest";
  add_flow(*data.find(flow_name), "", panel);
  for (std::size_t i = 0; i < p.learning_rates.size(); ++i) {
    const double eta = p.learning_rates[i];
    const Series& series = *data.find(rate_name(eta));
    const plot::Ink ink = rate_ink(i);
    const Series* edge = result.panel(edge_panel).find(series.name, SeriesKind::theory);
    if (!edge) {
      panel.marks.push_back(plot::Line{
          .series = series.name, .x = series.x, .y = series.y, .stroke = {ink, 0.9}, .label = rate_label(eta)});
      continue;
    }
    panel.marks.push_back(plot::Line{.series = series.name,
                                     .x = edge->x,
                                     .y = edge->y,
                                     .stroke = {plot::Ink::black, 0.8, plot::Dash::dashed, 1},
                                     .label = fmt::format("$\\lambda_{{\\max}}=2/\\eta={}$", rounded(2 / eta))});
    panel.marks.push_back(plot::Line{.series = series.name,
                                     .x = tail(series.x, 2),
                                     .y = tail(series.y, 2),
                                     .stroke = {ink, 1},
                                     .label = "two-cycle",
                                     .marker = rate_marker(i),
                                     .marker_size = 4.5});
  }
  panel.marks.push_back(spot(minimum, plot::Marker::star, 8, true));
  return panel;
}

plot::Panel loss_by_time_panel(const FlowVersusDescent& p, const Result& result) {
  const PanelData& data = result.panel(loss_panel);
  const Series& flow = *data.find(flow_name);
  plot::Panel panel;
  panel.title = "loss";
  panel.x = {"effective time $t=k\\eta$", plot::ScaleKind::linear, 0.0, p.horizon, false, {}};
  panel.y = {"", plot::ScaleKind::log, {}, loss_ceiling(data, flow), false, {}};
  panel.marks.push_back(flow_line(flow, flow_name));
  for (std::size_t i = 0; i < p.learning_rates.size(); ++i) {
    const Series& series = *data.find(rate_name(p.learning_rates[i]));
    panel.marks.push_back(rate_line(i, series, 1, rate_label(p.learning_rates[i])));
  }
  return panel;
}

plot::Figure draw(const FlowVersusDescent& p, const Result& result) {
  const Objective objective = objective_named(p.loss, p.curvatures);
  const auto& end = result.functions.at("flow.final").values;
  const Point minimum = numerics::nearest_minimum(objective, Point{{end[0], end[1]}});
  const bool edge = result.panels.back().title == edge_panel;
  plot::Figure figure;
  figure.panels = {overview_panel(p, objective, minimum, result),
                   edge ? zoom_panel(p, objective, minimum, result) : loss_by_time_panel(p, result)};
  figure.columns = 2;
  figure.width = plot::FigureWidth::full;
  figure.height_mm = 85;
  return figure;
}

const bool registered = add(OldDefinition<FlowVersusDescent>{
    .name = "flow-versus-descent",
    .title = "Gradient descent and gradient flow",
    .summary = "Follows gradient flow, integrated with error control, and gradient descent with "
               "several learning rates "
               "from one start: their paths, and where descent comes to rest when its step is too "
               "large for the minimum.",
    .parameters = parameters(),
    .check = check,
    .exports = exports,
    .run = run,
    .draw = draw,
    .tolerances = tolerances});

}  // namespace
}  // namespace experiments
