// Numbers that the words of a claim name, and whether its condition names them too: "within 17 layers" should not be
// claimed of decades(16).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "manuscript/chapter.hpp"
#include "text/number_marks.hpp"

namespace manuscript {

/// A number in a text, as it stands there.
struct Numeral {
  std::string text;  // "17", "seventeen", "3.5 \cdot 10^{-12}"
  double value = 0;
};

/// The numbers that a Markdown text states: digits, with the marks of its language, and English number words above two.
/// Of a formula only what stands alone or after its last relation counts, and values, which cannot be wrong, do not.
std::vector<Numeral> numerals(std::string_view text, const text::NumberMarks& marks = {});

/// The first number of a claim's text that its condition does not hold, or an empty text.
std::string unclaimed_numeral(std::string_view text, std::string_view condition, const text::NumberMarks& marks = {});

/// A diagnostic for each claim of a chapter whose words name a number that its condition does not.
std::vector<Diagnostic> doubtful_claims(const Chapter& chapter, const text::NumberMarks& marks = {});

}  // namespace manuscript
