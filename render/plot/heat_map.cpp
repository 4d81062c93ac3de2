// Heat maps: bands of colour between levels, as filled level sets. Each band goes on under the next one, so that no
// viewer's smoothing shows a seam between them, and ends there, so that none shows at the panel's edge; each colour
// stays one that a page can change.
#include "plot/heat_map.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "plot/clip.hpp"
#include "plot/contour.hpp"
#include "plot/extent.hpp"
#include "plot/paint.hpp"
#include "plot/tick.hpp"

namespace plot {

namespace {

Extent finite_extent(const std::vector<double>& values) {
  Extent extent;
  for (const double v : values)
    if (std::isfinite(v)) extent.include(v);
  return extent;
}

std::vector<double> chosen_edges(const HeatMap& map, const Extent& seen) {
  const double origin = map.ramp == Ramp::diverging ? map.centre : 0;
  // A diverging ramp has so many tones for its longer side, a sequential one for all.
  const double span = map.ramp == Ramp::diverging ? std::max(std::abs(seen.low - origin), std::abs(seen.high - origin))
                                                  : seen.high - seen.low;
  const int most = map.ramp == Ramp::diverging ? tones(map.ramp) / 2 : tones(map.ramp) - 1;
  const double step = round_step(span, most);
  if (!(step > 0)) return {origin - 0.5, origin + 0.5};
  const double first = std::floor((seen.low - origin) / step + 1e-9);
  const double last = std::max(first + 1, std::ceil((seen.high - origin) / step - 1e-9));
  std::vector<double> edges;
  for (double k = first; k <= last; ++k) edges.push_back(origin + k * step);
  return edges;
}

/// The k-th of `bands` bands, spread evenly over `tones` tones.
int spread_tone(std::size_t k, std::size_t bands, int tones) {
  const double t = (static_cast<double>(k) + 0.5) / static_cast<double>(bands);
  return std::clamp(static_cast<int>(t * tones), 0, tones - 1);
}

std::vector<Shade> chosen_shades(const HeatMap& map, const std::vector<double>& edges) {
  const std::size_t bands = edges.size() - 1;
  const auto middle = [&](std::size_t k) { return edges[k] / 2 + edges[k + 1] / 2; };
  std::size_t below = 0;
  while (below < bands && middle(below) < map.centre) ++below;
  const std::size_t longer = std::max(below, bands - below);
  std::vector<Shade> shades;
  for (std::size_t k = 0; k < bands; ++k) {
    int tone = spread_tone(k, bands, tones(map.ramp));
    if (map.ramp == Ramp::diverging) {
      const int half = tones(map.ramp) / 2;
      tone =
          k < below ? half - 1 - spread_tone(below - 1 - k, longer, half) : half + spread_tone(k - below, longer, half);
    }
    shades.push_back({map.ramp, tone});
  }
  return shades;
}

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

void append_level_set(std::vector<PathStep>& steps, const Grid& grid, double level, const Box& box) {
  for (Polyline& outline : level_set(grid, level)) {
    const Polyline visible = clip_polygon(box, std::move(outline));
    if (visible.size() < 3) continue;
    const std::vector<PathStep> more = path_through(visible);
    steps.insert(steps.end(), more.begin(), more.end());
    steps.push_back(ClosePath{});
  }
}

}  // namespace

ColorBands color_bands(const HeatMap& map) {
  const Extent seen = finite_extent(map.grid.z);
  if (seen.empty()) return {};
  ColorBands bands;
  bands.edges = map.levels.size() > 1 ? map.levels : chosen_edges(map, seen);
  bands.shades = chosen_shades(map, bands.edges);
  for (const double z : map.grid.z) {
    bands.below |= z < bands.edges.front();
    bands.above |= z > bands.edges.back();
  }
  return bands;
}

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

void paint_heat_map(Canvas& canvas, const HeatMap& map) {
  const ColorBands bands = color_bands(map);
  Grid grid = on_paper(map.grid, canvas.frame);
  const double lowest = finite_extent(grid.z).low;
  for (double& z : grid.z)
    if (std::isinf(z) && z < 0) z = lowest;
  for (std::size_t k = 0; k < bands.shades.size(); ++k) {
    // The lowest band reaches down to whatever there is. By the even-odd rule the second level cuts off what is above
    // it.
    const double level = k == 0 ? std::min(bands.edges[0], lowest) : bands.edges[k];
    std::vector<PathStep> steps;
    append_level_set(steps, grid, level, canvas.frame.box);
    if (k + 2 < bands.shades.size()) append_level_set(steps, grid, bands.edges[k + 2], canvas.frame.box);
    if (steps.empty()) continue;
    Path path{std::move(steps), std::nullopt, FillStyle{Ink::faint, 1, bands.shades[k]}, {}};
    path.even_odd = true;
    canvas.items.push_back(std::move(path));
  }
}

}  // namespace plot
