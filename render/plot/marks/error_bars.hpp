// Points with bars through them.
#pragma once

#include <vector>

#include "plot/marks/mark.hpp"

namespace plot {

/// Between which bounds each point lies along one axis: one of each for every point. None where both are empty.
struct Intervals {
  std::vector<double> lower{}, upper{};
};

/// Intervals that reach equally far to both sides.
Intervals plus_minus(const std::vector<double>& values, const std::vector<double>& errors);

/// Separate points, and between which bounds each of them lies. A bar that goes on beyond what its axis shows ends at
/// the frame in an arrow in place of a cap: so does one with a bound that is infinite, or not positive on a log axis.
struct ErrorBars {
  std::string series{};
  std::vector<double> x{}, y{};
  Intervals along_y{}, along_x{};
  Marker marker = Marker::circle;
  double size = 4;  // of the markers, points across
  bool filled = true;
  Ink ink = Ink::black;
  double width = 0.9;  // of the bars' lines, points
  double cap = 4;      // points across; 0: none
  std::string label{};
  Role role = Role::measured;
  bool nan_is_missing = false;  // no value was taken there; otherwise it is a result, which is marked in a strip
};

constexpr Ground ground_of(const ErrorBars&) { return {}; }
std::optional<SeriesView> series_of(const ErrorBars&);
void fit_axes(const ErrorBars&, Autoscaler&);
void occupy(const ErrorBars&, const ProjectedSeries&, const Frame&, InkMap&);
void paint(const ErrorBars&, const ProjectedSeries&, PanelContext&);
MarkLabel label_of(const ErrorBars&);
void place_label(const ErrorBars&, std::size_t index, Labeller&);
void draw_sample(const ErrorBars&, LegendSample&);
void add_readout(const ErrorBars&, ReadoutParts&);

}  // namespace plot
