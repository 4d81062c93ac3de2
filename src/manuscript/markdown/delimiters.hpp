// Formulas between signs that begin none in Pandoc's Markdown, which would be printed as they are.
#pragma once

#include <cstddef>
#include <string_view>

namespace manuscript {

/// Whether a text holds what only formulas do: a command of LaTeX, a sub- or superscript.
bool looks_like_formula(std::string_view text);

/// The length of "\(x^2\)" or "\[x^2\]" at the beginning of a text, where a formula stands in it; else 0.
std::size_t escaped_formula(std::string_view text);

/// Whether a formula between dollars that have blanks inside, "$ x = 1 $", was meant.
bool looks_like_blank_formula(std::string_view content);

/// Whether text has got between two dollars: no formula begins with two stars, or holds a backtick alone.
bool is_text_between_dollars(std::string_view content);

}  // namespace manuscript
