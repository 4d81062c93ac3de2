// How far a figure's numbers may lie from those of its reference, and why.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace experiment {

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

/// What is allowed where nothing is declared.
inline constexpr Bound undeclared{1e-9, 0};

/// What closed forms and recurrences keep to: their rounding errors and those of the mathematical library.
inline constexpr Bound closed_form{1e-12, 0};

Statistic first_value(Bound bound);
Statistic last_value(Bound bound);
Statistic quantile(double probability, Bound bound);
inline Statistic median(Bound bound) { return quantile(0.5, bound); }

/// How far an output may differ from its reference, and why.
struct Allowed {
  Bound bound = undeclared;  // of every number, x included; not looked at where there are statistics
  /// Where single points cannot be told in advance, these of y, lower and upper are compared, and nothing else of them.
  /// The x must be those of the reference, to `undeclared`.
  std::vector<Statistic> statistics = {};
  std::string reason = "nothing else is declared";
};

Allowed within(Bound bound, std::string_view reason);
Allowed exactly(std::string_view reason);
Allowed statistics(std::vector<Statistic> which, std::string_view reason);

/// "within 1e-9 of each number", "first within 5 %, median within 0.1"; exactly, where nothing is allowed.
std::string text(const Bound& bound);
std::string text(const Statistic& statistic);
std::string limits_text(const Allowed& allowed);

}  // namespace experiment
