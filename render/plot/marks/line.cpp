// A curve.
// See line.hpp.
#include "plot/marks/line.hpp"

#include <cmath>

#include "plot/layout/autoscale.hpp"
#include "plot/layout/labeller.hpp"
#include "plot/marks/any_mark.hpp"
#include "plot/marks/brush.hpp"

namespace plot {

namespace {

constexpr double anchor_distance = 12;

/// Places along a line to name it at: its end first, then its points, then places between distant ones. Over a
/// landscape lines are paths, which end where they come to rest.
std::vector<PaperPoint> anchors_along(const ProjectedSeries& projected, bool landscape) {
  std::vector<PaperPoint> anchors{landscape ? projected.parts.back().back() : right_end(projected)}, between;
  std::size_t total = 0;
  for (const Polyline& part : projected.parts) total += part.size();
  const std::size_t stride = std::max<std::size_t>(1, total / 40);
  std::size_t k = 0;
  for (auto part = projected.parts.rbegin(); part != projected.parts.rend(); ++part)
    for (std::size_t i = part->size(); i-- > 0; ++k) {
      const PaperPoint p = (*part)[i];
      if (k % stride == 0) anchors.push_back(p);
      if (i == 0 || total > 40) continue;
      const PaperPoint q = (*part)[i - 1];
      const double length = std::hypot(q.x - p.x, q.y - p.y);
      for (double s = anchor_distance; s < length; s += anchor_distance)
        between.push_back({p.x + s / length * (q.x - p.x), p.y + s / length * (q.y - p.y)});
    }
  anchors.insert(anchors.end(), between.begin(), between.end());
  return anchors;
}

SeriesView view(const Line& line) {
  SeriesView series{line.series, line.label,        line.x,      line.y,           line.stroke.ink,    line.role,
                    true,        line.stroke.width, line.marker, line.marker_size, line.marker_filled, line.marker_gap};
  series.steps = line.steps;
  series.nan_is_missing = line.nan_is_missing;
  return series;
}

}  // namespace

std::optional<SeriesView> series_of(const Line& line) { return view(line); }

void fit_axes(const Line& line, Autoscaler& axes) {
  if (view(line).marks_every_point()) {
    axes.pad_x(line.x);
  } else {
    axes.touch_x(line.x);
  }
  axes.pad_y(line.x, line.y);
}

void occupy(const Line& line, const ProjectedSeries& projected, const Frame&, InkMap& ink_map) {
  occupy_series(view(line), projected, ink_map);
}

void paint(const Line& line, const ProjectedSeries& projected, PanelContext& context) {
  std::vector<PathStep> steps, dots;
  for (const Polyline& part : projected.parts) {
    if (part.size() > 1) {
      append(steps, path_through(part));
    } else {
      append(dots, outline(Marker::circle, part.front(), 2 * line.stroke.width));
    }
  }
  if (!steps.empty()) stroke(context.items, std::move(steps), line.stroke, line.series);
  // A single point has no line: it is shown as a dot.
  if (!dots.empty() && !view(line).marks_every_point())
    fill(context.items, std::move(dots), {line.stroke.ink, line.stroke.opacity}, line.series);
  paint_markers(context.items, projected.vertices, view(line), line.stroke.opacity);
}

MarkLabel label_of(const Line& line) {
  return {.text = line.label, .freedom = Freedom::along_its_data, .ink = line.stroke.ink};
}

void place_label(const Line& line, std::size_t index, Labeller& labeller) {
  const ProjectedSeries& projected = labeller.context.projected[index];
  std::vector<PaperPoint> anchors;
  if (!projected.parts.empty()) anchors = anchors_along(projected, is_landscape(*labeller.context.plan.panel));
  labeller.along(index, view(line), std::move(anchors));
}

void draw_sample(const Line& line, LegendSample& sample) {
  sample.line(line.stroke, line.series);
  sample.marker(view(line));
}

void add_readout(const Line& line, ReadoutParts& readout) { readout.series.push_back(view(line)); }

}  // namespace plot
