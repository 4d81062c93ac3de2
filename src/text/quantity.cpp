// See quantity.hpp. Scaling by powers of ten moves the digits' power and computes nothing, so that 7 % is not
// 7.000000000000001 %.
#include "text/quantity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <stdexcept>
#include <string_view>

#include "text/characters.hpp"
#include "text/decimal.hpp"

namespace text {
namespace {

constexpr std::string_view types = "efgrsdp%";
constexpr std::array<const char*, 17> prefixes{"y", "z", "a", "f", "p", "n", "µ", "m", "",
                                               "k", "M", "G", "T", "P", "E", "Z", "Y"};
constexpr double most_grouped = 1e15;  // what is larger has a power of ten, thousands or not
constexpr const char* no_break = "\u00A0";

[[noreturn]] void refuse(const std::string& format, const std::string& why = "") {
  throw std::invalid_argument(
      fmt::format("unknown format '{}'{}; known are .1f, .3g, .2e, d, .3r, .3~s, .1%, .2p, with , "
                  "for thousands and + before them",
                  format, why));
}

/// The exponent of the prefix for a number whose first digit has this power.
int prefix_exponent(int power) { return std::clamp(static_cast<int>(std::floor(power / 3.0)), -8, 8) * 3; }

const char* prefix_of(int exponent) { return prefixes[static_cast<std::size_t>(exponent / 3 + 8)]; }

Decimal shifted(Decimal d, int by) {
  if (!d.is_zero()) d.power += by;
  return d;
}

/// To significant digits, or all that there are.
Decimal digits_of(double size, const std::optional<int>& precision) {
  return precision ? rounded_decimal(size, std::max(*precision, 1)) : shortest_decimal(size);
}

/// Written out with as many digits behind the point as the significant digits ask for.
std::string significant(const Decimal& d, const NumberFormat& format) {
  if (!format.precision || format.trims) return written_out(d);
  return written_to(d, std::max(*format.precision, 1) - 1 - d.power);
}

void trim(std::string& digits) {
  if (digits.find('.') == std::string::npos) return;
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.') digits.pop_back();
}

Number number_of(double value, const NumberFormat& format) {
  if (!std::isfinite(value)) return exact(value);
  const double size = std::abs(value);
  const std::string sign = value < 0 ? "-" : "";
  switch (format.type) {
    case 'd':
      return of_printed(fmt::format("{:.0f}", value));
    case 'f':
      return format.precision ? of_printed(fmt::format("{:.{}f}", value, *format.precision))
                              : of_printed(sign + written_out(shortest_decimal(size)));
    case 'e': {
      const Decimal d = digits_of(size, std::nullopt);
      const int behind = format.precision.value_or(static_cast<int>(d.digits.size()) - 1);
      return of_printed(fmt::format("{:.{}e}", value, behind));
    }
    case 'r':
      return of_printed(sign + significant(digits_of(size, format.precision), format));
    default:
      if (!format.precision && format.has_groups && size < most_grouped)
        return of_printed(sign + written_out(shortest_decimal(size)));
      if (!format.precision) return exact(value);
      return of_printed(fmt::format("{:.{}g}", value, *format.precision));
  }
}

/// Per cent, or with a prefix.
Quantity scaled(double value, const NumberFormat& format) {
  Quantity q;
  q.number.is_negative = value < 0;
  const double size = std::abs(value);
  Decimal d;
  if (format.type == '%' && format.precision) {
    d = shifted(decimal_to_place(size, -*format.precision - 2), 2);
    q.number.digits = written_to(d, *format.precision);
  } else if (format.type == 's') {
    d = digits_of(size, format.precision);
    const int exponent = prefix_exponent(d.power);
    d = shifted(d, -exponent);
    q.prefix = prefix_of(exponent);
    q.number.digits = significant(d, format);
  } else {
    d = shifted(digits_of(size, format.precision), 2);
    q.number.digits = significant(d, format);
  }
  if (d.is_zero()) q.number.is_negative = false;
  return q;
}

/// The power of the last digit that the Particle Data Group keeps.
int place_of(double uncertainty) {
  const Decimal three = rounded_decimal(uncertainty, 3);
  const int first = std::stoi((three.digits + "00").substr(0, 3));
  return first <= 354 ? three.power - 1 : three.power;
}

int place_of(double value, double uncertainty, const NumberFormat& format) {
  if (format.type == 'd') return 0;
  if (!format.precision) return place_of(uncertainty);
  switch (format.type) {
    case 'f':
      return -*format.precision;
    case '%':
      return -*format.precision - 2;
    case 'e':
      return std::max(shortest_decimal(value).power, shortest_decimal(uncertainty).power) - *format.precision;
    default: {
      const int digits = std::max(*format.precision, 1);
      return rounded_decimal(uncertainty, digits).power - digits + 1;
    }
  }
}

/// "(1.23 ± 0.04)": the number and its uncertainty share what follows them.
bool has_parentheses(const Quantity& q) {
  return !q.uncertainty.empty() && (q.number.power || q.is_percent || !q.prefix.empty() || !q.unit.empty());
}

/// What stands before and behind the number in a running text: per cent, prefix and unit.
struct Around {
  std::string before, behind;
};

Around around(const Quantity& q, const NumberMarks& marks) {
  Around a;
  if (q.is_percent || (q.unit == "%" && q.prefix.empty())) {
    const std::size_t at = marks.percent.find('#');
    a = {marks.percent.substr(0, at), marks.percent.substr(at + 1)};
  }
  if (q.unit.empty() || (q.unit == "%" && !a.behind.empty())) return a.behind += q.prefix, a;
  const bool is_angle = q.unit == "°" || q.unit == "′" || q.unit == "″";
  a.behind += (is_angle ? "" : no_break) + q.prefix + q.unit;
  return a;
}

std::string escaped(const std::string& words) {
  std::string out;
  for (const char c : words) {
    if (std::string_view("%#$&_{}").find(c) != std::string_view::npos)
      out += '\\';
    else if (c == '^' || c == '~' || c == '\\')
      continue;
    out += c;
  }
  return out;
}

/// Words beside a number in a formula: blanks that do not break lines are thin ones there.
std::string beside(std::string words) {
  const std::string_view space = no_break;
  std::string lead, trail;
  if (words.starts_with(space)) lead = "\\,", words.erase(0, space.size());
  if (words.ends_with(space)) trail = "\\,", words.erase(words.size() - space.size());
  if (words == "%") return lead + "\\%" + trail;
  return words.empty() ? lead + trail : lead + "\\text{" + escaped(words) + "}" + trail;
}

std::string number_in_formula(const Quantity& q, const NumberMarks& marks) {
  Number n = q.number;
  n.digits = marked_in_formula(n.digits, marks, q.has_groups);
  const std::string plus = q.has_plus && !n.is_negative ? "+" : "";
  if (q.uncertainty.empty()) return plus + formula(n);
  n.power.reset();
  std::string out = plus + formula(n) + " \\pm " + marked_in_formula(q.uncertainty, marks, q.has_groups);
  if (has_parentheses(q)) out = "(" + out + ")";
  if (q.number.power) out += " \\times 10^{" + std::to_string(*q.number.power) + "}";
  return out;
}

std::string number_in_words(const Quantity& q, const NumberMarks& marks) {
  Number n = q.number;
  n.digits = marked(n.digits, marks, q.has_groups);
  const std::string plus = q.has_plus && !n.is_negative ? "+" : "";
  if (q.uncertainty.empty()) return plus + plain(n);
  n.power.reset();
  std::string out = plus + plain(n) + no_break + "±" + no_break + marked(q.uncertainty, marks, q.has_groups);
  if (has_parentheses(q)) out = "(" + out + ")";
  if (q.number.power) out += " × " + plain(Number{false, "1", q.number.power});
  return out;
}

}  // namespace

NumberFormat number_format(const std::string& spec) {
  NumberFormat f;
  std::size_t at = 0;
  const auto take = [&](char c) { return at < spec.size() && spec[at] == c && ++at; };
  f.has_plus = take('+');
  f.has_groups = take(',');
  if (take('.')) {
    std::size_t end = at;
    while (end < spec.size() && is_digit(spec[end])) ++end;
    if (end == at || end > at + 2) refuse(spec, ": '.' is followed by the number of digits");
    f.precision = std::stoi(spec.substr(at, end - at));
    at = end;
  }
  f.trims = take('~');
  if (at < spec.size()) f.type = spec[at++];
  if (at < spec.size() || (f.type && types.find(f.type) == std::string_view::npos)) refuse(spec);
  if (f.type == 'd' && f.precision) refuse(spec, ": 'd' has no digits behind the point");
  return f;
}

Quantity quantity(double value, const NumberFormat& format, const std::string& unit) {
  const bool is_percent = format.type == '%' || format.type == 'p';
  const bool is_scaled = std::isfinite(value) && (is_percent || format.type == 's');
  Quantity q = is_scaled ? scaled(value, format) : Quantity{number_of(value, format)};
  if (format.trims) trim(q.number.digits);
  q.has_plus = format.has_plus && q.number.digits.find_first_not_of("0.") != std::string::npos;
  q.has_groups = format.has_groups;
  q.is_percent = is_percent;
  q.unit = unit;
  return q;
}

Quantity quantity(double value, double uncertainty, const NumberFormat& format, const std::string& unit) {
  if (!std::isfinite(value)) throw std::domain_error("the value before ± is not finite");
  if (!std::isfinite(uncertainty)) throw std::domain_error("the uncertainty is not a finite number");
  if (uncertainty < 0) throw std::domain_error("the uncertainty is below zero");
  if (uncertainty == 0) {
    Quantity q = quantity(value, format, unit);
    q.uncertainty = "0";
    return q;
  }
  const double size = std::abs(value);
  const int place = place_of(size, uncertainty, format);
  const Decimal number = decimal_to_place(size, place), error = decimal_to_place(uncertainty, place);
  const int power = number.is_zero() || (!error.is_zero() && error.power > number.power) ? error.power : number.power;
  const bool is_percent = format.type == '%' || format.type == 'p';
  const bool may_have_power = format.type == 0 || format.type == 'g';
  const bool has_power = format.type == 'e' || (may_have_power && (power < least_power || power >= most_power));
  Quantity q;
  int shift = 0;
  if (has_power) {
    shift = -power;
    q.number.power = power;
  } else if (is_percent) {
    shift = 2;
  } else if (format.type == 's') {
    shift = -prefix_exponent(power);
    q.prefix = prefix_of(-shift);
  }
  q.number.is_negative = value < 0 && !number.is_zero();
  q.number.digits = written_to(shifted(number, shift), -(place + shift));
  q.uncertainty = written_to(shifted(error, shift), -(place + shift));
  q.has_plus = format.has_plus && !number.is_zero();
  q.has_groups = format.has_groups;
  q.is_percent = is_percent;
  q.unit = unit;
  return q;
}

std::string plain(const Quantity& q, const NumberMarks& marks) {
  const Around a = around(q, marks);
  return a.before + number_in_words(q, marks) + a.behind;
}

std::string formula(const Quantity& q, const NumberMarks& marks) {
  const Around a = around(q, marks);
  return beside(a.before) + number_in_formula(q, marks) + beside(a.behind);
}

std::vector<TextPiece> pieces(const Quantity& q, const NumberMarks& marks) {
  if (!q.number.power) return {{false, plain(q, marks)}};
  const Around a = around(q, marks);
  std::vector<TextPiece> list;
  if (!a.before.empty()) list.push_back({false, a.before});
  list.push_back({true, number_in_formula(q, marks)});
  if (!a.behind.empty()) list.push_back({false, a.behind});
  return list;
}

}  // namespace text
