// What an experiment's run gives: the series that its figure shows, and the numbers that the text may use.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "experiment/stored.hpp"

namespace experiment {

enum class SeriesKind { measured, theory, reference };
const char* name_of(SeriesKind kind);  // "measured", "theory", "reference"

/// A curve or a trajectory; lower and upper are empty or as long as x and y.
struct Series {
  std::string name;
  SeriesKind kind = SeriesKind::measured;
  std::vector<double> x, y, lower, upper;
};

struct AxisInfo {
  std::string label;
  std::string scale = "linear";              // or "log", "date" (seconds since 1970), "category"
  std::vector<std::string> categories = {};  // names of the values 0, 1, 2 ... of a category axis
};

struct PanelInfo {
  std::string title;
  AxisInfo x, y;
};

struct PanelData : PanelInfo {
  std::vector<Series> series;

  const Series* find(const std::string& name, SeriesKind kind = SeriesKind::measured) const;
};

/// Values of one integer index, from `first` on: f(first), f(first + 1), ...
struct IndexedValues {
  int first = 0;
  std::vector<double> values;
};

struct Result {
  std::vector<PanelData> panels;
  std::map<std::string, double> values;
  std::map<std::string, IndexedValues> functions;
  std::map<std::string, std::vector<double>> samples;          // ascending, for quantiles
  std::map<std::string, std::map<std::string, double>> cells;  // values by the text of their place
  Json stored;  // what the run returned, of which all the others are made

  /// The panel with this title; throws std::out_of_range.
  const PanelData& panel(const std::string& title) const;
};

/// The result's panel of this title, made where it is not there yet.
PanelData& panel_of(const PanelInfo&, Result&);

}  // namespace experiment
