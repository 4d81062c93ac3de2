// Clipping to a box in double precision, before Cairo's 24.8 fixed point sees a coordinate.
// Segments: Liang and Barsky, ACM Trans. Graphics 3 (1984) 1. Polygons: Sutherland and Hodgman,
// CACM 17 (1974) 32.
#include "plot/geometry/clip.hpp"

#include <array>

namespace plot {

namespace {

bool same(PaperPoint a, PaperPoint b) { return a.x == b.x && a.y == b.y; }

/// One side of the box: the inside is where sign * (coordinate - bound) <= 0.
struct Side {
  double PaperPoint::*coordinate;
  double bound;
  double sign;

  double excess(PaperPoint p) const { return sign * (p.*coordinate - bound); }
};

std::array<Side, 4> sides(const Box& box) {
  return {{{&PaperPoint::x, box.left, -1},
           {&PaperPoint::x, box.right, 1},
           {&PaperPoint::y, box.top, -1},
           {&PaperPoint::y, box.bottom, 1}}};
}

PaperPoint along(PaperPoint from, PaperPoint to, double t) {
  return {from.x + t * (to.x - from.x), from.y + t * (to.y - from.y)};
}

}  // namespace

std::optional<Segment> clip_segment(const Box& box, PaperPoint from, PaperPoint to) {
  double enter = 0, leave = 1;
  const Side* entered = nullptr;
  const Side* left = nullptr;
  const auto all = sides(box);
  for (const Side& side : all) {
    const double a = side.excess(from), b = side.excess(to);
    if (a > 0 && b > 0) return std::nullopt;
    if (a > 0) {
      if (const double t = a / (a - b); t > enter) enter = t, entered = &side;
    } else if (b > 0) {
      if (const double t = a / (a - b); t < leave) leave = t, left = &side;
    }
  }
  if (enter > leave) return std::nullopt;
  Segment clipped{from, to};
  // Rounding may carry the other coordinate just past its own side: nearest() holds it.
  if (entered) {
    clipped.from = along(from, to, enter);
    clipped.from.*(entered->coordinate) = entered->bound;
    clipped.from = box.nearest(clipped.from);
  }
  if (left) {
    clipped.to = along(from, to, leave);
    clipped.to.*(left->coordinate) = left->bound;
    clipped.to = box.nearest(clipped.to);
  }
  return clipped;
}

std::vector<Polyline> clip_polyline(const Box& box, const Polyline& line) {
  std::vector<Polyline> parts;
  if (line.size() == 1 && box.contains(line.front())) parts.push_back(line);
  bool open = false;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const auto part = clip_segment(box, line[i], line[i + 1]);
    if (!part) {
      open = false;
      continue;
    }
    if (!open || !same(parts.back().back(), part->from)) {
      std::size_t end = i + 1;
      while (end < line.size() && box.contains(line[end])) ++end;
      parts.emplace_back().reserve(end - i + 1);
      parts.back().push_back(part->from);
    }
    if (!same(part->from, part->to)) parts.back().push_back(part->to);
    open = same(part->to, line[i + 1]);
  }
  return parts;
}

Polyline clip_polygon(const Box& box, Polyline polygon) {
  for (const Side& side : sides(box)) {
    Polyline kept;
    kept.reserve(polygon.size() + 4);
    for (std::size_t i = 0; i < polygon.size(); ++i) {
      const PaperPoint from = polygon[i], to = polygon[(i + 1) % polygon.size()];
      const double a = side.excess(from), b = side.excess(to);
      if (a <= 0) kept.push_back(from);
      if ((a <= 0) != (b <= 0)) {
        PaperPoint cut = along(from, to, a / (a - b));
        cut.*(side.coordinate) = side.bound;
        kept.push_back(cut);
      }
    }
    polygon = std::move(kept);
  }
  for (PaperPoint& p : polygon) p = box.nearest(p);
  return polygon;
}

}  // namespace plot
