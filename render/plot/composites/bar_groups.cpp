// See bar_groups.hpp.
#include "plot/composites/bar_groups.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace plot {

namespace {

const std::vector<double>& places_of(const Bars& bars) { return bars.horizontal ? bars.y : bars.x; }
const std::vector<double>& lengths_of(const Bars& bars) { return bars.horizontal ? bars.x : bars.y; }

/// The width of one bar at any of the places that the series have together.
double common_width(const std::vector<Bars>& series) {
  Bars all;
  for (const Bars& bars : series) all.x.insert(all.x.end(), places_of(bars).begin(), places_of(bars).end());
  return natural_bar_width(all);
}

std::vector<Mark> marks_of(std::vector<Bars> series) {
  return {std::make_move_iterator(series.begin()), std::make_move_iterator(series.end())};
}

}  // namespace

std::vector<Mark> grouped(std::vector<Bars> series) {
  const double n = static_cast<double>(series.size());
  const double whole = common_width(series), step = whole / n;
  for (std::size_t k = 0; k < series.size(); ++k) {
    series[k].width = step;
    series[k].offset = (static_cast<double>(k) - (n - 1) / 2) * step;
  }
  return marks_of(std::move(series));
}

std::vector<Mark> stacked(std::vector<Bars> series) {
  const double width = common_width(series);
  std::map<double, double> up, down;  // how far the stack at a place reaches already
  for (Bars& bars : series) {
    bars.width = width;
    bars.base = 0;
    bars.below.clear();
    for (std::size_t i = 0; i < std::min(bars.x.size(), bars.y.size()); ++i) {
      const double length = lengths_of(bars)[i];
      double& reached = (length < 0 ? down : up)[places_of(bars)[i]];
      bars.below.push_back(reached);
      // One that is missing or infinite has nothing on it that could be placed otherwise.
      if (std::isfinite(length)) reached += length;
    }
  }
  return marks_of(std::move(series));
}

}  // namespace plot
