// A tinted rectangle.
#pragma once

#include <limits>
#include <utility>

#include "plot/marks/mark.hpp"

namespace plot {

/// A shaded rectangle; an infinite side reaches the panel's edge.
struct Region {
  std::pair<double, double> x{-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  std::pair<double, double> y{-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  Ink ink = Ink::faint;
  double opacity = 0.5;
  std::string label{};
};

constexpr Ground ground_of(const Region&) { return {}; }
std::optional<SeriesView> series_of(const Region&);
void fit_axes(const Region&, Autoscaler&);
void occupy(const Region&, const ProjectedSeries&, const Frame&, InkMap&);
void paint(const Region&, const ProjectedSeries&, PanelContext&);
MarkLabel label_of(const Region&);
void place_label(const Region&, std::size_t index, Labeller&);
void draw_sample(const Region&, LegendSample&);
void add_readout(const Region&, ReadoutParts&);

}  // namespace plot
