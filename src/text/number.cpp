// See number.hpp.
#include "text/number.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <regex>

#include "text/decimal.hpp"

namespace text {
namespace {

constexpr const char* minus = "\u2212";
constexpr std::array<const char*, 10> raised{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
constexpr const char* raised_minus = "⁻";

Number not_finite(double value) {
  if (std::isnan(value)) return {false, "NaN"};
  return {value < 0, "∞"};
}

Number with_power(bool is_negative, const Decimal& s) {
  return {is_negative, s.digits.substr(0, 1) + (s.digits.size() > 1 ? "." + s.digits.substr(1) : ""), s.power};
}

}  // namespace

Number rounded(double value, int digits) {
  if (!std::isfinite(value)) return not_finite(value);
  if (value == 0) return {false, "0"};
  const double size = std::abs(value);
  const Decimal s = rounded_decimal(size, digits);
  // A zero that stands for a digit that was rounded away would be read as one.
  const bool all_said = s.power < digits || std::strtod(written_out(s).c_str(), nullptr) == size;
  if (s.power >= least_power && s.power < most_power && all_said) return {value < 0, written_out(s)};
  return with_power(value < 0, s);
}

Number exact(double value) {
  if (!std::isfinite(value)) return not_finite(value);
  if (value == 0) return {false, "0"};
  const double size = std::abs(value);
  const Decimal s = shortest_decimal(size);
  const bool is_count = s.power < 15 && static_cast<int>(s.digits.size()) - 1 <= s.power && s.digits.size() > 3;
  if (s.power >= least_power && (s.power < most_power || is_count)) return {value < 0, written_out(s)};
  return with_power(value < 0, s);
}

Number of_printed(std::string_view printed) {
  Number number;
  if (printed.starts_with('-')) {
    number.is_negative = true;
    printed.remove_prefix(1);
  }
  const std::size_t e = printed.find('e');
  number.digits = std::string(printed.substr(0, e));
  if (e != std::string_view::npos) number.power = std::atoi(std::string(printed.substr(e + 1)).c_str());
  // "-0.0" is nothing below zero.
  if (number.digits.find_first_not_of("0.") == std::string::npos) number.is_negative = false;
  return number;
}

std::string plain(const Number& number) {
  std::string out = number.is_negative ? minus : "";
  if (!number.power) return out + number.digits;
  if (number.digits != "1") out += number.digits + " × ";
  out += "10";
  for (const char c : std::to_string(*number.power))
    out += c == '-' ? raised_minus : raised[static_cast<std::size_t>(c - '0')];
  return out;
}

std::string formula(const Number& number) {
  std::string out = number.is_negative ? "-" : "";
  if (number.digits == "∞") return out + "\\infty";
  if (number.digits == "NaN") return "\\text{NaN}";
  if (!number.power) return out + number.digits;
  if (number.digits != "1") out += number.digits + " \\times ";
  return out + "10^{" + std::to_string(*number.power) + "}";
}

std::string markdown(const Number& number) { return number.power ? "$" + formula(number) + "$" : plain(number); }

std::vector<TextPiece> pieces(std::string_view plain) {
  static const std::regex power("((?:−)?)(?:([0-9.]+) × )?10((?:⁻|⁰|¹|²|³|⁴|⁵|⁶|⁷|⁸|⁹)+)");
  std::vector<TextPiece> found;
  const std::string all(plain);
  if (all.find("10") == std::string::npos) {  // no power of ten: most texts
    if (!all.empty()) found.push_back({false, all});
    return found;
  }
  auto from = all.begin();
  const auto add = [&](bool is_formula, std::string content) {
    if (!content.empty()) found.push_back({is_formula, std::move(content)});
  };
  for (std::sregex_iterator at(all.begin(), all.end(), power), end; at != end; ++at) {
    add(false, std::string(from, all.begin() + at->position()));
    std::string exponent = (*at)[3];
    for (std::size_t digit = 0; digit < raised.size(); ++digit)
      for (std::size_t place; (place = exponent.find(raised[digit])) != std::string::npos;)
        exponent.replace(place, std::string_view(raised[digit]).size(), std::to_string(digit));
    for (std::size_t place; (place = exponent.find(raised_minus)) != std::string::npos;)
      exponent.replace(place, std::string_view(raised_minus).size(), "-");
    const Number number{(*at)[1].length() > 0, (*at)[2].matched ? (*at)[2].str() : "1", std::atoi(exponent.c_str())};
    add(true, formula(number));
    from = all.begin() + at->position() + at->length();
  }
  add(false, std::string(from, all.end()));
  return found;
}

}  // namespace text
