// How a language marks numbers: the sign before decimals, the one between thousands, and where per cent stands.
#pragma once

#include <string>
#include <string_view>

#include "text/number.hpp"

namespace text {

struct NumberMarks {
  std::string decimal = ".";
  std::string group = ",";
  int least_grouped = 4;       // digits before the decimal sign from which on they are grouped
  bool is_indian = false;      // 12,34,567: in twos beyond the first three
  std::string percent = "#%";  // with the number in place of #

  bool operator==(const NumberMarks&) const = default;
};

/// Those of a language's tag, "de" or "pt-BR"; English ones for a language of which nothing is known.
NumberMarks number_marks(std::string_view language);

/// Digits as `rounded` and the like give them, with the language's marks; with marks between thousands if so asked.
std::string marked(const std::string& digits, const NumberMarks& marks, bool has_groups = false);

/// The same within a formula of TeX.
std::string marked_in_formula(const std::string& digits, const NumberMarks& marks, bool has_groups = false);

/// As text::plain, text::formula and text::markdown write numbers, in a language.
std::string plain(const Number& number, const NumberMarks& marks);
std::string formula(const Number& number, const NumberMarks& marks);
std::string markdown(const Number& number, const NumberMarks& marks);

/// What stands between the members of a list of numbers: no comma where that is the decimal sign.
std::string list_separator(const NumberMarks& marks);

}  // namespace text
