// Heat maps: bands of colour between levels, as filled level sets. Each band goes on under the next one, so that no
// viewer's smoothing shows a seam between them, and ends there, so that none shows at the panel's edge; each colour
// stays one that a page can change.
// See heat_map.hpp.
#include "plot/marks/heat_map.hpp"

#include <algorithm>
#include <cmath>

#include "plot/geometry/clip.hpp"
#include "plot/geometry/contour.hpp"
#include "plot/geometry/extent.hpp"
#include "plot/geometry/level_set.hpp"
#include "plot/geometry/tick.hpp"
#include "plot/layout/autoscale.hpp"
#include "plot/layout/panel_context.hpp"
#include "plot/marks/brush.hpp"

namespace plot {

namespace {

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

void append_level_set(std::vector<PathStep>& steps, const Grid& grid, double level, const Box& box) {
  for (Polyline& outline : level_set(grid, level)) {
    const Polyline visible = clip_polygon(box, std::move(outline));
    if (visible.size() >= 3) append(steps, outline_of(visible));
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

std::optional<SeriesView> series_of(const HeatMap&) { return std::nullopt; }

void fit_axes(const HeatMap& map, Autoscaler& axes) {
  axes.touch_x(map.grid.x);
  axes.touch_y(map.grid.y);
}

/// Ground, on which everything may stand.
void occupy(const HeatMap&, const ProjectedSeries&, const Frame&, InkMap&) {}

void paint(const HeatMap& map, const ProjectedSeries&, PanelContext& context) {
  const ColorBands bands = color_bands(map);
  Grid grid = on_paper(map.grid, context.frame);
  const double lowest = finite_extent(grid.z).low;
  for (double& z : grid.z)
    if (std::isinf(z) && z < 0) z = lowest;
  for (std::size_t k = 0; k < bands.shades.size(); ++k) {
    // The lowest band reaches down to whatever there is. By the even-odd rule the second level cuts off what is above
    // it.
    const double level = k == 0 ? std::min(bands.edges[0], lowest) : bands.edges[k];
    std::vector<PathStep> steps;
    append_level_set(steps, grid, level, context.frame.box);
    if (k + 2 < bands.shades.size()) append_level_set(steps, grid, bands.edges[k + 2], context.frame.box);
    if (steps.empty()) continue;
    Path path{std::move(steps), std::nullopt, FillStyle{Ink::faint, 1, bands.shades[k]}, {}};
    path.even_odd = true;
    context.items.push_back(std::move(path));
  }
}

/// Its words stand at the colour bar.
MarkLabel label_of(const HeatMap&) { return {}; }
void place_label(const HeatMap&, std::size_t, Labeller&) {}
void draw_sample(const HeatMap&, LegendSample&) {}

void add_readout(const HeatMap& map, ReadoutParts& readout) {
  readout.map.emplace(ReadoutParts::Map{map.label, map.grid});
}

}  // namespace plot
