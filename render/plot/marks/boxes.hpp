// Box plots (Tukey, Exploratory Data Analysis, 1977): samples side by side by five numbers each.
#pragma once

#include <vector>

#include "plot/marks/mark.hpp"

namespace plot {

/// A box from quartile to quartile with a line at the median, whiskers to either side, and points for the values beyond
/// these. `box_plot` (plot/composites/box_plot.hpp) takes them from samples; where a median is not a number, because
/// the sample is empty, there is no box.
struct Boxes {
  std::string series{};
  std::vector<double> x{};                            // places, one for each box, as all that follows but the outliers
  std::vector<double> lower{}, median{}, upper{};     // quartiles
  std::vector<double> whisker_low{}, whisker_high{};  // the values at their ends
  std::vector<double> outlier_x{}, outlier_y{};       // x is that of their box
  std::vector<std::size_t> count{};                   // values of each sample
  double width = 0;                                   // along x; 0: half of the least distance of two places
  double offset = 0;                                  // from the places, along x
  Ink ink = Ink::blue;
  std::string label{};
  Role role = Role::measured;
};

constexpr Ground ground_of(const Boxes&) { return {}; }
std::optional<SeriesView> series_of(const Boxes&);
void fit_axes(const Boxes&, Autoscaler&);
void occupy(const Boxes&, const ProjectedSeries&, const Frame&, InkMap&);
void paint(const Boxes&, const ProjectedSeries&, PanelContext&);
MarkLabel label_of(const Boxes&);
void place_label(const Boxes&, std::size_t index, Labeller&);
void draw_sample(const Boxes&, LegendSample&);
void add_readout(const Boxes&, ReadoutParts&);

}  // namespace plot
