// What marks are painted with, and what that inks.
#pragma once

#include <string>
#include <vector>

#include "plot/geometry/box.hpp"
#include "plot/geometry/ink_map.hpp"
#include "plot/geometry/projected_series.hpp"
#include "plot/marks/mark.hpp"

namespace plot {

void fill(std::vector<Item>& items, std::vector<PathStep> steps, FillStyle style, const std::string& series = {});
void stroke(std::vector<Item>& items, std::vector<PathStep> steps, const StrokeStyle& style,
            const std::string& series = {});

void append(std::vector<PathStep>& steps, const std::vector<PathStep>& more);

/// A path through the points, and one that returns to the first.
std::vector<PathStep> path_through(const Polyline& line);
std::vector<PathStep> outline_of(const Polyline& polygon);
std::vector<PathStep> outline_of(const Box& box);

/// The markers of a series at these places.
void paint_markers(std::vector<Item>& items, const std::vector<PaperPoint>& at, const SeriesView& series,
                   double opacity);

/// The lines, the markers and the pointers at the frame of a series.
void occupy_series(const SeriesView& series, const ProjectedSeries& projected, InkMap& ink_map);

/// The place of a mark's sample in a legend, and what is drawn there.
struct LegendSample {
  static constexpr double width = 12;

  PaperPoint left;  // the middle of its left side
  std::vector<Item>& items;

  void line(StrokeStyle stroke, const std::string& series = {}) const;
  void marker(const SeriesView& series) const;
};

}  // namespace plot
