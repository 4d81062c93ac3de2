// Loss against effective time t = k eta, and the order with which gradient descent approaches gradient flow. Backward
// error analysis: Barrett and Dherin, Implicit gradient regularization (ICLR 2021).
#include <cmath>

#include "experiment/experiment.hpp"
#include "experiments/shared/descent.hpp"
#include "numerics/descent/gradient_descent.hpp"
#include "numerics/descent/gradient_flow.hpp"

namespace experiments {
namespace {

struct EffectiveTime {
  std::string loss = "quadratic";
  Numbers curvatures{1, 100}, start{1, 1};
  Numbers learning_rates{0.001, 0.019, 0.0199, 0.021};
  double horizon = 4;
  std::string order_loss = "product";
  Numbers order_start{2.8, 3.5};
  Numbers order_learning_rates{0.02, 0.01, 0.005, 0.0025, 0.00125, 0.000625};
  double order_time = 0.1;
  double tolerance = 1e-12;
};

std::string not_whole(const EffectiveTime& p, double eta) {
  const double steps = p.order_time / eta;
  if (std::abs(steps - std::round(steps)) < 1e-9 * steps && steps > 0.5) return "";
  return fmt::format("{} steps of {} do not make the time {}; it must be a whole number of steps",
                     in_full(std::stod(fmt::format("{:.6g}", steps))), in_full(eta), in_full(p.order_time));
}

Parameters<EffectiveTime> parameters() {
  using P = EffectiveTime;
  const std::vector<std::string> names{"quadratic", "rosenbrock", "product", "mlp"};
  const Range rates = above(0).to(1e6), places = from(-1e3).to(1e3);
  return Parameters<P>{}
      .choice("loss", &P::loss, names, "loss of two parameters, left panel: loss against effective time")
      .numbers("curvatures", &P::curvatures, "eigenvalues of the quadratic loss, in either panel", above(0).to(1e9),
               {2, 2})
      .numbers("start", &P::start, "where descent and flow start, in the left panel", places, {2, 2})
      .numbers("learning-rates", &P::learning_rates, "learning rates eta", rates, {.most = 5})
      .number("horizon", &P::horizon, "effective time t = k eta up to which the loss is followed", above(0).to(1e6))
      .choice("order-loss", &P::order_loss, names,
              "loss of the right panel: error at a fixed time against the learning rate")
      .numbers("order-start", &P::order_start, "where they start in the right panel", places, {2, 2})
      .numbers("order-learning-rates", &P::order_learning_rates,
               "learning rates of the right panel; each divides order-time into whole steps", rates,
               {.least = 2, .most = 12})
      .number("order-time", &P::order_time, "effective time at which descent is compared with the two flows",
              above(0).to(1e4))
      .number("tolerance", &P::tolerance, "error allowed to each step of the flows' integrator, absolute and relative",
              from(1e-13).to(1e-2))
      .require(distinct("learning-rates", &P::learning_rates))
      .require(few_steps("learning-rates", &P::learning_rates, &P::horizon))
      .require(distinct("order-learning-rates", &P::order_learning_rates))
      .require(few_steps("order-learning-rates", &P::order_learning_rates, &P::order_time))
      .require(each_element("order-learning-rates", &P::order_learning_rates, not_whole));
}

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
  Numbers x = curve.x;
  std::ranges::sort(x, std::greater{});
  return curve_over(x, [&](double at) { return curve.y[std::ranges::find(curve.x, at) - curve.x.begin()]; });
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
  const PanelInfo loss{"loss by effective time", {"effective time t = k eta"}, {"loss", "log"}};
  const PanelInfo distance{"error of the flows", {"learning rate eta", "log"}, {"distance", "log"}};
  const auto of_rate = Outputs<Descent>{within({1e-9}, "a recurrence in double precision")}
                           .sequence("loss", 0, &Descent::loss, "loss after k steps")
                           .number("loss", then(&Descent::loss, last), "loss after the last step before the horizon")
                           .number("loss-ratio", &Descent::loss_ratio,
                                   "that loss over the gradient flow's at the same time", within({1e-9, error}, solved))
                           .curve(measured, loss, "", &Descent::loss);
  return Outputs<Approach>{within({1e-9, error}, difference)}
      .number("eta-max", &Approach::eta_max,
              "largest learning rate that is stable at the left panel's minimum, 2 / lambda_max",
              within({1e-9}, "a minimum found to rounding"))
      .number("flow.loss", then(&Approach::flow, last), "loss on the gradient flow at the horizon", of_flow)
      .number("order.flow", then(&Approach::from_flow, final_order),
              "order of the distance between descent and gradient flow in eta, from the two smallest rates", of_order)
      .number("order.modified", then(&Approach::from_modified, final_order), "the same for the modified flow", of_order)
      .sequence("error.flow", 1, &Approach::from_flow,
                "distance between descent and gradient flow for the i-th of order-learning-rates")
      .sequence("error.modified", 1, &Approach::from_modified, "the same for the modified flow")
      .curve(reference, loss, flow_name, &Approach::flow, of_flow)
      .each(rate_names(p.learning_rates), &Approach::descents, of_rate)
      .curve(measured, distance, to_flow, then(&Approach::from_flow, falling))
      .curve(measured, distance, to_modified, then(&Approach::from_modified, falling));
}

/// The distances of the right panel: descent's from either flow.
std::vector<std::pair<double, double>> distances(const EffectiveTime& p, Run& run) {
  const Objective objective = objective_named(p.order_loss, p.curvatures);
  const Point start = to_point(p.order_start);
  const auto end = [&](const numerics::Field& field) {
    return numerics::flow_at(field, start, p.order_time, p.tolerance);
  };
  return run.each(p.order_learning_rates, [&, flow = end(numerics::gradient_field(objective))](double eta) {
    const auto steps = static_cast<std::size_t>(std::round(p.order_time / eta));
    const Point descent = numerics::gradient_descent(objective, start, eta, steps).back();
    return std::pair{(descent - flow).norm(), (descent - end(numerics::modified_field(objective, eta))).norm()};
  });
}

Approach run(const EffectiveTime& p, Run& run) {
  run.parts = 2;
  const Objective objective = objective_named(p.loss, p.curvatures);
  const numerics::Field field = numerics::gradient_field(objective);
  const Point start = to_point(p.start);
  const auto flow = flow_from(objective, start, p.horizon, p.tolerance);
  const Point minimum = numerics::nearest_minimum(objective, flow.points.back());
  const auto descents = run.each(p.learning_rates, [&](double eta) {
    const auto path = numerics::gradient_descent(objective, start, eta, numerics::steps_within(p.horizon, eta));
    const Curve loss = by_time(eta, numerics::losses(objective, path));
    return Descent{loss, loss.y.back() / objective.value(numerics::flow_at(field, start, loss.x.back(), p.tolerance))};
  });
  const auto errors = distances(p, run);
  return {2 / numerics::sharpness(objective, minimum),
          {flow.times, numerics::losses(objective, flow.points)},
          descents,
          {p.order_learning_rates, each_of(errors, &std::pair<double, double>::first)},
          {p.order_learning_rates, each_of(errors, &std::pair<double, double>::second)}};
}

// ---- The figure.

/// What a loss is called above a panel.
std::string loss_title(const std::string& loss, const Numbers& curvatures) {
  if (loss == "rosenbrock") return "Rosenbrock’s function";
  if (loss == "product") return "$L=(1-ab)^2/2$";
  if (loss == "mlp") return "$w_2 \\mathrm{tanh}(w_1 x)$ fitted to data";
  return "quadratic, $\\kappa=" + rounded(std::ranges::max(curvatures) / std::ranges::min(curvatures)) + "$";
}

/// A guide of the slope that theory gives, a little below the curve's smaller half.
plot::SlopeGuide guide(const Curve& errors, double slope) {
  const std::size_t n = errors.x.size();
  return {slope, errors.x[n - 1], 0.55 * errors.y[n - 1], errors.x[n / 2], "slope " + rounded_in_words(slope)};
}

plot::Panel error_panel(const EffectiveTime& p, const Approach& r) {
  const Curve plain = falling(r.from_flow), modified = falling(r.from_modified);
  plot::Panel panel =
      titled(loss_title(p.order_loss, p.curvatures) +
                 fmt::format(" from $({}, {})$", rounded(p.order_start[0]), rounded(p.order_start[1])),
             log_axis("learning rate $\\eta$"), log_axis("distance at $t=" + rounded(p.order_time) + "$"));
  const auto error_line = [](const std::string& name, const Curve& errors, Ink ink, Marker marker) {
    return through({.series = name, .stroke = {ink, 1.3}, .marker = marker, .marker_size = 4.5}, errors);
  };
  panel.marks = {guide(plain, 1), guide(modified, 2), error_line(to_flow, plain, Ink::blue, Marker::circle),
                 error_line(to_modified, modified, Ink::vermillion, Marker::square)};
  // The upper curve's name stands in the free corner above it, the lower one's in that below it.
  const std::size_t n = plain.x.size();
  add(panel, words(plain.x[n - 1], plain.y[n / 2], "from the flow of $L$", Anchor::left, 0, 8, Ink::blue, to_flow),
      words(modified.x[0], modified.y[n - 1], "from the flow of $L+(\\eta/4)\\|\\nabla L\\|^2$", Anchor::right, 0, -9,
            Ink::vermillion, to_modified));
  return panel;
}

plot::Figure draw(const EffectiveTime& p, const Approach& r) {
  plot::Panel losses = loss_panel(p.horizon, p.learning_rates, each_of(r.descents, &Descent::loss), r.flow, 1.3);
  losses.title = loss_title(p.loss, p.curvatures);
  losses.y.label = "loss";
  return two_columns({losses, error_panel(p, r)}, 75);
}

const bool registered =
    add("effective-time", "Loss against effective time",
        "Follows the loss of gradient descent with several learning rates over the time t = k eta that gradient "
        "flow lives in, and measures the order in eta with which descent approaches the flow and its "
        "modification.",
        parameters(), outputs, run, draw, always<EffectiveTime, 2>);

}  // namespace
}  // namespace experiments
