// What one step of gradient descent, Runge-Kutta and implicit Euler does to an eigendirection of curvature lambda, and
// how fast descent decays per unit of effective time. Hairer and Wanner, Solving Ordinary Differential Equations II,
// chapter IV; the modified flow is Barrett and Dherin's (Implicit gradient regularization, ICLR 2021).
#include <algorithm>
#include <cmath>
#include <functional>

#include "experiment/experiment.hpp"
#include "experiments/shared/curves.hpp"
#include "experiments/shared/derived.hpp"
#include "experiments/shared/descent.hpp"
#include "experiments/shared/over_seeds.hpp"
#include "numerics/descent/gradient_descent.hpp"
#include "numerics/descent/step_method.hpp"
#include "numerics/root.hpp"

namespace experiments {

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
  return Parameters<P>{}
      .number("range", &P::range, "largest eta lambda of the left panel", above(0).to(100))
      .number("rate-range", &P::rate_range, "largest eta lambda of the right panel", above(0).to(100))
      .integer("measurements", &P::measurements, "places on each curve at which the method is run beside its formula",
               from(1).to(1000))
      .integer("steps", &P::steps, "steps of descent from which its decay rate is measured", from(1).to(1000));
}

const std::string flow_name = "gradient-flow";
const std::string modified_name = "modified-flow";
const std::string descent_name = "gradient-descent";

double flow_multiplier(double z) { return std::exp(-z); }

/// What a method contracts per unit of effective time, over lambda: -ln|1 - z| / z for descent.
double flow_rate(double) { return 1; }
double modified_rate(double z) { return 1 + z / 2; }
double descent_rate(double z) { return z == 0 ? 1 : -std::log(std::abs(1 - z)) / z; }

double equal_rate() {
  return numerics::root_between([](double z) { return descent_rate(z) - 1; }, 1.1, 2.0);
}

/// The order in z with which descent's rate approaches another, from two small steps.
double order(double (*rate)(double)) {
  const auto difference = [rate](double z) { return descent_rate(z) - rate(z); };
  return std::log2(difference(2e-3) / difference(1e-3));
}

struct Method {
  StepMethod which;
  plot::Ink ink;
  plot::Marker marker;
  const char* label;

  std::string name() const { return numerics::name(which); }
  double operator()(double z) const { return numerics::stability_function(which, z); }
};

const std::vector<Method> methods{
    {StepMethod::gradient_descent, plot::Ink::blue, plot::Marker::circle, "descent $1-z$"},
    {StepMethod::runge_kutta_4, plot::Ink::green, plot::Marker::square, "RK4"},
    {StepMethod::implicit_euler, plot::Ink::purple, plot::Marker::triangle, "implicit Euler $1/(1+z)$"}};

/// Places from 0 on, in the middles of equal steps: the pole at z = 1 is not hit, whatever the range.
Values places(double range, int count) {
  return each_of(counted(static_cast<std::size_t>(count)), [&](double i) { return range * (i + 0.5) / count; });
}

/// Where the curves of formulas are sampled, both ends included.
Values fine(double range) {
  Values z = places(range, 800);
  z.insert(z.begin(), 0);
  z.push_back(range);
  return z;
}

/// What real steps do on L = theta^2 / 2 from theta = 1.
struct Measured {
  std::vector<Curve> multipliers;  // of each method
  Curve rate;                      // the decay of descent per unit of time
};

double largest_deviation(const Measured& r) {
  double deviation = 0;
  for (std::size_t m = 0; m < methods.size(); ++m)
    for (std::size_t i = 0; i < r.multipliers[m].x.size(); ++i)
      deviation = std::max(deviation, std::abs(r.multipliers[m].y[i] - methods[m](r.multipliers[m].x[i])));
  return deviation;
}

