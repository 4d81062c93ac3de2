// Where a sampled function is at least as high as a level.
// See level_set.hpp.
#include "plot/geometry/level_set.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "plot/geometry/contour.hpp"
#include "plot/geometry/extent.hpp"

namespace plot {

namespace {

/// The grid within a border of no width whose samples are below every level: all level sets end there. The border's
/// crossings lie on the grid's own edge exactly.
Grid bordered(const Grid& grid, double outside) {
  const auto doubled_ends = [](const std::vector<double>& v) {
    std::vector<double> longer{v.front()};
    longer.insert(longer.end(), v.begin(), v.end());
    longer.push_back(v.back());
    return longer;
  };
  Grid out{doubled_ends(grid.x), doubled_ends(grid.y), {}};
  out.z.assign(out.x.size() * out.y.size(), outside);
  const double inside = std::numeric_limits<double>::max() / 4;
  for (std::size_t j = 0; j < grid.y.size(); ++j) {
    for (std::size_t i = 0; i < grid.x.size(); ++i) {
      const double z = grid.z[j * grid.x.size() + i];
      if (!std::isnan(z)) out.z[(j + 1) * out.x.size() + i + 1] = std::clamp(z, outside, inside);
    }
  }
  return out;
}

bool collinear(PaperPoint a, PaperPoint b, PaperPoint c) {
  return (a.x == b.x && b.x == c.x) || (a.y == b.y && b.y == c.y);
}

/// Without points that stand twice (at the border's corners) or in the middle of a straight run along the border.
Polyline without_idle_points(const Polyline& line) {
  Polyline kept;
  for (const PaperPoint p : line) {
    if (!kept.empty() && kept.back().x == p.x && kept.back().y == p.y) continue;
    if (kept.size() > 1 && collinear(kept[kept.size() - 2], kept.back(), p)) kept.pop_back();
    kept.push_back(p);
  }
  return kept;
}

}  // namespace

std::vector<Polyline> level_set(const Grid& grid, double level) {
  if (grid.x.size() < 2 || grid.y.size() < 2 || grid.z.size() != grid.x.size() * grid.y.size()) return {};
  const Extent seen = finite_extent(grid.z);
  const double lowest = std::min(seen.empty() ? level : seen.low, level);
  const double outside = lowest - std::max(1.0, std::abs(lowest));
  std::vector<Polyline> outlines;
  for (const LevelCurve& curve : level_curves(bordered(grid, outside), level))
    outlines.push_back(without_idle_points(curve.points));
  return outlines;
}

}  // namespace plot
