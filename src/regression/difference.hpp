// What a comparison found, as data.
#pragma once

#include <string>
#include <vector>

#include "regression/digest.hpp"

namespace regression {

/// The layers, in the order in which they are compared.
enum class ComparisonLayer { figure, data, scene, picture };
const char* layer_name(ComparisonLayer layer);

struct Difference {
  ComparisonLayer layer = ComparisonLayer::data;
  std::string text;  // "series 'eta=0.019' is missing from the panel 'trajectories'"
};

/// A series among a figure's data. Series of one name and of different kinds may stand in one panel.
struct SeriesId {
  std::string panel;  // its title; empty: an exported value
  std::string name;   // of the series, or of the value
  std::string kind;   // "measured", "theory", "reference"; empty for a value

  bool operator==(const SeriesId&) const = default;
  std::string label() const;  // "loss", "loss (theory)"
};

/// A deviation and the series in which it is.
struct Located {
  SeriesId series;
  std::string component;  // "x", "y", "lower", "upper"; "" for a value
  Deviation deviation;
  std::string reason;  // of the tolerance
};

/// One exported value for the review's table.
struct ValueRow {
  std::string name;
  Json now, reference;             // null: there is none
  std::string deviation, allowed;  // in words
  bool differs = false;
};

/// "y[37] of 'eta=0.019' in 'trajectories' is 0.12, the reference 0.13: 7.7 % off, allowed within 1e-12 relative".
std::string text(const Located& located);

}  // namespace regression
