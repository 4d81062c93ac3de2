// What a value of the text prints: a number, perhaps with its uncertainty, in a format and a unit.
// Formats have the names of d3-format (https://d3js.org/d3-format).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "text/number.hpp"
#include "text/number_marks.hpp"

namespace text {

/// "[+][,][.precision][~][type]". Types: e with a power of ten, f fixed, g either, r to significant digits and written
/// out, s with a prefix of the SI, d to a whole number, % and p as per cent, fixed and to significant digits. Without a
/// precision all digits are said.
struct NumberFormat {
  bool has_plus = false;    // before numbers above zero
  bool has_groups = false;  // between thousands
  std::optional<int> precision{};
  bool trims = false;  // zeros at the end
  char type = 0;       // none: as g

  bool operator==(const NumberFormat&) const = default;
};

/// Throws std::invalid_argument, with a message for authors, where a text is no format.
NumberFormat number_format(const std::string& text);

/// A number rounded and scaled, not yet set in a language.
struct Quantity {
  Number number;              // its power is shared by the uncertainty
  std::string uncertainty{};  // digits, to the number's own place; empty where there is none
  bool has_plus = false, has_groups = false, is_percent = false;
  std::string prefix{}, unit{};
};

Quantity quantity(double value, const NumberFormat& format, const std::string& unit = "");

/// With its standard uncertainty, to which both are rounded as the Particle Data Group does it (Review of Particle
/// Physics, Introduction, 5.3): of the uncertainty's first three digits, up to 354 two digits are kept, up to 949 one,
/// and above it becomes 1000. A precision says it otherwise: digits behind the point for f, e and %, and significant
/// digits of the uncertainty for the others. Throws std::domain_error, with a message for authors, for an uncertainty
/// below zero and for what is not finite.
Quantity quantity(double value, double uncertainty, const NumberFormat& format, const std::string& unit = "");

/// For plain texts: "(1.23 ± 0.04) × 10⁻⁵ m".
std::string plain(const Quantity& quantity, const NumberMarks& marks);

/// For TeX's mathematics, without the dollars.
std::string formula(const Quantity& quantity, const NumberMarks& marks);

/// For running text: words, and a number that has a power of ten as mathematics.
std::vector<TextPiece> pieces(const Quantity& quantity, const NumberMarks& marks);

}  // namespace text
