// Separate points.
#pragma once

#include "plot/marks/mark.hpp"

namespace plot {

/// How numbers become colours, with a colour bar to the panel's right.
struct ColorScale {
  Ramp ramp = Ramp::sequential;
  double centre = 0;             // where a diverging ramp changes its colour
  std::vector<double> levels{};  // edges of the bands, ascending; empty: chosen
  std::string label{};           // of the colour bar
};

/// Separate points, otherwise as Line. Their markers' areas and colours may stand for numbers, one of each for every
/// point: the number `full_size` has a marker of `size`, and a marker is never less than a point across; one whose
/// number is not positive, or missing, is that small. A point whose colour is not a number is open.
struct Points {
  std::string series{};
  std::vector<double> x{}, y{};
  Marker marker = Marker::circle;
  double size = 4;  // points across
  bool filled = true;
  Ink ink = Ink::black;
  std::string label{};
  Role role = Role::measured;
  bool nan_is_missing = false;   // no value was taken there; otherwise it is a result, which is marked in a strip
  std::vector<double> sizes{};   // empty: all markers have one size
  double full_size = 0;          // 0: the largest
  std::string size_label{};      // what the areas stand for, said in the legend
  std::vector<double> colors{};  // empty: all have the ink
  ColorScale color_scale{};
};

inline Ground ground_of(const Points& points) {
  if (points.colors.empty()) return {};
  const ColorScale& scale = points.color_scale;
  return {.colors = ColorValues{scale.ramp, scale.centre, scale.levels, scale.label, points.colors}};
}
std::optional<SeriesView> series_of(const Points&);
void fit_axes(const Points&, Autoscaler&);
void occupy(const Points&, const ProjectedSeries&, const Frame&, InkMap&);
void paint(const Points&, const ProjectedSeries&, PanelContext&);
MarkLabel label_of(const Points&);
void place_label(const Points&, std::size_t index, Labeller&);
void draw_sample(const Points&, LegendSample&);
void add_readout(const Points&, ReadoutParts&);

}  // namespace plot
