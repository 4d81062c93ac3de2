// Numbers in labels and messages.
#pragma once

#include <string>

#include "text/number.hpp"

namespace experiments {

/// In the formulas of labels, with so many significant digits.
inline std::string rounded(double x, int digits = 3) { return text::formula(text::rounded(x, digits)); }

/// In the words of labels.
inline std::string rounded_in_words(double x, int digits = 3) { return text::markdown(text::rounded(x, digits)); }

/// In messages, in full.
inline std::string in_full(double x) { return text::plain(text::exact(x)); }

}  // namespace experiments
