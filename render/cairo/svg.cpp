// Edits of Cairo's SVG. Its writer is regular: attributes in double quotes.
#include "cairo/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <stdexcept>

namespace cairo {
namespace {

/// In one pass: a drawing is hundreds of kilobytes, and what follows a place must not be moved once for each.
std::string replaced_all(const std::string& text, std::string_view from, std::string_view to) {
  std::string replaced;
  replaced.reserve(text.size() + text.size() / 8);
  std::size_t done = 0;
  for (std::size_t at = 0; (at = text.find(from, done)) != std::string::npos; done = at + from.size())
    replaced.append(text, done, at - done).append(to);
  return replaced.append(text, done);
}

/// Cairo counts the surfaces that a process makes; a drawing must not tell how many came before it.
std::string with_uncounted_surface(std::string text) {
  const std::string_view begin = "id=\"surface";
  for (auto at = text.find(begin); at != std::string::npos; at = text.find(begin, at + 1)) {
    const auto digits = at + begin.size(), end = text.find_first_not_of("0123456789", digits);
    if (end != std::string::npos && end > digits && text[end] == '"') text.erase(digits, end - digits);
  }
  return text;
}

}  // namespace

std::string with_prefixed_ids(const std::string& svg, const std::string& prefix) {
  const auto is_allowed = [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_'; };
  if (!std::all_of(prefix.begin(), prefix.end(), is_allowed))
    throw std::invalid_argument(fmt::format("'{}' cannot begin the ids of a drawing", prefix));
  std::string text = replaced_all(with_uncounted_surface(svg), " id=\"", " id=\"" + prefix);
  text = replaced_all(text, "href=\"#", "href=\"#" + prefix);
  return replaced_all(text, "url(#", "url(#" + prefix);
}

}  // namespace cairo
