// The limits keep the SVG that Cairo writes, the longest of the files, under a megabyte.
// See point_limits.hpp.
#include "plot/layout/point_limits.hpp"

#include <algorithm>

#include "plot/marks/any_mark.hpp"

namespace plot {

namespace {

/// A filled circle is a dot of a round pen; any other marker is an outline, and an open one is written twice. A bar
/// with its caps is as long, and so is a marker of its own size or colour.
constexpr double most_dots = 10000, most_filled = 2000, most_open = 1500;
/// A series of so few points is not thinned.
constexpr std::size_t few = 500;

/// What one of a series' markers is, as a part of what a figure may have; 0 where not every point has one.
double cost_of_marker(const SeriesView& series) {
  if (series.is_drawn_singly) return 1 / most_open;
  if (!series.marks_every_point()) return 0;
  if (!series.marker_filled && has_inside(series.marker)) return 1 / most_open;
  return 1 / (series.marker == Marker::circle ? most_dots : most_filled);
}

/// How many points have a place inside the frame.
std::size_t visible_points(const std::vector<double>& x, const std::vector<double>& y, const Frame& frame) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i)
    if (can_show(frame.x.domain.kind, x[i]) && can_show(frame.y.domain.kind, y[i]))
      count += frame.box.contains(PaperPoint{frame.x(x[i]), frame.y(y[i])});
  return count;
}

}  // namespace

std::size_t PointLimits::most(const std::vector<double>& x, const std::vector<double>& y, const Frame& frame) const {
  if (share >= 1) return x.size();
  return std::max(few, static_cast<std::size_t>(share * static_cast<double>(visible_points(x, y, frame))));
}

PointLimits point_limits(const std::vector<PanelPlan>& plans) {
  double all = 0, visible = 0;
  for (const PanelPlan& plan : plans)
    for (const Mark& mark : plan.panel->marks)
      if (const auto series = series_of(mark)) all += cost_of_marker(*series) * static_cast<double>(series->x.size());
  constexpr double tolerance = 1e-9;
  if (all <= 1 + tolerance) return {};
  for (const PanelPlan& plan : plans)
    for (const Mark& mark : plan.panel->marks)
      if (const auto series = series_of(mark); series && cost_of_marker(*series) > 0)
        visible += cost_of_marker(*series) *
                   static_cast<double>(visible_points(series->x, series->y, frame_on(plan.box, plan.x, plan.y)));
  return {visible <= 1 + tolerance ? 1 : 1 / visible};
}

}  // namespace plot
