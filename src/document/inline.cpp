// A scanner for the inline constructs that matter here, in Pandoc's order of precedence: escapes, code, mathematics, raw
// HTML and TeX, then brackets and citations. What it does not know is text. Linear in the run's length: each search for
// an end that fails is remembered.
#include "document/inline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "document/attributes.hpp"
#include "document/delimiters.hpp"
#include "document/fence.hpp"
#include "document/latex_use.hpp"
#include "document/links.hpp"
#include "document/unicode.hpp"

namespace document {
namespace {

constexpr auto npos = std::string_view::npos;
// No tag, argument or pair of braces is longer; what is left open must not cost the rest of the text each time.
constexpr std::size_t longest_tag = 10'000;
constexpr std::size_t longest_excerpt = 1000;
constexpr std::size_t most_brackets = 12;  // Pandoc 2.17 takes half a second for 14, and twelve for 18
constexpr int most_destinations = 50;      // of links that do not end: 0.2 seconds; for 300, more than 20
constexpr std::size_t most_beginnings = 12;  // of environments that do not end
constexpr int most_divisions = 50;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n'; }
bool is_alpha(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\n");
  return first == npos ? std::string_view() : text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

std::string on_one_line(std::string_view text) {
  std::string line(trimmed(text));
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

bool is_reference_kind(std::string_view id) {
  return id.starts_with("fig:") || id.starts_with("sec:") || id.starts_with("eq:") || id.starts_with("tbl:");
}

/// Of such a command every use is of interest: each leads elsewhere.
bool is_pointer(std::string_view name) {
  return name == "\\ref" || name == "\\eqref" || name == "\\pageref" || name == "\\label";
}

class Scanner {
 public:
  Scanner(const TextRun& run, RunKind kind, InlineContext& context)
      : run_(run), text_(run.text), kind_(kind), context_(context), end_(text_.size()) {}

  void scan() {
    if (kind_ == RunKind::heading) heading_label();
    while (at_ < end_) {
      if (at_ == 0 || text_[at_ - 1] == '\n') begin_line();
      if (at_ < end_) step();
    }
  }

 private:
  struct Bracket {
    std::size_t at;
    bool image;
    std::size_t weight;
  };

  // ------------------------------------------------------------------------------------------------- places and errors

  Place place(std::size_t at, std::size_t bytes) const { return run_.place(context_.lines, at, bytes); }

  void fail(std::size_t at, std::size_t bytes, std::string message, std::string hint = "") {
    context_.complain(place(at, bytes), std::move(message), std::move(hint));
  }

  std::string_view rest() const { return text_.substr(at_, end_ - at_); }
  char peek(std::size_t ahead = 0) const { return at_ + ahead < end_ ? text_[at_ + ahead] : '\0'; }
  std::size_t find(std::string_view token, std::size_t from) const {
    return text_.substr(0, end_).find(token, from);
  }
  std::size_t line_end(std::size_t from) const { return std::min(find("\n", from), end_); }
  std::string_view line_at(std::size_t from) const { return text_.substr(from, line_end(from) - from); }
  /// What follows in the line, as much of it as matters.
  std::string_view rest_of_line() const {
    const std::string_view text = rest().substr(0, longest_excerpt);
    return text.substr(0, text.find('\n'));
  }

  // ------------------------------------------------------------------------------------------------------------- lines

  /// A blank line ends all that was open; some lines are no text.
  void begin_line() {
    while (at_ < end_) {
      const std::string_view line = line_at(at_);
      if (trimmed(line).empty()) begin_paragraph();
      if (at_ >= paragraph_end_) find_paragraph_end();
      if (trimmed(line).starts_with(":::")) {
        division(line);
      } else if (kind_ == RunKind::text && link_definition(line)) {
        at_ += line.size();
      } else {
        break;
      }
      if (at_ < end_) ++at_;
    }
    if (at_ >= end_) return;
    const std::string_view line = trimmed(line_at(at_));
    if (line.starts_with("Table:") || line.starts_with("table:") || line.starts_with(":")) in_caption_ = true;
    if (line.starts_with("~~~") && looks_like_directive(line)) complain_of_lost_directive(line.size());
  }

  void forget_brackets() {
    brackets_.clear();
    open_brackets_ = 0;
    has_too_many_ = false;
  }

  void begin_paragraph() {
    forget_brackets();
    open_destinations_ = 0;
    in_caption_ = false;
  }

  void find_paragraph_end() {
    paragraph_end_ = at_;
    while (paragraph_end_ < end_ && !trimmed(line_at(paragraph_end_)).empty()) paragraph_end_ = line_end(paragraph_end_) + 1;
    paragraph_end_ = std::min(std::max(paragraph_end_, at_ + 1), end_);
    failed_.clear();
    ticks_.clear();
    ticks_known_ = false;
  }

  /// "::: {#id .class}" begins a division, ":::" ends it.
  void division(std::string_view line) {
    forget_brackets();
    const bool ends = trimmed(line).find_first_not_of(':') == npos;
    context_.divisions = std::max(0, context_.divisions + (ends ? -1 : 1));
    if (!ends && context_.divisions == most_divisions + 1)
      fail(at_, line.size(), fmt::format("more than {} divisions are open here; Pandoc's time grows with each", most_divisions), "a line ':::' ends one");
    const std::size_t brace = line.find('{');
    if (brace != npos) {
      if (const auto attributes = parse_attributes(line.substr(brace))) anchor(*attributes, at_ + brace);
    }
    at_ += line.size();
  }

  void heading_label() {
    const std::string_view text = text_.substr(0, text_.find_last_not_of(" \t\n") + 1);
    if (!text.ends_with('}')) return;
    for (std::size_t brace = text.rfind('{'); brace != npos; brace = brace == 0 ? npos : text.rfind('{', brace - 1)) {
      const auto attributes = parse_attributes(text.substr(brace));
      if (!attributes || brace + attributes->length != text.size()) continue;
      anchor(*attributes, brace);
      end_ = brace;
      return;
    }
  }

  // ------------------------------------------------------------------------------------------------------------ tokens

  void step() {
    switch (text_[at_]) {
      case '\\': return backslash();
      case '`': return code();
      case '$': return mathematics();
      case '<': return angle();
      case '!': return exclamation();
      case '[': return open_bracket(at_, false);
      case ']': return closing_bracket();
      case ')': return closing_parenthesis_of_text();
      case '{': return brace();
      case '@': return citation();
      default: ++at_;
    }
  }

  /// Searches within the paragraph; a token once missed is not looked for again.
  std::size_t find_in_paragraph(std::string_view token, std::size_t from) {
    if (failed_.count(std::string(token))) return npos;
    const std::size_t found = text_.substr(0, paragraph_end_).find(token, from);
    if (found == npos) failed_.insert(std::string(token));
    return found;
  }

  /// An escape, or raw TeX: \begin{x}...\end{x}, \command{argument}.
  void backslash() {
    if (!is_alpha(peek(1))) return escape();
    const std::size_t begin = at_++;
    while (is_alpha(peek())) ++at_;
    const std::string_view name = text_.substr(begin + 1, at_ - begin - 1);
    if (const auto macro = macro_definition(text_.substr(0, std::max(paragraph_end_, at_)), begin)) {
      context_.chapter.macros.push_back(macro->name);
      at_ = macro->end;
      return;
    }
    const std::string_view arguments =
        text_.substr(0, std::min(std::max(paragraph_end_, at_), at_ + longest_tag));
    const std::size_t close = peek() == '{' ? arguments.find('}', at_) : npos;
    if (name == "begin" && close != npos) return environment(begin, close);
    at_ = behind_arguments(arguments, at_);
    raw_piece(begin);
  }

  void environment(std::size_t begin, std::size_t close) {
    const std::string name(text_.substr(at_ + 1, close - at_ - 1));
    const std::string ending = "\\end{" + name + "}";
    skip_to(begin, close + 1, ending);
    const bool is_open = at_ == close + 1;
    if (is_open && ++open_environments_ == most_beginnings + 1)
      fail(begin, at_ - begin, fmt::format("more than {} environments of LaTeX begin and do not end", most_beginnings), "as in: " + ending);
    raw_piece(begin);
  }

  /// LaTeX in the text, from `begin` to here.
  void raw_piece(std::size_t begin) {
    use_latex(begin, at_, LatexPiece::text);
    const std::string_view piece = text_.substr(begin, at_ - begin);
    for (const std::string_view sign : {"{.value", "{.claim"})
      if (const std::size_t found = piece.find(sign); found != npos)
        fail(begin + found, sign.size(),
             "LaTeX holds no values and no claims: Pandoc reads no Markdown in it",
             "write it outside, or Markdown around it: **bold**, *emphasis*");
    const std::size_t brace = piece.find('{');
    if (brace != npos && (piece.substr(0, brace) == "\\ref" || piece.substr(0, brace) == "\\eqref") && piece.find('}') == piece.size() - 1)
      if (const std::string_view id = piece.substr(brace + 1, piece.size() - brace - 2); is_reference_kind(id))
        add_reference(std::string(id), begin, piece.size());
    if (piece.starts_with("\\begin{"))
      if (const std::size_t label = piece.find("\\label{eq:"); label != npos)
        if (const std::size_t end = piece.find('}', label); end != npos)
          add_anchor(std::string(piece.substr(label + 7, end - label - 7)), begin + label + 7);
  }

  void escape() {
    const std::size_t formula = escaped_formula(text_.substr(at_, std::max(paragraph_end_, at_) - at_));
    if (formula > 0)
      fail(at_, formula, "this is printed as it is: no formula begins with an escaped bracket",
           rest().starts_with("\\[") ? "write $$...$$ around a displayed formula" : "write $...$ around a formula");
    at_ += std::max<std::size_t>(formula, 2);
  }

  void use_latex(std::size_t begin, std::size_t end, LatexPiece kind) {
    context_.use_latex(text_.substr(begin, end - begin), kind,
                       [&](std::size_t at, std::size_t bytes) { return place(begin + at, bytes); });
  }

  /// Goes behind an ending; one that lies beyond this run makes a region of all up to it.
  void skip_to(std::size_t begin, std::size_t from, const std::string& ending) {
    const std::size_t close = missed_endings_.count(ending) ? npos : find(ending, from);
    if (close == npos) missed_endings_.insert(ending);
    at_ = close == npos ? from : close + ending.size();
    if (close != npos || kind_ == RunKind::caption) return;
    const std::size_t source_begin = run_.source_offset(context_.lines, begin);
    if (source_begin < context_.comments_end) return;
    const bool is_comment = ending == "-->";
    const std::size_t source_end = is_comment && context_.no_comment_end
                                       ? std::string::npos
                                       : context_.lines.text().find(ending, run_.source_offset(context_.lines, end_ - 1));
    if (source_end == std::string::npos) {
      context_.no_comment_end = context_.no_comment_end || is_comment;
      if (is_comment) context_.regions.push_back({source_begin, source_begin + 1, true});
      return;
    }
    context_.regions.push_back({source_begin, source_end + ending.size(), false});
    context_.comments_end = source_end + ending.size();
  }

  // -------------------------------------------------------------------------------------------------------------- code

  /// Runs of backticks in this paragraph by their length, each with where they begin.
  void find_ticks() {
    ticks_known_ = true;
    for (std::size_t at = text_.substr(0, paragraph_end_).find('`', at_); at != npos;) {
      std::size_t last = at;
      while (last < paragraph_end_ && text_[last] == '`') ++last;
      ticks_[last - at].push_back(at);
      at = text_.substr(0, paragraph_end_).find('`', last);
    }
  }

  std::size_t closing_ticks(std::size_t count, std::size_t from) {
    if (!ticks_known_) find_ticks();
    const auto found = ticks_.find(count);
    if (found == ticks_.end()) return npos;
    const auto next = std::lower_bound(found->second.begin(), found->second.end(), from);
    return next == found->second.end() ? npos : *next;
  }

  /// Inline code ends at as many backticks as it begins with. Where there are none, Pandoc tries one backtick fewer.
  void code() {
    std::size_t count = 0;
    while (peek(count) == '`') ++count;
    const std::size_t inside = at_ + count;
    const std::size_t close = closing_ticks(count, inside);
    const bool is_long = close == npos || text_.substr(inside, std::min(close - inside, longest_excerpt)).find('\n') != npos;
    const bool is_fence = count >= 3 && (at_ == 0 || text_[at_ - 1] != '`');
    if (is_fence && is_long && looks_like_directive(rest_of_line())) complain_of_lost_directive(rest_of_line().size());
    if (close == npos) {
      ++at_;
      return;
    }
    at_ = close + count;
    if (peek() != '{') return;
    if (rest().starts_with("{=latex}") || rest().starts_with("{=tex}"))
      return use_latex(inside, close, LatexPiece::for_print);
    const auto attributes = parse_attributes(rest());
    if (!attributes) return complain_of_attributes("value");
    if (attributes->has_class("value")) value(inside, close, *attributes);
    anchor(*attributes, at_);
    at_ += attributes->length;
  }

  void value(std::size_t begin, std::size_t end, const Attributes& attributes) {
    const std::string expression = on_one_line(text_.substr(begin, end - begin));
    if (expression.empty()) return fail(begin, 1, "this value has no expression", "as in: `figure: name`{.value}");
    const std::size_t first = text_.find_first_not_of(" \t\n", begin);
    ValueSite site{expression, "", place(first, expression.size()), stretches(first, expression.size(), false)};
    for (const auto& pair : attributes.pairs) {
      const std::size_t key = at_ + pair.key_offset;
      if (pair.key != "format") {
        const std::string hint = did_you_mean(pair.key, {"format"});
        fail(key, pair.key.size(), fmt::format("a value has no attribute '{}'", pair.key), hint.empty() ? "the only one is 'format'" : hint);
      } else if (pair.value.find_first_of("\"'") != std::string::npos) {
        fail(key, pair.key.size() + 1 + pair.value.size(), "the format's quotes do not match", "as in: format=\".1f\"");
      } else {
        site.format = pair.value;
      }
    }
    context_.chapter.values.push_back(std::move(site));
  }

  void complain_of_lost_directive(std::size_t bytes) {
    fail(at_, bytes, "this looks like a figure directive, but does not stand where one can",
         "begin it on a line of its own, below a blank line, and end it with the same fence");
  }

  /// Braces after code or a span that are no attributes, though they were meant to be a value's or a claim's.
  void complain_of_attributes(std::string_view meant) {
    const std::string_view line = rest_of_line();
    const std::size_t end = std::min(line.find('}'), line.size());
    if (line.substr(0, end).find("." + std::string(meant)) != npos)
      fail(at_, std::min(end + 1, line.size()), fmt::format("the attributes of this {} cannot be read", meant),
           meant == "value" ? "as in: {.value format=\".1f\"}" : "as in: {.claim that=\"figure: condition\"}");
    ++at_;
  }

  // ------------------------------------------------------------------------------------------------------- mathematics

  void mathematics() {
    if (peek(1) == '$') return display();
    // Inline mathematics has no blank inside of its dollars and no digit after them; \text{} may hold dollars.
    const std::size_t begin = at_++;
    if (at_ >= paragraph_end_) return;
    const std::size_t close = closing_dollar(at_);
    if (close == npos || close == at_) return;
    if (is_space(peek()) || is_space(text_[close - 1])) return blank_formula(begin, close);
    if (close + 1 < end_ && is_digit(text_[close + 1])) return;
    if (is_text_between_dollars(text_.substr(at_, close - at_)))
      fail(begin, close + 1 - begin, "Pandoc reads what stands between these dollars as a formula", "a dollar that is text is written \\$");
    use_latex(begin + 1, close, LatexPiece::formula);
    at_ = close + 1;
  }

  void blank_formula(std::size_t begin, std::size_t close) {
    if (!looks_like_blank_formula(text_.substr(begin + 1, close - begin - 1))) return;
    fail(begin, close + 1 - begin, "this is printed with its dollars: a formula has no blank inside of them",
         "as in: $x = 1$; a dollar that is text is written \\$");
    at_ = close + 1;
  }

  std::size_t closing_dollar(std::size_t from) const {
    for (std::size_t at = from; at < paragraph_end_; ++at) {
      if (text_.substr(at, 6) == "\\text{") {
        at = closing_brace(at + 5);
        if (at == npos) return npos;
      } else if (text_[at] == '\\') {
        ++at;
      } else if (text_[at] == '$') {
        return at;
      }
    }
    return npos;
  }

  std::size_t closing_brace(std::size_t from) const {
    int depth = 0;
    for (std::size_t at = from; at < std::min(paragraph_end_, from + longest_excerpt); ++at) {
      if (text_[at] == '\\') ++at;
      else if (text_[at] == '{') ++depth;
      else if (text_[at] == '}' && --depth == 0) return at;
    }
    return npos;
  }

  void display() {
    const std::size_t close = find_in_paragraph("$$", at_ + 2);
    if (close == npos) {
      unclosed_display();
      at_ += 2;
      return;
    }
    use_latex(at_ + 2, close, LatexPiece::formula);
    at_ = close + 2;
    equation_label();
  }

  /// Dollars in prose are no mistake; a line of nothing else is mathematics that does not end.
  void unclosed_display() {
    const std::size_t line_begin = at_ == 0 ? 0 : text_.rfind('\n', at_ - 1) + 1;
    const std::string_view line = line_at(line_begin);
    if (trimmed(line) != "$$") return;
    context_.display_is_open = !context_.display_is_open;
    if (!context_.display_is_open) return;  // this one was to end what the other began
    fail(at_, 2, "display mathematics that is never closed", "the other '$$' must come before the next blank line");
  }

  /// $$...$$ {#eq:id}, on the same line or at the beginning of the next.
  void equation_label() {
    std::size_t label = at_;
    while (label < paragraph_end_ && (text_[label] == ' ' || text_[label] == '\t')) ++label;
    if (label < paragraph_end_ && text_[label] == '\n') ++label;
    while (label < paragraph_end_ && (text_[label] == ' ' || text_[label] == '\t')) ++label;
    if (!text_.substr(label).starts_with("{#")) return;
    const std::size_t close = text_.substr(0, paragraph_end_).find('}', label);
    if (close == npos) return;
    const std::string_view id = text_.substr(label + 2, close - label - 2);
    if (!id.starts_with("eq:") || label == at_ || id.find_first_of(" \t\n") != npos) return;
    add_anchor(std::string(id), label + 1);
    at_ = close + 1;
  }

  // -------------------------------------------------------------------------------------------------------- HTML, links

  /// Comments, tags and <addresses>: what they hold is no text.
  void angle() {
    if (rest().starts_with("<!--")) return skip_to(at_, at_ + 4, "-->");
    const std::size_t close = tag_end();
    if (close == npos) {
      ++at_;
      return;
    }
    const std::string_view tag = text_.substr(at_, close + 1 - at_);
    html_anchor(tag);
    const std::string name = normal_label(tag.substr(1, tag.find_first_of(" \t\n/>", 1) - 1));
    at_ = close + 1;
    for (const char* verbatim : {"script", "style", "pre", "textarea"})
      if (name == verbatim) at_ = std::min(find("</" + name, at_), end_);
  }

  std::size_t tag_end() const {
    const char first = peek(1);
    if (!is_alpha(first) && first != '/' && !is_digit(first)) return npos;
    const std::size_t last = std::min(paragraph_end_, at_ + longest_tag);
    char quote = 0;
    for (std::size_t at = at_ + 1; at < last; ++at) {
      const char c = text_[at];
      if (quote) {
        if (c == quote) quote = 0;
      } else if (c == '>') {
        return at;
      } else if (c == '<') {
        return npos;
      } else if ((c == '"' || c == '\'') && text_[at - 1] == '=') {
        quote = c;
      }
    }
    return npos;
  }

  void html_anchor(std::string_view tag) {
    for (const std::string_view start : {" id=\"", " id='"}) {
      const std::size_t id = tag.find(start);
      if (id == npos) continue;
      const std::size_t begin = id + start.size(), end = tag.find(start.back(), begin);
      if (end != npos && end > begin) add_anchor(std::string(tag.substr(begin, end - begin)), at_ + begin);
    }
  }

  void open_bracket(std::size_t at, bool image) {
    // Pandoc tries more for a citation, and for a bracket behind another one, which could be a link's label.
    const bool is_dear = (at > 0 && text_[at - 1] == ']') || (at + 1 < end_ && text_[at + 1] == '@');
    brackets_.push_back({at, image, is_dear ? std::size_t{2} : std::size_t{1}});
    ++at_;
    open_brackets_ += brackets_.back().weight;
    if (open_brackets_ <= most_brackets || has_too_many_) return;
    has_too_many_ = true;
    fail(at, 1, "too many brackets are open here; Pandoc's time doubles with each", "close them, or write a bracket that opens nothing as \\[");
  }

  void exclamation() {
    ++at_;
    if (peek() == '[') open_bracket(at_, true);
  }

  void closing_bracket() {
    const std::size_t close = at_++;
    if (brackets_.empty()) {
      if (peek() == '{' && rest().starts_with("{.claim"))
        fail(close, 1, "this claim's text has no opening bracket", "as in: [text]{.claim that=\"figure: condition\"}");
      return;
    }
    const Bracket open = brackets_.back();
    brackets_.pop_back();
    open_brackets_ -= open.weight;
    const std::string_view content = text_.substr(open.at + 1, close - open.at - 1);
    if (peek() == '(') return destination(open);
    if (peek() == '{' && !open.image) return span(open.at, close);
    if (peek() == '[') return linked_label(open, content);
    if (open.image) image_of_label(content, open.at, content.size() + 2);
  }

  /// (path "title") of a link or an image.
  void destination(const Bracket& open) {
    const std::size_t close = closing_parenthesis();
    if (close == npos) return unclosed_destination();
    const std::size_t inside = at_ + 1;
    const std::string_view path = destination_of(text_.substr(inside, close - inside));
    if (open.image && !path.empty()) {
      const auto offset = static_cast<std::size_t>(path.data() - text_.data());
      context_.chapter.images.push_back({unescaped_path(path), place(offset, path.size())});
    }
    at_ = close + 1;
    attributes_after_link();
  }

  void unclosed_destination() {
    if (++open_destinations_ == most_destinations + 1)
      fail(at_, 1, fmt::format("more than {} links are begun here and do not end; Pandoc's time grows with each", most_destinations),
           "close their parentheses, or write \\( for one that is text");
  }

  void closing_parenthesis_of_text() {
    ++at_;
    open_destinations_ = std::max(0, open_destinations_ - 1);
  }

  void attributes_after_link() {
    if (peek() != '{') return;
    const auto attributes = parse_attributes(rest());
    if (!attributes) return;
    anchor(*attributes, at_);
    at_ += attributes->length;
  }

  std::size_t closing_parenthesis() {
    if (failed_.count("(")) return npos;
    int depth = 0;
    bool pointed = false;
    char quote = 0;
    for (std::size_t at = at_; at < paragraph_end_; ++at) {
      const char c = text_[at];
      if (c == '\\') ++at;
      else if (quote) quote = c == quote ? '\0' : quote;
      else if (pointed) pointed = c != '>';
      else if (c == '<' && at == at_ + 1) pointed = true;
      else if (c == '"' && is_space(text_[at - 1])) quote = c;
      else if (c == '(') ++depth;
      else if (c == ')' && --depth == 0) return at;
    }
    failed_.insert("(");
    return npos;
  }

  /// [text][label], with the label's own text where it is empty.
  void linked_label(const Bracket& open, std::string_view content) {
    const std::size_t close = find_in_paragraph("]", at_);
    if (close == npos) return;
    const std::string_view label = text_.substr(at_ + 1, close - at_ - 1);
    const std::string_view used = label.empty() ? content : label;
    if (!context_.links.count(normal_label(used))) return;
    if (open.image) image_of_label(used, open.at, content.size() + 2);
    at_ = close + 1;
    attributes_after_link();
  }

  void image_of_label(std::string_view label, std::size_t at, std::size_t bytes) {
    const auto found = context_.links.find(normal_label(label));
    if (found != context_.links.end()) context_.chapter.images.push_back({found->second, place(at, bytes)});
    attributes_after_link();
  }

  // ------------------------------------------------------------------------------------------------------ spans, labels

  void span(std::size_t open, std::size_t close) {
    const auto attributes = parse_attributes(rest());
    if (!attributes) return complain_of_attributes("claim");
    if (attributes->has_class("claim")) claim(open, close, *attributes);
    const std::string_view content = trimmed(text_.substr(open + 1, close - open - 1));
    const bool is_mathematics = content.size() > 2 && content.front() == '$' && content.back() == '$';
    if (attributes->id.starts_with("eq:") && !is_mathematics)
      fail(at_ + attributes->id_offset, attributes->id.size() + 1, fmt::format("the ID '{}' labels no equation", attributes->id),
           "as in: $$...$$ {#eq:name}");
    else
      anchor(*attributes, at_);
    at_ += attributes->length;
  }

  void claim(std::size_t open, std::size_t close, const Attributes& attributes) {
    const auto* that = attributes.find("that");
    if (!that || trimmed(that->value).empty()) {
      std::vector<std::string> given;
      for (const auto& pair : attributes.pairs) given.push_back(pair.key);
      const bool misspelt = !nearest("that", given).empty();
      return fail(at_, attributes.length, "this claim does not say what it claims",
                  misspelt ? "did you mean 'that'?" : "as in: {.claim that=\"figure: condition\"}");
    }
    for (const auto& pair : attributes.pairs)
      if (pair.key != "that")
        fail(at_ + pair.key_offset, pair.key.size(), fmt::format("a claim has no attribute '{}'", pair.key), "the only one is 'that'");
    if (last_citation_end_ > 0 && trimmed(text_.substr(last_citation_end_, std::max(open, last_citation_end_) - last_citation_end_)).empty())
      fail(open, close + 1 - open, "Pandoc takes this bracket for a part of the citation before it", "put a word or a comma between them");
    const std::size_t inside = open + 1;
    context_.chapter.claims.push_back({on_one_line(text_.substr(inside, close - inside)), that->value, place(open, close + 1 - open),
                                       place(at_ + that->value_offset, that->value.size()),
                                       stretches(at_ + that->value_offset, that->value.size(), true)});
  }

  /// Of a text of so many bytes that was read from `at` on. Where there are escapes, a backslash before a sign is not in it.
  std::vector<Stretch> stretches(std::size_t at, std::size_t bytes, bool with_escapes) const {
    std::vector<Stretch> list;
    bool begins = true;
    for (std::size_t offset = 0; offset < bytes && at < end_; ++offset, ++at) {
      if (with_escapes && text_[at] == '\\' && at + 1 < end_ && std::ispunct(static_cast<unsigned char>(text_[at + 1]))) {
        ++at;
        begins = true;
      }
      if (begins) {
        const Place from = place(at, 1);
        list.push_back({offset, from.line, from.column});
      }
      begins = text_[at] == '\n';
    }
    return list;
  }

  void anchor(const Attributes& attributes, std::size_t at) {
    if (attributes.ids > 0) add_anchor(attributes.id, at + attributes.id_offset);
  }

  /// `at` is where the '#' or the ID itself stands.
  void add_anchor(std::string id, std::size_t at) {
    const std::size_t bytes = id.size() + (text_[at] == '#' ? 1 : 0);
    if (kind_ == RunKind::caption) {
      if (is_reference_kind(id)) fail(at, bytes, "nothing can be labelled in a figure's caption", "label it in the text");
      return;
    }
    context_.chapter.anchors.push_back({std::move(id), place(at, bytes)});
  }

  /// Braces that belong to nothing: a table's label at the end of its caption, text, or a label that labels nothing.
  void brace() {
    const std::size_t begin = at_++;
    if (peek() != '#') return;
    const std::size_t close = text_.substr(0, std::min(paragraph_end_, begin + longest_tag)).find('}', begin);
    if (close == npos) return;
    const std::string_view id = text_.substr(begin + 2, close - begin - 2);
    if (id.find_first_of(" \t\n") != npos || !is_reference_kind(id)) return;
    const std::size_t after = text_.substr(0, end_).find_first_not_of(" \t", close + 1);
    const bool at_end = after == npos || text_[after] == '\n';
    if (id.starts_with("tbl:") && is_table_caption() && at_end && begin > 0 && is_space(text_[begin - 1])) {
      add_anchor(std::string(id), begin + 1);
    } else {
      fail(begin, close + 1 - begin, fmt::format("the label '{}' labels nothing", id), how_to_label(id));
    }
    at_ = close + 1;
  }

  bool is_table_caption() const {
    if (in_caption_) return true;
    // The colon of ": caption" may stand before the run, where it looks like a list's marker.
    const Piece& first = run_.pieces.front();
    const std::string_view before = trimmed(context_.lines.line(first.line).substr(0, first.byte));
    return before.ends_with(':');
  }

  static std::string how_to_label(std::string_view id) {
    if (id.starts_with("eq:")) return "as in: $$...$$ {#eq:name}, with a blank between";
    if (id.starts_with("tbl:")) return "it stands at the end of a table's caption: 'Table: text {#tbl:name}'";
    if (id.starts_with("sec:")) return "it stands at the end of a heading's line";
    return "a figure's ID stands in its directive: ```{.figure #fig:name}";
  }

  // ---------------------------------------------------------------------------------------------------------- citations

  /// @key or @{any key}, not directly after a letter or digit: that is an e-mail address.
  void citation() {
    const std::size_t sign = at_++;
    if (sign > 0 && follows_word(sign)) return;
    if (peek() == '{') {
      const std::size_t close = find_in_paragraph("}", at_);
      if (close == npos || close == at_ + 1 || text_.substr(at_, close - at_).find_first_of(" \t\n") != npos) return;
      add_reference(std::string(text_.substr(at_ + 1, close - at_ - 1)), sign, close + 1 - sign);
      at_ = close + 1;
      return;
    }
    const std::size_t begin = at_;
    while (at_ < end_) {
      if (const std::size_t bytes = key_character(at_)) at_ += bytes;
      else if (at_ > begin && std::string_view(":.#$%&-+?<>~/").find(text_[at_]) != npos && key_character(at_ + 1)) ++at_;
      else break;
    }
    if (at_ > begin) add_reference(std::string(text_.substr(begin, at_ - begin)), sign, at_ - sign);
  }

  bool follows_word(std::size_t sign) const {
    std::size_t before = sign - 1;
    while (before > 0 && (static_cast<unsigned char>(text_[before]) & 0xC0) == 0x80) --before;
    return is_word_character(decode(text_, before).value);
  }

  std::size_t key_character(std::size_t at) const {
    if (at >= end_) return 0;
    const CodePoint c = decode(text_, at);
    return c.value == '_' || is_word_character(c.value) ? c.bytes : 0;
  }

  void add_reference(std::string target, std::size_t at, std::size_t bytes) {
    if (context_.examples.count(target)) return;
    context_.chapter.references.push_back({std::move(target), place(at, bytes)});
    last_citation_end_ = at + bytes;
  }

  const TextRun& run_;
  const std::string_view text_;
  const RunKind kind_;
  InlineContext& context_;
  std::size_t end_;
  std::size_t at_ = 0;
  std::size_t paragraph_end_ = 0;
  std::size_t last_citation_end_ = 0;
  std::vector<Bracket> brackets_;  // that are open
  std::size_t open_brackets_ = 0;  // their weight
  bool has_too_many_ = false;      // and this has been told of the paragraph
  int open_destinations_ = 0;      // links whose parenthesis has not been closed in their paragraph
  std::size_t open_environments_ = 0;
  std::set<std::string> failed_;   // tokens that this paragraph does not hold any more
  std::set<std::string> missed_endings_;  // ... and that this run does not
  std::unordered_map<std::size_t, std::vector<std::size_t>> ticks_;
  bool ticks_known_ = false;
  bool in_caption_ = false;
};

}  // namespace

void InlineContext::complain(const Place& place, std::string message, std::string hint) {
  has_more_errors = chapter.errors.size() >= most_errors;
  if (!has_more_errors) chapter.errors.push_back(lines.error(place, std::move(message), std::move(hint)));
}

void InlineContext::use_latex(std::string_view text, LatexPiece kind,
                              const std::function<Place(std::size_t, std::size_t)>& place) {
  std::size_t defined_end = 0;
  for (auto& found : latex_names(text, kind == LatexPiece::formula)) {
    if (found.at < defined_end) continue;
    if (const auto macro = macro_definition(text, found.at)) {
      defined_end = macro->end;
      continue;
    }
    std::string key = fmt::format("{} {} {} {} {}", found.name, static_cast<int>(kind), found.context.formula, found.context.group,
                                  found.context.odd_end);
    for (const auto& environment : found.context.environments) key += environment;
    if (is_pointer(found.name)) key += fmt::format(" {} {}", found.argument, found.context.alone);
    if (!latex.insert(std::move(key)).second) continue;
    chapter.latex.push_back({std::move(found.name), place(found.at, found.length),
                             std::move(found.context), std::move(found.argument),
                             kind == LatexPiece::for_print});
  }
}

void find_definitions(InlineContext& context) {
  for (int n = 1; n <= context.lines.count(); ++n) {
    const std::string_view line = context.lines.line(n);
    const std::size_t first = line.find_first_not_of(' ');
    if (first == npos) continue;
    if (line[first] == '[') {
      if (auto definition = link_definition(line)) context.links.emplace(std::move(definition->label), std::move(definition->path));
    } else if (line.substr(first, 2) == "(@") {
      const std::size_t close = line.find(')', first);
      if (close != npos && close > first + 2) context.examples.emplace(line.substr(first + 2, close - first - 2));
    }
  }
}

void scan_inline(const TextRun& run, RunKind kind, InlineContext& context) {
  if (!run.pieces.empty()) Scanner(run, kind, context).scan();
}

}  // namespace document
