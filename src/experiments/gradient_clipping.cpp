// A wall in the loss of one recurrent unit, and gradient descent that meets it with and without clipping. Pascanu,
// Mikolov and Bengio, On the difficulty of training recurrent neural networks (ICML 2013), section 2.3 and figure 6.
#include <algorithm>
#include <cmath>

#include "experiment/experiment.hpp"
#include "experiments/shared/descent.hpp"
#include "numerics/descent/clipping.hpp"
#include "numerics/descent/recurrent_unit.hpp"
#include "numerics/linear/norm.hpp"

namespace experiments {
namespace {

using numerics::LongestStep;
using numerics::Wall;
using numerics::WallGradients;

struct GradientClipping {
  int unrolled = 50;
  double initial = 0.5, target = 0.7;
  Numbers start{5.3, -2.1};
  double learning_rate = 0.1, threshold = 1;
  int steps = 400;
};

Parameters<GradientClipping> parameters() {
  using P = GradientClipping;
  return Parameters<P>{}
      .integer("unrolled", &P::unrolled, "steps of the recursion", from(1).to(1000))
      .number("initial", &P::initial, "the unit's state before the first step", from(-5).to(5))
      .number("target", &P::target, "what sigma of the last state should be", from(0).to(1))
      .numbers("start", &P::start, "weight and bias at which descent starts", from(-100).to(100), {2, 2})
      .number("learning-rate", &P::learning_rate, "learning rate eta", above(0).to(100))
      .number("threshold", &P::threshold, "largest norm that clipping leaves to a gradient", above(0).to(1e6))
      .integer("steps", &P::steps, "steps of descent", from(1).to(100000));
}

const std::string wall_name = "wall";
const std::vector<std::string> path_names{"unclipped", "clipped"};
constexpr Ink path_inks[]{Ink::vermillion, Ink::blue};

struct Descent {
  std::vector<Point> path;
  Curve loss, gradient;  // by step; the norm of the gradient before clipping
};

struct Clipping {
  Wall wall;
  WallGradients on_wall;
  std::vector<Descent> descents;  // as path_names
};

double largest(const Numbers& values) {
  double largest = 0;
  for (const double v : values) largest = std::max(largest, v);  // passes over NaN
  return largest;
}

Curve computed_on_wall(const WallGradients& wall) { return {wall.at, wall.computed}; }
Curve exact_on_wall(const WallGradients& wall) { return {wall.w, wall.exact}; }

const std::string amplified = "a jump off the wall multiplies rounding errors by the gradient's size";
// Four hundred starts within 5e-14 of each other end at losses from 1e-10 to 1e-3, after 7 to 13 clipped steps.
const std::string chaos =
    "the clipped path meets the wall again and again, and each time multiplies its rounding errors";

Allowed allowed(bool is_clipped, Bound of_clipped, Bound of_free) {
  return is_clipped ? within(of_clipped, chaos) : within(of_free, amplified);
}

/// What is allowed to a curve by step.
Allowed allowed_by_step(bool is_clipped, Bound middle, Bound upper) {
  return is_clipped ? statistics({first_value(undeclared), median(middle), quantile(0.95, upper)}, chaos)
                    : within({1e-4, 1e-12}, amplified);
}

const PanelInfo plane_panel{"descent", {"weight w"}, {"bias b"}};
const PanelInfo gradient_panel{"gradient by step", {"step"}, {"norm of the gradient", "log"}};

Outputs<Descent> outputs_of_path(bool is_clipped) {
  const auto longest = [](auto... how) { return then(&Descent::path, numerics::longest_step, how...); };
  return Outputs<Descent>{within({1e-4, 1e-9}, amplified)}
      .number("largest-step", longest(&LongestStep::length), "length of the longest step")
      .number("largest-step-at", longest(&LongestStep::before), "number of steps before it", exactly("a count"))
      .number("largest-gradient", then(&Descent::gradient, &Curve::y, largest),
              "largest norm of a gradient on the way, before clipping")
      .sequence("landing", 1, longest(&LongestStep::landing, numbers_of),
                "weight (k = 1) and bias (k = 2) after the longest step")
      .sequence("final", 1, then(&Descent::path, last, numbers_of),
                "weight (k = 1) and bias (k = 2) after the last step", allowed(is_clipped, {0.02}, {1e-4, 1e-9}))
      .number("loss", then(&Descent::loss, last), "loss after the last step",
              allowed(is_clipped, {0, 3e-3}, {1e-4, 1e-12}))
      .number("smallest-loss", then(&Descent::loss, &Curve::y, std::ranges::min), "smallest loss on the way",
              allowed(is_clipped, {0, 1e-4}, {1e-4, 1e-12}))
      .curve(measured, plane_panel, "", then(&Descent::path, in_plane), allowed(is_clipped, {0, 0.3}, {1e-4, 1e-9}))
      .curve(measured, gradient_panel, "", &Descent::gradient, allowed_by_step(is_clipped, {0.3}, {0.3}));
}

/// A straight line between two places.
Curve wall_line(const GradientClipping& p, const Wall& wall) {
  return curve_over({wall.start, std::max(2 * wall.start, p.start[0])}, [&](double w) { return wall.b(w); });
}

Outputs<Clipping> outputs(const GradientClipping& p) {
  const PanelInfo steepness{"gradient on the wall", {"weight w"}, {"|dL/db| on the wall", "log"}};
  const PanelInfo loss{"loss by step", {"step"}, {"loss", "log"}};
  const auto wall = [](auto how) { return then(&Clipping::wall, how); };
  const auto on_wall = [](auto... how) { return then(&Clipping::on_wall, how...); };
  const auto across = [](const std::vector<Point>& gradients) { return numerics::coordinates(gradients, 1); };
  const auto norms = [](const auto& gradients) { return each_of(gradients, [](const Point& g) { return g.norm(); }); };
  const auto clips = [p](const Clipping& r) {
    const Numbers& gradients = r.descents[1].gradient.y;
    return std::count_if(gradients.begin(), gradients.end() - 1, [&](double norm) { return norm > p.threshold; });
  };
  const auto loss_of = [&](std::size_t i) {
    return Outputs<Descent>{}.curve(measured, loss, "", &Descent::loss, allowed_by_step(i == 1, {1}, {1e-3}));
  };
  return Outputs<Clipping>{within({1e-9}, "closed form, and backpropagation through as many steps")}
      .number("wall.start", wall(&Wall::start), "weight w from which on the fixed point is unstable, 1 / sigma'(x_0)")
      .number("wall.offset", wall(&Wall::offset), "b on the wall is offset + slope w: the offset, x_0")
      .number("wall.slope", wall(&Wall::slope), "the slope, -sigma(x_0)")
      .sequence("wall.derivative", 1, on_wall(&WallGradients::computed_at_whole, across),
                "dL/db on the wall at w = k by backpropagation, k from 1 to 10")
      .sequence("wall.derivative-exact", 1, on_wall(&WallGradients::exact_at_whole, across),
                "the same by the closed form")
      .sequence("wall.gradient", 1, on_wall(&WallGradients::computed_at_whole, norms), "norm of the gradient there")
      .number("wall.deviation", on_wall(&WallGradients::deviation),
              "largest relative difference between the two on the curve drawn",
              within({0, 1e-6}, "itself a rounding error"))
      .curve(theory, plane_panel, wall_name, wall([p](const Wall& w) { return wall_line(p, w); }),
             within(closed_form, "closed form"))
      .each(path_names, &Clipping::descents, [](std::size_t i) { return outputs_of_path(i == 1); })
      .number("clipped.clipped-steps", clips, "steps whose gradient was clipped", within({0, 8}, chaos))
      .curve(reference, gradient_panel, "threshold", level(0, p.steps, p.threshold), exactly("a parameter"))
      .curve(measured, steepness, wall_name, on_wall(computed_on_wall))
      .curve(theory, steepness, wall_name, on_wall(exact_on_wall))
      .each(path_names, &Clipping::descents, loss_of);
}

Descent descend(const GradientClipping& p, const Objective& objective, double threshold) {
  const auto path = numerics::clipped_descent(objective, to_point(p.start), p.learning_rate, threshold,
                                              static_cast<std::size_t>(p.steps));
  const auto gradient = [&](const Point& at) { return numerics::norm(objective.gradient(at)); };
  return {path, by_step(numerics::losses(objective, path)), by_step(each_of(path, gradient))};
}

numerics::RecurrentUnit unit_of(const GradientClipping& p) { return {p.unrolled, p.initial, p.target}; }

Clipping run(const GradientClipping& p, Run& run) {
  const Objective objective = numerics::loss_of(unit_of(p));
  return {numerics::wall_of(unit_of(p)), numerics::wall_gradients(unit_of(p)),
          run.each(Numbers{never, p.threshold}, [&](double threshold) { return descend(p, objective, threshold); })};
}

// ---- The figure.

/// The steps of a path up to its first one out of the window.
std::vector<Point> inside(const std::vector<Point>& path, const Window& window) {
  return {path.begin(), std::ranges::find_if_not(path, [&](const Point& at) { return window.contains(at); })};
}

plot::Line path_line(std::size_t which, const std::vector<Point>& path, const std::string& label) {
  plot::Line line = line_of(path_names[which], in_plane(path), {path_inks[which], 0.8}, label);
  line.marker = Marker::circle;
  line.marker_size = 1.8;
  return line;
}

/// From where the jump of the unclipped path starts to the frame, with its length.
void mark_jump(const std::vector<Point>& path, const Window& window, plot::Panel& panel) {
  const std::size_t k = inside(path, window).size();
  if (k == path.size() || k == 0) return;
  const Point from = path[k - 1], step = path[k] - from;
  if (!step.allFinite()) return;
  const Point exit = window.exit(from, step);
  // On the side of the arrow that has more room.
  const bool left = exit[0] > (window.x.first + window.x.second) / 2;
  const std::string length = rounded_in_words(std::hypot(step[0], step[1]), 4);
  add(panel, plot::Arrows{path_names[0], {from[0], exit[0]}, {from[1], exit[1]}, {path_inks[0], 1.1}},
      words(exit[0], exit[1],
            fmt::format("a step of {}\nto $({}, {})$", length, rounded(path[k][0]), rounded(path[k][1])),
            left ? Anchor::right : Anchor::left, left ? -9.0 : 9.0, -10, path_inks[0]));
}

/// Beside the wall's lower end, where no path goes.
void name_wall(const Wall& wall, const Window& window, plot::Panel& panel) {
  const double b = std::lerp(window.y.first, window.y.second, 0.06), w = (b - wall.offset) / wall.slope;
  if (w >= wall.start && window.contains(Point{{w, b}}))
    add(panel, words(w, b, "wall $b=x_0-w\\sigma(x_0)$", Anchor::right, -6, 0));
}

plot::Panel plane_of(const GradientClipping& p, const Clipping& r, const HeldPanels& held) {
  const auto &free = r.descents[0].path, &clipped = r.descents[1].path;
  // What the clipped path needs, with air; the unclipped one may leave it.
  Window reach(clipped[0]);
  reach.include(clipped);
  const plot::Axis weight = axis("weight $w$"), bias = axis("bias $b$");
  const Window window = reach.padded(0.2).held(held, 0, weight, bias, {to_point(p.start)});
  // No sampling shows the wall, which is thinner than any cell: it is drawn as the line that it is.
  plot::Panel panel = titled("paths of descent", window.x_axis(weight.label), window.y_axis(bias.label));
  add(panel, landscape(numerics::loss_of(unit_of(p)), window, true, false, 1e-3, 120),
      theory_line(wall_name, wall_line(p, r.wall), {Ink::black, 1.3, plot::Dash::dashed}));
  name_wall(r.wall, window, panel);
  add(panel, path_line(1, clipped, fmt::format("clipped at {}", rounded_in_words(p.threshold))),
      path_line(0, inside(free, window), ""));
  mark_jump(free, window, panel);
  add(panel, start_mark("", p.start[0], p.start[1], "start"));
  return panel;
}

/// Both paths by step; the clipped one lies under the other, which is the shorter.
plot::Panel panel_by_step(const GradientClipping& p, const Clipping& r, Curve Descent::*curve, const std::string& title,
                          const std::string& label) {
  plot::Panel panel = titled(title, count_axis("step", 0, p.steps), log_axis(label));
  for (const std::size_t i : {1, 0})
    add(panel, line_of(path_names[i], r.descents[i].*curve, {path_inks[i], 0.8}, path_names[i]));
  return panel;
}

plot::Panel gradient_of_paths(const GradientClipping& p, const Clipping& r) {
  plot::Panel panel = panel_by_step(p, r, &Descent::gradient, "gradient, before clipping", "$\\|\\nabla L\\|$");
  // Far off the wall gradients vanish: those of 1e-60 must not squeeze the rest.
  panel.y.min = 1e-3 * p.threshold;
  panel.y.is_fitted = true;
  panel.y.max = 5 * std::max({p.threshold, largest(r.descents[0].gradient.y), largest(r.descents[1].gradient.y)});
  panel.marks.insert(panel.marks.begin(), plot::Rule{.y = p.threshold, .label = "threshold"});
  return panel;
}

plot::Panel wall_of_gradients(const Clipping& r) {
  plot::Points computed =
      dots({.series = wall_name, .stroke = {Ink::green}, .marker = Marker::circle}, computed_on_wall(r.on_wall), 3.6);
  computed.label = "backpropagation";
  plot::Panel panel =
      titled("steepness of the wall", axis("weight $w$"), log_axis("$|\\partial L/\\partial b|$ on the wall"));
  add(panel, plot::Rule{.x = r.wall.start, .label = "$w\\sigma'(x_0)=1$"},
      theory_line(wall_name, exact_on_wall(r.on_wall)), computed);
  return panel;
}

plot::Figure draw(const GradientClipping& p, const Clipping& r, const HeldPanels& held) {
  const std::string loss = "$(\\sigma(x_{" + std::to_string(p.unrolled) + "})-" + rounded(p.target) + ")^2$";
  return two_columns({plane_of(p, r, held), gradient_of_paths(p, r), wall_of_gradients(r),
                      panel_by_step(p, r, &Descent::loss, "loss", loss)},
                     130);
}

const bool registered =
    add("gradient-clipping", "Gradient clipping at a wall",
        "Follows gradient descent with and without clipping on the loss of one recurrent unit, whose wall is known "
        "exactly: the paths, their losses, and the gradient on the wall beside its closed form.",
        parameters(), outputs, run, draw, always<GradientClipping, 4>);

}  // namespace
}  // namespace experiments
