// Separate points.
// See points.hpp.
#include "plot/marks/points.hpp"

#include "plot/layout/autoscale.hpp"
#include "plot/layout/labeller.hpp"
#include "plot/marks/brush.hpp"

namespace plot {

namespace {

constexpr std::size_t most_anchors = 40;

SeriesView view(const Points& points) {
  return {points.series, points.label, points.x,      points.y, points.ink, points.role, false, 0,
          points.marker, points.size,  points.filled, 0};
}

}  // namespace

std::optional<SeriesView> series_of(const Points& points) { return view(points); }

void fit_axes(const Points& points, Autoscaler& axes) {
  axes.pad_x(points.x);
  axes.pad_y(points.x, points.y);
}

void occupy(const Points& points, const ProjectedSeries& projected, const Frame&, InkMap& ink_map) {
  occupy_series(view(points), projected, ink_map);
}

void paint(const Points& points, const ProjectedSeries& projected, PanelContext& context) {
  paint_markers(context.items, projected.vertices, view(points), 1);
}

MarkLabel label_of(const Points& points) {
  return {.text = points.label, .freedom = Freedom::along_its_data, .ink = points.ink};
}

void place_label(const Points& points, std::size_t index, Labeller& labeller) {
  const ProjectedSeries& projected = labeller.context.projected[index];
  std::vector<PaperPoint> anchors(projected.vertices.rbegin(), projected.vertices.rend());
  if (anchors.size() > most_anchors) anchors.resize(most_anchors);
  labeller.along(index, view(points), std::move(anchors));
}

void draw_sample(const Points& points, LegendSample& sample) { sample.marker(view(points)); }

void add_readout(const Points& points, ReadoutParts& readout) { readout.series.push_back(view(points)); }

}  // namespace plot
