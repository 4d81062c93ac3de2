// UTF-8 by code points (Unicode 15, chapter 3.9).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace document {

struct CodePoint {
  char32_t value = 0;
  std::size_t length = 1;  // bytes; 1 for a byte that belongs to no valid sequence
  bool valid = false;
};

/// The code point that begins at a byte.
CodePoint code_point_at(std::string_view text, std::size_t at);

/// Code points in a text; a byte that belongs to none counts as one.
int count_code_points(std::string_view text);

/// Cells that a code point takes on a terminal: 0 for combining marks, 2 for wide East Asian characters and emoji.
int display_width(char32_t c);

}  // namespace document
