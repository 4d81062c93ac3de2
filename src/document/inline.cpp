// A scanner for the few inline constructs that matter here, after Pandoc's manual. Text that it does not know is text.
#include "document/inline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <optional>

#include "document/attributes.hpp"
#include "document/unicode.hpp"

namespace document {
namespace {

bool is_alnum(char c) { return std::isalnum(static_cast<unsigned char>(c)) || (static_cast<unsigned char>(c) & 0x80); }

class Scanner {
 public:
  Scanner(const Stretch& stretch, Chapter& chapter, bool is_caption) : stretch_(stretch), chapter_(chapter), is_caption_(is_caption) {
    for (const auto& line : stretch.lines) {
      starts_.push_back(text_.size());
      text_ += line;
      text_ += '\n';
    }
  }

  void run() {
    while (at_ < text_.size()) step();
  }

 private:
  /// The place of a byte of the stretch; `length` in bytes.
  Place place(std::size_t at, std::size_t length = 1) const {
    const auto next = std::upper_bound(starts_.begin(), starts_.end(), at);
    const auto line = static_cast<std::size_t>(next - starts_.begin()) - 1;
    const std::string_view text(text_);
    const int before = count_code_points(text.substr(starts_[line], at - starts_[line]));
    const int column = before + (line == 0 ? stretch_.first_column : 1);
    return {chapter_.source.file, stretch_.first_line + static_cast<int>(line), column, std::max(1, count_code_points(text.substr(at, length)))};
  }

  void fail(std::size_t at, std::size_t length, std::string message, std::string hint = "") {
    chapter_.errors.push_back(error_at(chapter_.source, place(at, length), std::move(message), std::move(hint)));
  }

  bool follows(std::string_view token) const { return std::string_view(text_).substr(at_).starts_with(token); }

  void step() {
    switch (text_[at_]) {
      case '\\': at_ += 2; return;
      case '`': return code();
      case '$': return math();
      case '<': return angle();
      case '!': return image_start();
      case '[': brackets_.push_back(at_++); return;
      case ']': return closing_bracket();
      case '{': return braces();
      case '@': return reference();
      default: ++at_;
    }
  }

