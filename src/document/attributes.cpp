// Attributes as Pandoc's manual gives them ("Extension: header_attributes", "fenced_code_attributes").
#include "document/attributes.hpp"

#include <cctype>

namespace document {
namespace {

bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-' || c == ':' || c == '.'; }

}  // namespace

bool Attributes::has_class(std::string_view name) const {
  for (const auto& c : classes)
    if (c == name) return true;
  return false;
}

const Attributes::Pair* Attributes::find(std::string_view key) const {
  for (const auto& pair : pairs)
    if (pair.key == key) return &pair;
  return nullptr;
}

std::optional<Attributes> parse_attributes(std::string_view text) {
  if (text.empty() || text[0] != '{') return std::nullopt;
  Attributes found;
  std::size_t at = 1;
  const auto word = [&] {
    const std::size_t begin = at;
    while (at < text.size() && !std::isspace(static_cast<unsigned char>(text[at])) && text[at] != '}' && text[at] != '=') ++at;
    return std::string(text.substr(begin, at - begin));
  };
  while (true) {
    while (at < text.size() && std::isspace(static_cast<unsigned char>(text[at]))) ++at;
    if (at >= text.size()) return std::nullopt;
    const char c = text[at];
    if (c == '}') break;
    if (c == '#') {
      found.id_offset = at++;
      found.id = word();
    } else if (c == '.') {
      ++at;
      found.classes.push_back(word());
      if (found.classes.back().empty()) return std::nullopt;
    } else if (c == '-' && (at + 1 >= text.size() || !is_name(text[at + 1]))) {
      ++at;  // {-}: not numbered
      found.classes.emplace_back("unnumbered");
    } else if (is_name(c)) {
      Attributes::Pair pair{word(), "", 0};
      if (at >= text.size() || text[at] != '=') return std::nullopt;
      ++at;
      const char quote = at < text.size() ? text[at] : '\0';
      if (quote == '"' || quote == '\'') {
        const std::size_t end = text.find(quote, at + 1);
        if (end == std::string_view::npos) return std::nullopt;
        pair.value_offset = at + 1;
        pair.value = text.substr(at + 1, end - at - 1);
        at = end + 1;
      } else {
        pair.value_offset = at;
        pair.value = word();
      }
      found.pairs.push_back(std::move(pair));
    } else {
      return std::nullopt;
    }
  }
  found.length = at + 1;
  if (found.id.empty() && found.classes.empty() && found.pairs.empty()) return std::nullopt;
  return found;
}

}  // namespace document
