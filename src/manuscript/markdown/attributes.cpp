// Attributes as Pandoc's manual gives them (extensions header_attributes and fenced_code_attributes): they may go over
// line ends, but not over a blank line; a backslash in a quoted value takes the next character as it is.
#include "manuscript/markdown/attributes.hpp"

#include <algorithm>
#include <cctype>

#include "text/characters.hpp"

namespace manuscript {
namespace {

using text::is_space;

constexpr std::size_t longest = 10'000;  // bytes; a brace left open must not cost the whole chapter

bool is_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || (static_cast<unsigned char>(c) & 0x80) ||
         std::string_view("_-:.").find(c) != std::string_view::npos;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text.substr(0, longest)) {}

  std::optional<Attributes> run() {
    if (peek() != '{') return std::nullopt;
    ++at_;
    while (true) {
      if (!skip_spaces()) return std::nullopt;
      if (peek() == '}') break;
      if (!item()) return std::nullopt;
      if (peek() != '}' && !is_space(peek())) return std::nullopt;
    }
    found_.length = at_ + 1;
    if (found_.ids == 0 && found_.classes.empty() && found_.pairs.empty()) return std::nullopt;
    return std::move(found_);
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  bool skip_spaces() {
    int feeds = 0;
    for (; is_space(peek()); ++at_)
      if (peek() == '\n' && ++feeds > 1) return false;
    return at_ < text_.size();
  }

  std::string word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && !is_space(text_[at_]) && text_[at_] != '}' && text_[at_] != '=') ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }

  std::string identifier() {
    std::string name = word();
    const bool begins_well =
        !name.empty() && is_name(name[0]) && std::string_view("_-:.0123456789").find(name[0]) == std::string_view::npos;
    found_.is_sound = found_.is_sound && begins_well && std::all_of(name.begin(), name.end(), is_name);
    return name;
  }

  bool item() {
    const char c = peek();
    if (c == '#') {
      found_.id_offset = at_++;
      found_.id = identifier();
      ++found_.ids;
      return !found_.id.empty();
    }
    if (c == '.') {
      found_.class_offsets.push_back(++at_);
      found_.classes.push_back(identifier());
      return !found_.classes.back().empty();
    }
    if (c == '-' && (is_space(peek(1)) || peek(1) == '}')) {
      found_.class_offsets.push_back(at_++);
      found_.classes.emplace_back("unnumbered");
      return true;
    }
    return pair();
  }

  bool pair() {
    Attributes::Pair pair;
    pair.key_offset = at_;
    pair.key = word();
    // {=html} marks raw text: a pair without a key.
    if (peek() != '=' || !std::all_of(pair.key.begin(), pair.key.end(), is_name)) return false;
    ++at_;
    const char quote = peek();
    if (quote == '"' || quote == '\'') {
      pair.value_offset = ++at_;
      if (!quoted(quote, pair.value)) return false;
    } else {
      pair.value_offset = at_;
      while (at_ < text_.size() && !is_space(text_[at_]) && text_[at_] != '}') pair.value += text_[at_++];
    }
    found_.pairs.push_back(std::move(pair));
    return true;
  }

  bool quoted(char quote, std::string& value) {
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == quote) return ++at_, true;
      if (c == '\n' && peek(1) == '\n') return false;
      if (c == '\\' && std::ispunct(static_cast<unsigned char>(peek(1))))
        value += text_[++at_];
      else
        value += c == '\n' ? ' ' : c;
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Attributes found_;
};

}  // namespace

bool Attributes::has_class(std::string_view name) const {
  return std::find(classes.begin(), classes.end(), name) != classes.end();
}

std::size_t Attributes::offset_of_class(std::string_view name) const {
  return class_offsets.at(static_cast<std::size_t>(std::find(classes.begin(), classes.end(), name) - classes.begin()));
}

const Attributes::Pair* Attributes::find(std::string_view key) const {
  const auto found = std::find_if(pairs.begin(), pairs.end(), [&](const Pair& pair) { return pair.key == key; });
  return found == pairs.end() ? nullptr : &*found;
}

std::optional<Attributes> parse_attributes(std::string_view text) { return Parser(text).run(); }

}  // namespace manuscript
