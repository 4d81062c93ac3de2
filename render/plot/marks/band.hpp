// The area between two curves.
#pragma once

#include "plot/marks/mark.hpp"

namespace plot {

/// The area between lower(x) and upper(x).
struct Band {
  std::string series{};
  std::vector<double> x{}, lower{}, upper{};
  Ink ink = Ink::grey;
  double opacity = 0.25;
  Role role = Role::measured;  // of the series that it goes with
};

constexpr Ground ground_of(const Band&) { return {}; }
std::optional<SeriesView> series_of(const Band&);
void fit_axes(const Band&, Autoscaler&);
void occupy(const Band&, const ProjectedSeries&, const Frame&, InkMap&);
void paint(const Band&, const ProjectedSeries&, PanelContext&);
MarkLabel label_of(const Band&);
void place_label(const Band&, std::size_t index, Labeller&);
void draw_sample(const Band&, LegendSample&);
void add_readout(const Band&, ReadoutParts&);

}  // namespace plot
