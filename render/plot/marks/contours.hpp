// Level curves of a sampled function.
#pragma once

#include "plot/marks/mark.hpp"

namespace plot {

/// Level curves of a sampled function.
struct Contours {
  Grid grid{};
  std::vector<double> levels{};
  bool labelled = false;  // the level, written on the line
  StrokeStyle stroke{Ink::faint, 0.6, Dash::solid, 1};
  std::vector<std::string>
      names{};  // of the levels, written in place of their numbers; no other text covers such lines
};

constexpr Ground ground_of(const Contours&) { return {.is_landscape = true}; }
std::optional<SeriesView> series_of(const Contours&);
void fit_axes(const Contours&, Autoscaler&);
void occupy(const Contours&, const ProjectedSeries&, const Frame&, InkMap&);
void paint(const Contours&, const ProjectedSeries&, PanelContext&);
MarkLabel label_of(const Contours&);
void place_label(const Contours&, std::size_t index, Labeller&);
void draw_sample(const Contours&, LegendSample&);
void add_readout(const Contours&, ReadoutParts&);

}  // namespace plot
