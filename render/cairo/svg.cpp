// Edits of Cairo's SVG. Its writer is regular: attributes in double quotes.
#include "cairo/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <regex>
#include <stdexcept>

namespace drawing {
namespace {

std::string replaced_all(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) text.replace(at, from.size(), to);
  return text;
}

}  // namespace

std::string with_prefixed_ids(const std::string& svg, const std::string& prefix) {
  const auto is_allowed = [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_'; };
  if (!std::all_of(prefix.begin(), prefix.end(), is_allowed))
    throw std::invalid_argument(fmt::format("'{}' cannot begin the ids of a drawing", prefix));
  static const std::regex surface(R"(id="surface\d+")");
  std::string text = std::regex_replace(svg, surface, "id=\"surface\"");
  text = replaced_all(text, " id=\"", " id=\"" + prefix);
  text = replaced_all(text, "href=\"#", "href=\"#" + prefix);
  return replaced_all(text, "url(#", "url(#" + prefix);
}

}  // namespace drawing