  /// Inline code: as many backticks at its end as at its beginning; perhaps a value.
  void code() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] == '`') ++at_;
    const std::size_t ticks = at_ - begin;
    std::size_t close = at_;
    while (true) {
      close = text_.find('`', close);
      if (close == std::string::npos) return;  // backticks that open nothing are text
      std::size_t end = close;
      while (end < text_.size() && text_[end] == '`') ++end;
      if (end - close == ticks) break;
      close = end;
    }
    const std::size_t inside = at_;
    at_ = close + ticks;
    if (const auto attributes = parse_attributes(std::string_view(text_).substr(at_))) {
      if (attributes->has_class("value")) value(inside, close, *attributes);
      at_ += attributes->length;
    }
  }

  void value(std::size_t begin, std::size_t end, const Attributes& attributes) {
    std::string expression = text_.substr(begin, end - begin);
    for (char& c : expression)
      if (c == '\n') c = ' ';
    const std::size_t first = expression.find_first_not_of(' ');
    if (first == std::string::npos) return fail(begin, 1, "this value has no expression");
    expression = expression.substr(first, expression.find_last_not_of(' ') - first + 1);
    ValueSite site{expression, "", place(begin + first, expression.size())};
    for (const auto& pair : attributes.pairs) {
      if (pair.key == "format")
        site.format = pair.value;
      else
        fail(end + 1, attributes.length, fmt::format("a value has no attribute '{}'", pair.key), did_you_mean(pair.key, {"format"}));
    }
    chapter_.values.push_back(std::move(site));
  }

  void math() {
    if (follows("$$")) {
      const std::size_t close = text_.find("$$", at_ + 2);
      if (close == std::string::npos) {
        fail(at_, 2, "this display mathematics is never closed", "a '$$' is missing in the same paragraph");
        at_ = text_.size();
      } else {
        at_ = close + 2;
      }
      return;
    }
    // $x$: no blank inside the dollars, no digit after the second.
    const std::size_t begin = at_++;
    if (at_ >= text_.size() || std::isspace(static_cast<unsigned char>(text_[at_]))) return;
    for (std::size_t i = at_; i < text_.size(); ++i) {
      if (text_[i] == '\\') {
        ++i;
        continue;
      }
      if (text_[i] != '$') continue;
      if (std::isspace(static_cast<unsigned char>(text_[i - 1]))) continue;
      if (i + 1 < text_.size() && std::isdigit(static_cast<unsigned char>(text_[i + 1]))) continue;
      at_ = i + 1;
      return;
    }
    at_ = begin + 1;  // a lone dollar is text
  }

  /// Comments, tags and <addresses>: what they hold is no text.
  void angle() {
    if (follows("<!--")) {
      const std::size_t close = text_.find("-->", at_ + 4);
      at_ = close == std::string::npos ? text_.size() : close + 3;
      return;
    }
    const std::size_t close = text_.find_first_of("<>", at_ + 1);
    const bool begins = at_ + 1 < text_.size() && (std::isalpha(static_cast<unsigned char>(text_[at_ + 1])) || text_[at_ + 1] == '/');
    at_ = begins && close != std::string::npos && text_[close] == '>' ? close + 1 : at_ + 1;
  }

  void image_start() {
    if (follows("![")) {
      images_.push_back(at_ + 1);
      ++at_;
      return;
    }
    ++at_;
  }

  void closing_bracket() {
    const bool open = !brackets_.empty();
    const std::size_t begin = open ? brackets_.back() : at_;
    if (open) brackets_.pop_back();
    const bool image = !images_.empty() && images_.back() == begin;
    if (image) images_.pop_back();
    const std::size_t close = at_++;
    if (at_ < text_.size() && text_[at_] == '(') {
      destination(image);
    } else if (at_ < text_.size() && text_[at_] == '{' && open) {
      if (const auto attributes = parse_attributes(std::string_view(text_).substr(at_)); attributes && attributes->has_class("claim"))
        claim(begin, close, *attributes);
    }
  }

  /// (path "title") of a link or an image.
  void destination(bool image) {
    int depth = 0;
    const std::size_t open = at_;
    std::size_t end = open;
    for (; end < text_.size(); ++end) {
      if (text_[end] == '\\') ++end;
      else if (text_[end] == '(') ++depth;
      else if (text_[end] == ')' && --depth == 0) break;
    }
    if (end >= text_.size()) {
      ++at_;
      return;
    }
    std::size_t first = open + 1, last = end;
    while (first < last && std::isspace(static_cast<unsigned char>(text_[first]))) ++first;
    if (first < last && text_[first] == '<') {
      last = std::min(text_.find('>', ++first), end);
    } else {
      last = std::min(text_.find(" \"", first), end);
      while (last > first && std::isspace(static_cast<unsigned char>(text_[last - 1]))) --last;
    }
    if (image) chapter_.images.push_back({text_.substr(first, last - first), place(first, last - first)});
    at_ = end + 1;
  }

  void claim(std::size_t begin, std::size_t close, const Attributes& attributes) {
    const auto* that = attributes.find("that");
    if (!that) return fail(at_, attributes.length, "this claim does not say what it claims", "write {.claim that=\"figure: condition\"}");
    for (const auto& pair : attributes.pairs)
      if (pair.key != "that") fail(at_, attributes.length, fmt::format("a claim has no attribute '{}'", pair.key), did_you_mean(pair.key, {"that"}));
    std::string text = text_.substr(begin + 1, close - begin - 1);
    std::replace(text.begin(), text.end(), '\n', ' ');
    chapter_.claims.push_back({std::move(text), that->value, place(begin, close + 1 - begin), place(at_ + that->value_offset, that->value.size())});
  }

  void braces() {
    const auto attributes = parse_attributes(std::string_view(text_).substr(at_));
    if (!attributes) {
      ++at_;
      return;
    }
    if (!attributes->id.empty() && !is_caption_)
      chapter_.anchors.push_back({attributes->id, place(at_ + attributes->id_offset, attributes->id.size() + 1)});
    at_ += attributes->length;
  }

  void reference() {
    const std::size_t sign = at_++;
    if (sign > 0 && is_alnum(text_[sign - 1])) return;  // an e-mail address
    const std::size_t begin = at_;
    if (at_ < text_.size() && text_[at_] == '{') {  // @{key with anything}
      const std::size_t close = text_.find('}', at_);
      if (close == std::string::npos) return;
      add_reference(text_.substr(at_ + 1, close - at_ - 1), sign, close + 1 - sign);
      at_ = close + 1;
      return;
    }
    const auto is_key = [](char c) { return is_alnum(c) || c == '_'; };
    static const std::string inner = ":.#$%&-+?<>~/";
    while (at_ < text_.size()) {
      if (is_key(text_[at_]))
        ++at_;
      else if (at_ > begin && inner.find(text_[at_]) != std::string::npos && at_ + 1 < text_.size() && is_key(text_[at_ + 1]))
        ++at_;
      else
        break;
    }
    if (at_ > begin) add_reference(text_.substr(begin, at_ - begin), sign, at_ - sign);
  }

  void add_reference(std::string target, std::size_t at, std::size_t length) {
    chapter_.references.push_back({std::move(target), place(at, length)});
  }

  const Stretch& stretch_;
  Chapter& chapter_;
  bool is_caption_;
  std::string text_;
  std::vector<std::size_t> starts_;    // of the lines in text_
  std::vector<std::size_t> brackets_;  // that are open
  std::vector<std::size_t> images_;    // ... and belong to images
  std::size_t at_ = 0;
};

}  // namespace

void scan_inline(const Stretch& stretch, Chapter& chapter, bool is_caption) { Scanner(stretch, chapter, is_caption).run(); }

}  // namespace document
