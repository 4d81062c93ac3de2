// See shell_word.hpp.
#include "text/shell_word.hpp"

#include <algorithm>
#include <cctype>
#include <cstring>

#include "text/replace_all.hpp"

namespace text {

std::string shell_word(const std::string& word) {
  const auto is_plain = [](unsigned char c) { return std::isalnum(c) || c >= 0x80 || std::strchr("_-./:@%+=,", c); };
  if (!word.empty() && word.front() != '-' && std::all_of(word.begin(), word.end(), is_plain)) return word;
  std::string quoted = word;
  replace_all(quoted, "'", "'\\''");
  return "'" + quoted + "'";
}

}  // namespace text
