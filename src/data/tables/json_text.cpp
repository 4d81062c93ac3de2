// See json_text.hpp.
#include "data/tables/json_text.hpp"

#include <charconv>
#include <cstdint>

#include "data/tables/utf8.hpp"

namespace data {
namespace {

constexpr std::string_view short_escapes = "\"\\/bfnrt";
constexpr std::string_view short_meanings = "\"\\/\b\f\n\r\t";
constexpr std::uint32_t no_unit = 0xFFFFFFFF;

/// XXXX of "\uXXXX".
std::uint32_t unit_at(std::string_view text) {
  if (text.size() < 6 || !text.starts_with("\\u")) return no_unit;
  std::uint32_t unit = 0;
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + 6, unit, 16);
  return error == std::errc() && end == text.data() + 6 ? unit : no_unit;
}

bool is_high(std::uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low(std::uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

}  // namespace

std::size_t escape_length(std::string_view text) {
  if (text.size() >= 2 && short_escapes.find(text[1]) != std::string_view::npos) return 2;
  const std::uint32_t unit = unit_at(text);
  if (unit == no_unit || unit == 0 || is_low(unit)) return 0;
  if (!is_high(unit)) return 6;
  const std::uint32_t second = unit_at(text.substr(6));
  return second != no_unit && is_low(second) ? 12 : 0;
}

void append_unescaped(std::string& text, std::string_view inside) {
  for (std::size_t at = 0; at < inside.size();) {
    const std::string_view rest = inside.substr(at);
    if (rest[0] != '\\') {
      text += rest[0];
      ++at;
      continue;
    }
    const std::size_t length = escape_length(rest);
    if (length == 2) {
      text += short_meanings[short_escapes.find(rest[1])];
    } else {
      const std::uint32_t unit = unit_at(rest);
      append_utf8(text, length == 12 ? 0x10000 + ((unit - 0xD800) << 10) + (unit_at(rest.substr(6)) - 0xDC00) : unit);
    }
    at += length;
  }
}

}  // namespace data
