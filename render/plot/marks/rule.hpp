// A reference line across the panel.
#pragma once

#include "plot/marks/mark.hpp"

namespace plot {

/// A reference line over the whole panel: vertical at x, or horizontal at y.
struct Rule {
  std::optional<double> x{};
  std::optional<double> y{};
  StrokeStyle stroke{Ink::muted, 0.5, Dash::solid, 1};
  std::string label{};
};

constexpr Ground ground_of(const Rule&) { return {}; }
std::optional<SeriesView> series_of(const Rule&);
void fit_axes(const Rule&, Autoscaler&);
void occupy(const Rule&, const ProjectedSeries&, const Frame&, InkMap&);
void paint(const Rule&, const ProjectedSeries&, PanelContext&);
MarkLabel label_of(const Rule&);
void place_label(const Rule&, std::size_t index, Labeller&);
void draw_sample(const Rule&, LegendSample&);
void add_readout(const Rule&, ReadoutParts&);

}  // namespace plot
