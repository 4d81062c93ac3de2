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
#include "plot/layout/autoscale.hpp"
#include "plot/layout/panel_context.hpp"
#include "plot/marks/brush.hpp"

namespace plot {

namespace {

void append_level_set(std::vector<PathStep>& steps, const Grid& grid, double level, const Box& box) {
  for (Polyline& outline : level_set(grid, level)) {
    const Polyline visible = clip_polygon(box, std::move(outline));
    if (visible.size() >= 3) append(steps, outline_of(visible));
  }
}

}  // namespace

ColorBands color_bands(const HeatMap& map) { return color_bands(*ground_of(map).colors); }

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
