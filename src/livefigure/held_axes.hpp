// The axes of the report's own drawing, held while a reader moves its parameters: what moves then are the curves, and
// not the frame that they are seen in.
#pragma once

#include <vector>

#include "experiment/held_panels.hpp"
#include "experiment/json.hpp"
#include "plot/figure.hpp"
#include "plot/layout/drawn.hpp"

namespace livefigure {

/// The limits that layout gave to the panels of this figure; insets have none.
experiment::HeldPanels axes_of(const plot::Figure& figure, const plot::DrawnFigure& drawn);

/// Gives these limits to axes that would choose theirs from the data. Those that the experiment sets itself stay: a
/// window that its landscape fills is its own affair.
void hold(plot::Figure& figure, const experiment::HeldPanels& held);

experiment::Json to_json(const experiment::HeldPanels& held);

/// From what `to_json` gave; what is of another form holds nothing.
experiment::HeldPanels held_from(const experiment::Json& json);

}  // namespace livefigure
