// UTF-8: code points, their width on a terminal, and what of them must not reach one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace manuscript {

struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 1;
  bool valid = true;  // else one byte that begins no well-formed sequence
};

/// The code point at `at`, which lies inside of `text`. Overlong forms, surrogates and values above U+10FFFF are
/// invalid.
CodePoint decode(std::string_view text, std::size_t at);

std::string encode(char32_t value);

/// Code points in `text`; a byte that belongs to none counts as one.
int count_code_points(std::string_view text);

/// Columns on a terminal: 0 for combining marks, 2 for East Asian wide characters and emoji, else 1.
int display_width(char32_t value);

/// Letters and digits of any script, as far as the borders of a citation need them told apart from punctuation.
bool is_word_character(char32_t value);

/// The small letter of a capital one: Latin, Greek, Cyrillic and Armenian.
char32_t lower_case(char32_t value);

/// The character as it can be shown without acting on a terminal: control characters as their pictures (U+2400...),
/// characters that change the direction of text as U+FFFD.
char32_t visible(char32_t value);

/// The text with every character made visible, and bytes that are no UTF-8 as U+FFFD.
std::string visible(std::string_view text);

}  // namespace manuscript
