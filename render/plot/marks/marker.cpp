// Outlines of markers.
// See marker.hpp.
#include "plot/marks/marker.hpp"

#include <cmath>
#include <numbers>

#include "plot/style.hpp"

namespace plot {

namespace {

std::vector<PathStep> polygon(const std::vector<PaperPoint>& corners) {
  std::vector<PathStep> steps{MoveTo{corners.front()}};
  for (std::size_t i = 1; i < corners.size(); ++i) steps.push_back(LineTo{corners[i]});
  steps.push_back(ClosePath{});
  return steps;
}

/// Four cubic arcs; the constant keeps the radius within 0.03 %.
std::vector<PathStep> circle(PaperPoint c, double r) {
  const double k = 0.5522847498 * r;
  return {MoveTo{{c.x + r, c.y}},
          CurveTo{{c.x + r, c.y + k}, {c.x + k, c.y + r}, {c.x, c.y + r}},
          CurveTo{{c.x - k, c.y + r}, {c.x - r, c.y + k}, {c.x - r, c.y}},
          CurveTo{{c.x - r, c.y - k}, {c.x - k, c.y - r}, {c.x, c.y - r}},
          CurveTo{{c.x + k, c.y - r}, {c.x + r, c.y - k}, {c.x + r, c.y}},
          ClosePath{}};
}

std::vector<PathStep> strokes(PaperPoint c, double dx, double dy) {
  return {MoveTo{{c.x - dx, c.y - dy}}, LineTo{{c.x + dx, c.y + dy}}, MoveTo{{c.x - dy, c.y + dx}},
          LineTo{{c.x + dy, c.y - dx}}};
}

std::vector<PaperPoint> around(PaperPoint c, int corners, double radius, double inner) {
  std::vector<PaperPoint> points;
  for (int i = 0; i < corners; ++i) {
    const double angle = -std::numbers::pi / 2 + 2 * std::numbers::pi * i / corners;
    const double r = i % 2 == 0 ? radius : inner;
    points.push_back({c.x + r * std::cos(angle), c.y + r * std::sin(angle)});
  }
  return points;
}

}  // namespace

bool has_inside(Marker marker) { return marker != Marker::cross && marker != Marker::plus; }

std::vector<PathStep> outline(Marker marker, PaperPoint c, double size) {
  const double r = size / 2;
  switch (marker) {
    case Marker::none:
      return {};
    case Marker::circle:
      return circle(c, r);
    case Marker::square: {
      const double h = 0.89 * r;
      return polygon({{c.x - h, c.y - h}, {c.x + h, c.y - h}, {c.x + h, c.y + h}, {c.x - h, c.y + h}});
    }
    case Marker::triangle:
      return polygon(around(c, 3, 1.3 * r, 1.3 * r));
    case Marker::diamond:
      return polygon(around(c, 4, 1.25 * r, 1.25 * r));
    case Marker::cross:
      return strokes(c, 0.75 * r, 0.75 * r);
    case Marker::plus:
      return strokes(c, r, 0);
    case Marker::star:
      return polygon(around(c, 10, 1.3 * r, 0.5 * r));
  }
  return {};
}

Path marker_item(Marker marker, PaperPoint centre, double size, bool filled, Ink ink, const std::string& series) {
  Path path{outline(marker, centre, size), {}, {}, series};
  if (!filled || !has_inside(marker)) path.stroke = StrokeStyle{ink, marker_line_width, Dash::solid, 1};
  if (has_inside(marker)) path.fill = FillStyle{filled ? ink : Ink::background, 1};
  return path;
}

std::vector<PathStep> pointer(PaperPoint tip, bool up, double size) {
  const double base = tip.y + (up ? 0.85 : -0.85) * size;
  return polygon({tip, {tip.x - size / 2, base}, {tip.x + size / 2, base}});
}

}  // namespace plot
