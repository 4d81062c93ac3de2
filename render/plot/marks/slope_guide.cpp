// The triangle that shows an order of convergence.
// See slope_guide.hpp.
#include "plot/marks/slope_guide.hpp"

#include <cmath>

#include "plot/geometry/clip.hpp"
#include "plot/layout/autoscale.hpp"
#include "plot/layout/labeller.hpp"
#include "plot/marks/brush.hpp"

namespace plot {

namespace {

constexpr StrokeStyle thin{Ink::foreground, 0.6, Dash::solid, 1};

/// Where the line ends, as the y axis has it.
double end_of(const SlopeGuide& guide, ScaleKind x, ScaleKind y) {
  const double rise = guide.slope * (transform(x, guide.x1) - transform(x, guide.x0));
  return transform(y, guide.y0) + rise;
}

/// The visible part of the line.
std::optional<Segment> visible_part(const SlopeGuide& guide, const Frame& frame) {
  const ScaleKind x = frame.x.domain.kind, y = frame.y.domain.kind;
  if (!can_show(x, guide.x0) || !can_show(x, guide.x1) || !can_show(y, guide.y0)) return std::nullopt;
  const double end = end_of(guide, x, y);
  if (!std::isfinite(end)) return std::nullopt;
  return clip_segment(frame.box, {frame.x(guide.x0), frame.y(guide.y0)}, {frame.x(guide.x1), frame.y.place(end)});
}

/// The right angle of the triangle on it, below the line.
PaperPoint corner_of(const Segment& line) {
  const PaperPoint higher = line.from.y < line.to.y ? line.from : line.to;
  return {higher.x, std::max(line.from.y, line.to.y)};
}

}  // namespace

std::optional<SeriesView> series_of(const SlopeGuide&) { return std::nullopt; }

void fit_axes(const SlopeGuide& guide, Autoscaler& axes) {
  axes.pad_x(guide.x0);
  axes.pad_x(guide.x1);
  axes.pad_y(guide.y0);
  axes.pad_transformed_y(end_of(guide, axes.x_scale(), axes.y_scale()));
}

void occupy(const SlopeGuide& guide, const ProjectedSeries&, const Frame& frame, InkMap& ink_map) {
  if (const auto part = visible_part(guide, frame))
    ink_map.add(Polyline{part->from, corner_of(*part), part->to, part->from}, 1);
}

void paint(const SlopeGuide& guide, const ProjectedSeries&, PanelContext& context) {
  if (const auto part = visible_part(guide, context.frame))
    stroke(context.items, outline_of({part->from, corner_of(*part), part->to}), thin);
}

MarkLabel label_of(const SlopeGuide& guide) { return {.text = guide.label, .freedom = Freedom::at_its_shape}; }

/// Beside the rise, under the run, then along the line itself.
void place_label(const SlopeGuide& guide, std::size_t index, Labeller& labeller) {
  const auto part = visible_part(guide, labeller.context.frame);
  if (!part) return;
  const PaperPoint corner = corner_of(*part), from = part->from, to = part->to;
  const PaperPoint higher = corner.x == from.x ? from : to, lower = corner.x == from.x ? to : from;
  std::vector<PaperPoint> anchors{{corner.x, (corner.y + higher.y) / 2}, {(corner.x + lower.x) / 2, corner.y}};
  for (const double t : {0.5, 0.35, 0.65, 0.2, 0.8, 1.0, 0.0})
    anchors.push_back({from.x + t * (to.x - from.x), from.y + t * (to.y - from.y)});
  labeller.beside(index, guide.label, anchors, {7, Ink::foreground});
}

void draw_sample(const SlopeGuide&, LegendSample& sample) {
  const double left = sample.left.x + 1, right = sample.left.x + LegendSample::width - 1, half = 3, y = sample.left.y;
  stroke(sample.items, outline_of({{left, y + half}, {right, y + half}, {right, y - half}}), thin);
}

/// Its label says the slope.
void add_readout(const SlopeGuide&, ReadoutParts&) {}

}  // namespace plot
