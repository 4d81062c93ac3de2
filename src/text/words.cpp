// See words.hpp.
#include "text/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace text {

void Words::read(std::string_view lines) {
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    if (line.empty() || line.front() == '#') continue;
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos) throw std::invalid_argument(fmt::format("these are no words: '{}'", line));
    words_[std::string(line.substr(0, colon))] = line.substr(colon + 2);
  }
}

const std::string& Words::operator[](const std::string& key) const {
  const auto found = words_.find(key);
  if (found == words_.end()) throw std::out_of_range(fmt::format("there are no words '{}'", key));
  return found->second;
}

std::string Words::say(const Phrase& phrase) const {
  const std::string& words = (*this)[phrase.key];
  std::string said;
  for (std::size_t from = 0;;) {
    const std::size_t open = words.find('{', from), close = words.find('}', open);
    if (close == std::string::npos) return said + words.substr(from);
    const std::string name = words.substr(open + 1, close - open - 1);
    const auto part =
        std::find_if(phrase.parts.begin(), phrase.parts.end(), [&](const auto& given) { return given.first == name; });
    if (part == phrase.parts.end())
      throw std::out_of_range(fmt::format("the words '{}' want '{}', which is not given", phrase.key, name));
    said += words.substr(from, open - from) + part->second;
    from = close + 1;
  }
}

}  // namespace text
