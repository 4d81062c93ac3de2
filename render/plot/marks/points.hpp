// Separate points.
#pragma once

#include "plot/marks/mark.hpp"

namespace plot {

/// Separate points, otherwise as Line.
struct Points {
  std::string series{};
  std::vector<double> x{}, y{};
  Marker marker = Marker::circle;
  double size = 4;  // points across
  bool filled = true;
  Ink ink = Ink::black;
  std::string label{};
  Role role = Role::measured;
};

constexpr Ground ground_of(const Points&) { return {}; }
std::optional<SeriesView> series_of(const Points&);
void fit_axes(const Points&, Autoscaler&);
void occupy(const Points&, const ProjectedSeries&, const Frame&, InkMap&);
void paint(const Points&, const ProjectedSeries&, PanelContext&);
MarkLabel label_of(const Points&);
void place_label(const Points&, std::size_t index, Labeller&);
void draw_sample(const Points&, LegendSample&);
void add_readout(const Points&, ReadoutParts&);

}  // namespace plot
