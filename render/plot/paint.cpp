// Marks as paths on paper.
// See paint.hpp.
#include "plot/paint.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "plot/arrows.hpp"
#include "plot/axis.hpp"
#include "plot/clip.hpp"
#include "plot/contour_label.hpp"
#include "plot/decimate.hpp"
#include "plot/extent.hpp"
#include "plot/heat_map.hpp"
#include "plot/marker.hpp"
#include "plot/shape.hpp"

namespace plot {

namespace {

void fill(Canvas& canvas, std::vector<PathStep> steps, FillStyle style, const std::string& series) {
  canvas.items.push_back(Path{std::move(steps), std::nullopt, style, series});
}

void stroke(Canvas& canvas, std::vector<PathStep> steps, const StrokeStyle& style, const std::string& series) {
  canvas.items.push_back(Path{std::move(steps), style, std::nullopt, series});
}

void append(std::vector<PathStep>& steps, const std::vector<PathStep>& more) {
  steps.insert(steps.end(), more.begin(), more.end());
}

struct MarkerStyle {
  Marker marker;
  double size;
  bool filled;
  Ink ink;
  double opacity;
};

void paint_markers(Canvas& canvas, const std::vector<PaperPoint>& at, const MarkerStyle& style,
                   const std::string& series) {
  if (at.empty() || style.marker == Marker::none) return;
  const StrokeStyle line{style.ink, marker_line_width, Dash::solid, style.opacity};
  std::vector<PathStep> together;
  for (const PaperPoint p : at) {
    std::vector<PathStep> steps = outline(style.marker, p, style.size);
    if (style.filled || !has_inside(style.marker)) {
      append(together, steps);
    } else {
      // An open marker hides what is under it, the marker before it included.
      canvas.items.push_back(Path{std::move(steps), line, FillStyle{Ink::background, 1}, series});
    }
  }
  if (together.empty()) return;
  if (has_inside(style.marker)) {
    fill(canvas, std::move(together), {style.ink, style.opacity}, series);
  } else {
    stroke(canvas, std::move(together), line, series);
  }
}

void paint(Canvas& canvas, const Line& line, const Trace& trace) {
  std::vector<PathStep> steps, dots;
  for (const Polyline& part : trace.parts) {
    if (part.size() > 1) {
      append(steps, path_through(part));
    } else {
      append(dots, outline(Marker::circle, part.front(), 2 * line.stroke.width));
    }
  }
  if (!steps.empty()) stroke(canvas, std::move(steps), line.stroke, line.series);
  // A single point has no line: it is shown as a dot.
  if (!dots.empty() && !marks_every_point(line))
    fill(canvas, std::move(dots), {line.stroke.ink, line.stroke.opacity}, line.series);
  paint_markers(canvas, trace.vertices,
                {line.marker, line.marker_size, line.marker_filled, line.stroke.ink, line.stroke.opacity}, line.series);
}

void paint(Canvas& canvas, const Points& points, const Trace& trace) {
  paint_markers(canvas, trace.vertices, {points.marker, points.size, points.filled, points.ink, 1}, points.series);
}

/// A bound of a band: infinite, or not positive on a log axis, means beyond the frame.
double bound_on_paper(const Scale& scale, double value) {
  constexpr double beyond = std::numeric_limits<double>::infinity();
  if (scale.domain.kind == ScaleKind::log && value <= 0) return scale.place(-beyond);
  return scale(value);
}

void paint_band_run(Canvas& canvas, const Band& band, Polyline lower, Polyline upper) {
  if (lower.empty()) return;
  if (static_cast<double>(lower.size()) > 4 * canvas.frame.box.width()) {
    lower = decimate(lower);
    upper = decimate(upper);
  }
  lower.insert(lower.end(), upper.rbegin(), upper.rend());
  const Polyline visible = clip_polygon(canvas.frame.box, std::move(lower));
  if (visible.size() < 3) return;
  std::vector<PathStep> steps = path_through(visible);
  steps.push_back(ClosePath{});
  fill(canvas, std::move(steps), {band.ink, band.opacity}, band.series);
}

void paint(Canvas& canvas, const Band& band, const Trace&) {
  const Frame& frame = canvas.frame;
  const std::size_t n = std::min({band.x.size(), band.lower.size(), band.upper.size()});
  Polyline lower, upper;
  for (std::size_t i = 0; i < n; ++i) {
    if (!can_show(frame.x.domain.kind, band.x[i]) || std::isnan(band.lower[i]) || std::isnan(band.upper[i])) {
      paint_band_run(canvas, band, std::move(lower), std::move(upper));
      lower.clear();
      upper.clear();
      continue;
    }
    const double x = frame.x(band.x[i]);
    lower.push_back({x, bound_on_paper(frame.y, band.lower[i])});
    upper.push_back({x, bound_on_paper(frame.y, band.upper[i])});
  }
  paint_band_run(canvas, band, std::move(lower), std::move(upper));
}

void paint(Canvas& canvas, const Rule& rule, const Trace&) {
  const Box& box = canvas.frame.box;
  if (rule.x && can_show(canvas.frame.x.domain.kind, *rule.x)) {
    const double x = canvas.frame.x(*rule.x);
    if (x >= box.left && x <= box.right) stroke(canvas, path_through({{x, box.bottom}, {x, box.top}}), rule.stroke, {});
  }
  if (rule.y && can_show(canvas.frame.y.domain.kind, *rule.y)) {
    const double y = canvas.frame.y(*rule.y);
    if (y >= box.top && y <= box.bottom) stroke(canvas, path_through({{box.left, y}, {box.right, y}}), rule.stroke, {});
  }
}

void paint(Canvas& canvas, const Region& region, const Trace&) {
  const auto visible = region_box(region, canvas.frame);
  if (!visible) return;
  const Box& b = *visible;
  std::vector<PathStep> steps =
      path_through({{b.left, b.top}, {b.right, b.top}, {b.right, b.bottom}, {b.left, b.bottom}});
  steps.push_back(ClosePath{});
  fill(canvas, std::move(steps), {region.ink, region.opacity}, {});
}

void paint(Canvas& canvas, const HeatMap& map, const Trace&) { paint_heat_map(canvas, map); }

void paint(Canvas& canvas, const Contours& contours, const Trace&) { paint_contours(canvas, contours); }

void paint(Canvas& canvas, const Arrows& arrows, const Trace&) {
  const ArrowsOnPaper drawn = on_paper(arrows, canvas.frame);
  std::vector<PathStep> shafts, heads;
  for (const Polyline& shaft : drawn.shafts) append(shafts, path_through(shaft));
  for (const ArrowHead& head : drawn.heads) {
    append(heads, path_through(head.outline()));
    heads.push_back(ClosePath{});
  }
  if (!shafts.empty()) stroke(canvas, std::move(shafts), arrows.stroke, arrows.series);
  if (!heads.empty()) fill(canvas, std::move(heads), {arrows.stroke.ink, arrows.stroke.opacity}, arrows.series);
}

void paint(Canvas& canvas, const SlopeGuide& guide, const Trace&) {
  const auto part = guide_segment(guide, canvas.frame);
  if (!part) return;
  std::vector<PathStep> steps = path_through({part->from, guide_corner(*part), part->to});
  steps.push_back(ClosePath{});
  stroke(canvas, std::move(steps), {Ink::foreground, 0.6, Dash::solid, 1}, {});
}

void paint(Canvas&, const Note&, const Trace&) {}

void paint_crosses(Canvas& canvas, const std::vector<double>& at, double y, Ink ink, const std::string& series) {
  if (at.empty()) return;
  std::vector<PathStep> steps;
  for (const double x : at) append(steps, outline(Marker::cross, {x, y}, 5));
  stroke(canvas, std::move(steps), {ink, marker_line_width, Dash::solid, 1}, series);
}

enum class Pointers { none, at_end, at_both_ends };

void paint_unseen(Canvas& canvas, const Trace& trace, Ink ink, Pointers which, const std::string& series) {
  const Box& box = canvas.frame.box;
  std::vector<PathStep> steps;
  for (const Pointer& p : trace.pointers) {
    if (which == Pointers::none || (p.at_start && which == Pointers::at_end)) continue;
    const double x = std::clamp(p.tip.x, box.left + pointer_size / 2, box.right - pointer_size / 2);
    append(steps, pointer({x, p.tip.y}, p.up, pointer_size));
  }
  if (!steps.empty()) fill(canvas, std::move(steps), {ink, 1}, series);
  paint_crosses(canvas, trace.not_finite, infinite_strip_middle(canvas.plan, canvas.style), ink, series);
  paint_crosses(canvas, trace.not_positive, zero_strip_middle(canvas.plan, canvas.style), ink, series);
}

}  // namespace

std::vector<PathStep> path_through(const Polyline& line) {
  std::vector<PathStep> steps;
  steps.reserve(line.size());
  for (const PaperPoint p : line) {
    if (steps.empty()) {
      steps.push_back(MoveTo{p});
    } else {
      steps.push_back(LineTo{p});
    }
  }
  return steps;
}

void paint_marks(Canvas& canvas) {
  for (std::size_t m = 0; m < canvas.marks().size(); ++m) {
    std::visit([&](const auto& mark) { paint(canvas, mark, canvas.traces[m]); }, canvas.marks()[m]);
    canvas.shown.resize(canvas.items.size(), m);
  }
}

void paint_unseen(Canvas& canvas) {
  // Over a map both axes are places: a curve may well come from elsewhere.
  const bool plane = is_landscape(*canvas.plan.panel);
  for (std::size_t m = 0; m < canvas.marks().size(); ++m) {
    // A theory or a reference that leaves the panel says nothing about data.
    if (const auto* line = std::get_if<Line>(&canvas.marks()[m])) {
      const bool measured = line->role == Role::measured;
      const Pointers which = !measured ? Pointers::none : (plane ? Pointers::at_end : Pointers::at_both_ends);
      paint_unseen(canvas, canvas.traces[m], line->stroke.ink, which, line->series);
    }
    if (const auto* points = std::get_if<Points>(&canvas.marks()[m]))
      paint_unseen(canvas, canvas.traces[m], points->ink, plane ? Pointers::none : Pointers::at_end, points->series);
    canvas.shown.resize(canvas.items.size(), m);
  }
}

}  // namespace plot
