// Formulas as browsers set them right: accents, large delimiters, rules over and under, operators
// of LaTeX's sizes. Looked at in Chromium, Firefox and WebKit, which read MathML Core,
// https://www.w3.org/TR/mathml-core/, each in its way.
#pragma once

#include "publish/elements.hpp"

namespace publish {

void fit_for_browsers(elements::Element& math);

}  // namespace publish
