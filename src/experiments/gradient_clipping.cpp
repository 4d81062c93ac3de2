// A wall in the loss of one recurrent unit, and gradient descent that meets it with and without clipping. Pascanu,
// Mikolov and Bengio, On the difficulty of training recurrent neural networks (ICML 2013), section 2.3 and figure 6.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "experiment/legacy.hpp"
#include "experiments/shared/descent.hpp"
#include "numerics/clipping.hpp"
#include "numerics/norm.hpp"
#include "numerics/recurrent_unit.hpp"

namespace experiments {

using namespace experiment;
namespace {

using numerics::Objective;
using numerics::Point;
using Values = std::vector<double>;

struct GradientClipping {
  int unrolled = 50;
  double initial = 0.5;
  double target = 0.7;
  Values start{5.3, -2.1};
  double learning_rate = 0.1;
  double threshold = 1;
  int steps = 400;
};

Parameters<GradientClipping> parameters() {
  using P = GradientClipping;
  Parameters<P> p;
  p.integer("unrolled", &P::unrolled, {.meaning = "steps of the recursion", .minimum = 1, .maximum = 1000})
      .number("initial", &P::initial,
              {.meaning = "the unit's state before the first step", .minimum = -5, .maximum = 5})
      .number("target", &P::target, {.meaning = "what sigma of the last state should be", .minimum = 0, .maximum = 1})
      .numbers("start", &P::start,
               {.meaning = "weight and bias at which descent starts",
                .minimum = -100,
                .maximum = 100,
                .min_size = 2,
                .max_size = 2})
      .number("learning-rate", &P::learning_rate,
              {.meaning = "learning rate eta", .minimum = 0, .maximum = 100, .minimum_is_open = true})
      .number("threshold", &P::threshold,
              {.meaning = "largest norm that clipping leaves to a gradient",
               .minimum = 0,
               .maximum = 1e6,
               .minimum_is_open = true})
      .integer("steps", &P::steps, {.meaning = "steps of descent", .minimum = 1, .maximum = 100000});
  return p;
}

const std::string plane_panel = "descent";
const std::string wall_panel = "gradient on the wall";
const std::string loss_panel = "loss by step";
const std::string gradient_panel = "gradient by step";
const std::string threshold_name = "threshold";
const std::string wall_name = "wall";
const std::string free_name = "unclipped";
const std::string clipped_name = "clipped";

// Whole numbers w for which the wall's gradient is exported.
constexpr int largest_w = 10;

std::vector<Tolerance> tolerances(const GradientClipping&) {
  const std::string amplified = "a jump off the wall multiplies rounding errors by the gradient's size";
  const std::string exact = "closed form, and backpropagation through as many steps";
  // Four hundred starts within 5e-14 of each other end at losses from 1e-10 to 1e-3, after 7 to 13 clipped steps.
  const std::string chaos =
      "the clipped path meets the wall again and again, and each time multiplies its rounding errors";
  return {
      {wall_panel, "*", {1e-9, 0}, {}, exact},
      {plane_panel, wall_name, closed_form, {}, "closed form"},
      {plane_panel, clipped_name, {0, 0.3}, {}, chaos},
      {loss_panel, clipped_name, {}, {first_value(undeclared), median({1, 0}), quantile(0.95, {1e-3, 0})}, chaos},
      {gradient_panel, clipped_name, {}, {first_value(undeclared), median({0.3, 0}), quantile(0.95, {0.3, 0})}, chaos},
      {plane_panel, "*", {1e-4, 1e-9}, {}, amplified},
      {loss_panel, "*", {1e-4, 1e-12}, {}, amplified},
      {gradient_panel, threshold_name, {}, {}, "a parameter"},
      {gradient_panel, "*", {1e-4, 1e-12}, {}, amplified},
      {"", "wall.deviation", {0, 1e-6}, {}, "itself a rounding error"},
      {"", "wall.*", {1e-9, 0}, {}, exact},
      {"", "*.largest-step-at", {}, {}, "a count"},
      {"", "clipped.clipped-steps", {0, 8}, {}, chaos},
      {"", "clipped.final", {0.02, 0}, {}, chaos},
      {"", "clipped.loss", {0, 3e-3}, {}, chaos},
      {"", "clipped.smallest-loss", {0, 1e-4}, {}, chaos},
      {"", "*loss", {1e-4, 1e-12}, {}, amplified},
      {"", "*", {1e-4, 1e-9}, {}, amplified}};
}

std::vector<Export> exports(const GradientClipping&) {
  std::vector<Export> list{{"wall.start", "weight w from which on the fixed point is unstable, 1 / sigma'(x_0)"},
                           {"wall.offset", "b on the wall is offset + slope w: the offset, x_0"},
                           {"wall.slope", "the slope, -sigma(x_0)"},
                           {"wall.derivative", "dL/db on the wall at w = k by backpropagation, k from 1 to 10", true},
                           {"wall.derivative-exact", "the same by the closed form", true},
                           {"wall.gradient", "norm of the gradient there", true},
                           {"wall.deviation", "largest relative difference between the two on the curve drawn"}};
  for (const std::string& name : {free_name, clipped_name}) {
    list.push_back({name + ".largest-step", "length of the longest step"});
    list.push_back({name + ".largest-step-at", "number of steps before it"});
    list.push_back({name + ".largest-gradient", "largest norm of a gradient on the way, before clipping"});
    list.push_back({name + ".landing", "weight (k = 1) and bias (k = 2) after the longest step", true});
    list.push_back({name + ".final", "weight (k = 1) and bias (k = 2) after the last step", true});
    list.push_back({name + ".loss", "loss after the last step"});
    list.push_back({name + ".smallest-loss", "smallest loss on the way"});
  }
  list.push_back({clipped_name + ".clipped-steps", "steps whose gradient was clipped"});
  return list;
}

void export_path(const std::string& name, const Objective& objective, const std::vector<Point>& path, Result& result) {
  constexpr double rounding = 1e-12;  // all clipped steps have one length: the first is the longest
  double longest = 0, steepest = 0;
  std::size_t at = 0;
  for (std::size_t k = 0; k < path.size(); ++k) {
    steepest = std::max(steepest, numerics::norm(objective.gradient(path[k])));
    if (k + 1 == path.size()) break;
    const double length = numerics::norm(path[k + 1] - path[k]);
    if (length > (1 + rounding) * longest) {
      longest = length;
      at = k;
    }
  }
  const Point& landing = path[std::min(at + 1, path.size() - 1)];
  const Values loss = losses(objective, path);
  result.values[name + ".largest-step"] = longest;
  result.values[name + ".largest-step-at"] = static_cast<double>(at);
  result.values[name + ".largest-gradient"] = steepest;
  result.functions[name + ".landing"] = {1, {landing[0], landing[1]}};
  result.functions[name + ".final"] = {1, {path.back()[0], path.back()[1]}};
  result.values[name + ".loss"] = loss.back();
  result.values[name + ".smallest-loss"] = *std::min_element(loss.begin(), loss.end());
}

/// The slope across the wall as backpropagation gives it, beside the closed form.
PanelData gradient_on_wall(const numerics::RecurrentUnit& unit, const Objective& objective, Result& result) {
  const numerics::Wall wall = numerics::wall_of(unit);
  PanelData panel{wall_panel, {"weight w", "linear"}, {"|dL/db| on the wall", "log"}, {}};
  Series measured{wall_name, SeriesKind::measured, {}, {}, {}, {}},
      theory{wall_name, SeriesKind::theory, {}, {}, {}, {}};
  const auto derivative = [&](double w) { return objective.gradient(Point{{w, wall.b(w)}})[1]; };
  double deviation = 0;
  for (int i = 0; i <= 100; ++i) {
    const double w = std::lerp(0.8, 1.3, i / 100.0) * wall.start;
    theory.x.push_back(w);
    theory.y.push_back(std::abs(numerics::wall_gradient(unit, w)[1]));
    if (i % 10 != 5) continue;
    measured.x.push_back(w);
    measured.y.push_back(std::abs(derivative(w)));
    deviation = std::max(deviation, std::abs(measured.y.back() / theory.y.back() - 1));
  }
  IndexedValues found{1, {}}, exact{1, {}}, size{1, {}};
  for (int w = 1; w <= largest_w; ++w) {
    found.values.push_back(derivative(w));
    exact.values.push_back(numerics::wall_gradient(unit, w)[1]);
    size.values.push_back(objective.gradient(Point{{static_cast<double>(w), wall.b(w)}}).norm());
  }
  result.functions["wall.derivative"] = found;
  result.functions["wall.derivative-exact"] = exact;
  result.functions["wall.gradient"] = size;
  result.values["wall.deviation"] = deviation;
  panel.series = {measured, theory};
  return panel;
}

Result run(const GradientClipping& p, Run& run) {
  const numerics::RecurrentUnit unit{p.unrolled, p.initial, p.target};
  const Objective objective = numerics::loss_of(unit);
  const numerics::Wall wall = numerics::wall_of(unit);
  Result result;
  result.values["wall.start"] = wall.start;
  result.values["wall.offset"] = wall.offset;
  result.values["wall.slope"] = wall.slope;

  PanelData plane{plane_panel, {"weight w", "linear"}, {"bias b", "linear"}, {}};
  PanelData loss{loss_panel, {"step", "linear"}, {"loss", "log"}, {}};
  PanelData gradient{gradient_panel, {"step", "linear"}, {"norm of the gradient", "log"}, {}};
  const double ends[] = {wall.start, std::max(2 * wall.start, p.start[0])};
  plane.series.push_back(
      {wall_name, SeriesKind::theory, {ends[0], ends[1]}, {wall.b(ends[0]), wall.b(ends[1])}, {}, {}});
  for (const std::string& name : {free_name, clipped_name}) {
    const double threshold = name == free_name ? std::numeric_limits<double>::infinity() : p.threshold;
    const auto path = numerics::clipped_descent(objective, to_point(p.start), p.learning_rate, threshold,
                                                static_cast<std::size_t>(p.steps));
    plane.series.push_back({name, SeriesKind::measured, coordinates(path, 0), coordinates(path, 1), {}, {}});
    Series by_step{name, SeriesKind::measured, {}, losses(objective, path), {}, {}};
    Series norms{name, SeriesKind::measured, {}, {}, {}, {}};
    for (std::size_t k = 0; k < path.size(); ++k) {
      by_step.x.push_back(static_cast<double>(k));
      norms.y.push_back(numerics::norm(objective.gradient(path[k])));
    }
    norms.x = by_step.x;
    loss.series.push_back(std::move(by_step));
    gradient.series.push_back(std::move(norms));
    export_path(name, objective, path, result);
    if (name == clipped_name)
      result.values[name + ".clipped-steps"] =
          static_cast<double>(std::count_if(path.begin(), path.end() - 1, [&](const Point& at) {
            return numerics::norm(objective.gradient(at)) > threshold;
          }));
  }
  gradient.series.push_back(
      {threshold_name, SeriesKind::reference, {0, static_cast<double>(p.steps)}, {p.threshold, p.threshold}, {}, {}});
  result.panels = {std::move(plane), std::move(gradient), gradient_on_wall(unit, objective, result), std::move(loss)};
  run.progress(1, 1);
  return result;
}

// ---- The figure.

plot::Ink ink_of(const std::string& name) { return name == free_name ? plot::Ink::vermillion : plot::Ink::blue; }

/// What the clipped path needs, with air; the unclipped one may leave it.
Window window_of(const Result& result) {
  const Series& held = *result.panel(plane_panel).find(clipped_name);
  Window window{{held.x[0], held.x[0]}, {held.y[0], held.y[0]}};
  for (std::size_t k = 0; k < held.x.size(); ++k)
    if (std::isfinite(held.x[k]) && std::isfinite(held.y[k])) window.include(Point{{held.x[k], held.y[k]}});
  return window.padded(0.2);
}

/// The steps of a path up to its first one out of the window, and whether there is one.
std::pair<Series, bool> inside(const Series& path, const Window& window) {
  Series part{path.name, path.kind, {}, {}, {}, {}};
  for (std::size_t k = 0; k < path.x.size(); ++k) {
    if (!window.contains(Point{{path.x[k], path.y[k]}})) return {part, true};
    part.x.push_back(path.x[k]);
    part.y.push_back(path.y[k]);
  }
  return {part, false};
}

plot::Line path_line(const Series& path, const std::string& label) {
  return {.series = path.name,
          .x = path.x,
          .y = path.y,
          .stroke = {ink_of(path.name), 0.8},
          .label = label,
          .marker = plot::Marker::circle,
          .marker_size = 1.8};
}

/// From where the jump starts to the frame, with its length.
void mark_jump(const Series& path, const Window& window, plot::Panel& panel) {
  const auto [seen, leaves] = inside(path, window);
  if (!leaves || seen.x.empty()) return;
  const std::size_t k = seen.x.size();
  const double dx = path.x[k] - path.x[k - 1], dy = path.y[k] - path.y[k - 1];
  if (!std::isfinite(dx) || !std::isfinite(dy)) return;
  // The share of the step that lies in the window.
  const auto share = [](double from, double step, std::pair<double, double> range) {
    return step == 0 ? 1.0 : ((step > 0 ? range.second : range.first) - from) / step;
  };
  const double t = std::min(share(path.x[k - 1], dx, window.x), share(path.y[k - 1], dy, window.y));
  const Point exit{{path.x[k - 1] + t * dx, path.y[k - 1] + t * dy}};
  panel.marks.push_back(plot::Arrows{.series = path.name,
                                     .x = {path.x[k - 1], exit[0]},
                                     .y = {path.y[k - 1], exit[1]},
                                     .stroke = {ink_of(path.name), 1.1}});
  // On the side of the arrow that has more room.
  const bool left = exit[0] > (window.x.first + window.x.second) / 2;
  panel.marks.push_back(
      plot::Note{.x = exit[0],
                 .y = exit[1],
                 .text = fmt::format("a step of {}\nto $({}, {})$", rounded_in_words(std::hypot(dx, dy), 4),
                                     rounded(path.x[k]), rounded(path.y[k])),
                 .anchor = left ? plot::Anchor::right : plot::Anchor::left,
                 .ink = ink_of(path.name),
                 .dx = left ? -9.0 : 9.0,
                 .dy = -10});
}

/// Beside the wall's lower end, where no path goes.
void name_wall(const GradientClipping& p, const Window& window, plot::Panel& panel) {
  const numerics::Wall wall = numerics::wall_of({p.unrolled, p.initial, p.target});
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

plot::Panel plane_of(const GradientClipping& p, const Result& result) {
  const Objective objective = numerics::loss_of({p.unrolled, p.initial, p.target});
  const PanelData& data = result.panel(plane_panel);
  const Window window = window_of(result);
  plot::Panel panel;
  panel.title = "paths of descent";
  panel.x = {"weight $w$", plot::ScaleKind::linear, window.x.first, window.x.second, false, {}};
  panel.y = {"bias $b$", plot::ScaleKind::linear, window.y.first, window.y.second, false, {}};
  // No sampling shows the wall, which is thinner than any cell: it is drawn as the line that it is.
  panel.marks.push_back(landscape(objective, window, true, false, 1e-3, 120));
  const Series& wall = *data.find(wall_name, SeriesKind::theory);
  panel.marks.push_back(plot::Line{.series = wall.name,
                                   .x = wall.x,
                                   .y = wall.y,
                                   .stroke = {plot::Ink::black, 1.3, plot::Dash::dashed, 1},
                                   .label = ""});
  name_wall(p, window, panel);
  const Series& free = *data.find(free_name);
  panel.marks.push_back(
      path_line(*data.find(clipped_name), fmt::format("clipped at {}", rounded_in_words(p.threshold))));
  panel.marks.push_back(path_line(inside(free, window).first, ""));
  mark_jump(free, window, panel);
  panel.marks.push_back(plot::Points{.series = "",
                                     .x = {p.start[0]},
                                     .y = {p.start[1]},
                                     .size = 5,
                                     .filled = false,
                                     .ink = plot::Ink::foreground,
                                     .label = "start"});
  return panel;
}

/// Both paths by step; the clipped one lies under the other, which is the shorter.
plot::Panel by_step(const GradientClipping& p, const PanelData& data, const std::string& title,
                    const std::string& label) {
  plot::Panel panel;
  panel.title = title;
  panel.x = {"step", plot::ScaleKind::linear, 0.0, static_cast<double>(p.steps), false, {}, true};
  panel.y = {label, plot::ScaleKind::log, {}, {}, false, {}};
  for (const std::string& name : {clipped_name, free_name}) {
    const Series& series = *data.find(name);
    panel.marks.push_back(
        plot::Line{.series = name, .x = series.x, .y = series.y, .stroke = {ink_of(name), 0.8}, .label = name});
  }
  return panel;
}

plot::Panel gradient_of_paths(const GradientClipping& p, const Result& result) {
  plot::Panel panel = by_step(p, result.panel(gradient_panel), "gradient, before clipping", "$\\|\\nabla L\\|$");
  // Far off the wall gradients vanish: those of 1e-60 must not squeeze the rest.
  panel.y.min = 1e-3 * p.threshold;
  panel.y.max = 5 * std::max({p.threshold, result.values.at(free_name + ".largest-gradient"),
                              result.values.at(clipped_name + ".largest-gradient")});
  panel.marks.insert(panel.marks.begin(), plot::Rule{.x = {}, .y = p.threshold, .label = "threshold"});
  return panel;
}

plot::Panel loss_of_paths(const GradientClipping& p, const Result& result) {
  return by_step(p, result.panel(loss_panel), "loss",
                 "$(\\sigma(x_{" + std::to_string(p.unrolled) + "})-" + rounded(p.target) + ")^2$");
}

plot::Panel wall_of_gradients(const Result& result) {
  const PanelData& data = result.panel(wall_panel);
  const Series& measured = *data.find(wall_name);
  const Series& theory = *data.find(wall_name, SeriesKind::theory);
  plot::Panel panel;
  panel.title = "steepness of the wall";
  panel.x = {"weight $w$", plot::ScaleKind::linear, {}, {}, false, {}};
  panel.y = {"$|\\partial L/\\partial b|$ on the wall", plot::ScaleKind::log, {}, {}, false, {}};
  panel.marks.push_back(plot::Rule{.x = result.values.at("wall.start"), .y = {}, .label = "$w\\sigma'(x_0)=1$"});
  panel.marks.push_back(plot::Line{.series = theory.name,
                                   .x = theory.x,
                                   .y = theory.y,
                                   .stroke = {plot::Ink::black, 0.8, plot::Dash::dashed, 1},
                                   .label = ""});
  panel.marks.push_back(plot::Points{.series = measured.name,
                                     .x = measured.x,
                                     .y = measured.y,
                                     .size = 3.6,
                                     .ink = plot::Ink::green,
                                     .label = "backpropagation"});
  return panel;
}

plot::Figure draw(const GradientClipping& p, const Result& result) {
  plot::Figure figure;
  figure.panels = {plane_of(p, result), gradient_of_paths(p, result), wall_of_gradients(result),
                   loss_of_paths(p, result)};
  figure.columns = 2;
  figure.width = plot::FigureWidth::full;
  figure.height_mm = 130;
  return figure;
}

const bool registered = add(OldDefinition<GradientClipping>{
    .name = "gradient-clipping",
    .title = "Gradient clipping at a wall",
    .summary =
        "Follows gradient descent with and without clipping on the loss of one recurrent unit, whose wall is known "
        "exactly: the paths, their losses, and the gradient on the wall beside its closed form.",
    .parameters = parameters(),
    .exports = exports,
    .run = run,
    .draw = draw,
    .tolerances = tolerances});

}  // namespace
}  // namespace experiments
