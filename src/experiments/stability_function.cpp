// What one step of gradient descent, Runge-Kutta and implicit Euler does to an eigendirection of curvature lambda, and
// how fast descent decays per unit of effective time. Hairer and Wanner, Solving Ordinary Differential Equations II,
// chapter IV; the modified flow is Barrett and Dherin's (Implicit gradient regularization, ICLR 2021).
#include <algorithm>
#include <cmath>

#include "experiment/experiment.hpp"
#include "experiments/shared/descent.hpp"
#include "numerics/descent/gradient_descent.hpp"
#include "numerics/descent/step_method.hpp"

namespace experiments {
namespace {

struct StabilityFunction {
  double range = 3, rate_range = 2.4;
  int measurements = 12, steps = 20;
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

const std::string flow_series = "gradient-flow";
const std::string modified_series = "modified-flow";
const std::string descent_series = "gradient-descent";

// What a step of the flow leaves, and what it contracts per unit of effective time, over lambda.
double flow_multiplier(double z) { return std::exp(-z); }
double flow_rate(double) { return 1; }

/// The order in z with which descent's rate approaches another, from two small steps.
double order(double (*rate)(double)) {
  const auto difference = [rate](double z) { return numerics::decay_rate(z) - rate(z); };
  return std::log2(difference(2e-3) / difference(1e-3));
}

struct Method {
  numerics::StepMethod which;
  Ink ink;
  Marker marker;
  const char* label;

  std::string name() const { return numerics::name(which); }
  double operator()(double z) const { return numerics::stability_function(which, z); }
};

const std::vector<Method> methods{
    {numerics::StepMethod::gradient_descent, Ink::blue, Marker::circle, "descent $1-z$"},
    {numerics::StepMethod::runge_kutta_4, Ink::green, Marker::square, "RK4"},
    {numerics::StepMethod::implicit_euler, Ink::purple, Marker::triangle, "implicit Euler $1/(1+z)$"}};

/// Places from 0 on, in the middles of equal steps: the pole at z = 1 is not hit, whatever the range.
Numbers places(double range, int count) {
  return each_of(counted(count), [&](double i) { return range * (i + 0.5) / count; });
}

/// Where the curves of formulas are sampled, both ends included.
Numbers fine(double range) {
  Numbers z = places(range, 800);
  z.insert(z.begin(), 0);
  z.push_back(range);
  return z;
}

/// What real steps do on L = theta^2 / 2 from theta = 1.
struct Measured {
  std::vector<Curve> multipliers;  // of each method
  Curve rate;                      // the decay of descent per unit of time

