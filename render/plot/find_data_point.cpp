// Several panels may draw series of one name: the right one is that whose curve passes by the point.
// See find_data_point.hpp.
#include "plot/find_data_point.hpp"

#include <cmath>
#include <limits>

#include "plot/geometry/projected_series.hpp"

namespace plot {

namespace {

struct Candidate {
  PaperPoint at;
  double distance = std::numeric_limits<double>::infinity();
};

double distance_to(const Path& path, PaperPoint at) {
  double least = std::numeric_limits<double>::infinity();
  for (const PathStep& step : path.steps) {
    const PaperPoint* p = nullptr;
    if (const auto* move = std::get_if<MoveTo>(&step)) p = &move->to;
    if (const auto* line = std::get_if<LineTo>(&step)) p = &line->to;
    if (p) least = std::min(least, std::hypot(p->x - at.x, p->y - at.y));
  }
  return least;
}

double position(const Scale& scale, double value, double otherwise) {
  return can_show(scale.domain.kind, value) ? scale(value) : otherwise;
}

void consider(const DrawnPanel& panel, const std::string& series, double x, double y, Candidate& best) {
  const Frame frame = frame_on(panel.plan.box, panel.plan.x, panel.plan.y);
  const Box& box = frame.box;
  const double nowhere = y > 0 ? box.top : box.bottom;  // infinity, or what a log axis cannot show
  const PaperPoint at = box.nearest({position(frame.x, x, box.left), position(frame.y, y, nowhere)});
  for (const Item& item : panel.marks) {
    const auto* path = std::get_if<Path>(&item);
    if (!path || path->series != series) continue;
    if (const double d = distance_to(*path, at); d < best.distance) best = {at, d};
  }
}

}  // namespace

std::optional<PaperPoint> find_data_point(const DrawnFigure& figure, const std::string& series, double x, double y) {
  Candidate best;
  for (const DrawnPanel& panel : figure.panels) consider(panel, series, x, y, best);
  if (std::isinf(best.distance)) return std::nullopt;
  return best.at;
}

}  // namespace plot
