// A scan for @type{key, fields}, as Pandoc's reader of BibTeX takes it: "%" begins a comment outside of values, other text
// between entries is ignored, braces in values balance, a backslash takes the next character as it is.
#include "document/bibliography.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <string_view>

#include "document/lines.hpp"

namespace document {
namespace {

constexpr auto npos = std::string_view::npos;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n'; }

class Scanner {
 public:
  explicit Scanner(const Source& source) : lines_(source), text_(lines_.text()) {}

  Bibliography run() {
    found_.errors = lines_.encoding_errors();
    if (lines_.hopeless()) return std::move(found_);
    while ((at_ = text_.find_first_of("@%", at_)) != npos) {
      if (text_[at_] == '%') skip_line();
      else entry();
    }
    return std::move(found_);
  }

 private:
  Place place(std::size_t at, std::size_t bytes) const {
    const int line = lines_.line_at(at);
    return lines_.place(line, at - lines_.start(line), bytes);
  }

  void fail(std::size_t at, std::size_t bytes, std::string message, std::string hint) {
    found_.errors.push_back(lines_.error(place(at, bytes), std::move(message), std::move(hint)));
  }

  void skip_line() { at_ = std::min(text_.find('\n', at_), text_.size()); }
  std::size_t skip_spaces(std::size_t at) const {
    while (at < text_.size() && is_space(text_[at])) ++at;
    return at;
  }

  void entry() {
    const std::size_t begin = at_;
    std::size_t end = begin + 1;
    std::string type;
    while (end < text_.size() && std::isalpha(static_cast<unsigned char>(text_[end])))
      type += static_cast<char>(std::tolower(static_cast<unsigned char>(text_[end++])));
    const std::size_t open = skip_spaces(end);
    if (type.empty() || open >= text_.size() || text_[open] != '{') {
      fail(begin, std::max<std::size_t>(end - begin, 1), "an '@' that begins no entry", "as in: @article{key, title = {...}}");
      at_ = end;
      return;
    }
    if (type != "comment" && type != "string" && type != "preamble") key(begin, open);
    const std::size_t close = closing(open);
    if (close == npos) {
      fail(begin, open + 1 - begin, "this entry is never closed", "a '}' is missing");
      const std::size_t next = next_entry(open);
      at_ = next == npos ? text_.size() : next;
    } else {
      at_ = close + 1;
    }
  }

  void key(std::size_t begin, std::size_t open) {
    const std::size_t first = skip_spaces(open + 1);
    const std::size_t end = std::min(text_.find_first_of(",}={\n \t", first), text_.size());
    const std::size_t after = skip_spaces(end);
    if (end == first || after >= text_.size() || text_[after] != ',') {
      fail(begin, open + 1 - begin, "this entry has no key", "as in: @article{key, title = {...}}");
      return;
    }
    std::string name(text_.substr(first, end - first));
    const Place where = place(first, name.size());
    const auto [known, is_new] = lines_of_keys_.emplace(name, where.line);
    if (!is_new)
      found_.errors.push_back(lines_.error(where, fmt::format("the citation key '{}' is used twice", name), fmt::format("first in line {}", known->second)));
    found_.entries.push_back({std::move(name), where});
  }

  /// Where the brace at `open` is closed. A line that begins the next entry shows that it is not.
  std::size_t closing(std::size_t open) const {
    int depth = 0;
    bool quoted = false;
    for (std::size_t at = open; at < text_.size(); ++at) {
      const char c = text_[at];
      if (c == '\\') ++at;
      else if (c == '"' && depth == 1) quoted = !quoted;
      else if (c == '%' && depth == 1 && !quoted) at = std::min(text_.find('\n', at), text_.size());
      else if (c == '{') ++depth;
      else if (c == '}' && --depth == 0) return at;
      else if (c == '\n' && begins_entry(at + 1)) return npos;
    }
    return npos;
  }

  bool begins_entry(std::size_t at) const {
    if (at >= text_.size() || text_[at] != '@') return false;
    std::size_t end = at + 1;
    while (end < text_.size() && std::isalpha(static_cast<unsigned char>(text_[end]))) ++end;
    return end > at + 1 && end < text_.size() && text_[end] == '{';
  }

  std::size_t next_entry(std::size_t from) const {
    for (std::size_t at = text_.find("\n@", from); at != npos; at = text_.find("\n@", at + 1))
      if (begins_entry(at + 1)) return at + 1;
    return npos;
  }

  const Lines lines_;
  const std::string_view text_;
  std::size_t at_ = 0;
  Bibliography found_;
  std::map<std::string, int> lines_of_keys_;
};

}  // namespace

Bibliography read_bibliography(const Source& source) { return Scanner(source).run(); }

}  // namespace document
