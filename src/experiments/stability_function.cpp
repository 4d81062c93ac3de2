// What one step of gradient descent, Runge-Kutta and implicit Euler does to an eigendirection of curvature lambda, and
// how fast descent decays per unit of effective time. Hairer and Wanner, Solving Ordinary Differential Equations II,
// chapter IV; the modified flow is Barrett and Dherin's (Implicit gradient regularization, ICLR 2021).
#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "experiment/legacy.hpp"
#include "experiments/shared/descent.hpp"
#include "numerics/gradient_descent.hpp"
#include "numerics/root.hpp"
#include "numerics/step_method.hpp"

namespace experiments {

using namespace experiment;
namespace {

using numerics::Point;
using numerics::StepMethod;
using Values = std::vector<double>;

struct StabilityFunction {
  double range = 3;
  double rate_range = 2.4;
  int measurements = 12;
  int steps = 20;
};

Parameters<StabilityFunction> parameters() {
  using P = StabilityFunction;
  Parameters<P> p;
  p.number("range", &P::range,
           {.meaning = "largest eta lambda of the left panel", .minimum = 0, .maximum = 100, .minimum_is_open = true})
      .number(
          "rate-range", &P::rate_range,
          {.meaning = "largest eta lambda of the right panel", .minimum = 0, .maximum = 100, .minimum_is_open = true})
      .integer("measurements", &P::measurements,
               {.meaning = "places on each curve at which the method is run beside its formula",
                .minimum = 1,
                .maximum = 1000})
      .integer("steps", &P::steps,
               {.meaning = "steps of descent from which its decay rate is measured", .minimum = 1, .maximum = 1000});
  return p;
}

const std::string multiplier_panel = "multiplier";
const std::string rate_panel = "decay rate";
const std::string flow_name = "gradient-flow";
const std::string modified_name = "modified-flow";
const std::string descent_name = "gradient-descent";
constexpr std::size_t curve_samples = 800;

std::vector<Tolerance> tolerances(const StabilityFunction&) {
  const std::string formula = "closed form; the steps of the methods themselves are rounded as often";
  return {{"*", "*", {1e-10, 1e-13}, {}, formula},
          {"", "largest-deviation", {0, 1e-9}, {}, "itself a rounding error"},
          {"", "order.*", {1e-6, 0}, {}, "a difference of nearly equal rates"},
          {"", "*.limit", {1e-9, 0}, {}, "found by bisection"},
          {"", "*", {1e-10, 1e-13}, {}, formula}};
}

std::vector<Export> exports(const StabilityFunction&) {
  std::vector<Export> list{
      {flow_name + ".multiplier", "exp(-z) at z = eta lambda = k, whole numbers from 0 to 10", true},
      {descent_name + ".rate",
       "decay rate of descent per unit of effective time over lambda, at z = k/10; Infinity at 1", true},
      {modified_name + ".rate", "the same of the modified flow, 1 + z/2", true},
      {"equal-rate", "z beyond 1 at which descent decays as fast as the flow, ln(z - 1) = -z"},
      {"order.flow", "order in z with which descent's rate approaches the flow's"},
      {"order.modified", "order in z with which descent's rate approaches the modified flow's"},
      {"largest-deviation", "largest difference between a method's step and its stability function"}};
  for (const StepMethod method : numerics::step_methods()) {
    list.push_back({name(method) + ".multiplier", "R(z) at z = eta lambda = k, whole numbers from 0 to 10", true});
    list.push_back({name(method) + ".limit", "largest stable z = eta lambda; Infinity if every step is stable"});
  }
  return list;
}

/// -ln|1 - z| / z: what descent contracts per unit of effective time, over lambda.
double descent_rate(double z) { return z == 0 ? 1 : -std::log(std::abs(1 - z)) / z; }

double modified_rate(double z) { return 1 + z / 2; }

/// Places from 0 on, in the middles of equal steps: the pole at z = 1 is not hit, whatever the range.
Values places(double range, std::size_t count) {
  Values z(count);
  for (std::size_t i = 0; i < count; ++i) z[i] = range * (static_cast<double>(i) + 0.5) / static_cast<double>(count);
  return z;
}

template <class F>
Series curve(const std::string& name, SeriesKind kind, const Values& x, const F& f) {
  Series series{name, kind, x, {}, {}, {}};
  for (const double z : x) series.y.push_back(f(z));
  return series;
}

/// What one real step on L = theta^2 / 2 makes of theta = 1.
double measured_multiplier(StepMethod method, double z) {
  return numerics::step(method, numerics::quadratic(Point::Ones(1)), Point::Ones(1), z)[0];
}

/// The decay of a real trajectory per unit of time.
double measured_rate(double z, int steps) {
  const auto path = numerics::gradient_descent(numerics::quadratic(Point::Ones(1)), Point::Ones(1), z,
                                               static_cast<std::size_t>(steps));
  return -std::log(std::abs(path.back()[0])) / (z * steps);
}

double equal_rate() {
  return numerics::root_between([](double z) { return descent_rate(z) - 1; }, 1.1, 2.0);
}

/// The order of a difference in z, from two small steps.
template <class F>
double order(const F& difference) {
  return std::log2(difference(2e-3) / difference(1e-3));
}

PanelData multipliers(const StabilityFunction& p, Result& result) {
  PanelData panel{multiplier_panel, {"eta lambda", "linear"}, {"multiplier of one step", "linear"}, {}};
  Values fine = places(p.range, curve_samples);
  fine.insert(fine.begin(), 0);
  fine.push_back(p.range);
  const auto exponential = [](double z) { return std::exp(-z); };
  panel.series.push_back(curve(flow_name, SeriesKind::theory, fine, exponential));
  double deviation = 0;
  for (const StepMethod method : numerics::step_methods()) {
    panel.series.push_back(curve(name(method), SeriesKind::theory, fine,
                                 [&](double z) { return numerics::stability_function(method, z); }));
    const Series measured =
        curve(name(method), SeriesKind::measured, places(p.range, static_cast<std::size_t>(p.measurements)),
              [&](double z) { return measured_multiplier(method, z); });
    for (std::size_t i = 0; i < measured.x.size(); ++i)
      deviation = std::max(deviation, std::abs(measured.y[i] - numerics::stability_function(method, measured.x[i])));
    panel.series.push_back(measured);
    result.values[name(method) + ".limit"] = numerics::stability_limit(method);
  }
  result.values["largest-deviation"] = deviation;
  return panel;
}

PanelData rates(const StabilityFunction& p) {
  PanelData panel{
      rate_panel, {"eta lambda", "linear"}, {"decay per unit of effective time, over lambda", "linear"}, {}};
  Values fine = places(p.rate_range, curve_samples);
  fine.insert(fine.begin(), 0);
  fine.push_back(p.rate_range);
  panel.series.push_back(curve(flow_name, SeriesKind::theory, fine, [](double) { return 1.0; }));
  panel.series.push_back(curve(modified_name, SeriesKind::theory, fine, modified_rate));
  panel.series.push_back(curve(descent_name, SeriesKind::theory, fine, descent_rate));
  panel.series.push_back(curve(descent_name, SeriesKind::measured,
                               places(p.rate_range, static_cast<std::size_t>(p.measurements)),
                               [&](double z) { return measured_rate(z, p.steps); }));
  return panel;
}

void export_tables(Result& result) {
  IndexedValues flow{0, {}}, descent{0, {}}, modified{0, {}};
  for (int k = 0; k <= 10; ++k) flow.values.push_back(std::exp(-k));
  result.functions[flow_name + ".multiplier"] = flow;
  for (const StepMethod method : numerics::step_methods()) {
    IndexedValues r{0, {}};
    for (int k = 0; k <= 10; ++k) r.values.push_back(numerics::stability_function(method, k));
    result.functions[name(method) + ".multiplier"] = r;
  }
  for (int k = 0; k <= 30; ++k) {
    descent.values.push_back(descent_rate(k / 10.0));
    modified.values.push_back(modified_rate(k / 10.0));
  }
  result.functions[descent_name + ".rate"] = descent;
  result.functions[modified_name + ".rate"] = modified;
  result.values["equal-rate"] = equal_rate();
  result.values["order.flow"] = order([](double z) { return descent_rate(z) - 1; });
  result.values["order.modified"] = order([](double z) { return descent_rate(z) - modified_rate(z); });
}

Result run(const StabilityFunction& p, Run& run) {
  Result result;
  result.panels.push_back(multipliers(p, result));
  result.panels.push_back(rates(p));
  export_tables(result);
  run.progress(1, 1);
  return result;
}

// ---- The figure.

struct Looks {
  plot::Ink ink;
  plot::Marker marker;
  const char* label;
};

Looks looks(StepMethod method) {
  switch (method) {
    case StepMethod::gradient_descent:
      return {plot::Ink::blue, plot::Marker::circle, "descent $1-z$"};
    case StepMethod::runge_kutta_4:
      return {plot::Ink::green, plot::Marker::square, "RK4"};
    case StepMethod::implicit_euler:
      break;
  }
  return {plot::Ink::purple, plot::Marker::triangle, "implicit Euler $1/(1+z)$"};
}

plot::Line line(const Series& series, plot::StrokeStyle stroke, const std::string& label) {
  return {.series = series.name, .x = series.x, .y = series.y, .stroke = stroke, .label = label};
}

plot::Points dots(const Series& series, plot::Ink ink, plot::Marker marker) {
  return {.series = series.name, .x = series.x, .y = series.y, .marker = marker, .size = 3.4, .ink = ink, .label = ""};
}

/// Where |R| reaches 1, with the value.
void mark_limit(StepMethod method, double limit, plot::Panel& panel) {
  if (!std::isfinite(limit) || limit > *panel.x.max) return;
  const double r = numerics::stability_function(method, limit);
  panel.marks.push_back(plot::Points{.series = "",
                                     .x = {limit},
                                     .y = {r},
                                     .marker = plot::Marker::circle,
                                     .size = 6,
                                     .filled = false,
                                     .ink = looks(method).ink,
                                     .label = ""});
  panel.marks.push_back(
      plot::Note{.x = limit,
                 .y = r,
                 .text = "$z=" + rounded(limit, 4) + "$",
                 .anchor = plot::Anchor::right,
                 .ink = looks(method).ink,
                 .dx = -6,
                 .dy = r > 0 ? 6.0 : -5.0,
                 .in_key = std::string(looks(method).label) + ": stable up to $z=" + rounded(limit, 4) + "$"});
}

plot::Panel multiplier_panel_of(const StabilityFunction& p, const Result& result) {
  const PanelData& data = result.panel(multiplier_panel);
  plot::Panel panel;
  panel.title = "one step";
  panel.x = {"$z=\\eta\\lambda$", plot::ScaleKind::linear, 0.0, p.range, false, {}};
  panel.y = {"multiplier $R(z)$", plot::ScaleKind::linear, -2.1, 1.6, false, {}};
  panel.marks.push_back(
      plot::Region{.y = {-1, 1}, .ink = plot::Ink::faint, .opacity = 0.3, .label = "$|R|\\le 1$: stable"});
  panel.marks.push_back(plot::Rule{.x = {}, .y = 0.0, .label = ""});
  panel.marks.push_back(line(*data.find(flow_name, SeriesKind::theory), flow_stroke, "flow $e^{-z}$"));
  for (const StepMethod method : numerics::step_methods()) {
    const Looks l = looks(method);
    panel.marks.push_back(line(*data.find(name(method), SeriesKind::theory), {l.ink, 1.3}, l.label));
    panel.marks.push_back(dots(*data.find(name(method)), l.ink, l.marker));
    mark_limit(method, result.values.at(name(method) + ".limit"), panel);
  }
  return panel;
}

/// The curve on one side of its pole at z = 1.
Series side(const Series& whole, bool below) {
  Series part{whole.name, whole.kind, {}, {}, {}, {}};
  for (std::size_t i = 0; i < whole.x.size(); ++i)
    if ((whole.x[i] < 1) == below) {
      part.x.push_back(whole.x[i]);
      part.y.push_back(whole.y[i]);
    }
  return part;
}

plot::Panel rate_panel_of(const StabilityFunction& p, const Result& result) {
  const PanelData& data = result.panel(rate_panel);
  const Series& theory = *data.find(descent_name, SeriesKind::theory);
  plot::Panel panel;
  panel.title = "many steps";
  panel.x = {"$z=\\eta\\lambda$", plot::ScaleKind::linear, 0.0, p.rate_range, false, {}};
  panel.y = {"decay per unit of time, over $\\lambda$", plot::ScaleKind::linear, -0.6, 4, false, {}};
  panel.marks.push_back(plot::Rule{.x = {}, .y = 0.0, .label = ""});
  if (p.rate_range > 2) panel.marks.push_back(plot::Rule{.x = 2.0, .y = {}, .label = "unstable beyond 2"});
  panel.marks.push_back(line(*data.find(flow_name, SeriesKind::theory), flow_stroke, "flow"));
  panel.marks.push_back(line(*data.find(modified_name, SeriesKind::theory),
                             {plot::Ink::vermillion, 1.3, plot::Dash::dashed, 1}, "modified flow $1+z/2$"));
  panel.marks.push_back(line(side(theory, true), {plot::Ink::blue, 1.3}, p.rate_range > 1 ? "" : "descent"));
  if (p.rate_range > 1)
    panel.marks.push_back(line(side(theory, false), {plot::Ink::blue, 1.3}, "descent $-\\ln|1-z|/z$"));
  panel.marks.push_back(dots(*data.find(descent_name), plot::Ink::blue, plot::Marker::circle));
  return panel;
}

plot::Figure draw(const StabilityFunction& p, const Result& result) {
  plot::Figure figure;
  figure.panels = {multiplier_panel_of(p, result), rate_panel_of(p, result)};
  figure.columns = 2;
  figure.width = plot::FigureWidth::full;
  figure.height_mm = 75;
  return figure;
}

const bool registered = add(OldDefinition<StabilityFunction>{
    .name = "stability-function",
    .title = "Stability function of descent and its relatives",
    .summary =
        "Shows what one step of gradient descent, the classical Runge-Kutta method and implicit Euler makes of an "
        "eigendirection, beside gradient flow, and how fast descent decays per unit of effective time.",
    .parameters = parameters(),
    .exports = exports,
    .run = run,
    .draw = draw,
    .tolerances = tolerances});

}  // namespace
}  // namespace experiments
