// What marks are painted with.
// See brush.hpp.
#include "plot/marks/brush.hpp"

#include <algorithm>

#include "plot/style.hpp"

namespace plot {

namespace {

constexpr double most_sample_width = 4, most_sample_marker = 6;

}  // namespace

void fill(std::vector<Item>& items, std::vector<PathStep> steps, FillStyle style, const std::string& series) {
  items.push_back(Path{std::move(steps), std::nullopt, style, series});
}

void stroke(std::vector<Item>& items, std::vector<PathStep> steps, const StrokeStyle& style,
            const std::string& series) {
  items.push_back(Path{std::move(steps), style, std::nullopt, series});
}

void append(std::vector<PathStep>& steps, const std::vector<PathStep>& more) {
  steps.insert(steps.end(), more.begin(), more.end());
}

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

std::vector<PathStep> outline_of(const Polyline& polygon) {
  std::vector<PathStep> steps = path_through(polygon);
  steps.push_back(ClosePath{});
  return steps;
}

std::vector<PathStep> outline_of(const Box& box) {
  return outline_of(
      Polyline{{box.left, box.top}, {box.right, box.top}, {box.right, box.bottom}, {box.left, box.bottom}});
}

void paint_markers(std::vector<Item>& items, const std::vector<PaperPoint>& at, const SeriesView& series,
                   double opacity) {
  if (at.empty() || series.marker == Marker::none) return;
  const StrokeStyle line{series.ink, marker_line_width, Dash::solid, opacity};
  std::vector<PathStep> together;
  for (const PaperPoint p : at) {
    std::vector<PathStep> steps = outline(series.marker, p, series.marker_size);
    if (series.marker_filled || !has_inside(series.marker)) {
      append(together, steps);
    } else {
      // An open marker hides what is under it, the marker before it included.
      items.push_back(Path{std::move(steps), line, FillStyle{Ink::background, 1}, series.name});
    }
  }
  if (together.empty()) return;
  if (has_inside(series.marker)) {
    fill(items, std::move(together), {series.ink, opacity}, series.name);
  } else {
    stroke(items, std::move(together), line, series.name);
  }
}

void occupy_series(const SeriesView& series, const ProjectedSeries& projected, InkMap& ink_map) {
  const double marker = series.marker == Marker::none ? 0 : series.marker_size;
  for (const Polyline& part : projected.parts) ink_map.add(part, 1, series.line_width / 2);
  for (const PaperPoint p : projected.vertices)
    ink_map.add(Box{p.x, p.y, p.x, p.y}.grown(std::max(2.0, 0.65 * marker)), 1);
  for (const Pointer& p : projected.pointers) ink_map.add(Box{p.tip.x, p.tip.y, p.tip.x, p.tip.y}.grown(4), 2);
}

void LegendSample::line(StrokeStyle style, const std::string& series) const {
  style.width = std::min(style.width, most_sample_width);
  stroke(items, {MoveTo{left}, LineTo{{left.x + width, left.y}}}, style, series);
}

void LegendSample::marker(const SeriesView& series) const {
  if (series.marker == Marker::none) return;
  items.push_back(marker_item(series.marker, {left.x + width / 2, left.y},
                              std::min(series.marker_size, most_sample_marker), series.marker_filled, series.ink,
                              series.name));
}

}  // namespace plot
