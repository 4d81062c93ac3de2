// What can be read off a figure's panels, as the page's script wants it.
#pragma once

#include <string>
#include <vector>

#include "plot/readout.hpp"

namespace livefigure {

/// Compact JSON: for each panel its box and scales on paper, and its series with as many digits as a reader could tell
/// apart on paper, four at least; x is null where it is that of the series before. Infinity and NaN are the strings
/// "Infinity", "-Infinity" and "NaN". Safe inside a script element. Empty when there is nothing to read.
std::string reading_json(const std::vector<plot::PanelReadout>& panels);

}  // namespace livefigure
