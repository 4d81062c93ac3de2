// See number_text.hpp.
#include "data/tables/number_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "data/tables/utf8.hpp"
#include "text/characters.hpp"

namespace data {
namespace {

using text::is_digit;

constexpr std::string_view minus = "\u2212";

struct Reading {
  double value = 0;
  std::size_t length = 0;  // of the number at the front of the text; 0: there is none
  bool is_in_range = true;
};

/// The number with a decimal point at the front of a text.
Reading read_front(std::string_view text) {
  // std::from_chars takes no plus, and takes "inf" and "nan".
  const std::size_t sign = text.starts_with('+') || text.starts_with('-') ? 1 : 0;
  if (text.size() == sign || !(is_digit(text[sign]) || text[sign] == '.')) return {};
  const char* const begin = text.data() + (text[0] == '+' ? 1 : 0);
  Reading reading;
  const auto [end, error] = std::from_chars(begin, text.data() + text.size(), reading.value);
  if (error == std::errc::invalid_argument) return {};
  reading.length = static_cast<std::size_t>(end - text.data());
  reading.is_in_range = error == std::errc();
  return reading;
}

std::string with_point(std::string_view text) {
  std::string point(text);
  std::replace(point.begin(), point.end(), ',', '.');
  return point;
}

/// Signs that stand between groups of three digits somewhere in the world; the decimal sign is none.
constexpr std::array<std::string_view, 8> separators{",", ".", " ", "'", "_", "\u00A0", "\u2009", "\u202F"};

/// The text without thousands separators: "1,234,567" is 1234567. Empty where the groups are others.
std::string without_separators(std::string_view text, std::string_view separator, char decimal) {
  const std::size_t fraction = std::min(text.find(decimal), text.size());
  std::string joined;
  std::size_t begin = 0;
  for (std::size_t end = 0; end < fraction; begin = end + separator.size()) {
    end = std::min(text.find(separator, begin), fraction);
    const std::string_view group = text.substr(begin, end - begin);
    const std::size_t sign = begin == 0 && (group.starts_with('-') || group.starts_with('+')) ? 1 : 0;
    const std::size_t digits = group.size() - sign;
    const bool is_group = begin == 0 ? digits >= 1 && digits <= 3 && end < fraction : digits == 3;
    if (!is_group || !std::all_of(group.begin() + static_cast<std::ptrdiff_t>(sign), group.end(), is_digit)) return "";
    joined += group;
  }
  joined += text.substr(fraction);
  return read_number(joined, decimal) ? joined : "";
}

bool looks_missing(std::string_view text) {
  std::string small(text);
  std::transform(small.begin(), small.end(), small.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  constexpr std::array<std::string_view, 12> signs{"na", "nan", "n/a",  "#n/a", "n.a.", "null",
                                                   "-",  "--",  "none", ".",    "?",    "missing"};
  return std::find(signs.begin(), signs.end(), small) != signs.end();
}

std::string hint_for(std::string_view text, char decimal) {
  const std::string decimal_comma = "decimal commas are declared with decimal: ','";
  for (const std::string_view separator : separators) {
    if (separator == std::string_view(&decimal, 1)) continue;
    const std::string joined = without_separators(text, separator, decimal);
    if (joined.empty()) continue;
    const bool may_be_decimal = separator == "," && std::count(text.begin(), text.end(), ',') == 1;
    return fmt::format("thousands are not separated: {}{}", joined,
                       may_be_decimal ? fmt::format("; {}", decimal_comma) : "");
  }
  if (decimal == '.' && read_number(with_point(text), '.')) return decimal_comma;
  if (decimal == ',' && read_number(text, '.')) return "decimal: ',' is declared, but this is a decimal point";
  if (text.starts_with(minus) && read_number(text.substr(minus.size()), decimal))
    return "write the minus as a hyphen: -";
  if (looks_missing(text)) return fmt::format("a sign for missing values is declared: missing: [{}]", in_quotes(text));
  if (text.ends_with('%')) return "write the number without %; the unit belongs in the column's name";
  const std::size_t length = read_front(decimal == ',' ? with_point(text) : std::string(text)).length;
  const std::string_view unit = trimmed(text.substr(length));
  const bool has_unit = length > 0 && std::none_of(unit.begin(), unit.end(), is_digit);
  return has_unit ? "a unit belongs in the column's name, not in its cells" : "";
}

}  // namespace

std::optional<double> read_number(std::string_view text, char decimal) {
  text = trimmed(text);
  if (decimal != '.' && text.find(decimal) != std::string_view::npos) {
    if (text.find('.') != std::string_view::npos) return std::nullopt;
    return read_number(with_point(text), '.');
  }
  if (decimal != '.' && text.find('.') != std::string_view::npos) return std::nullopt;
  const Reading reading = read_front(text);
  if (reading.length == 0 || reading.length != text.size() || !reading.is_in_range) return std::nullopt;
  return reading.value;
}

Complaint why_not_number(std::string_view text, char decimal) {
  text = trimmed(text);
  const Reading reading = read_front(decimal == ',' ? with_point(text) : std::string(text));
  if (reading.length == text.size() && !reading.is_in_range)
    return {fmt::format("{} is out of range", in_quotes(text)),
            "numbers have sizes from 2.3e-308 to 1.7e308, or are 0"};
  for (const std::string_view infinity : {"inf", "Inf", "INF", "infinity", "Infinity", "\u221E"})
    for (const std::string_view sign : {std::string_view(), std::string_view("+"), std::string_view("-"), minus})
      if (text.starts_with(sign) && text.substr(sign.size()) == infinity)
        return {fmt::format("{} is not a finite number", in_quotes(text)), "a value that is missing is an empty cell"};
  return {fmt::format("{} is not a number", in_quotes(text)), hint_for(text, decimal)};
}

}  // namespace data
