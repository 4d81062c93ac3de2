// Trying what a reader may do: whether a figure can be drawn with a value.
#pragma once

#include <string>

#include "livefigure/laid_out_figure.hpp"

namespace livefigure {

/// What keeps these inputs from being a figure that can be shown, in words; empty: nothing. `measure` is to know the
/// letters that the page's module knows.
std::string fault_with(const FigureInputs& inputs, const plot::Measure& measure, const text::Words& words);

}  // namespace livefigure
