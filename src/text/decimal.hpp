// A number's decimal digits, as they are rounded and written out.
#pragma once

#include <string>

namespace text {

/// A number that is not negative: digits d1 d2 d3 ... without zeros at the end, and the power of ten of the first. Zero
/// has the digit "0".
struct Decimal {
  std::string digits;
  int power = 0;
  bool is_zero() const { return digits == "0"; }
};

/// Of numbers that are written out: from 10^least to below 10^most.
constexpr int least_power = -4, most_power = 6;

/// The fewest digits that read back as the same double.
Decimal shortest_decimal(double size);

/// Rounded to so many significant digits.
Decimal rounded_decimal(double size, int digits);

/// Rounded to a multiple of 10^place.
Decimal decimal_to_place(double size, int place);

/// With all its digits, without a power: "0.0012", "1200".
std::string written_out(const Decimal& decimal);

/// With so many digits behind the point, zeros among them: "2.50".
std::string written_to(const Decimal& decimal, int digits_behind);

}  // namespace text
