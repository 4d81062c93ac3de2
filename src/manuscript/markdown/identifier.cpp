// Pandoc's manual, "Extension: auto_identifiers": formatting, links, notes and marks of punctuation
// go, but for "_", "-" and
// "."; blanks become hyphens, letters small, and what stands before the first letter goes. Quotes,
// dashes and dots that the extension "smart" makes of ASCII are punctuation too.
#include "manuscript/markdown/identifier.hpp"

#include <algorithm>
#include <cctype>

#include "manuscript/markdown/attributes.hpp"
#include "manuscript/markdown/links.hpp"
#include "manuscript/unicode.hpp"
#include "text/characters.hpp"
#include "text/replace_all.hpp"

namespace manuscript {
namespace {

using text::is_alpha;
using text::npos;

constexpr std::size_t longest_heading = 2000;

bool is_alnum(char c) { return std::isalnum(static_cast<unsigned char>(c)) || (static_cast<unsigned char>(c) & 0x80); }

class Words {
 public:
  explicit Words(std::string_view text) : text_(text.substr(0, longest_heading)) {}

  std::string run() {
    underscores_ = count_marks();
    while (at_ < text_.size()) step();
    return std::move(words_);
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  /// Underscores that may mark emphasis: one side is not a letter, but not both are blank.
  bool marks_emphasis(std::size_t at) const {
    const char before = at > 0 ? text_[at - 1] : ' ', after = at + 1 < text_.size() ? text_[at + 1] : ' ';
    return !(is_alnum(before) && is_alnum(after)) && !(before == ' ' && after == ' ') && before != '\\';
  }

  int count_marks() const {
    int count = 0;
    for (std::size_t at = text_.find('_'); at != npos; at = text_.find('_', at + 1)) count += marks_emphasis(at);
    return count;
  }

  void step() {
    switch (peek()) {
      case '\\':
        return backslash();
      case '`':
        return verbatim('`');
      case '$':
        return verbatim('$');
      case '<':
        return angle();
      case '^':
        return note();
      case ']':
        return behind_bracket();
      case '&':
        return entity();
      case '-':
        return hyphens();
      case '.':
        if (text_.substr(at_, 3) == "...")
          at_ += 3;
        else
          words_ += text_[at_++];
        return;
      case '_':
        if (!marks_emphasis(at_) || underscores_ < 2) words_ += '_';
        ++at_;
        return;
      default:
        words_ += text_[at_++];
    }
  }

  void backslash() {
    if (!is_alpha(peek(1))) {
      words_ += peek(1) == '\0' ? ' ' : peek(1);
      at_ += 2;
      return;
    }
    for (++at_; is_alpha(peek()); ++at_) {
    }
    for (char open = peek(); open == '{' || open == '['; open = peek()) {
      const std::size_t close = text_.find(open == '{' ? '}' : ']', at_);
      if (close == npos) break;
      at_ = close + 1;
    }
  }

  /// Code and formulas count by what they are written with.
  void verbatim(char mark) {
    std::size_t length = 0;
    while (peek(length) == mark) ++length;
    const std::size_t close = text_.find(std::string(length, mark), at_ + length);
    if (close == npos) {
      at_ += length;
      return;
    }
    std::string written(text_.substr(at_ + length, close - at_ - length));
    // Pandoc gets a number in signs for the name of this command.
    if (mark == '$') text::replace_all(written, "\\value{", "\\{");
    words_ += written;
    at_ = close + length;
    skip_attributes();
  }

  void angle() {
    const std::size_t close = text_.find('>', at_);
    const bool is_tag = is_alpha(peek(1)) || peek(1) == '/' || peek(1) == '!';
    if (!is_tag || close == npos) {
      ++at_;
      return;
    }
    const std::string_view inside = text_.substr(at_ + 1, close - at_ - 1);
    if (inside.find("://") != npos || inside.find('@') != npos) words_ += inside;
    at_ = close + 1;
  }

  /// "^[text]" goes; of "[^label]" the label stays, since IDs are made before Pandoc knows the notes.
  void note() {
    ++at_;
    if (peek() != '[') return;
    int depth = 0;
    for (std::size_t at = at_; at < text_.size(); ++at) {
      if (text_[at] == '[') ++depth;
      if (text_[at] != ']' || --depth > 0) continue;
      at_ = at + 1;
      return;
    }
  }

  /// An address or attributes. A label of a link stays, as that of a note does.
  void behind_bracket() {
    ++at_;
    if (peek() == '(') {
      if (const auto found = link_destination(text_.substr(at_))) at_ += found->length;
    }
    skip_attributes();
  }

  void skip_attributes() {
    if (peek() != '{') return;
    if (const auto attributes = parse_attributes(text_.substr(at_))) at_ += attributes->length;
  }

  void entity() {
    const std::size_t close = text_.substr(0, std::min(text_.size(), at_ + 12)).find(';', at_);
    const bool is_entity = close != npos && close > at_ + 1 &&
                           std::all_of(text_.begin() + static_cast<std::ptrdiff_t>(at_) + 1,
                                       text_.begin() + static_cast<std::ptrdiff_t>(close),
                                       [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '#'; });
    if (is_entity && text_.substr(at_, close - at_) == "&nbsp") words_ += ' ';
    at_ = is_entity ? close + 1 : at_ + 1;
  }

  /// Two and three are dashes.
  void hyphens() {
    std::size_t count = 0;
    while (peek(count) == '-') ++count;
    if (count % 3 == 1) words_ += '-';
    at_ += count;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int underscores_ = 0;
  std::string words_;
};

}  // namespace

std::string identifier_of(std::string_view heading) {
  std::string id;
  bool begun = false, blank = false;
  const std::string words = Words(heading).run();
  for (std::size_t at = 0; at < words.size();) {
    const CodePoint c = decode(words, at);
    at += c.bytes;
    const bool is_space = c.value == ' ' || c.value == '\t' || c.value == '\n' || c.value == 0xA0;
    if (is_space) {
      blank = begun;
      continue;
    }
    const bool is_letter = is_word_character(c.value) && !(c.value >= '0' && c.value <= '9');
    begun = begun || is_letter;
    if (!begun || !(is_word_character(c.value) || c.value == '_' || c.value == '-' || c.value == '.')) continue;
    if (blank) id += '-';
    blank = false;
    id += encode(lower_case(c.value));
  }
  return id;
}

std::string Identifiers::give(const std::string& wanted) {
  const std::string base = wanted.empty() ? "section" : wanted;
  if (taken_.insert(base).second) return base;
  int& next = next_.try_emplace(base, 1).first->second;
  while (true)
    if (std::string id = base + "-" + std::to_string(next++); taken_.insert(id).second) return id;
}

}  // namespace manuscript
