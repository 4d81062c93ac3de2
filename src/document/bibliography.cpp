// A scan for @type{key, ...} with balanced braces; what stands between entries is comment, as BibTeX has it.
#include "document/bibliography.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>

namespace document {
namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// Where the brace that opens at `open` is closed; npos when it is not.
std::size_t closing(const std::string& text, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    if (text[i] == '\\') ++i;
    else if (text[i] == '{') ++depth;
    else if (text[i] == '}' && --depth == 0) return i;
  }
  return std::string::npos;
}

}  // namespace

Bibliography read_bibliography(const Source& source) {
  Bibliography found;
  const std::string& text = source.text;
  std::map<std::string, int> lines;
  int line = 1;
  std::size_t line_begin = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\n') ++line, line_begin = at + 1;
    if (text[at] != '@') continue;
    const std::size_t open = text.find('{', at);
    if (open == std::string::npos) break;
    const std::string type = lower(text.substr(at + 1, open - at - 1));
    if (!std::all_of(type.begin(), type.end(), [](unsigned char c) { return std::isalnum(c); }) || type.empty()) continue;
    const std::size_t end = closing(text, open);
    const int column = static_cast<int>(at - line_begin) + 1;
    if (end == std::string::npos) {
      found.errors.push_back(error_at(source, {source.file, line, column, static_cast<int>(open - at)}, "this entry is never closed", "a '}' is missing"));
      break;
    }
    if (type != "comment" && type != "string" && type != "preamble") {
      const std::size_t comma = std::min(text.find(',', open), end);
      std::string key = text.substr(open + 1, comma - open - 1);
      key.erase(0, key.find_first_not_of(" \t\r\n"));
      key.erase(key.find_last_not_of(" \t\r\n") + 1);
      const Place place{source.file, line, column + static_cast<int>(open - at) + 1, static_cast<int>(key.size())};
      const auto [first, is_new] = lines.emplace(key, line);
      if (!is_new)
        found.errors.push_back(error_at(source, place, fmt::format("the citation key '{}' is used twice", key), fmt::format("first in line {}", first->second)));
      found.entries.push_back({std::move(key), place});
    }
    for (; at < end; ++at)
      if (text[at] == '\n') ++line, line_begin = at + 1;
  }
  return found;
}

}  // namespace document
