// How far a figure's numbers may lie from those of its reference, declared by its experiment series by series, and why.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace experiments {

/// A number may differ from the reference by absolute + relative * |reference|. Infinities and NaN must be the same.
struct Bound {
  double relative = 0;
  double absolute = 0;
};

/// A number that stands for a whole curve: its first or last y, or a quantile of its finite y.
struct Statistic {
  enum class Kind { first, last, quantile };
  Kind kind = Kind::quantile;
  double probability = 0.5;  // of a quantile
  Bound bound;
};

/// What is allowed to the series of a panel, or, without a panel, to exported values. In names `*` stands for any text.
struct Tolerance {
  std::string panel;  // its title; empty: exported values
  std::string name;   // of the series or of the value
  Bound bound;        // of every number, x included; not looked at where there are statistics
  /// Where single points cannot be told in advance, these of y, lower and upper are compared, and nothing else of them.
  /// The x must be those of the reference, to `undeclared`.
  std::vector<Statistic> statistics;
  std::string reason;
};

/// What is allowed to a series or a value that no declaration names.
inline constexpr Bound undeclared{1e-9, 0};

/// What closed forms and recurrences keep to: their rounding errors and those of the mathematical library.
inline constexpr Bound closed_form{1e-12, 0};

Statistic first_value(Bound bound);
Statistic last_value(Bound bound);
Statistic quantile(double probability, Bound bound);
inline Statistic median(Bound bound) { return quantile(0.5, bound); }

/// Whether the text is what the pattern says; `*` stands for any text, none included.
bool matches(std::string_view pattern, std::string_view text);

/// The first of the tolerances that names this series, or this value where the panel is empty; else `undeclared`.
Tolerance tolerance_of(const std::vector<Tolerance>& declared, const std::string& panel, const std::string& name);

/// "within 1e-9 of each number", "first within 5 %, median within 0.1"; exactly, where nothing is allowed.
std::string text(const Bound& bound);
std::string text(const Statistic& statistic);
std::string limits_text(const Tolerance& tolerance);

}  // namespace experiments
