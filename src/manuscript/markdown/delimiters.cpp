// Guesses of what was meant: what they take for a formula is told as a mistake, so they are careful.
#include "manuscript/markdown/delimiters.hpp"

#include <algorithm>
#include <cctype>

#include "text/characters.hpp"

namespace manuscript {
namespace {

using text::is_alpha;
using text::npos;

/// A letter alone, or what closes a group: "x" of "x_1", but not "snake" of "snake_case".
bool ends_with_symbol(std::string_view text) {
  if (text.empty()) return false;
  const char last = text.back();
  if (last == '}' || last == ')') return true;
  return is_alpha(last) && (text.size() == 1 || !is_alpha(text[text.size() - 2]));
}

}  // namespace

bool looks_like_formula(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if ((text[at] == '^' || text[at] == '_') && ends_with_symbol(text.substr(0, at))) return true;
    if (text[at] != '\\') continue;
    ++at;
    if (at < text.size() && is_alpha(text[at])) return true;
  }
  return false;
}

std::size_t escaped_formula(std::string_view text) {
  const bool display = text.starts_with("\\[");
  if (!display && !text.starts_with("\\(")) return 0;
  const std::size_t close = text.find(display ? "\\]" : "\\)", 2);
  return close != npos && looks_like_formula(text.substr(2, close - 2)) ? close + 2 : 0;
}

bool looks_like_blank_formula(std::string_view content) {
  const std::size_t first = content.find_first_not_of(" \n"), last = content.find_last_not_of(" \n");
  if (first == npos) return false;
  const std::string_view text = content.substr(first, last - first + 1);
  return looks_like_formula(text) || text.find('=') != npos;
}

bool is_text_between_dollars(std::string_view content) {
  return content.starts_with("**") || std::count(content.begin(), content.end(), '`') % 2 == 1;
}

}  // namespace manuscript
