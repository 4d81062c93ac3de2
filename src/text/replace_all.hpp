// Replacing a text wherever it stands in another.
// In one pass: a page is megabytes, and what follows a place must not be moved once for each.
#pragma once

#include <string>

namespace text {

inline void replace_all(std::string& text, const std::string& from, const std::string& to) {
  std::string replaced;
  std::size_t done = 0;
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, done)) {
    if (done == 0) replaced.reserve(text.size() + text.size() / 16);
    replaced.append(text, done, at - done).append(to);
    done = at + from.size();
  }
  if (done == 0) return;
  text = replaced.append(text, done);
}

}  // namespace text
