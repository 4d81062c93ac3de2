// How far a name, blanks or a group go in a piece of LaTeX.
#pragma once

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string_view>

namespace manuscript {

inline bool is_latex_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

inline std::size_t behind_letters(std::string_view text, std::size_t at) {
  while (at < text.size() && is_latex_letter(text[at])) ++at;
  return at;
}

inline std::size_t behind_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(" \t\n", at), text.size());
}

/// Behind the bracket that closes the one at `at`; npos when there is none.
inline std::size_t behind_group(std::string_view text, std::size_t at, char open, char close) {
  if (at >= text.size() || text[at] != open) return std::string_view::npos;
  int depth = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == '\\')
      ++at;
    else if (text[at] == open)
      ++depth;
    else if (text[at] == close && --depth == 0)
      return at + 1;
  }
  return std::string_view::npos;
}

}  // namespace manuscript
