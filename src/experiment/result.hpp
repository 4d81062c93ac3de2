// What an experiment's run gives: the series that its figure shows, and the numbers that the text may use.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "experiment/json.hpp"
#include "experiment/series.hpp"

namespace experiment {

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
  bool nan_is_missing = false;  // a y that is not a number was not taken; otherwise it is a result
  Json stored;                  // what the run returned, of which all the others are made

  /// The panel with this title; throws std::out_of_range.
  const PanelData& panel(const std::string& title) const;
};

/// The result's panel of this title, made where it is not there yet.
PanelData& panel_of(const PanelInfo&, Result&);

}  // namespace experiment
