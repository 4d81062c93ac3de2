// Arrows from point to point.
#pragma once

#include "plot/marks/mark.hpp"

namespace plot {

/// Arrows from (x[i], y[i]) to (x[i+1], y[i+1]), the head in the middle of the step.
struct Arrows {
  std::string series{};
  std::vector<double> x{}, y{};
  StrokeStyle stroke{};
};

constexpr Ground ground_of(const Arrows&) { return {}; }
std::optional<SeriesView> series_of(const Arrows&);
void fit_axes(const Arrows&, Autoscaler&);
void occupy(const Arrows&, const ProjectedSeries&, const Frame&, InkMap&);
void paint(const Arrows&, const ProjectedSeries&, PanelContext&);
MarkLabel label_of(const Arrows&);
void place_label(const Arrows&, std::size_t index, Labeller&);
void draw_sample(const Arrows&, LegendSample&);
void add_readout(const Arrows&, ReadoutParts&);

}  // namespace plot
