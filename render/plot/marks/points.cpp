// Separate points.
// See points.hpp.
#include "plot/marks/points.hpp"

#include <algorithm>
#include <cmath>

#include "plot/geometry/extent.hpp"
#include "plot/geometry/tick.hpp"
#include "plot/layout/autoscale.hpp"
#include "plot/layout/labeller.hpp"
#include "plot/marks/brush.hpp"
#include "plot/text/label.hpp"

namespace plot {

namespace {

constexpr double smallest_marker = 1, thin_line = 0.5;

bool are_alike(const Points& points) { return points.sizes.empty() && points.colors.empty(); }

double full_size(const Points& points) {
  return points.full_size > 0 ? points.full_size : finite_extent(points.sizes).high;
}

std::optional<text::Phrase> remark_on(const Points& points) {
  if (points.sizes.empty() || points.size_label.empty()) return std::nullopt;
  return text::Phrase{"area", {{"label", points.size_label}, {"value", number_label(full_size(points))}}};
}

SeriesView view(const Points& points) {
  SeriesView series{points.series, points.label, points.x,      points.y, points.ink, points.role, false, 0,
                    points.marker, points.size,  points.filled, 0};
  series.nan_is_missing = points.nan_is_missing;
  series.is_drawn_singly = !are_alike(points);
  series.remark = remark_on(points);
  return series;
}

/// How far the marker of a point is across.
double diameter(const Points& points, std::size_t i, double full) {
  if (points.sizes.empty()) return points.size;
  const double size = i < points.sizes.size() ? points.sizes[i] : 0;
  if (!(size > 0 && full > 0) || std::isinf(size)) return smallest_marker;
  return std::max(smallest_marker, points.size * std::sqrt(size / full));
}

/// A point with looks of its own.
struct SinglePoint {
  PaperPoint at;
  double size;
  std::optional<Shade> shade;  // none: it is open, or all have the ink
};

/// Those that are drawn, the largest first, so that they hide none.
std::vector<SinglePoint> on_paper(const Points& points, const ProjectedSeries& projected, const Frame& frame) {
  const double full = full_size(points);
  const Ground ground = ground_of(points);
  const ColorBands bands = ground.colors ? color_bands(*ground.colors) : ColorBands{};
  DrawnPoints drawn(projected);
  std::vector<SinglePoint> all;
  for (std::size_t i = 0; i < std::min(points.x.size(), points.y.size()); ++i) {
    if (!can_show(frame.x.domain.kind, points.x[i]) || !can_show(frame.y.domain.kind, points.y[i])) continue;
    SinglePoint point{{frame.x(points.x[i]), frame.y(points.y[i])}, diameter(points, i, full), std::nullopt};
    if (!frame.box.contains(point.at) || !drawn.take(point.at)) continue;
    if (i < points.colors.size() && !std::isnan(points.colors[i]) && !bands.empty())
      point.shade = bands.shade_of(points.colors[i]);
    all.push_back(point);
  }
  std::stable_sort(all.begin(), all.end(), [](const SinglePoint& a, const SinglePoint& b) { return a.size > b.size; });
  return all;
}

/// The rim parts it from others of its colour, and a pale colour from the paper.
Path item_of(const SinglePoint& point, const Points& points) {
  const bool is_open = !points.colors.empty() && !point.shade;
  Path path = marker_item(points.marker, point.at, point.size, points.filled && !is_open, points.ink, points.series);
  if (!path.fill) return path;
  if (point.shade) {
    path.fill = FillStyle{Ink::faint, 1, point.shade};
    path.stroke = StrokeStyle{Ink::muted, thin_line, Dash::solid, 1};
  } else if (points.filled && !is_open) {
    path.stroke = StrokeStyle{Ink::background, thin_line, Dash::solid, 1};
  }
  return path;
}

/// What the point's marker says.
std::string note_on(const Points& points, std::size_t i, const text::Words& words) {
  std::string note;
  const auto say = [&](const std::string& label, const std::vector<double>& values) {
    if (i >= values.size() || label.empty()) return;
    note += (note.empty() ? "" : "; ") + plain_text(label) + " ";
    note += std::isnan(values[i]) ? words["missing"]
                                  : plain_text(in_language(label_of(text::rounded(values[i], 4)), words));
  };
  say(points.size_label, points.sizes);
  say(points.color_scale.label, points.colors);
  return note;
}

}  // namespace

std::optional<SeriesView> series_of(const Points& points) { return view(points); }

void fit_axes(const Points& points, Autoscaler& axes) {
  axes.pad_x(points.x);
  axes.pad_y(points.x, points.y);
}

void occupy(const Points& points, const ProjectedSeries& projected, const Frame& frame, InkMap& ink_map) {
  if (are_alike(points)) return occupy_series(view(points), projected, ink_map);
  for (const SinglePoint& point : on_paper(points, projected, frame)) {
    const PaperPoint p = point.at;
    ink_map.add(Box{p.x, p.y, p.x, p.y}.grown(std::max(2.0, 0.65 * point.size)), 1);
  }
}

void paint(const Points& points, const ProjectedSeries& projected, PanelContext& context) {
  if (are_alike(points)) return paint_markers(context.items, projected.vertices, view(points), 1);
  for (const SinglePoint& point : on_paper(points, projected, context.frame))
    context.items.emplace_back(item_of(point, points));
}

MarkLabel label_of(const Points& points) {
  return {.text = points.label, .freedom = Freedom::along_its_data, .ink = points.ink};
}

void place_label(const Points& points, std::size_t index, Labeller& labeller) {
  labeller.along_points(index, view(points));
}

void draw_sample(const Points& points, LegendSample& sample) { sample.marker(view(points)); }

void add_readout(const Points& points, ReadoutParts& readout) {
  if (!are_alike(points)) {
    ReadoutParts::Notes notes{readout.series.size(), {}};
    for (std::size_t i = 0; i < view(points).size(); ++i) notes.texts.push_back(note_on(points, i, readout.words));
    readout.notes.push_back(std::move(notes));
  }
  readout.series.push_back(view(points));
}

}  // namespace plot
