// What a reader may move: the sliders of a live figure, read from the key `live` of its directive.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "experiment/any_experiment.hpp"
#include "experiment/parameter_error.hpp"

namespace livefigure {

/// One slider: a number among an experiment's parameters, or one of a list.
struct Control {
  std::string parameter{};
  std::optional<std::size_t> element{};  // of a list, counted from 0
  std::string label{};                   // "learning rates 2"
  std::string unit{};                    // may be empty
  double value = 0;                      // the report's
  double from = 0, to = 0;
  bool is_log = false;    // equal ways of the slider are equal factors
  bool is_whole = false;  // whole numbers only
  /// Where the report is made, the figure is run and drawn with each of these, in ascending order, the report's value
  /// among them; the slider knows no others. Empty: the page runs the figure with whatever value it is given.
  std::vector<double> frames{};
};

struct Controls {
  std::vector<Control> list;
  std::vector<experiment::ParameterError> errors;  // paths begin with "live"
};

/// `live` is a list of parameters, whose declared ranges hold, or a mapping of parameters with from, to, scale, which
/// may each be left out, for lists also element (the only one that moves, counted from 1), and label. A declared range
/// of more than a hundredfold is cut to a tenth to ten times the report's value. Scales are logarithmic from a ratio of
/// 20 on, if nothing else is said. With frames, their number or a list of them, the figure has this one slider.
/// `effective` are the figure's parameters.
Controls read_controls(const experiment::Experiment& experiment, const experiment::Json& effective,
                       const experiment::Json& live);

/// The slider's value at a place from 0 to 1: the ends as they are, between them three significant digits. The page's
/// script has the same rule.
double value_at(const Control& control, double place);

/// Whether the page runs the figure itself; else it shows frames.
bool runs_in_page(const std::vector<Control>& controls);

/// The figure's parameters with a slider's value in place of the report's.
experiment::Json with_value(const experiment::Json& effective, const Control& control, double value);

experiment::Json to_json(const std::vector<Control>& controls);

}  // namespace livefigure
