// As in Pandoc's manual, sections "Reference links" and "Images".
#include "document/links.hpp"

#include <algorithm>
#include <cctype>

namespace document {
namespace {

constexpr auto npos = std::string_view::npos;

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\n");
  return first == npos ? std::string_view() : text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

}  // namespace

std::string normal_label(std::string_view label) {
  std::string normal;
  for (const char c : trimmed(label)) {
    if (!std::isspace(static_cast<unsigned char>(c))) normal += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    else if (!normal.ends_with(' ')) normal += ' ';
  }
  return normal;
}

std::string_view destination_of(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('<')) return text.substr(1, std::min(text.find('>'), text.size()) - 1);
  return text.substr(0, text.find_first_of(" \t\n"));
}

std::string unescaped_path(std::string_view path) {
  std::string plain;
  for (std::size_t at = 0; at < path.size(); ++at) {
    const auto hex = [&](std::size_t k) { return k < path.size() && std::isxdigit(static_cast<unsigned char>(path[k])); };
    if (path[at] == '\\' && at + 1 < path.size() && std::ispunct(static_cast<unsigned char>(path[at + 1]))) {
      plain += path[++at];
    } else if (path[at] == '%' && hex(at + 1) && hex(at + 2)) {
      plain += static_cast<char>(std::stoi(std::string(path.substr(at + 1, 2)), nullptr, 16));
      at += 2;
    } else {
      plain += path[at];
    }
  }
  return plain;
}

std::optional<LinkDefinition> link_definition(std::string_view line) {
  const std::size_t open = line.find_first_not_of(' ');
  if (open > 3 || line[open] != '[' || line.substr(open, 2) == "[^") return std::nullopt;
  const std::size_t close = line.find("]:", open);
  if (close == npos || close == open + 1) return std::nullopt;
  const std::string_view path = destination_of(line.substr(close + 2));
  if (path.empty()) return std::nullopt;
  return LinkDefinition{normal_label(line.substr(open + 1, close - open - 1)), unescaped_path(path)};
}

}  // namespace document
