// The four tables of section 10.3.2 of YAML 1.2.2: null, booleans, integers (three bases), floats.
#include "manuscript/yaml/yaml_scalar.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string_view>

#include "text/characters.hpp"

namespace manuscript {
namespace {

using text::is_digit;

bool one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - at;
}

/// [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
bool is_number(std::string_view text) {
  std::size_t at = !text.empty() && (text[0] == '-' || text[0] == '+');
  const std::size_t whole = digits_at(text, at);
  at += whole;
  if (at < text.size() && text[at] == '.') {
    const std::size_t fraction = digits_at(text, ++at);
    if (whole + fraction == 0) return false;
    at += fraction;
  } else if (whole == 0) {
    return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    const std::size_t exponent = digits_at(text, at);
    if (exponent == 0) return false;
    at += exponent;
  }
  return at == text.size();
}

bool is_integer(std::string_view text) {
  const std::size_t sign = !text.empty() && (text[0] == '-' || text[0] == '+');
  const std::size_t digits = digits_at(text, sign);
  return digits > 0 && sign + digits == text.size();
}

/// Beyond the range of a double std::from_chars leaves the value alone; then the exponent tells which way it went.
double number_of(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc::result_out_of_range) return value;
  const bool negative = text.starts_with('-');
  const std::size_t exponent = text.find_first_of("eE");
  const bool tiny = exponent != std::string_view::npos ? text.substr(exponent + 1).starts_with('-')
                                                       : text.find_first_of("123456789") > text.find('.');
  const double magnitude = tiny ? 0.0 : std::numeric_limits<double>::infinity();
  return negative ? -magnitude : magnitude;
}

Json integer_of(std::string_view text) {
  std::string_view digits = text;
  if (digits.starts_with('+')) digits.remove_prefix(1);
  std::int64_t value = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (failure == std::errc()) return value;
  return number_of(text);
}

/// 0o17 or 0x1F; null when it is neither.
Json based_integer(std::string_view text) {
  const int base = text.starts_with("0o") ? 8 : text.starts_with("0x") ? 16 : 0;
  if (base == 0 || text.size() == 2) return nullptr;
  const std::string_view digits = text.substr(2);
  const std::string_view allowed = std::string_view("0123456789abcdefABCDEF").substr(0, base == 8 ? 8 : 22);
  if (digits.find_first_not_of(allowed) != std::string_view::npos) return nullptr;
  std::int64_t value = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (failure == std::errc()) return value;
  double large = 0;
  for (const char c : digits) large = large * base + (is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
  return large;
}

}  // namespace

Json plain_scalar(const std::string& text) {
  if (one_of(text, {"", "~", "null", "Null", "NULL"})) return nullptr;
  if (one_of(text, {"true", "True", "TRUE"})) return true;
  if (one_of(text, {"false", "False", "FALSE"})) return false;
  if (is_integer(text)) return integer_of(text);
  if (is_number(text)) return number_of(text);
  if (Json based = based_integer(text); !based.is_null()) return based;
  if (one_of(text, {".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"})) return std::numeric_limits<double>::infinity();
  if (one_of(text, {"-.inf", "-.Inf", "-.INF"})) return -std::numeric_limits<double>::infinity();
  if (one_of(text, {".nan", ".NaN", ".NAN"})) return std::numeric_limits<double>::quiet_NaN();
  return text;
}

}  // namespace manuscript
