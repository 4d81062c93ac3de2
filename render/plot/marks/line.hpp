// A curve.
#pragma once

#include "plot/marks/mark.hpp"

namespace plot {

/// A curve through (x, y). Parts outside the panel are clipped; values that the axis cannot show
/// (zero on a log axis, infinity, NaN) become marks in a strip at the panel's edge, never nothing. Only a value that is
/// missing is a gap.
struct Line {
  std::string series{};
  std::vector<double> x{}, y{};
  StrokeStyle stroke{};
  std::string label{};  // written beside the line's end; labels push each other apart. Without room: in a legend below
  Marker marker = Marker::none;
  double marker_size = 4;  // points across
  bool marker_filled = true;
  double marker_gap = 0;  // points of paper along x from marker to marker; 0: one at every data point
  Role role = Role::measured;
  Steps steps = Steps::none;
  bool nan_is_missing = false;  // no value was taken there; otherwise it is a result, which is marked in a strip
};

constexpr Ground ground_of(const Line&) { return {}; }
std::optional<SeriesView> series_of(const Line&);
void fit_axes(const Line&, Autoscaler&);
void occupy(const Line&, const ProjectedSeries&, const Frame&, InkMap&);
void paint(const Line&, const ProjectedSeries&, PanelContext&);
MarkLabel label_of(const Line&);
void place_label(const Line&, std::size_t index, Labeller&);
void draw_sample(const Line&, LegendSample&);
void add_readout(const Line&, ReadoutParts&);

}  // namespace plot
