// Heat maps: bands of colour between levels, as filled level sets, each over the one below it.
#pragma once

#include <vector>

#include "plot/marks/mark.hpp"

namespace plot {

/// A sampled function as bands of colour between levels, with a colour bar to the panel's right. Infinite samples have
/// the colour of their end, and those that are not a number none.
struct HeatMap {
  Grid grid{};
  Ramp ramp = Ramp::sequential;
  double centre = 0;             // where a diverging ramp changes its colour
  std::vector<double> levels{};  // edges of the bands, the bar's ends included, ascending; empty: chosen
  std::string label{};           // of the colour bar
};

ColorBands color_bands(const HeatMap& map);

inline Ground ground_of(const HeatMap& map) {
  return {.is_landscape = true, .colors = ColorValues{map.ramp, map.centre, map.levels, map.label, map.grid.z}};
}
std::optional<SeriesView> series_of(const HeatMap&);
void fit_axes(const HeatMap&, Autoscaler&);
void occupy(const HeatMap&, const ProjectedSeries&, const Frame&, InkMap&);
void paint(const HeatMap&, const ProjectedSeries&, PanelContext&);
MarkLabel label_of(const HeatMap&);
void place_label(const HeatMap&, std::size_t index, Labeller&);
void draw_sample(const HeatMap&, LegendSample&);
void add_readout(const HeatMap&, ReadoutParts&);

}  // namespace plot