Outputs<Measured> outputs(const StabilityFunction& p) {
  const PanelInfo step{"multiplier", {"eta lambda"}, {"multiplier of one step"}};
  const PanelInfo rate{"decay rate", {"eta lambda"}, {"decay per unit of effective time, over lambda"}};
  const Allowed formula =
      within({1e-10, 1e-13}, "closed form; the steps of the methods themselves are rounded as often");
  const Allowed nearly_equal = within({1e-6}, "a difference of nearly equal rates");
  const Values whole = counted(11), tenths = each_of(counted(31), [](double k) { return k / 10; });
  std::vector<std::string> names;
  for (const Method& method : methods) names.push_back(method.name());
  const auto of_method = [&](std::size_t i) {
    const Method& method = methods[i];
    return Outputs<Curve>{}
        .sequence("multiplier", 0, known(each_of(whole, method)),
                  "R(z) at z = eta lambda = k, whole numbers from 0 to 10", formula)
        .number("limit", known(numerics::stability_limit(method.which)),
                "largest stable z = eta lambda; Infinity if every step is stable", within({1e-9}, "found by bisection"))
        .theory(step, "", known(curve_over(fine(p.range), method)), formula)
        .measured(step, "", std::identity{}, formula);
  };
  return Outputs<Measured>{}
      .sequence(flow_name + ".multiplier", 0, known(each_of(whole, flow_multiplier)),
                "exp(-z) at z = eta lambda = k, whole numbers from 0 to 10", formula)
      .sequence(descent_name + ".rate", 0, known(each_of(tenths, descent_rate)),
                "decay rate of descent per unit of effective time over lambda, at z = k/10; Infinity at 1", formula)
      .sequence(modified_name + ".rate", 0, known(each_of(tenths, modified_rate)),
                "the same of the modified flow, 1 + z/2", formula)
      .number("equal-rate", known(equal_rate()),
              "z beyond 1 at which descent decays as fast as the flow, ln(z - 1) = -z", formula)
      .number("order.flow", known(order(flow_rate)), "order in z with which descent's rate approaches the flow's",
              nearly_equal)
      .number("order.modified", known(order(modified_rate)),
              "order in z with which descent's rate approaches the modified flow's", nearly_equal)
      .number("largest-deviation", largest_deviation,
              "largest difference between a method's step and its stability function",
              within({0, 1e-9}, "itself a rounding error"))
      .theory(step, flow_name, known(curve_over(fine(p.range), flow_multiplier)), formula)
      .each(names, &Measured::multipliers, of_method)
      .theory(rate, flow_name, known(curve_over(fine(p.rate_range), flow_rate)), formula)
      .theory(rate, modified_name, known(curve_over(fine(p.rate_range), modified_rate)), formula)
      .theory(rate, descent_name, known(curve_over(fine(p.rate_range), descent_rate)), formula)
      .measured(rate, descent_name, &Measured::rate, formula);
}

Measured run(const StabilityFunction& p, Run& run) {
  const auto bowl = numerics::quadratic(Point::Ones(1));
  const Point start = Point::Ones(1);
  const auto rate = [&](double z) {
    const auto path = numerics::gradient_descent(bowl, start, z, static_cast<std::size_t>(p.steps));
    return -std::log(std::abs(path.back()[0])) / (z * p.steps);
  };
  const auto multipliers = run.each(methods, [&](const Method& method) {
    return curve_over(places(p.range, p.measurements),
                      [&](double z) { return numerics::step(method.which, bowl, start, z)[0]; });
  });
  return {multipliers, curve_over(places(p.rate_range, p.measurements), rate)};
}

// ---- The figure.

plot::Points dots(const std::string& series, const Curve& curve, const Method& m) {
  return {.series = series, .x = curve.x, .y = curve.y, .marker = m.marker, .size = 3.4, .ink = m.ink};
}

