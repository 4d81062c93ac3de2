// printf rounds the double itself and not its shortest digits: 0.15 is a little less, and 0.1 to one digit.
#include "text/decimal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace text {
namespace {

/// Of what printf writes, "1.20e-03".
Decimal of_scientific(const std::string& printed) {
  const std::size_t e = printed.find('e');
  Decimal decimal{printed.substr(0, e), std::atoi(printed.c_str() + e + 1)};
  std::erase(decimal.digits, '.');
  decimal.digits.erase(decimal.digits.find_last_not_of('0') + 1);
  return decimal.digits.empty() ? Decimal{"0", 0} : decimal;
}

}  // namespace

Decimal shortest_decimal(double size) {
  for (int digits = 1; digits < 17; ++digits)
    if (const std::string printed = fmt::format("{:.{}e}", size, digits - 1);
        std::strtod(printed.c_str(), nullptr) == size)
      return of_scientific(printed);
  return of_scientific(fmt::format("{:.16e}", size));
}

Decimal rounded_decimal(double size, int digits) { return of_scientific(fmt::format("{:.{}e}", size, digits - 1)); }

Decimal decimal_to_place(double size, int place) {
  const Decimal all = shortest_decimal(size);
  const int digits = all.power - place + 1;
  if (all.is_zero() || digits < 0) return {"0", 0};
  if (digits == 0) return all.digits[0] >= '5' ? Decimal{"1", place} : Decimal{"0", 0};
  return rounded_decimal(size, digits);
}

std::string written_out(const Decimal& d) {
  const int after = static_cast<int>(d.digits.size()) - 1 - d.power;  // digits behind the point
  if (after <= 0) return d.digits + std::string(static_cast<std::size_t>(-after), '0');
  if (d.power < 0) return "0." + std::string(static_cast<std::size_t>(-d.power - 1), '0') + d.digits;
  const auto point = static_cast<std::size_t>(d.power + 1);
  return d.digits.substr(0, point) + "." + d.digits.substr(point);
}

std::string written_to(const Decimal& d, int digits_behind) {
  std::string out = written_out(d);
  const std::size_t point = out.find('.');
  const int behind = point == std::string::npos ? 0 : static_cast<int>(out.size() - point) - 1;
  if (behind >= digits_behind) return out;
  if (point == std::string::npos) out += '.';
  return out + std::string(static_cast<std::size_t>(digits_behind - behind), '0');
}

}  // namespace text
