// The axes of the report's own drawing, held while a reader moves its parameters: what moves then are the curves, and
// not the frame that they are seen in.
#pragma once

#include <vector>

#include "experiment/json.hpp"
#include "plot/figure.hpp"
#include "plot/layout/drawn.hpp"

namespace livefigure {

/// The limits of a panel's axes, as data have them.
struct HeldPanel {
  double x_low = 0, x_high = 0, y_low = 0, y_high = 0;
};
using HeldAxes = std::vector<HeldPanel>;

/// The limits that layout gave to the panels of this figure; insets have none.
HeldAxes axes_of(const plot::Figure& figure, const plot::DrawnFigure& drawn);

/// Gives these limits to axes that would choose theirs from the data. Those that the experiment sets itself stay: a
/// window that its landscape fills is its own affair.
void hold(plot::Figure& figure, const HeldAxes& held);

experiment::Json to_json(const HeldAxes& held);

/// From what `to_json` gave; what is of another form holds nothing.
HeldAxes held_from(const experiment::Json& json);

}  // namespace livefigure