/// Where |R| reaches 1, with the value.
void mark_limit(const Method& method, plot::Panel& panel) {
  const double limit = numerics::stability_limit(method.which);
  if (!std::isfinite(limit) || limit > *panel.x.max) return;
  const double r = method(limit);
  const std::string value = "$z=" + rounded(limit, 4) + "$";
  panel.marks.push_back(plot::Points{.x = {limit}, .y = {r}, .size = 6, .filled = false, .ink = method.ink});
  panel.marks.push_back(plot::Note{.x = limit,
                                   .y = r,
                                   .text = value,
                                   .anchor = plot::Anchor::right,
                                   .ink = method.ink,
                                   .dx = -6,
                                   .dy = r > 0 ? 6.0 : -5.0,
                                   .in_legend = std::string(method.label) + ": stable up to " + value});
}

plot::Panel step_panel(const StabilityFunction& p, const Measured& r) {
  plot::Panel panel{.title = "one step",
                    .x = {.label = "$z=\\eta\\lambda$", .min = 0, .max = p.range},
                    .y = {.label = "multiplier $R(z)$", .min = -2.1, .max = 1.6}};
  panel.marks = {plot::Region{.y = {-1, 1}, .ink = plot::Ink::faint, .opacity = 0.3, .label = "$|R|\\le 1$: stable"},
                 plot::Rule{.y = 0.0},
                 line_of(flow_name, curve_over(fine(p.range), flow_multiplier), flow_stroke, "flow $e^{-z}$")};
  for (std::size_t i = 0; i < methods.size(); ++i) {
    const Method& m = methods[i];
    panel.marks.push_back(line_of(m.name(), curve_over(fine(p.range), m), {m.ink, 1.3}, m.label));
    panel.marks.push_back(dots(m.name(), r.multipliers[i], m));
    mark_limit(m, panel);
  }
  return panel;
}

plot::Panel rate_panel(const StabilityFunction& p, const Measured& r) {
  const Method& descent = methods.front();
  const Values z = fine(p.rate_range);
  const auto pole = std::find_if(z.begin(), z.end(), [](double at) { return !(at < 1); });
  const auto branch = [&](auto from, auto to, const char* label) {
    return line_of(descent_name, curve_over(Values(from, to), descent_rate), {descent.ink, 1.3}, label);
  };
  plot::Panel panel{.title = "many steps",
                    .x = {.label = "$z=\\eta\\lambda$", .min = 0, .max = p.rate_range},
                    .y = {.label = "decay per unit of time, over $\\lambda$", .min = -0.6, .max = 4},
                    .marks = {plot::Rule{.y = 0.0}}};
  if (p.rate_range > 2) panel.marks.push_back(plot::Rule{.x = 2.0, .label = "unstable beyond 2"});
  panel.marks.push_back(line_of(flow_name, curve_over(z, flow_rate), flow_stroke, "flow"));
  panel.marks.push_back(line_of(modified_name, curve_over(z, modified_rate),
                                {plot::Ink::vermillion, 1.3, plot::Dash::dashed}, "modified flow $1+z/2$",
                                plot::Role::theory));
  panel.marks.push_back(branch(z.begin(), pole, p.rate_range > 1 ? "" : "descent"));
  if (p.rate_range > 1) panel.marks.push_back(branch(pole, z.end(), "descent $-\\ln|1-z|/z$"));
  panel.marks.push_back(dots(descent_name, r.rate, descent));
  return panel;
}

plot::Figure draw(const StabilityFunction& p, const Measured& r) {
  return {
      .panels = {step_panel(p, r), rate_panel(p, r)}, .columns = 2, .width = plot::FigureWidth::full, .height_mm = 75};
}

const bool registered = add(Definition<StabilityFunction, Measured>{
    .name = "stability-function",
    .title = "Stability function of descent and its relatives",
    .summary =
        "Shows what one step of gradient descent, the classical Runge-Kutta method and implicit Euler makes of an "
        "eigendirection, beside gradient flow, and how fast descent decays per unit of effective time.",
    .parameters = parameters(),
    .outputs = outputs,
    .run = run,
    .draw = draw});

}  // namespace
}  // namespace experiments
