// The triangle that shows an order of convergence.
#pragma once

#include "plot/marks/mark.hpp"

namespace plot {

/// A triangle on a line of slope dy/dx (in decades on log axes) from (x0, y0) up to x1, labelled with its slope.
struct SlopeGuide {
  double slope = 1;
  double x0 = 0, y0 = 0, x1 = 0;
  std::string label{};
};

constexpr Ground ground_of(const SlopeGuide&) { return {}; }
std::optional<SeriesView> series_of(const SlopeGuide&);
void fit_axes(const SlopeGuide&, Autoscaler&);
void occupy(const SlopeGuide&, const ProjectedSeries&, const Frame&, InkMap&);
void paint(const SlopeGuide&, const ProjectedSeries&, PanelContext&);
MarkLabel label_of(const SlopeGuide&);
void place_label(const SlopeGuide&, std::size_t index, Labeller&);
void draw_sample(const SlopeGuide&, LegendSample&);
void add_readout(const SlopeGuide&, ReadoutParts&);

}  // namespace plot
