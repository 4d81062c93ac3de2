// What a comparison found, as data.
#pragma once

#include <string>
#include <vector>

#include "regression/digest.hpp"

namespace regression {

/// The layers, in the order in which they are compared.
enum class Layer { figure, data, scene, picture };
const char* layer_name(Layer layer);

struct Difference {
  Layer layer = Layer::data;
  std::string text;  // "series 'eta=0.019' is missing from the panel 'trajectories'"
};

/// A deviation and the curve in which it is.
struct Located {
  std::string panel;      // empty: an exported value
  std::string series;     // or the value's name
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
