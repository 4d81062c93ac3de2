// Words at a place in the panel.
#pragma once

#include "plot/marks/mark.hpp"

namespace plot {

/// A note at a place in the panel, in data coordinates, from which it moves a little away from what is there already,
/// or in the emptiest corner. Without room it stands in the legend, far from its place, where other words may be
/// needed, or a sample of the series that it names.
struct Note {
  std::optional<double> x{}, y{};  // both, or a corner is chosen
  std::string text{};
  Anchor anchor = Anchor::left;
  Ink ink = Ink::muted;
  double dx = 0, dy = 0;    // shift in points, dy upwards
  std::string in_legend{};  // its words there; empty: the same
  std::string series{};     // that it names; empty: none
};

constexpr Ground ground_of(const Note&) { return {}; }
std::optional<SeriesView> series_of(const Note&);
void fit_axes(const Note&, Autoscaler&);
void occupy(const Note&, const ProjectedSeries&, const Frame&, InkMap&);
void paint(const Note&, const ProjectedSeries&, PanelContext&);
MarkLabel label_of(const Note&);
void place_label(const Note&, std::size_t index, Labeller&);
void draw_sample(const Note&, LegendSample&);
void add_readout(const Note&, ReadoutParts&);

}  // namespace plot
