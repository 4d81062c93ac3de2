// Formulas of Word's documents (Office MathML, ECMA-376 part 1, 22.1).
#pragma once

#include <string>

namespace publish {

/// A part of a document with Pandoc's formulas mended. Pandoc writes the properties of delimiters in an order that the
/// standard does not have, and LibreOffice then closes every pair of bars with a parenthesis. LibreOffice reads a
/// formula as a language of its own, in which an operator wants both operands, a bracket its partner, and some words
/// and signs are commands: what is none of these there is said to be text, and operands that are missing are empty
/// text. Word shows both alike.
std::string with_word_formulas(const std::string& part);

}  // namespace publish
