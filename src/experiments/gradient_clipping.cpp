// A wall in the loss of one recurrent unit, and gradient descent that meets it with and without clipping. Pascanu,
// Mikolov and Bengio, On the difficulty of training recurrent neural networks (ICML 2013), section 2.3 and figure 6.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "experiment/experiment.hpp"
#include "experiments/shared/curves.hpp"
#include "experiments/shared/derived.hpp"
#include "experiments/shared/descent.hpp"
#include "numerics/descent/clipping.hpp"
#include "numerics/descent/recurrent_unit.hpp"
#include "numerics/linear/norm.hpp"

namespace experiments {

namespace {

using numerics::Objective;
using numerics::Point;
using Numbers = std::vector<double>;

struct GradientClipping {
  int unrolled = 50;
  double initial = 0.5;
  double target = 0.7;
  Numbers start{5.3, -2.1};
  double learning_rate = 0.1;
  double threshold = 1;
  int steps = 400;
};

Parameters<GradientClipping> parameters() {
  using P = GradientClipping;
  return Parameters<P>{}
      .integer("unrolled", &P::unrolled, "steps of the recursion", from(1).to(1000))
      .number("initial", &P::initial, "the unit's state before the first step", from(-5).to(5))
      .number("target", &P::target, "what sigma of the last state should be", from(0).to(1))
      .numbers("start", &P::start, "weight and bias at which descent starts", from(-100).to(100),
               {.least = 2, .most = 2})
      .number("learning-rate", &P::learning_rate, "learning rate eta", above(0).to(100))
      .number("threshold", &P::threshold, "largest norm that clipping leaves to a gradient", above(0).to(1e6))
      .integer("steps", &P::steps, "steps of descent", from(1).to(100000));
}

const std::string wall_name = "wall";
const std::vector<std::string> path_names{"unclipped", "clipped"};
constexpr plot::Ink path_inks[]{plot::Ink::vermillion, plot::Ink::blue};

struct Descent {
  std::vector<Point> path;
  Curve loss, gradient;  // by step; the norm of the gradient before clipping
};

/// The gradient on the wall by backpropagation, and by the closed form.
struct OnWall {
  Curve computed, exact;                                 // |dL/db| over w; every tenth point is computed, from 5 on
  std::vector<Point> computed_at_whole, exact_at_whole;  // (dL/dw, dL/db) at w = 1, 2, ...
};

struct Clipping {
  numerics::Wall wall;
  OnWall on_wall;
  std::vector<Descent> descents;  // as path_names
};

// Whole numbers w for which the wall's gradient is exported.
constexpr int largest_w = 10;

struct LongestStep {
  double length = 0;
  std::size_t before = 0;  // steps before it
  Point landing;
};

LongestStep longest_step(const std::vector<Point>& path) {
  constexpr double rounding = 1e-12;  // all clipped steps have one length: the first is the longest
  LongestStep longest{0, 0, path[std::min<std::size_t>(1, path.size() - 1)]};
  for (std::size_t k = 0; k + 1 < path.size(); ++k) {
    const double length = numerics::norm(path[k + 1] - path[k]);
    if (length > (1 + rounding) * longest.length) longest = {length, k, path[k + 1]};
  }
  return longest;
}

double largest(const Numbers& values) {
  double largest = 0;
  for (const double v : values) largest = std::max(largest, v);  // passes over NaN
  return largest;
}

double smallest(const Numbers& values) { return *std::ranges::min_element(values); }

Numbers norms(const std::vector<Point>& gradients) {
  Numbers list;
  for (const Point& gradient : gradients) list.push_back(gradient.norm());
  return list;
}

double deviation(const OnWall& r) {
  double deviation = 0;
  for (std::size_t i = 0; i < r.computed.y.size(); ++i)
    deviation = std::max(deviation, std::abs(r.computed.y[i] / r.exact.y[10 * i + 5] - 1));
  return deviation;
}

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
  const Allowed free = within({1e-4, 1e-9}, amplified);
  const auto step = [](auto member) { return then(&Descent::path, longest_step, member); };
  return Outputs<Descent>{}
      .number("largest-step", step(&LongestStep::length), "length of the longest step", free)
      .number("largest-step-at", step(&LongestStep::before), "number of steps before it", exactly("a count"))
      .number("largest-gradient", then(&Descent::gradient, &Curve::y, largest),
              "largest norm of a gradient on the way, before clipping", free)
      .sequence("landing", 1, then(&Descent::path, longest_step, &LongestStep::landing, numbers_of),
                "weight (k = 1) and bias (k = 2) after the longest step", free)
      .sequence("final", 1, then(&Descent::path, last, numbers_of),
                "weight (k = 1) and bias (k = 2) after the last step", allowed(is_clipped, {0.02}, {1e-4, 1e-9}))
      .number("loss", then(&Descent::loss, &Curve::y, last), "loss after the last step",
              allowed(is_clipped, {0, 3e-3}, {1e-4, 1e-12}))
      .number("smallest-loss", then(&Descent::loss, &Curve::y, smallest), "smallest loss on the way",
              allowed(is_clipped, {0, 1e-4}, {1e-4, 1e-12}))
      .measured(plane_panel, "", then(&Descent::path, in_plane), allowed(is_clipped, {0, 0.3}, {1e-4, 1e-9}))
      .measured(gradient_panel, "", &Descent::gradient, allowed_by_step(is_clipped, {0.3}, {0.3}));
}

/// A straight line between two places.
Curve wall_line(const GradientClipping& p, const numerics::Wall& wall) {
  const double end = std::max(2 * wall.start, p.start[0]);
  return {{wall.start, end}, {wall.b(wall.start), wall.b(end)}};
}

double clipped_steps(const GradientClipping& p, const Numbers& gradients) {
  return static_cast<double>(
      std::count_if(gradients.begin(), gradients.end() - 1, [&](double norm) { return norm > p.threshold; }));
}

Outputs<Clipping> outputs(const GradientClipping& p) {
  const PanelInfo steepness{"gradient on the wall", {"weight w"}, {"|dL/db| on the wall", "log"}};
  const PanelInfo loss{"loss by step", {"step"}, {"loss", "log"}};
  const Allowed exact = within({1e-9}, "closed form, and backpropagation through as many steps");
  const auto wall = [](auto member) { return then(&Clipping::wall, member); };
  const auto across = [](const std::vector<Point>& gradients) { return coordinates(gradients, 1); };
  const auto on_wall = [](auto... how) { return then(&Clipping::on_wall, how...); };
  const auto threshold = [p](const Clipping&) {
    return Curve{{0, static_cast<double>(p.steps)}, {p.threshold, p.threshold}};
  };
  const auto clips = [p](const Clipping& r) { return clipped_steps(p, r.descents[1].gradient.y); };
  const auto loss_of = [&](std::size_t i) {
    return Outputs<Descent>{}.measured(loss, "", &Descent::loss, allowed_by_step(i == 1, {1}, {1e-3}));
  };
  return Outputs<Clipping>{}
      .number("wall.start", wall(&numerics::Wall::start),
              "weight w from which on the fixed point is unstable, 1 / sigma'(x_0)", exact)
      .number("wall.offset", wall(&numerics::Wall::offset), "b on the wall is offset + slope w: the offset, x_0", exact)
      .number("wall.slope", wall(&numerics::Wall::slope), "the slope, -sigma(x_0)", exact)
      .sequence("wall.derivative", 1, on_wall(&OnWall::computed_at_whole, across),
                "dL/db on the wall at w = k by backpropagation, k from 1 to 10", exact)
      .sequence("wall.derivative-exact", 1, on_wall(&OnWall::exact_at_whole, across), "the same by the closed form",
                exact)
      .sequence("wall.gradient", 1, on_wall(&OnWall::computed_at_whole, norms), "norm of the gradient there", exact)
      .number("wall.deviation", on_wall(deviation), "largest relative difference between the two on the curve drawn",
              within({0, 1e-6}, "itself a rounding error"))
      .theory(plane_panel, wall_name, wall([p](const numerics::Wall& w) { return wall_line(p, w); }),
              within(closed_form, "closed form"))
      .each(path_names, &Clipping::descents, [](std::size_t i) { return outputs_of_path(i == 1); })
      .number("clipped.clipped-steps", clips, "steps whose gradient was clipped", within({0, 8}, chaos))
      .reference(gradient_panel, "threshold", threshold, exactly("a parameter"))
      .measured(steepness, wall_name, on_wall(&OnWall::computed), exact)
      .theory(steepness, wall_name, on_wall(&OnWall::exact), exact)
      .each(path_names, &Clipping::descents, loss_of);
}

Descent descend(const GradientClipping& p, const Objective& objective, double threshold) {
  const auto path = numerics::clipped_descent(objective, to_point(p.start), p.learning_rate, threshold,
                                              static_cast<std::size_t>(p.steps));
  Numbers gradients;
  for (const Point& at : path) gradients.push_back(numerics::norm(objective.gradient(at)));
  return {path, by_step(losses(objective, path)), by_step(gradients)};
}

OnWall on_wall(const numerics::RecurrentUnit& unit, const Objective& objective) {
  const numerics::Wall wall = numerics::wall_of(unit);
  const auto gradient = [&](double w) { return objective.gradient(Point{{w, wall.b(w)}}); };
  OnWall result;
  for (int i = 0; i <= 100; ++i) {
    const double w = std::lerp(0.8, 1.3, i / 100.0) * wall.start;
    result.exact.x.push_back(w);
    result.exact.y.push_back(std::abs(numerics::wall_gradient(unit, w)[1]));
    if (i % 10 != 5) continue;
    result.computed.x.push_back(w);
    result.computed.y.push_back(std::abs(gradient(w)[1]));
  }
  for (int w = 1; w <= largest_w; ++w) {
    result.computed_at_whole.push_back(gradient(w));
    result.exact_at_whole.push_back(numerics::wall_gradient(unit, w));
  }
  return result;
}

numerics::RecurrentUnit unit_of(const GradientClipping& p) { return {p.unrolled, p.initial, p.target}; }

Clipping run(const GradientClipping& p, Run& run) {
  const Objective objective = numerics::loss_of(unit_of(p));
  const Numbers thresholds{std::numeric_limits<double>::infinity(), p.threshold};
  return {numerics::wall_of(unit_of(p)), on_wall(unit_of(p), objective),
          run.each(thresholds, [&](double threshold) { return descend(p, objective, threshold); })};
}

// ---- The figure.

/// What the clipped path needs, with air; the unclipped one may leave it.
Window window_of(const std::vector<Point>& path) {
  Window window{{path[0][0], path[0][0]}, {path[0][1], path[0][1]}};
  for (const Point& at : path)
    if (at.allFinite()) window.include(at);
  return window.padded(0.2);
}

/// The steps of a path up to its first one out of the window.
std::vector<Point> inside(const std::vector<Point>& path, const Window& window) {
  return {path.begin(), std::ranges::find_if_not(path, [&](const Point& at) { return window.contains(at); })};
}

plot::Line path_line(std::size_t which, const std::vector<Point>& path, const std::string& label) {
  plot::Line line = line_of(path_names[which], in_plane(path), {path_inks[which], 0.8}, label);
  line.marker = plot::Marker::circle;
  line.marker_size = 1.8;
  return line;
}

/// From where the jump of the unclipped path starts to the frame, with its length.
void mark_jump(const std::vector<Point>& path, const Window& window, plot::Panel& panel) {
  const std::size_t k = inside(path, window).size();
  if (k == path.size() || k == 0) return;
  const Point from = path[k - 1], step = path[k] - from;
  if (!step.allFinite()) return;
  // The share of the step that lies in the window.
  const auto share = [&](int i, std::pair<double, double> range) {
    return step[i] == 0 ? 1.0 : ((step[i] > 0 ? range.second : range.first) - from[i]) / step[i];
  };
  const Point exit = from + std::min(share(0, window.x), share(1, window.y)) * step;
  panel.marks.push_back(plot::Arrows{
      .series = path_names[0], .x = {from[0], exit[0]}, .y = {from[1], exit[1]}, .stroke = {path_inks[0], 1.1}});
  // On the side of the arrow that has more room.
  const bool left = exit[0] > (window.x.first + window.x.second) / 2;
  panel.marks.push_back(
      plot::Note{.x = exit[0],
                 .y = exit[1],
                 .text = fmt::format("a step of {}\nto $({}, {})$", rounded_in_words(std::hypot(step[0], step[1]), 4),
                                     rounded(path[k][0]), rounded(path[k][1])),
                 .anchor = left ? plot::Anchor::right : plot::Anchor::left,
                 .ink = path_inks[0],
                 .dx = left ? -9.0 : 9.0,
                 .dy = -10});
}

/// Beside the wall's lower end, where no path goes.
void name_wall(const numerics::Wall& wall, const Window& window, plot::Panel& panel) {
  const double b = std::lerp(window.y.first, window.y.second, 0.06), w = (b - wall.offset) / wall.slope;
  if (w < wall.start || !window.contains(Point{{w, b}})) return;
  panel.marks.push_back(plot::Note{.x = w,
                                   .y = b,
                                   .text = "wall $b=x_0-w\\sigma(x_0)$",
                                   .anchor = plot::Anchor::right,
                                   .ink = plot::Ink::foreground,
                                   .dx = -6,
                                   .dy = 0});
}

plot::Panel plane_of(const GradientClipping& p, const Clipping& r) {
  const auto &free = r.descents[0].path, &clipped = r.descents[1].path;
  const Window window = window_of(clipped);
  plot::Panel panel{.title = "paths of descent",
                    .x = {.label = "weight $w$", .min = window.x.first, .max = window.x.second},
                    .y = {.label = "bias $b$", .min = window.y.first, .max = window.y.second}};
  // No sampling shows the wall, which is thinner than any cell: it is drawn as the line that it is.
  panel.marks.push_back(landscape(numerics::loss_of(unit_of(p)), window, true, false, 1e-3, 120));
  panel.marks.push_back(theory_line(wall_name, wall_line(p, r.wall), {plot::Ink::black, 1.3, plot::Dash::dashed}));
  name_wall(r.wall, window, panel);
  panel.marks.push_back(path_line(1, clipped, fmt::format("clipped at {}", rounded_in_words(p.threshold))));
  panel.marks.push_back(path_line(0, inside(free, window), ""));
  mark_jump(free, window, panel);
  panel.marks.push_back(start_mark("", p.start[0], p.start[1], "start"));
  return panel;
}

/// Both paths by step; the clipped one lies under the other, which is the shorter.
plot::Panel panel_by_step(const GradientClipping& p, const Clipping& r, Curve Descent::*curve, const std::string& title,
                          const std::string& label) {
  plot::Panel panel{.title = title,
                    .x = {.label = "step", .min = 0, .max = p.steps, .counts = true},
                    .y = {.label = label, .scale = plot::ScaleKind::log}};
  for (const std::size_t i : {1, 0})
    panel.marks.push_back(line_of(path_names[i], r.descents[i].*curve, {path_inks[i], 0.8}, path_names[i]));
  return panel;
}

plot::Panel gradient_of_paths(const GradientClipping& p, const Clipping& r) {
  plot::Panel panel = panel_by_step(p, r, &Descent::gradient, "gradient, before clipping", "$\\|\\nabla L\\|$");
  // Far off the wall gradients vanish: those of 1e-60 must not squeeze the rest.
  panel.y.min = 1e-3 * p.threshold;
  panel.y.max = 5 * std::max({p.threshold, largest(r.descents[0].gradient.y), largest(r.descents[1].gradient.y)});
  panel.marks.insert(panel.marks.begin(), plot::Rule{.y = p.threshold, .label = "threshold"});
  return panel;
}

plot::Panel loss_of_paths(const GradientClipping& p, const Clipping& r) {
  return panel_by_step(p, r, &Descent::loss, "loss",
                       "$(\\sigma(x_{" + std::to_string(p.unrolled) + "})-" + rounded(p.target) + ")^2$");
}

plot::Panel wall_of_gradients(const Clipping& r) {
  plot::Panel panel{.title = "steepness of the wall",
                    .x = {.label = "weight $w$"},
                    .y = {.label = "$|\\partial L/\\partial b|$ on the wall", .scale = plot::ScaleKind::log}};
  panel.marks.push_back(plot::Rule{.x = r.wall.start, .label = "$w\\sigma'(x_0)=1$"});
  panel.marks.push_back(theory_line(wall_name, r.on_wall.exact));
  panel.marks.push_back(plot::Points{.series = wall_name,
                                     .x = r.on_wall.computed.x,
                                     .y = r.on_wall.computed.y,
                                     .size = 3.6,
                                     .ink = plot::Ink::green,
                                     .label = "backpropagation"});
  return panel;
}

plot::Figure draw(const GradientClipping& p, const Clipping& r) {
  return {.panels = {plane_of(p, r), gradient_of_paths(p, r), wall_of_gradients(r), loss_of_paths(p, r)},
          .columns = 2,
          .width = plot::FigureWidth::full,
          .height_mm = 130};
}

const bool registered = add(Definition<GradientClipping, Clipping>{
    .name = "gradient-clipping",
    .title = "Gradient clipping at a wall",
    .summary =
        "Follows gradient descent with and without clipping on the loss of one recurrent unit, whose wall is known "
        "exactly: the paths, their losses, and the gradient on the wall beside its closed form.",
    .parameters = parameters(),
    .outputs = outputs,
    .run = run,
    .draw = draw});

}  // namespace
}  // namespace experiments
