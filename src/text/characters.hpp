// Classes of characters as Markdown, YAML and numbers have them: of ASCII alone, whatever the locale.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace text {

inline constexpr std::size_t npos = std::string_view::npos;

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n'; }

/// A line with nothing but blanks.
constexpr bool is_blank(std::string_view line) { return line.find_first_not_of(" \t") == npos; }

/// Without blanks at both ends.
constexpr std::string_view trimmed(std::string_view text, std::string_view blanks = " \t\n") {
  const std::size_t first = text.find_first_not_of(blanks);
  return first == npos ? std::string_view() : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// With small letters for A to Z.
inline std::string lowercase(std::string_view text) {
  std::string small(text);
  for (char& c : small)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return small;
}

}  // namespace text
