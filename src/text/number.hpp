// How the report prints a number: digits, signs and powers of ten are chosen here, for labels, ticks, captions, values,
// claims and messages. render/theme/reading.js has the same rules for the page's readings.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace text {

/// A number as it is printed, not yet set: 3 × 10⁻⁵ has the digits "3" and the power -5. Infinity and NaN are digits.
struct Number {
  bool is_negative = false;
  std::string digits;
  std::optional<int> power{};
};

/// In at most so many significant digits, as short as it can be said. From 10⁻⁴ to a million numbers are written out,
/// as far as their digits go; others have a power of ten.
Number rounded(double value, int digits);

/// In the fewest digits that read back as the same double. Whole numbers of many digits are written out.
Number exact(double value);

/// What C's printf would write, "2.70e-05": all its digits are kept.
Number of_printed(std::string_view printed);

/// For plain texts: "3 × 10⁻⁵", "−0.05".
std::string plain(const Number& number);

/// For TeX's mathematics, without the dollars: "3 \times 10^{-5}".
std::string formula(const Number& number);

/// For Markdown: "$3 \times 10^{-5}$", or plain where no power is needed.
std::string markdown(const Number& number);

/// A stretch of a plain text: words, or a number that is set as mathematics (`formula`).
struct TextPiece {
  bool is_formula = false;
  std::string content;
};

/// Finds the powers of ten in a plain text.
std::vector<TextPiece> pieces(std::string_view plain);

}  // namespace text
