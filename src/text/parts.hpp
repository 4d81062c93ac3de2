// Changing the parts of a text that lie between two marks.
#pragma once

#include <string>

namespace text {

/// The text with what lies between `begin` and the next `end` replaced by what `change` makes of it.
template <typename Change>
std::string with_parts_changed(const std::string& text, const std::string& begin, const std::string& end,
                               Change change) {
  std::string changed;
  std::size_t done = 0;
  for (std::size_t at = text.find(begin); at != std::string::npos; at = text.find(begin, done)) {
    const std::size_t first = at + begin.size(), last = text.find(end, first);
    if (last == std::string::npos) break;
    changed.append(text, done, first - done).append(change(text.substr(first, last - first)));
    done = last;
  }
  return changed.append(text, done);
}

}  // namespace text
