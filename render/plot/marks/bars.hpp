// Bars: lengths that can be compared, for they begin at one line.
#pragma once

#include <vector>

#include "plot/marks/error_bars.hpp"
#include "plot/marks/mark.hpp"

namespace plot {

/// Bars from `base` to y at the places x, or, horizontal, from `base` to x at the places y. The axis reaches to their
/// base. A bar that is longer than its axis shows an open tip at the frame. `grouped` and `stacked`
/// (plot/composites/bar_groups.hpp) set several series beside or on one another.
struct Bars {
  std::string series{};
  std::vector<double> x{}, y{};
  bool horizontal = false;
  double base = 0;
  std::vector<double> below{};  // what each bar lies on, from the base; empty: nothing
  double width = 0;             // along the axis of places; 0: seven tenths of the least distance of two places
  double offset = 0;            // from the places, along their axis
  Intervals sides{};            // in place of widths: from where to where each goes along the axis of places
  Intervals errors{};           // between which bounds each end lies, as the values themselves
  Ink ink = Ink::blue;
  bool filled = true;
  std::string label{};
  Role role = Role::measured;
  bool nan_is_missing = false;  // no value was taken there; otherwise it is a result, which is marked in a strip
};

/// The width that these bars have without one of their own.
double natural_bar_width(const Bars& bars);

constexpr Ground ground_of(const Bars&) { return {}; }
std::optional<SeriesView> series_of(const Bars&);
void fit_axes(const Bars&, Autoscaler&);
void occupy(const Bars&, const ProjectedSeries&, const Frame&, InkMap&);
void paint(const Bars&, const ProjectedSeries&, PanelContext&);
MarkLabel label_of(const Bars&);
void place_label(const Bars&, std::size_t index, Labeller&);
void draw_sample(const Bars&, LegendSample&);
void add_readout(const Bars&, ReadoutParts&);

}  // namespace plot
