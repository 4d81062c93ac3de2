// What a figure's panels show while a reader moves its parameters: what the report's own drawing shows.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "plot/figure.hpp"

namespace experiment {

/// The limits of a panel's axes, as data have them, and the edges of its colour bar's bands.
struct HeldPanel {
  std::string x_label{}, y_label{};  // of the axes that these limits are for
  double x_low = 0, x_high = 0, y_low = 0, y_high = 0;
  std::vector<double> colors{};  // empty: there is no bar

  /// Another panel may stand at a panel's place with other parameters.
  bool is_of(const plot::Axis& x, const plot::Axis& y) const { return x.label == x_label && y.label == y_label; }
};

/// In the figure's order; empty: nothing is held.
using HeldPanels = std::vector<HeldPanel>;

}  // namespace experiment
