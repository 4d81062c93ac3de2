// How a directive may ask for series to be drawn: marks, and what the axes say and show.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "experiment/parameter_type.hpp"
#include "experiment/series.hpp"

namespace experiment {

enum class MarkKind { points, line, steps, bars, errorbars, band, histogram, boxes };

/// Where an axis is to begin or end, as what it may be read as: 2021 is a number, and a year.
struct AxisLimit {
  std::optional<double> number;
  std::optional<double> seconds;  // of a date, since 1970
};

struct AxisRequest {
  std::string label;  // empty: what the data say
  std::string scale;  // "linear", "log", "date", "category"; empty: what the data ask for
  std::optional<AxisLimit> minimum, maximum;
};

struct DrawingRequest {
  std::vector<MarkKind> marks;  // none: as suits the data
  bool stacked = false;         // bars
  std::vector<double> bins;     // of a histogram: one number of bins, or edges; none: chosen
  AxisRequest x, y;

  bool has(MarkKind mark) const;
};

/// `mark`, `stacked`, `bins` and `axes`: those of an experiment whose figure is drawn from its series.
const std::vector<ParameterInfo>& drawing_parameters();

/// The one of this name.
const ParameterInfo& drawing_parameter(const std::string& name);

/// From effective parameters that have been checked.
DrawingRequest read_drawing_request(const Json& effective);

/// What does not go together, whatever the data are.
std::vector<ParameterError> contradictions(const DrawingRequest& request);

/// What goes with none of the panels: dates where there are numbers, limits where there are categories.
std::vector<ParameterError> contradictions(const DrawingRequest& request, const std::vector<PanelInfo>& panels);

/// Whether the request speaks of axes like this one. Panels whose axes are of another kind are drawn as they are.
bool fits(const AxisRequest& request, const AxisInfo& info);

/// Where an axis of this scale ("date", or of numbers) is to begin or end.
std::optional<double> place_of(const std::optional<AxisLimit>& limit, const std::string& scale);

}  // namespace experiment
