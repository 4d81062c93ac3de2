// A summary is taken from what was really drawn, item by item, not from what was asked for.
// See summary.hpp.
#include "plot/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plot/layout/drawn.hpp"

namespace plot {

namespace {

/// The vertices of a path; of a Bézier curve its ends.
std::vector<Polyline> vertices_of(const Path& path) {
  std::vector<Polyline> parts;
  for (const PathStep& step : path.steps) {
    if (const auto* move = std::get_if<MoveTo>(&step)) parts.push_back({move->to});
    if (const auto* line = std::get_if<LineTo>(&step)) parts.back().push_back(line->to);
    if (const auto* curve = std::get_if<CurveTo>(&step)) parts.back().push_back(curve->to);
    if (std::holds_alternative<ClosePath>(step)) parts.back().push_back(parts.back().front());
  }
  return parts;
}

/// The kind of a path's first part.
std::string form_of(const Path& path) {
  std::size_t lines = 0, curves = 0;
  bool closed = false;
  for (std::size_t i = 1; i < path.steps.size() && !closed; ++i) {
    if (std::holds_alternative<MoveTo>(path.steps[i])) break;
    lines += std::holds_alternative<LineTo>(path.steps[i]);
    curves += std::holds_alternative<CurveTo>(path.steps[i]);
    closed = std::holds_alternative<ClosePath>(path.steps[i]);
  }
  if (!closed) return curves > 0 ? "curve" : "line";
  if (curves > 0) return lines > 0 ? "shape" : "circle";
  // Bands and clipped areas have as many corners as points that can be told apart on paper.
  return lines < 12 ? fmt::format("polygon of {}", lines + 1) : "area";
}

bool same_style(const ShapeSummary& a, const ShapeSummary& b) {
  const auto stroke = [](const std::optional<StrokeStyle>& s) {
    return s ? std::tuple{true, s->ink, s->width, s->dash, s->opacity} : std::tuple{false, Ink{}, 0.0, Dash{}, 0.0};
  };
  const auto fill = [](const std::optional<FillStyle>& s) {
    return s ? std::tuple{true, s->ink, s->opacity, s->shade ? s->shade->ramp : Ramp{}, s->shade ? s->shade->tone : -1}
             : std::tuple{false, Ink{}, 0.0, Ramp{}, -1};
  };
  return a.series == b.series && a.form == b.form && stroke(a.stroke) == stroke(b.stroke) &&
         fill(a.fill) == fill(b.fill);
}

ShapeSummary summary_of(const Path& path, const Box& box) {
  ShapeSummary shape{path.series, form_of(path), path.stroke, path.fill};
  shape.left = shape.bottom = INFINITY;
  shape.right = shape.top = -INFINITY;
  double sum_x = 0, sum_y = 0;
  for (Polyline& part : vertices_of(path))
    for (std::size_t i = 0; i < part.size(); ++i) {
      PaperPoint& p = part[i];
      p = {(p.x - box.left) / box.width(), (box.bottom - p.y) / box.height()};
      shape.left = std::min(shape.left, p.x);
      shape.right = std::max(shape.right, p.x);
      shape.bottom = std::min(shape.bottom, p.y);
      shape.top = std::max(shape.top, p.y);
      if (i == 0) continue;
      const PaperPoint before = part[i - 1];
      const double length = std::hypot(p.x - before.x, p.y - before.y);
      shape.length += length;
      sum_x += length * (p.x + before.x) / 2;
      sum_y += length * (p.y + before.y) / 2;
    }
  if (shape.length > 0) {
    shape.middle_x = sum_x / shape.length;
    shape.middle_y = sum_y / shape.length;
  }
  return shape;
}

/// A colour bar stands beside its panel, at a distance that its letters decide.
ShapeSummary of_color_bar(const Path& path, const Box& box) {
  ShapeSummary shape = summary_of(path, box);
  shape.series = "colour bar";
  shape.left = 0;
  shape.right = 1;
  shape.length = shape.middle_x = 0;
  return shape;
}

void add(ShapeSummary shape, std::vector<ShapeSummary>& shapes) {
  if (shapes.empty() || !same_style(shapes.back(), shape)) {
    shapes.push_back(std::move(shape));
    return;
  }
  ShapeSummary& last = shapes.back();
  last.left = std::min(last.left, shape.left);
  last.right = std::max(last.right, shape.right);
  last.bottom = std::min(last.bottom, shape.bottom);
  last.top = std::max(last.top, shape.top);
  const double length = last.length + shape.length, share = length > 0 ? shape.length / length : 0;
  last.middle_x += share * (shape.middle_x - last.middle_x);
  last.middle_y += share * (shape.middle_y - last.middle_y);
  last.length = length;
}

TextSummary summary_of(const TextItem& item) {
  TextSummary text{"", item.ink, 0, Face::regular};
  for (const TextRun& run : item.runs) text.text += run.text;
  if (!item.runs.empty()) {
    text.size = item.runs.front().size;
    text.face = item.runs.front().face;
  }
  return text;
}

/// A single segment, as spines and ticks are.
const Path* segment(const Item& item) {
  const auto* path = std::get_if<Path>(&item);
  return path && path->steps.size() == 2 ? path : nullptr;
}

double value_of(ScaleKind kind, double transformed) {
  return kind == ScaleKind::log ? std::pow(10, transformed) : transformed;
}

AxisSummary axis_summary(const Axis& axis, const Domain& domain) {
  return {
      axis.label, domain.kind, domain.reversed, value_of(domain.kind, domain.low), value_of(domain.kind, domain.high),
      {}};
}

/// Ticks are drawn in the order of the plan: upright strokes for x, level ones for y. The two longest are the spines.
void add_ticks(const DrawnPanel& drawn, PanelSummary& panel) {
  const PanelPlan& plan = drawn.plan;
  const Box& box = plan.box;
  std::vector<double> x_places, y_places;
  for (const Item& item : drawn.axes) {
    const Path* path = segment(item);
    if (!path) continue;
    const PaperPoint from = std::get<MoveTo>(path->steps[0]).to, to = std::get<LineTo>(path->steps[1]).to;
    const bool below = std::min(from.y, to.y) > box.bottom, beside = std::max(from.x, to.x) < box.left;
    if (below && from.x == to.x) x_places.push_back((from.x - box.left) / box.width());
    if (beside && from.y == to.y) y_places.push_back((box.bottom - from.y) / box.height());
  }
  const auto pair = [](const std::vector<Tick>& ticks, const std::vector<double>& places, AxisSummary& axis) {
    for (std::size_t i = 0; i < std::max(ticks.size(), places.size()); ++i) {
      TickSummary tick;
      if (i < ticks.size()) tick = {ticks[i].label, value_of(axis.scale, ticks[i].at), 0};
      // Where a label is broken depends on the widths of letters.
      std::replace(tick.label.begin(), tick.label.end(), '\n', ' ');
      tick.place = i < places.size() ? places[i] : NAN;
      axis.ticks.push_back(std::move(tick));
    }
  };
  pair(plan.x_ticks, x_places, panel.x);
  pair(plan.y_ticks, y_places, panel.y);
}

PanelSummary summary_of(const DrawnPanel& drawn) {
  const PanelPlan& plan = drawn.plan;
  PanelSummary panel;
  panel.x = axis_summary(plan.panel->x, plan.x);
  panel.y = axis_summary(plan.panel->y, plan.y);
  add_ticks(drawn, panel);
  for (const Item& item : drawn.title)
    panel.title += (panel.title.empty() ? "" : " ") + summary_of(std::get<TextItem>(item)).text;
  for (const auto* items : {&drawn.strips, &drawn.marks, &drawn.axes, &drawn.color_bar, &drawn.labels, &drawn.legend})
    for (const Item& item : *items) {
      if (const auto* text = std::get_if<TextItem>(&item)) panel.texts.push_back(summary_of(*text));
      // Whether a label needs a leader depends on the room that its letters take.
      const bool shows_data = items == &drawn.strips || items == &drawn.marks;
      if (const auto* path = std::get_if<Path>(&item); path && shows_data)
        add(summary_of(*path, plan.box), panel.shapes);
      if (const auto* path = std::get_if<Path>(&item); path && items == &drawn.color_bar)
        add(of_color_bar(*path, plan.box), panel.shapes);
    }
  for (const DrawnPanel& inset : drawn.insets) panel.insets.push_back(summary_of(inset));
  return panel;
}

}  // namespace

Summary summarise(const Figure& figure, const Measure& measure) {
  const DrawnFigure drawn = draw(figure, measure);
  Summary summary{drawn.width, drawn.height, {}, {}};
  for (const Item& item : drawn.title) summary.title.push_back(summary_of(std::get<TextItem>(item)));
  for (const DrawnPanel& panel : drawn.panels) summary.panels.push_back(summary_of(panel));
  return summary;
}

}  // namespace plot
