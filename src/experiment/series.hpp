// What a figure shows of a run: series in panels with axes.
#pragma once

#include <string>
#include <vector>

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

}  // namespace experiment
