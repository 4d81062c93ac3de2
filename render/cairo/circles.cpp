// See circles.hpp.
#include "cairo/circles.hpp"

#include <algorithm>
#include <cmath>

#include "cairo/style.hpp"

namespace cairo {
namespace {

using plot::PaperPoint;

/// The circles that a path consists of (see plot/marker.cpp), or none when there is anything else in it.
std::vector<Circle> circles_of(const plot::Path& path) {
  constexpr std::size_t steps_each = 6;  // a move, four arcs, and back
  std::vector<Circle> circles;
  if (path.steps.size() % steps_each != 0) return {};
  for (std::size_t i = 0; i < path.steps.size(); i += steps_each) {
    const auto* start = std::get_if<plot::MoveTo>(&path.steps[i]);
    const plot::CurveTo* arcs[4];
    for (std::size_t k = 0; k < 4; ++k) arcs[k] = std::get_if<plot::CurveTo>(&path.steps[i + 1 + k]);
    if (!start || !arcs[0] || !arcs[1] || !arcs[2] || !arcs[3] ||
        !std::holds_alternative<plot::ClosePath>(path.steps[i + 5]))
      return {};
    const PaperPoint right = checked(start->to), left = checked(arcs[1]->to), below = checked(arcs[0]->to),
                     above = checked(arcs[2]->to);
    const PaperPoint centre{(left.x + right.x) / 2, right.y};
    const double radius = (right.x - left.x) / 2;
    const auto near = [](double a, double b) { return std::abs(a - b) < 1e-6; };
    if (!(radius > 0) || !near(left.y, right.y) || !near(below.x, centre.x) || !near(above.x, centre.x) ||
        !near(below.y - centre.y, radius) || !near(centre.y - above.y, radius) || !near(arcs[3]->to.x, right.x))
      return {};
    circles.push_back({centre, 2 * radius});
  }
  return circles;
}

}  // namespace

std::vector<Circle> dots_of(const plot::Path& path) {
  if (!path.fill || path.stroke || path.even_odd) return {};
  std::vector<Circle> circles = circles_of(path);
  // As far as a file of two decimals tells them apart.
  const auto size = [](const Circle& c) { return std::lround(c.diameter * 100); };
  const bool alike =
      std::all_of(circles.begin(), circles.end(), [&](const Circle& c) { return size(c) == size(circles.front()); });
  return alike ? circles : std::vector<Circle>{};
}

}  // namespace cairo
