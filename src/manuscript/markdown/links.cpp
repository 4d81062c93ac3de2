// As in Pandoc's manual, sections "Reference links" and "Images".
#include "manuscript/markdown/links.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include "text/characters.hpp"

namespace manuscript {
namespace {

using text::is_space;
using text::npos;
using text::trimmed;

/// Pandoc's Text.Pandoc.Readers.Markdown, "source": pieces of a path are characters, parentheses
/// that balance, and blanks that neither a title nor the end follows.
class DestinationReader {
 public:
  explicit DestinationReader(std::string_view text) : text_(text) {}

  std::optional<Destination> run() {
    if (!text_.starts_with('(')) return std::nullopt;
    at_ = 1;
    skip_blanks();
    Destination found;
    if (peek() == '<' && text_.find('>', at_) != npos) {
      found.offset = ++at_;
      at_ = text_.find('>', at_);
      found.bytes = at_++ - found.offset;
    } else {
      found.offset = at_;
      if (!path()) return std::nullopt;
      found.bytes = at_ - found.offset;
    }
    skip_blanks();
    if (!title() || peek() != ')') return std::nullopt;
    found.length = at_ + 1;
    return found;
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  void skip_blanks() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }

  /// Goes behind the path; parentheses in it must balance.
  bool path() {
    int depth = 0;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\\')
        ++at_;
      else if (c == '(')
        ++depth;
      else if (c == ')' && depth-- == 0)
        return true;
      else if (is_space(c) && depth == 0 && ends_at_blank())
        return true;
    }
    return false;
  }

  bool ends_at_blank() const {
    const std::size_t next = std::min(text_.find_first_not_of(" \t\n", at_), text_.size());
    return next == text_.size() || text_[next] == '"' || text_[next] == '\'' || text_[next] == ')';
  }

  /// A quote that no letter or digit follows ends a title.
  bool title() {
    const char quote = peek();
    if (quote != '"' && quote != '\'') return true;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\\')
        ++at_;
      else if (text_[at_] == quote && !std::isalnum(static_cast<unsigned char>(peek(1)))) {
        ++at_;
        skip_blanks();
        return true;
      }
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

/// Where the path of a definition begins, and its length: up to a title, attributes or the line's
/// end.
std::pair<std::size_t, std::size_t> defined_path(std::string_view line, std::size_t from) {
  const std::size_t begin = std::min(line.find_first_not_of(" \t", from), line.size());
  if (begin < line.size() && line[begin] == '<')
    if (const std::size_t close = line.find('>', begin); close != npos) return {begin + 1, close - begin - 1};
  std::size_t end = begin;
  for (; end < line.size(); ++end) {
    if (line[end] != ' ' && line[end] != '\t') continue;
    const std::size_t next = line.find_first_not_of(" \t", end);
    if (next == npos || std::string_view("\"'({").find(line[next]) != npos) break;
  }
  return {begin, end - begin};
}

}  // namespace

std::string normal_label(std::string_view label) {
  std::string normal;
  for (const char c : trimmed(label)) {
    if (!std::isspace(static_cast<unsigned char>(c)))
      normal += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    else if (!normal.ends_with(' '))
      normal += ' ';
  }
  return normal;
}

std::optional<Destination> link_destination(std::string_view text) { return DestinationReader(text).run(); }

std::string unescaped_path(std::string_view path) {
  std::string plain;
  for (std::size_t at = 0; at < path.size(); ++at) {
    const auto hex = [&](std::size_t k) {
      return k < path.size() && std::isxdigit(static_cast<unsigned char>(path[k]));
    };
    if (path[at] == '\\' && at + 1 < path.size() &&
        (std::ispunct(static_cast<unsigned char>(path[at + 1])) || path[at + 1] == ' ')) {
      plain += path[++at];
    } else if (path[at] == '%' && hex(at + 1) && hex(at + 2)) {
      plain += static_cast<char>(std::stoi(std::string(path.substr(at + 1, 2)), nullptr, 16));
      at += 2;
    } else if (is_space(path[at])) {
      if (!plain.ends_with(' ')) plain += ' ';
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
  const auto [from, bytes] = defined_path(line, close + 2);
  if (bytes == 0) return std::nullopt;
  return LinkDefinition{normal_label(line.substr(open + 1, close - open - 1)),
                        unescaped_path(line.substr(from, bytes)),
                        open + 1,
                        close - open - 1,
                        from,
                        bytes};
}

}  // namespace manuscript