  double largest_deviation() const {
    double deviation = 0;
    for (std::size_t m = 0; m < methods.size(); ++m)
      for (std::size_t i = 0; i < multipliers[m].x.size(); ++i)
        deviation = std::max(deviation, std::abs(multipliers[m].y[i] - methods[m](multipliers[m].x[i])));
    return deviation;
  }
};

Outputs<Measured> outputs(const StabilityFunction& p) {
  const PanelInfo step{"multiplier", {"eta lambda"}, {"multiplier of one step"}};
  const PanelInfo rate{"decay rate", {"eta lambda"}, {"decay per unit of effective time, over lambda"}};
  const Allowed formula =
      within({1e-10, 1e-13}, "closed form; the steps of the methods themselves are rounded as often");
  const Allowed nearly_equal = within({1e-6}, "a difference of nearly equal rates");
  const Numbers whole = counted(11), tenths = each_of(counted(31), [](double k) { return k / 10; });
  const Numbers fine_steps = fine(p.range), fine_rates = fine(p.rate_range);
  const auto of_method = [&](std::size_t i) {
    const Method& method = methods[i];
    return Outputs<Curve>{formula}
        .sequence("multiplier", 0, each_of(whole, method), "R(z) at z = eta lambda = k, whole numbers from 0 to 10")
        .number("limit", numerics::stability_limit(method.which),
                "largest stable z = eta lambda; Infinity if every step is stable", within({1e-9}, "found by bisection"))
        .curve(theory, step, "", curve_over(fine_steps, method))
        .curve(measured, step, "", std::identity{});
  };
  return Outputs<Measured>{formula}
      .sequence(flow_series + ".multiplier", 0, each_of(whole, flow_multiplier),
                "exp(-z) at z = eta lambda = k, whole numbers from 0 to 10")
      .sequence(descent_series + ".rate", 0, each_of(tenths, numerics::decay_rate),
                "decay rate of descent per unit of effective time over lambda, at z = k/10; Infinity at 1")
      .sequence(modified_series + ".rate", 0, each_of(tenths, numerics::modified_decay_rate),
                "the same of the modified flow, 1 + z/2")
      .number("equal-rate", numerics::equal_decay(),
              "z beyond 1 at which descent decays as fast as the flow, ln(z - 1) = -z")
      .number("order.flow", order(flow_rate), "order in z with which descent's rate approaches the flow's",
              nearly_equal)
      .number("order.modified", order(numerics::modified_decay_rate),
              "order in z with which descent's rate approaches the modified flow's", nearly_equal)
      .number("largest-deviation", &Measured::largest_deviation,
              "largest difference between a method's step and its stability function",
              within({0, 1e-9}, "itself a rounding error"))
      .curve(theory, step, flow_series, curve_over(fine_steps, flow_multiplier))
      .each(each_of(methods, &Method::name), &Measured::multipliers, of_method)
      .curve(theory, rate, flow_series, curve_over(fine_rates, flow_rate))
      .curve(theory, rate, modified_series, curve_over(fine_rates, numerics::modified_decay_rate))
      .curve(theory, rate, descent_series, curve_over(fine_rates, numerics::decay_rate))
      .curve(measured, rate, descent_series, &Measured::rate);
}

Measured run(const StabilityFunction& p, Run& run) {
  const Point start = Point::Ones(1);
  const auto bowl = numerics::quadratic(start);
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

plot::Points dots_of(const Method& m, const Curve& curve) {
  return dots({.series = m.name(), .stroke = {m.ink}, .marker = m.marker}, curve, 3.4);
}

/// Where |R| reaches 1, with the value.
void mark_limit(const Method& method, plot::Panel& panel) {
  const double limit = numerics::stability_limit(method.which);
  if (!std::isfinite(limit) || limit > *panel.x.max) return;
  const double r = method(limit);
  const std::string value = "$z=" + rounded(limit, 4) + "$";
  plot::Note note = words(limit, r, value, Anchor::right, -6, r > 0 ? 6.0 : -5.0, method.ink);
  note.in_legend = std::string(method.label) + ": stable up to " + value;
  add(panel, spot(limit, r, 6, false, method.ink), note);
}

plot::Panel step_panel(const StabilityFunction& p, const Measured& r) {
  plot::Panel panel = titled("one step", axis("$z=\\eta\\lambda$", 0, p.range), axis("multiplier $R(z)$", -2.1, 1.6));
  add(panel, plot::Region{.y = {-1, 1}, .ink = Ink::faint, .opacity = 0.3, .label = "$|R|\\le 1$: stable"},
      plot::Rule{.y = 0.0},
      line_of(flow_series, curve_over(fine(p.range), flow_multiplier), flow_stroke, "flow $e^{-z}$"));
  for (std::size_t i = 0; i < methods.size(); ++i) {
    const Method& m = methods[i];
    add(panel, line_of(m.name(), curve_over(fine(p.range), m), {m.ink, 1.3}, m.label), dots_of(m, r.multipliers[i]));
    mark_limit(m, panel);
  }
  return panel;
}

plot::Panel rate_panel(const StabilityFunction& p, const Measured& r) {
  const Method& descent = methods.front();
  const Numbers z = fine(p.rate_range);
  const auto pole = std::ranges::find_if(z, [](double at) { return !(at < 1); });
  const auto branch = [&](auto from, auto to, const char* label) {
    return line_of(descent_series, curve_over(Numbers(from, to), numerics::decay_rate), {descent.ink, 1.3}, label);
  };
  plot::Panel panel = titled("many steps", axis("$z=\\eta\\lambda$", 0, p.rate_range),
                             axis("decay per unit of time, over $\\lambda$", -0.6, 4));
  add(panel, plot::Rule{.y = 0.0});
  if (p.rate_range > 2) add(panel, plot::Rule{.x = 2.0, .label = "unstable beyond 2"});
  add(panel, line_of(flow_series, curve_over(z, flow_rate), flow_stroke, "flow"),
      line_of(modified_series, curve_over(z, numerics::modified_decay_rate), {Ink::vermillion, 1.3, plot::Dash::dashed},
              "modified flow $1+z/2$", plot::Role::theory),
      branch(z.begin(), pole, p.rate_range > 1 ? "" : "descent"));
  if (p.rate_range > 1) add(panel, branch(pole, z.end(), "descent $-\\ln|1-z|/z$"));
  add(panel, dots_of(descent, r.rate));
  return panel;
}

plot::Figure draw(const StabilityFunction& p, const Measured& r) {
  return two_columns({step_panel(p, r), rate_panel(p, r)}, 75);
}

const bool registered =
    add("stability-function", "Stability function of descent and its relatives",
        "Shows what one step of gradient descent, the classical Runge-Kutta method and implicit Euler makes of an "
        "eigendirection, beside gradient flow, and how fast descent decays per unit of effective time.",
        parameters(), outputs, run, draw, always<StabilityFunction, 2>);

}  // namespace
}  // namespace experiments
