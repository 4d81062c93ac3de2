// Points with bars through them.
// See error_bars.hpp.
#include "plot/marks/error_bars.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "plot/geometry/clip.hpp"
#include "plot/layout/autoscale.hpp"
#include "plot/layout/labeller.hpp"
#include "plot/marks/brush.hpp"

namespace plot {

namespace {

constexpr double arrow_length = 2.5;

SeriesView view(const ErrorBars& bars) {
  SeriesView series{bars.series, bars.label,  bars.x,    bars.y,      bars.ink, bars.role, false,
                    bars.width,  bars.marker, bars.size, bars.filled, 0,        true};
  series.nan_is_missing = bars.nan_is_missing;
  return series;
}

StrokeStyle stroke_of(const ErrorBars& bars) { return {bars.ink, bars.width, Dash::solid, 1}; }

/// Where a bound stands; nowhere if it is not a number.
std::optional<double> bound_on_paper(const Scale& scale, double value) {
  if (std::isnan(value)) return std::nullopt;
  return scale.extended(value);
}

/// The visible part of a bar, and what stands at its two ends.
struct ErrorBarOnPaper {
  enum class End { cap, arrow, nothing };
  Segment line;
  End from = End::cap, to = End::cap;
};

/// An arrow says that a bar goes on; where its point is farther out still, that has a pointer there.
ErrorBarOnPaper::End end_of(const Box& box, PaperPoint bound, std::optional<PaperPoint> point) {
  if (box.contains(bound)) return ErrorBarOnPaper::End::cap;
  const PaperPoint nearest = box.nearest(bound);
  const auto is_beyond = [](double value, double side, double far) { return far > side ? value > side : value < side; };
  const bool along_x = nearest.x != bound.x;
  if (point && along_x && is_beyond(point->x, nearest.x, bound.x)) return ErrorBarOnPaper::End::nothing;
  if (point && !along_x && is_beyond(point->y, nearest.y, bound.y)) return ErrorBarOnPaper::End::nothing;
  return ErrorBarOnPaper::End::arrow;
}

void add_bar(const Box& box, PaperPoint from, PaperPoint to, std::optional<PaperPoint> point,
             std::vector<ErrorBarOnPaper>& drawn) {
  if (const auto visible = clip_segment(box, from, to))
    drawn.push_back({*visible, end_of(box, from, point), end_of(box, to, point)});
}

std::vector<ErrorBarOnPaper> on_paper(const ErrorBars& bars, const ProjectedSeries& projected, const Frame& frame) {
  std::vector<ErrorBarOnPaper> drawn;
  DrawnPoints kept(projected);
  const auto has = [](const Intervals& along, std::size_t i) {
    return i < along.lower.size() && i < along.upper.size();
  };
  for (std::size_t i = 0; i < std::min(bars.x.size(), bars.y.size()); ++i) {
    const bool has_x = can_show(frame.x.domain.kind, bars.x[i]), has_y = can_show(frame.y.domain.kind, bars.y[i]);
    std::optional<PaperPoint> point;
    if (has_x && has_y) point = PaperPoint{frame.x(bars.x[i]), frame.y(bars.y[i])};
    if (point && !kept.take(*point)) continue;
    if (has_x && !std::isnan(bars.y[i]) && has(bars.along_y, i)) {
      const double x = frame.x(bars.x[i]);
      const auto lower = bound_on_paper(frame.y, bars.along_y.lower[i]);
      const auto upper = bound_on_paper(frame.y, bars.along_y.upper[i]);
      if (lower && upper) add_bar(frame.box, {x, *lower}, {x, *upper}, point, drawn);
    }
    if (has_y && !std::isnan(bars.x[i]) && has(bars.along_x, i)) {
      const double y = frame.y(bars.y[i]);
      const auto lower = bound_on_paper(frame.x, bars.along_x.lower[i]);
      const auto upper = bound_on_paper(frame.x, bars.along_x.upper[i]);
      if (lower && upper) add_bar(frame.box, {*lower, y}, {*upper, y}, point, drawn);
    }
  }
  return drawn;
}

/// A cap, or an arrow whose tip is the end; neither passes the frame. The bar comes from `from`.
Polyline end_shape(ErrorBarOnPaper::End end, PaperPoint from, PaperPoint tip, double size, const Box& box) {
  if (end == ErrorBarOnPaper::End::nothing || size <= 0) return {};
  const double length = std::hypot(tip.x - from.x, tip.y - from.y);
  if (length == 0 && end == ErrorBarOnPaper::End::arrow) return {};
  // Along the bar, and across it.
  const double dx = length > 0 ? (tip.x - from.x) / length : 0, dy = length > 0 ? (tip.y - from.y) / length : 1;
  const double half = size / 2, back = end == ErrorBarOnPaper::End::arrow ? std::min(arrow_length, length) : 0;
  const PaperPoint one = box.nearest({tip.x - back * dx - half * dy, tip.y - back * dy + half * dx});
  const PaperPoint other = box.nearest({tip.x - back * dx + half * dy, tip.y - back * dy - half * dx});
  if (end == ErrorBarOnPaper::End::cap) return {one, other};
  return {one, tip, other};
}

std::vector<Polyline> strokes_of(const ErrorBarOnPaper& bar, double cap, const Box& box) {
  const PaperPoint from = bar.line.from, to = bar.line.to;
  std::vector<Polyline> strokes{{from, to}};
  // An arrow is seen without caps, too.
  const auto size = [cap](ErrorBarOnPaper::End end) {
    return end == ErrorBarOnPaper::End::arrow ? std::max(cap, 3.0) : cap;
  };
  strokes.push_back(end_shape(bar.from, to, from, size(bar.from), box));
  strokes.push_back(end_shape(bar.to, from, to, size(bar.to), box));
  std::erase_if(strokes, [](const Polyline& stroke) { return stroke.empty(); });
  return strokes;
}

}  // namespace

Intervals plus_minus(const std::vector<double>& values, const std::vector<double>& errors) {
  Intervals intervals;
  for (std::size_t i = 0; i < std::min(values.size(), errors.size()); ++i) {
    intervals.lower.push_back(values[i] - errors[i]);
    intervals.upper.push_back(values[i] + errors[i]);
  }
  return intervals;
}

std::optional<SeriesView> series_of(const ErrorBars& bars) { return view(bars); }

void fit_axes(const ErrorBars& bars, Autoscaler& axes) {
  axes.pad_x(bars.x);
  axes.pad_x(bars.along_x.lower);
  axes.pad_x(bars.along_x.upper);
  axes.pad_y(bars.x, bars.y);
  axes.pad_y(bars.x, bars.along_y.lower);
  axes.pad_y(bars.x, bars.along_y.upper);
}

void occupy(const ErrorBars& bars, const ProjectedSeries& projected, const Frame& frame, InkMap& ink_map) {
  occupy_series(view(bars), projected, ink_map);
  for (const ErrorBarOnPaper& bar : on_paper(bars, projected, frame))
    for (const Polyline& stroke : strokes_of(bar, bars.cap, frame.box)) ink_map.add(stroke, 1, bars.width / 2);
}

void paint(const ErrorBars& bars, const ProjectedSeries& projected, PanelContext& context) {
  std::vector<PathStep> steps;
  for (const ErrorBarOnPaper& bar : on_paper(bars, projected, context.frame))
    for (const Polyline& stroke : strokes_of(bar, bars.cap, context.frame.box)) append(steps, path_through(stroke));
  if (!steps.empty()) stroke(context.items, std::move(steps), stroke_of(bars), bars.series);
  paint_markers(context.items, projected.vertices, view(bars), 1);
}

MarkLabel label_of(const ErrorBars& bars) {
  return {.text = bars.label, .freedom = Freedom::along_its_data, .ink = bars.ink};
}

void place_label(const ErrorBars& bars, std::size_t index, Labeller& labeller) {
  labeller.along_points(index, view(bars));
}

void draw_sample(const ErrorBars& bars, LegendSample& sample) {
  const PaperPoint middle{sample.left.x + LegendSample::width / 2, sample.left.y};
  const double reach = 4, half = std::min(bars.cap, 4.0) / 2;
  std::vector<PathStep> steps;
  const auto add = [&](PaperPoint from, PaperPoint to) { append(steps, path_through({from, to})); };
  for (const double side : {-reach, reach}) {
    if (!bars.along_y.lower.empty() && half > 0)
      add({middle.x - half, middle.y + side}, {middle.x + half, middle.y + side});
    if (!bars.along_x.lower.empty() && half > 0)
      add({middle.x + side, middle.y - half}, {middle.x + side, middle.y + half});
  }
  if (!bars.along_y.lower.empty()) add({middle.x, middle.y - reach}, {middle.x, middle.y + reach});
  if (!bars.along_x.lower.empty()) add({middle.x - reach, middle.y}, {middle.x + reach, middle.y});
  if (!steps.empty()) stroke(sample.items, std::move(steps), stroke_of(bars), bars.series);
  sample.marker(view(bars));
}

void add_readout(const ErrorBars& bars, ReadoutParts& readout) {
  readout.series.push_back(view(bars));
  readout.bounds.push_back(
      {bars.series, bars.role, bars.x, bars.along_y.lower, bars.along_y.upper, bars.along_x.lower, bars.along_x.upper});
}

}  // namespace plot
