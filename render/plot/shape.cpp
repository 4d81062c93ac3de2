// Marks that are plain shapes, on paper: the visible part of a region, of a slope guide.
// See shape.hpp.
#include "plot/shape.hpp"

#include <cmath>

namespace plot {

namespace {

/// Where a region's side stands; beyond the domain's own end for what the axis cannot show.
double side_on_paper(const Scale& scale, double value, double otherwise) {
  return can_show(scale.domain.kind, value) ? scale(value) : otherwise;
}

}  // namespace

std::optional<Box> region_box(const Region& region, const Frame& frame) {
  const double x1 = side_on_paper(frame.x, region.x.first, frame.x.at_low);
  const double x2 = side_on_paper(frame.x, region.x.second, frame.x.at_high);
  const double y1 = side_on_paper(frame.y, region.y.first, frame.y.at_low);
  const double y2 = side_on_paper(frame.y, region.y.second, frame.y.at_high);
  const Box& box = frame.box;
  const Box visible{std::max(std::min(x1, x2), box.left), std::max(std::min(y1, y2), box.top),
                    std::min(std::max(x1, x2), box.right), std::min(std::max(y1, y2), box.bottom)};
  if (visible.width() <= 0 || visible.height() <= 0) return std::nullopt;
  return visible;
}

std::optional<Segment> guide_segment(const SlopeGuide& guide, const Frame& frame) {
  const ScaleKind x = frame.x.domain.kind, y = frame.y.domain.kind;
  if (!can_show(x, guide.x0) || !can_show(x, guide.x1) || !can_show(y, guide.y0)) return std::nullopt;
  const double rise = guide.slope * (transform(x, guide.x1) - transform(x, guide.x0));
  const double end = transform(y, guide.y0) + rise;
  if (!std::isfinite(end)) return std::nullopt;
  return clip_segment(frame.box, {frame.x(guide.x0), frame.y(guide.y0)}, {frame.x(guide.x1), frame.y.place(end)});
}

PaperPoint guide_corner(const Segment& guide) {
  const PaperPoint higher = guide.from.y < guide.to.y ? guide.from : guide.to;
  return {higher.x, std::max(guide.from.y, guide.to.y)};
}

}  // namespace plot
