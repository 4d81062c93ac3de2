// A scanner for the inline constructs that matter here, in Pandoc's order of precedence: escapes, code, mathematics,
// raw HTML and TeX, then brackets and citations. What it does not know is text. Linear in the run's length: each search
// for an end that fails is remembered.
#include "manuscript/markdown/inline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "manuscript/markdown/attributes.hpp"
#include "manuscript/markdown/delimiters.hpp"
#include "manuscript/markdown/fence.hpp"
#include "manuscript/markdown/identifier.hpp"
#include "manuscript/markdown/latex_commands.hpp"
#include "manuscript/markdown/links.hpp"
#include "manuscript/markdown/lookalike.hpp"
#include "manuscript/unicode.hpp"
#include "text/characters.hpp"

namespace manuscript {
namespace {

using text::is_alpha;
using text::is_digit;
using text::is_space;
using text::npos;
using text::trimmed;

// No tag, argument or pair of braces is longer; what is left open must not cost the rest of the text each time.
constexpr std::size_t longest_tag = 10'000;
constexpr std::size_t longest_excerpt = 1000;
constexpr std::size_t longest_label = 300;
constexpr std::size_t most_brackets = 12;    // Pandoc 2.17 takes half a second for 14, and twelve for 18
constexpr int most_destinations = 50;        // of links that do not end: 0.2 seconds; for 300, more than 20
constexpr std::size_t most_beginnings = 12;  // of environments that do not end
constexpr std::size_t most_divisions = 50;
constexpr std::string_view value_command = "\\value";
constexpr std::array<std::string_view, 9> displays{"equation", "align", "alignat",     "gather",  "multline",
                                                   "flalign",  "math",  "displaymath", "eqnarray"};

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
  Scanner(const SourceText& run, RunKind kind, InlineContext& context)
      : run_(run), text_(run.text), kind_(kind), context_(context), end_(text_.size()) {}

  void scan() {
    if (kind_ == RunKind::heading) heading();
    const std::size_t divisions = context_.divisions.size();
    while (at_ < end_) {
      if (at_ == 0 || text_[at_ - 1] == '\n') begin_line();
      if (at_ < end_) step();
    }
    // A caption is a text by itself.
    if (kind_ == RunKind::caption) context_.complain_of_open_divisions(divisions);
  }

 private:
  struct Bracket {
    std::size_t at;
    bool image;
    std::size_t weight;
    bool follows_citation;  // nothing but blanks lies between
  };

  // ------------------------------------------------------------------------------------------------- places and errors

  SourceLocation place(std::size_t at, std::size_t bytes) const { return run_.place(context_.lines, at, bytes); }

  void fail(std::size_t at, std::size_t bytes, std::string message, std::string hint = "") {
    context_.complain(place(at, bytes), std::move(message), std::move(hint));
  }

  std::string_view rest() const { return text_.substr(at_, end_ - at_); }
  char peek(std::size_t ahead = 0) const { return at_ + ahead < end_ ? text_[at_ + ahead] : '\0'; }
  std::size_t find(std::string_view token, std::size_t from) const { return text_.substr(0, end_).find(token, from); }
  std::size_t line_end(std::size_t from) const { return std::min(find("\n", from), end_); }
  std::string_view line_at(std::size_t from) const { return text_.substr(from, line_end(from) - from); }
  /// What follows in the line, as much of it as matters.
  std::string_view rest_of_line() const {
    const std::string_view text = rest().substr(0, longest_excerpt);
    return text.substr(0, text.find('\n'));
  }

  // ------------------------------------------------------------------------------------------------------------- lines

  /// A blank line ends all that was open; some lines are not text.
  void begin_line() {
    while (at_ < end_) {
      const std::string_view line = line_at(at_);
      if (trimmed(line).empty()) begin_paragraph();
      if (at_ >= paragraph_end_) find_paragraph_end();
      if (trimmed(line).starts_with(":::")) {
        division(line);
      } else if (const auto definition = kind_ == RunKind::text ? link_definition(line) : std::nullopt) {
        define_link(*definition);
        at_ += line.size();
      } else {
        break;
      }
      if (at_ < end_) ++at_;
    }
    if (at_ >= end_) return;
    const std::string_view line = trimmed(line_at(at_));
    if (line.starts_with("Table:") || line.starts_with("table:") || line.starts_with(":")) in_caption_ = true;
    if (kind_ == RunKind::text && line.starts_with("[^")) note_definition();
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
    last_citation_end_ = 0;
    in_caption_ = false;
  }

  void find_paragraph_end() {
    paragraph_begin_ = paragraph_end_ = at_;
    while (paragraph_end_ < end_ && !trimmed(line_at(paragraph_end_)).empty())
      paragraph_end_ = line_end(paragraph_end_) + 1;
    paragraph_end_ = std::min(std::max(paragraph_end_, at_ + 1), end_);
    failed_.clear();
    ticks_.clear();
    ticks_known_ = false;
  }

  /// "::: {#id .class}" begins a division, ":::" ends it.
  void division(std::string_view line) {
    forget_brackets();
    const bool ends = trimmed(line).find_first_not_of(':') == npos;
    if (ends)
      end_division(line);
    else
      begin_division(line);
    at_ += line.size();
  }

  void end_division(std::string_view line) {
    if (context_.divisions.empty())
      return fail(at_, line.size(), "this line ends no division",
                  "one begins with a line such as '::: name', below a blank line");
    context_.divisions.pop_back();
    context_.division_ids.pop_back();
  }

  void begin_division(std::string_view line) {
    const std::size_t colons = line.find(':');
    const std::size_t name = std::min(line.find_first_not_of(": \t", colons), line.size());
    const auto attributes = parse_attributes(line.substr(name));
    const bool is_sound = !line.substr(name).starts_with('{') || (attributes && attributes->is_sound);
    const std::size_t behind =
        attributes ? name + attributes->length : std::min(line.find_first_of(": \t", name), line.size());
    if (!is_sound || line.find_first_not_of(": \t", behind) != npos)
      fail(at_, line.size(), "Pandoc reads this line as text, not as the beginning of a division",
           "as in: ::: name, or ::: {#id .name}");
    else if (is_indented() || goes_on_in_text())
      fail(at_, line.size(), "Pandoc reads this line as part of the text above", "put a blank line before it");
    context_.divisions.push_back(place(at_, line.size()));
    context_.division_ids.emplace_back();
    if (context_.divisions.size() == most_divisions + 1)
      fail(at_, line.size(),
           fmt::format("more than {} divisions are open here; Pandoc's time grows with each", most_divisions),
           "a line ':::' ends one");
    if (!attributes) return;
    complain_of_lookalike(*attributes, at_ + name, Bearer::division);
    anchor(*attributes, at_ + name, Bearer::division);
    if (attributes->id.starts_with("fig:")) context_.division_ids.back() = attributes->id;
  }

  /// The division around that is a figure; empty when none is.
  std::string figure_around() const {
    const auto& ids = context_.division_ids;
    const auto found = std::find_if(ids.rbegin(), ids.rend(), [](const std::string& id) { return !id.empty(); });
    return found == ids.rend() ? "" : *found;
  }

  /// A division begins in the first column, but in lists, whose items begin further in.
  bool is_indented() const {
    const std::string_view line = context_.lines.line(place(at_, 1).line);
    return !run_.is_item && kind_ == RunKind::text && !line.empty() && is_space(line[0]);
  }

  /// Whether the line here belongs to a paragraph that has begun; tables and tags are none.
  bool goes_on_in_text() const {
    if (at_ == 0) return false;
    const std::size_t begin = at_ == 1 ? 0 : text_.rfind('\n', at_ - 2) + 1;
    const std::string_view above = trimmed(text_.substr(begin, at_ - 1 - begin));
    return !above.empty() && !above.starts_with(":::") && std::string_view("|+<").find(above[0]) == npos;
  }

  /// [label]: path
  void define_link(const LinkDefinition& definition) {
    add_label(Label::Kind::link, Label::Form::definition, definition.label, at_ + definition.label_offset,
              definition.label_bytes);
    add_link(definition.path, at_ + definition.path_offset, definition.path_bytes);
  }

  /// "[^label]: text" where its marker is not known before (markdown.cpp): in quotes, or deep in
  /// lists.
  void note_definition() {
    const std::size_t open = text_.find('[', at_);
    const std::string_view label = note_label(text_.substr(open, std::min(end_ - open, longest_excerpt)));
    const std::size_t colon = open + label.size() + 3;
    if (label.empty() || colon >= end_ || text_[colon] != ':') return;
    if (goes_on_in_text() && !line_before_is_note())
      return fail(open, label.size() + 4, "Pandoc reads this note as part of the text above",
                  "put a blank line before it");
    add_label(Label::Kind::note, Label::Form::definition, std::string(label), open + 2, label.size());
    at_ = colon + 1;
  }

  bool line_before_is_note() const {
    return paragraph_begin_ < at_ && trimmed(line_at(paragraph_begin_)).starts_with("[^");
  }

  void add_label(Label::Kind kind, Label::Form form, std::string name, std::size_t at, std::size_t bytes) {
    if (kind_ == RunKind::caption) return;
    const std::size_t begin = run_.source_offset(context_.lines, at);
    const std::size_t end = bytes == 0 ? begin : run_.source_offset(context_.lines, at + bytes - 1) + 1;
    context_.chapter.labels.push_back(
        {kind, form, std::move(name), place(at, std::max<std::size_t>(bytes, 1)), begin, end});
  }

  void add_link(const std::string& target, std::size_t at, std::size_t bytes) {
    const std::string_view path = std::string_view(target).substr(0, target.find_first_of("#?"));
    const bool is_chapter = path.ends_with(".md") && path.find("://") == npos;
    if (target.starts_with('#') || is_chapter) context_.chapter.links.push_back({target, place(at, bytes)});
  }

  void heading() {
    const std::size_t anchors = context_.chapter.anchors.size();
    heading_label();
    const bool has_own = context_.chapter.anchors.size() > anchors;
    const std::string_view text = text_.substr(0, end_);
    context_.chapter.headings.push_back({has_own ? context_.chapter.anchors.back().id : identifier_of(text), has_own,
                                         place(0, std::max<std::size_t>(text.size(), 1))});
  }

  void heading_label() {
    const std::string_view text = text_.substr(0, text_.find_last_not_of(" \t\n") + 1);
    if (!text.ends_with('}')) return;
    for (std::size_t brace = text.rfind('{'); brace != npos; brace = brace == 0 ? npos : text.rfind('{', brace - 1)) {
      const auto attributes = parse_attributes(text.substr(brace));
      if (!attributes || brace + attributes->length != text.size()) continue;
      if (brace > 0 && (text[brace - 1] == ']' || text[brace - 1] == '`')) return;  // of a span, or of code
      if (!attributes->is_sound)
        return fail(brace, attributes->length, "Pandoc cannot read these attributes, and prints them",
                    "an ID or a class is a letter, then letters, digits and _ - : .");
      complain_of_lookalike(*attributes, brace, Bearer::heading);
      anchor(*attributes, brace, Bearer::heading);
      end_ = brace;
      return;
    }
  }

  /// Whether attributes were meant for a claim or a value that cannot stand there; it is told.
  bool complain_of_lookalike(const Attributes& attributes, std::size_t at, Bearer bearer) {
    auto found = lookalike(attributes, bearer);
    if (found) fail(at, attributes.length, std::move(found->message), std::move(found->hint));
    return found.has_value();
  }

  /// LaTeX and HTML hide statements from Pandoc.
  void complain_of_hidden(std::size_t begin, std::size_t end, std::string_view where) {
    if (const auto hidden = hidden_statement(text_.substr(begin, end - begin)))
      fail(begin + hidden->at, hidden->length, fmt::format("values and claims are not seen within {}", where),
           where == "a formula" ? how_to_value_in_formula : "write it outside");
  }

  // ------------------------------------------------------------------------------------------------------------ tokens

  void step() {
    switch (text_[at_]) {
      case '\\':
        return backslash();
      case '`':
        return code();
      case '$':
        return mathematics();
      case '<':
        return angle();
      case '!':
        return exclamation();
      case '[':
        return open_bracket(at_, false);
      case ']':
        return closing_bracket();
      case ')':
        return closing_parenthesis_of_text();
      case '{':
        return brace();
      case '@':
        return citation();
      default:
        ++at_;
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
      if (const std::size_t value = text_.substr(0, macro->end).find(value_command, begin); value != npos)
        fail(value, value_command.size(), "values are not seen within a macro", "write it where the macro is used");
      context_.chapter.macros.push_back(
          {macro->name, std::string(text_.substr(begin, macro->end - begin)), place(begin, macro->name.size())});
      at_ = macro->end;
      return;
    }
    const std::string_view arguments = text_.substr(0, std::min(std::max(paragraph_end_, at_), at_ + longest_tag));
    const std::size_t close = peek() == '{' ? arguments.find('}', at_) : npos;
    if (name == "value") {
      at_ = close == npos ? at_ : close + 1;
      return fail(begin, at_ - begin, "this command sets values in formulas only", how_to_value);
    }
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
      fail(begin, at_ - begin, fmt::format("more than {} environments of LaTeX begin and do not end", most_beginnings),
           "as in: " + ending);
    raw_piece(begin);
  }

  /// Whether LaTeX in the text is mathematics: \begin{align}.
  static bool is_display(std::string_view piece) {
    if (!piece.starts_with("\\begin{")) return false;
    std::string_view name = piece.substr(7, piece.find('}') - 7);
    if (name.ends_with('*')) name.remove_suffix(1);
    return std::find(displays.begin(), displays.end(), name) != displays.end();
  }

  /// LaTeX in the text, from `begin` to here.
  void raw_piece(std::size_t begin) {
    const std::string_view piece = text_.substr(begin, at_ - begin);
    if (is_display(piece)) {
      use_latex(without_values(begin, at_), begin, LatexPiece::text);
    } else {
      std::string latex(piece);
      for (std::size_t value = latex.find(value_command); value != npos; value = latex.find(value_command, value)) {
        fail(begin + value, value_command.size(), "values are not seen within LaTeX",
             "they stand in formulas between dollars, and in environments such as align");
        latex.replace(value, value_command.size(), value_command.size(), '0');
      }
      use_latex(latex, begin, LatexPiece::text);
    }
    complain_of_hidden(begin, at_, "LaTeX");
    const std::size_t brace = piece.find('{');
    if (brace != npos && (piece.substr(0, brace) == "\\ref" || piece.substr(0, brace) == "\\eqref") &&
        piece.find('}') == piece.size() - 1)
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

  /// What stands at `begin` is this LaTeX.
  void use_latex(std::string_view latex, std::size_t begin, LatexPiece kind) {
    context_.use_latex(latex, kind, [&](std::size_t at, std::size_t bytes) { return place(begin + at, bytes); });
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
    const std::size_t source_end =
        is_comment && context_.no_comment_end
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
    const bool is_long =
        close == npos || text_.substr(inside, std::min(close - inside, longest_excerpt)).find('\n') != npos;
    const bool is_fence = count >= 3 && (at_ == 0 || text_[at_ - 1] != '`');
    if (is_fence && is_long && looks_like_directive(rest_of_line())) complain_of_lost_directive(rest_of_line().size());
    if (close == npos) {
      ++at_;
      return;
    }
    at_ = close + count;
    if (peek() != '{') return plain_code(inside, close);
    if (rest().starts_with("{=latex}") || rest().starts_with("{=tex}")) {
      complain_of_hidden(inside, close, "LaTeX");
      return use_latex(text_.substr(inside, close - inside), inside, LatexPiece::for_print);
    }
    const auto attributes = parse_attributes(rest());
    if (!attributes || !attributes->is_sound) return complain_of_attributes("value");
    if (attributes->has_class("value"))
      value(inside, close, *attributes);
    else if (!complain_of_lookalike(*attributes, at_, Bearer::code) && !attributes->has_class("code"))
      plain_code(inside, close);
    anchor(*attributes, at_, Bearer::code);
    at_ += attributes->length;
  }

  /// Code that may be the expression of a figure, and was then meant to be a value.
  void plain_code(std::size_t begin, std::size_t end) {
    const std::string_view text = text_.substr(begin, end - begin);
    if (text.size() < longest_excerpt && text.find(':') != npos)
      context_.chapter.codes.push_back({on_one_line(text), place(begin, text.size())});
  }

  void value(std::size_t begin, std::size_t end, const Attributes& attributes) {
    const std::string expression = on_one_line(text_.substr(begin, end - begin));
    if (expression.empty()) return fail(begin, 1, "this value has no expression", "as in: `figure: name`{.value}");
    const std::size_t first = text_.find_first_not_of(" \t\n", begin);
    ValueSite site{expression,
                   {},
                   {},
                   place(first, expression.size()),
                   stretches(first, expression.size(), false),
                   mark_of("value", attributes)};
    for (const auto& pair : attributes.pairs) option(pair, site);
    context_.chapter.values.push_back(std::move(site));
  }

  void option(const Attributes::Pair& pair, ValueSite& site) {
    const std::size_t key = at_ + pair.key_offset;
    if (pair.key != "format" && pair.key != "unit") {
      const std::string hint = did_you_mean(pair.key, {"format", "unit"});
      return fail(key, pair.key.size(), fmt::format("a value has no attribute '{}'", pair.key),
                  hint.empty() ? "there are 'format' and 'unit'" : hint);
    }
    if (pair.value.find('"') != std::string::npos ||
        (pair.key == "format" && pair.value.find('\'') != std::string::npos))
      return fail(key, pair.key.size() + 1 + pair.value.size(), fmt::format("the {}'s quotes do not match", pair.key),
                  pair.key == "unit" ? "as in: unit=\"m/s\"" : "as in: format=\".1f\"");
    auto& given = pair.key == "unit" ? site.unit : site.format;
    if (given) return fail(key, pair.key.size(), fmt::format("a value has one {}", pair.key), "remove one of the two");
    given = ValueOption{pair.value, place(at_ + pair.value_offset, std::max<std::size_t>(pair.value.size(), 1))};
  }

  void complain_of_lost_directive(std::size_t bytes) {
    context_.add_broken_directive(text_.substr(at_, bytes), place(at_, bytes));
    fail(at_, bytes,
         fmt::format("this looks like a {} directive, but does not stand where one can",
                     kind_in(text_.substr(at_, bytes)).name),
         "begin it on a line of its own, below a blank line, and end it with the same fence");
  }

  /// Braces after code or a span that are not attributes, though they were meant to be a value's or a claim's.
  void complain_of_attributes(std::string_view meant) {
    const std::string_view line = rest_of_line();
    const std::size_t end = std::min(line.find('}'), line.size());
    if (looks_like_statement(line.substr(0, end)))
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
      fail(begin, close + 1 - begin, "Pandoc reads what stands between these dollars as a formula",
           "a dollar that is text is written \\$");
    formula(begin + 1, close);
    at_ = close + 1;
  }

  void formula(std::size_t begin, std::size_t end) {
    complain_of_hidden(begin, end, "a formula");
    const std::string_view text = text_.substr(begin, end - begin);
    for (std::size_t at = text.find("{{"); at != npos; at = text.find("{{", at + 2)) named_braces(begin + at, true);
    use_latex(without_values(begin, end), begin, LatexPiece::formula);
  }

  /// A formula's LaTeX, with digits in place of the values in it, which are added to the chapter.
  std::string without_values(std::size_t begin, std::size_t end) {
    std::string latex(text_.substr(begin, end - begin));
    for (std::size_t at = latex.find('\\'); at != npos; at = latex.find('\\', at)) {
      const std::size_t name = at + 1;
      at = name + 1;  // behind an escaped sign
      if (latex.compare(name, 5, "value") != 0 || (name + 5 < latex.size() && is_alpha(latex[name + 5]))) continue;
      const std::size_t close = latex.compare(name + 5, 1, "{") == 0 ? behind_group_of(latex, name + 5) : npos;
      if (close == npos) {
        fail(begin + name - 1, value_command.size(), "this value has no expression in braces", how_to_value_in_formula);
        continue;
      }
      value_in_formula(begin + name, begin + name + 6, begin + close - 1);
      std::fill(latex.begin() + static_cast<std::ptrdiff_t>(name) - 1,
                latex.begin() + static_cast<std::ptrdiff_t>(close), '0');
      at = close;
    }
    return latex;
  }

  /// Behind the brace that ends what the one at `open` begins.
  static std::size_t behind_group_of(std::string_view latex, std::size_t open) {
    int depth = 0;
    for (std::size_t at = open; at < latex.size(); ++at) {
      if (latex[at] == '{') ++depth;
      if (latex[at] == '}' && --depth == 0) return at + 1;
    }
    return npos;
  }

  /// \value{...}: where its name stands, and its expression.
  void value_in_formula(std::size_t name, std::size_t begin, std::size_t end) {
    const std::string expression = on_one_line(text_.substr(begin, end - begin));
    if (expression.empty())
      return fail(name - 1, end + 2 - name, "this value has no expression", how_to_value_in_formula);
    const std::size_t first = text_.find_first_not_of(" \t\n", begin);
    StatementMark mark{kind_ == RunKind::caption ? name : run_.source_offset(context_.lines, name)};
    mark.in_formula = true;
    context_.chapter.values.push_back({expression,
                                       {},
                                       {},
                                       place(first, expression.size()),
                                       stretches(first, expression.size(), false),
                                       std::move(mark)});
  }

  /// "{{name}}" is filled in in captions only; braces of TeX may look the same.
  std::size_t named_braces(std::size_t at, bool in_formula) {
    const std::string_view name =
        kind_ == RunKind::caption ? std::string_view() : name_in_braces(text_.substr(at, longest_excerpt));
    if (name.empty()) return 0;
    context_.chapter.names.push_back({std::string(name), in_formula, place(at, name.size() + 4)});
    return name.size() + 4;
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
      if (text_[at] == '\\')
        ++at;
      else if (text_[at] == '{')
        ++depth;
      else if (text_[at] == '}' && --depth == 0)
        return at;
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
    formula(at_ + 2, close);
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

  // -------------------------------------------------------------------------------------------------------- HTML,
  // links

  /// Comments, tags and <addresses>: what they hold is not text.
  void angle() {
    if (rest().starts_with("<!--")) return skip_to(at_, at_ + 4, "-->");
    const std::size_t close = tag_end();
    if (close == npos) {
      ++at_;
      return;
    }
    const std::string_view tag = text_.substr(at_, close + 1 - at_);
    if (const char* statement = statement_of(tag))
      fail(at_, tag.size(), "values and claims are not written in HTML", statement);
    html_anchor(tag);
    const std::string name = normal_label(tag.substr(1, tag.find_first_of(" \t\n/>", 1) - 1));
    if (name == "img") html_picture(tag);
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

  /// <span class="claim" that="..."> is a span to Pandoc too.
  static const char* statement_of(std::string_view tag) {
    if (tag.find(" that=") != npos) return how_to_claim;
    const std::size_t given = tag.find(" class=");
    if (given == npos) return nullptr;
    const std::string_view classes = tag.substr(given + 7, tag.find_first_of("\"'>", given + 8) - given - 7);
    if (looks_like_word(classes, "claim")) return how_to_claim;
    return tag.starts_with("<code") && looks_like_word(classes, "value") ? how_to_value : nullptr;
  }

  static bool looks_like_word(std::string_view classes, std::string_view name) {
    for (std::size_t at = classes.find(name); at != npos; at = classes.find(name, at + 1)) {
      const std::string_view around(" \"'");
      const bool begins = at == 0 || around.find(classes[at - 1]) != npos;
      if (begins && (at + name.size() == classes.size() || around.find(classes[at + name.size()]) != npos)) return true;
    }
    return false;
  }

  void html_anchor(std::string_view tag) {
    const bool is_old = tag.starts_with("<a ") && tag.find(" id=") == npos;  // <a name="...">
    for (const std::string_view start : {" id=\"", " id='", " name=\"", " name='", " href=\"", " href='"}) {
      if (start.starts_with(" name") && !is_old) continue;
      const std::size_t id = tag.find(start);
      if (id == npos) continue;
      const std::size_t begin = id + start.size(), end = tag.find(start.back(), begin);
      if (end == npos || end <= begin) continue;
      const std::string value(tag.substr(begin, end - begin));
      const bool is_link = start.starts_with(" href");
      if (is_link)
        add_link(value, at_ + begin, value.size());
      else
        bear(value, at_ + begin, tag.starts_with("<div") ? Bearer::division : Bearer::span);
    }
  }

  /// <img src="..."> is a picture of the text as ![](...) is.
  void html_picture(std::string_view tag) {
    std::size_t begin = npos;
    for (std::size_t at = 4; at + 3 < tag.size() && begin == npos; ++at)
      if (std::isspace(static_cast<unsigned char>(tag[at])) && normal_label(tag.substr(at + 1, 3)) == "src" &&
          trimmed(tag.substr(at + 4)).starts_with('='))
        begin = tag.find_first_not_of(" \t\n", tag.find('=', at) + 1);
    const char quote = begin == npos ? '>' : tag[begin];
    const bool is_quoted = quote == '"' || quote == '\'';
    if (is_quoted) ++begin;
    const std::size_t end =
        begin == npos ? npos : tag.find_first_of(is_quoted ? std::string(1, quote) : " \t\n>", begin);
    if (end == npos || end == begin)
      return fail(at_, tag.size(), "this picture names no file", "as in: <img src=\"coils.png\" alt=\"Two coils\">");
    context_.chapter.images.push_back(
        {unescaped_path(tag.substr(begin, end - begin)), place(at_ + begin, end - begin)});
  }

  void open_bracket(std::size_t at, bool image) {
    if (!image && at + 1 < end_ && text_[at + 1] == '^' && note(at)) return;
    // Pandoc tries more for a citation, and for a bracket behind another one, which could be a link's label.
    const bool is_dear = (at > 0 && text_[at - 1] == ']') || (at + 1 < end_ && text_[at + 1] == '@');
    brackets_.push_back({at, image, is_dear ? std::size_t{2} : std::size_t{1}, !image && follows_citation(at)});
    ++at_;
    open_brackets_ += brackets_.back().weight;
    if (open_brackets_ <= most_brackets || has_too_many_) return;
    has_too_many_ = true;
    fail(at, 1, "too many brackets are open here; Pandoc's time doubles with each",
         "close them, or write a bracket that opens nothing as \\[");
  }

  /// [^label], to a note that stands elsewhere.
  bool note(std::size_t at) {
    const std::string_view label = note_label(text_.substr(at, std::min(end_ - at, longest_excerpt)));
    if (label.empty()) return false;
    if (kind_ == RunKind::caption)
      fail(at, label.size() + 3, "the text's notes do not reach captions", "write the note itself: ^[text]");
    add_label(Label::Kind::note, Label::Form::use, std::string(label), at, label.size() + 3);
    if (kind_ != RunKind::caption) {  // the label's own bytes stand within its brackets
      context_.chapter.labels.back().begin += 2;
      context_.chapter.labels.back().end -= 1;
    }
    at_ = at + label.size() + 3;
    return true;
  }

  /// Pandoc takes "@key [text]" for a citation of a place in it.
  bool follows_citation(std::size_t at) const {
    return last_citation_end_ > 0 && last_citation_end_ <= at &&
           trimmed(text_.substr(last_citation_end_, at - last_citation_end_)).empty();
  }

  void exclamation() {
    ++at_;
    if (peek() == '[') open_bracket(at_, true);
  }

  void closing_bracket() {
    const std::size_t close = at_++;
    if (brackets_.empty()) {
      if (peek() == '{' && rest().starts_with("{.claim")) {
        fail(close, 1, "this claim's text has no opening bracket", how_to_claim);
        ++at_;
      }
      return;
    }
    const Bracket open = brackets_.back();
    brackets_.pop_back();
    open_brackets_ -= open.weight;
    const std::string_view content = text_.substr(open.at + 1, close - open.at - 1);
    if (peek() == '(') return destination(open);
    if (peek() == '{' && !open.image) return span(open, close);
    if (peek() == '[') return linked_label(open, content);
    label_alone(open, content, close);
    if (open.image) image_of_label(content, open, content.size() + 2);
  }

  /// [label] by itself, which may be text.
  void label_alone(const Bracket& open, std::string_view content, std::size_t close) {
    if (content.size() > longest_label || content.starts_with('@') || content.starts_with("-@")) return;
    std::string name = normal_label(content);
    if (!name.empty()) use_link_label(std::move(name), Label::Form::shortcut, open.at, close + 1, 0);
  }

  /// The text's definitions do not reach captions, which Pandoc reads by themselves.
  void use_link_label(std::string name, Label::Form form, std::size_t open, std::size_t at, std::size_t bytes) {
    if (kind_ == RunKind::caption) {
      if (context_.links.count(name))
        fail(open, at + bytes - open, "the text's link labels do not reach captions",
             "write the address itself: [text](address)");
      return;
    }
    add_label(Label::Kind::link, form, std::move(name), std::min(at, end_), bytes);
    context_.chapter.labels.back().place = place(open, std::max<std::size_t>(at + bytes - open, 1));
  }

  /// (path "title") of a link or an image.
  void destination(const Bracket& open) {
    const auto found = failed_.count("(")
                           ? std::nullopt
                           : link_destination(text_.substr(at_, std::min(paragraph_end_ - at_, longest_tag)));
    if (!found) {
      if (find_in_paragraph(")", at_) == npos) failed_.insert("(");
      return unclosed_destination();
    }
    const std::string_view path = text_.substr(at_ + found->offset, found->bytes);
    const std::string target = unescaped_path(path);
    if (!open.image)
      add_link(target, at_ + found->offset, path.size());
    else if (!target.empty())
      context_.chapter.images.push_back({target, place(at_ + found->offset, path.size())});
    at_ += found->length;
    attributes_after_link(open);
  }

  void unclosed_destination() {
    if (++open_destinations_ == most_destinations + 1)
      fail(at_, 1,
           fmt::format("more than {} links are begun here and do not end; Pandoc's time grows with each",
                       most_destinations),
           "close their parentheses, or write \\( for one that is text");
  }

  void closing_parenthesis_of_text() {
    ++at_;
    open_destinations_ = std::max(0, open_destinations_ - 1);
  }

  void attributes_after_link(const Bracket& open) {
    if (peek() != '{') return;
    const auto attributes = parse_attributes(rest());
    if (!attributes || !attributes->is_sound) return complain_of_attributes("claim");
    complain_of_lookalike(*attributes, at_, Bearer::link);
    anchor(*attributes, at_,
           open.image && stands_alone(open.at - 1, at_ + attributes->length) ? Bearer::picture : Bearer::link);
    at_ += attributes->length;
  }

  /// Whether nothing else is in the paragraph that bytes of it make.
  bool stands_alone(std::size_t begin, std::size_t end) const {
    const auto is_border = [](std::string_view line) {
      line = trimmed(line);
      return line.empty() || line.starts_with(":::") || (line.starts_with('<') && line.ends_with('>'));
    };
    const std::size_t first = begin == 0 ? 0 : text_.rfind('\n', begin - 1) + 1, last = line_end(end);
    if (run_.is_plain || !trimmed(text_.substr(first, begin - first)).empty() ||
        !trimmed(text_.substr(end, last - end)).empty())
      return false;
    const std::size_t above = first < 2 ? 0 : text_.rfind('\n', first - 2) + 1;
    return (first == 0 || is_border(text_.substr(above, first - 1 - above))) &&
           (last >= end_ || is_border(line_at(last + 1)));
  }

  /// [text][label], with the label's own text where it is empty.
  void linked_label(const Bracket& open, std::string_view content) {
    const std::size_t close = find_in_paragraph("]", at_);
    if (close == npos) return;
    const std::string_view label = text_.substr(at_ + 1, close - at_ - 1);
    const std::string_view used = label.empty() ? content : label;
    std::string name = normal_label(used);
    if (!name.empty() && name.size() < longest_label)
      use_link_label(name, label.empty() ? Label::Form::collapsed : Label::Form::use, open.at, at_ + 1, label.size());
    if (!context_.links.count(name)) return;
    at_ = close + 1;
    image_of_label(used, open, content.size() + 2);
  }

  void image_of_label(std::string_view label, const Bracket& open, std::size_t bytes) {
    const auto found = context_.links.find(normal_label(label));
    if (found != context_.links.end() && open.image)
      context_.chapter.images.push_back({found->second, place(open.at, bytes)});
    attributes_after_link(open);
  }

  // ------------------------------------------------------------------------------------------------------ spans,
  // labels

  void span(const Bracket& open, std::size_t close) {
    const auto attributes = parse_attributes(rest());
    if (!attributes || !attributes->is_sound) return complain_of_attributes("claim");
    if (open.follows_citation)
      fail(open.at, close + 1 - open.at, "Pandoc takes this bracket for a part of the citation before it",
           "put a word or a comma between them");
    else if (!complain_of_lookalike(*attributes, at_, Bearer::span) && attributes->has_class("claim"))
      claim(open.at, close, *attributes);
    const std::string_view content = trimmed(text_.substr(open.at + 1, close - open.at - 1));
    const bool is_mathematics = content.size() > 2 && content.front() == '$' && content.back() == '$';
    anchor(*attributes, at_, is_mathematics ? Bearer::formula : Bearer::span);
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
        fail(at_ + pair.key_offset, pair.key.size(), fmt::format("a claim has no attribute '{}'", pair.key),
             "the only one is 'that'");
    const std::size_t inside = open + 1;
    context_.chapter.claims.push_back(
        {on_one_line(text_.substr(inside, close - inside)), that->value, place(open, close + 1 - open),
         place(at_ + that->value_offset, that->value.size()),
         stretches(at_ + that->value_offset, that->value.size(), true), mark_of("claim", attributes)});
  }

  /// Of the statement whose attributes stand here.
  StatementMark mark_of(const char* name, const Attributes& attributes) const {
    const std::size_t at = at_ + attributes.offset_of_class(name);
    return {kind_ == RunKind::caption ? at : run_.source_offset(context_.lines, at)};
  }

  /// Of a text of so many bytes that was read from `at` on. Where there are escapes, a backslash before a sign is not
  /// in it.
  std::vector<Stretch> stretches(std::size_t at, std::size_t bytes, bool with_escapes) const {
    std::vector<Stretch> list;
    bool begins = true;
    for (std::size_t offset = 0; offset < bytes && at < end_; ++offset, ++at) {
      if (with_escapes && text_[at] == '\\' && at + 1 < end_ &&
          std::ispunct(static_cast<unsigned char>(text_[at + 1]))) {
        ++at;
        begins = true;
      }
      if (begins) {
        const SourceLocation from = place(at, 1);
        list.push_back({offset, from.line, from.column});
      }
      begins = text_[at] == '\n';
    }
    return list;
  }

  void anchor(const Attributes& attributes, std::size_t at, Bearer bearer) {
    if (attributes.ids > 0) bear(attributes.id, at + attributes.id_offset, bearer);
  }

  /// An ID on what bears it. References to one that cannot bear a number are not mistakes of their
  /// own.
  void bear(std::string id, std::size_t at, Bearer bearer) {
    const bool is_misplaced = kind_ != RunKind::caption && !can_bear(id, bearer);
    if (is_misplaced)
      fail(at, id.size() + (text_[at] == '#'),
           fmt::format("{} cannot bear the number that '{}' is to refer to", name_of(bearer), id), who_bears(id));
    add_anchor(std::move(id), at);
    if (is_misplaced) context_.chapter.anchors.back().is_broken = true;
  }

  /// `at` is where the '#' or the ID itself stands.
  void add_anchor(std::string id, std::size_t at) {
    const std::size_t bytes = id.size() + (text_[at] == '#' ? 1 : 0);
    if (kind_ == RunKind::caption) {
      if (is_reference_kind(id))
        fail(at, bytes, "nothing can be labelled in a figure's caption", "label it in the text");
      return;
    }
    IdTarget target{std::move(id), place(at, bytes)};
    if (target.id.starts_with("fig:")) target.within = figure_around();
    context_.chapter.anchors.push_back(std::move(target));
  }

  /// Braces that belong to nothing: a table's label at the end of its caption, text, or a label that labels nothing.
  void brace() {
    const std::size_t begin = at_++;
    if (const std::size_t bytes = named_braces(begin, false)) {
      at_ = begin + bytes;
      return;
    }
    if (peek() != '#') return bare_braces(begin);
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

  void bare_braces(std::size_t begin) {
    const std::string_view line = text_.substr(begin, std::min(end_ - begin, longest_excerpt));
    const std::string_view braces = line.substr(0, std::min(line.find_first_of("}\n"), line.size() - 1) + 1);
    const auto attributes = parse_attributes(braces);
    // A block that is never closed is text to this scan, and told already.
    const std::string_view whole = trimmed(context_.lines.line(place(begin, 1).line));
    const bool is_fence = whole.starts_with("```") || whole.starts_with("~~~");
    if (attributes && attributes->is_sound && is_fence && attributes->has_class("values")) return;
    if (attributes && attributes->is_sound)
      complain_of_lookalike(*attributes, begin, Bearer::nothing);
    else if (looks_like_statement(braces))
      fail(begin, braces.size() - braces.ends_with('\n'),
           "these braces look like a value's or a claim's, and are text to Pandoc",
           fmt::format("{}; braces that are text are written \\{{", how_to_claim));
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
    return "a figure's ID stands in its directive, ```{.figure #fig:name}, or on a picture or a "
           "division";
  }

  // ----------------------------------------------------------------------------------------------------------
  // citations

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
      if (const std::size_t bytes = key_character(at_))
        at_ += bytes;
      else if (at_ > begin && std::string_view(":.#$%&-+?<>~/").find(text_[at_]) != npos && key_character(at_ + 1))
        ++at_;
      else
        break;
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
    if (context_.examples.count(target))
      return add_label(Label::Kind::example, Label::Form::use, target, at + 1, target.size());
    context_.chapter.references.push_back({std::move(target), place(at, bytes)});
    last_citation_end_ = at + bytes;
  }

  const SourceText& run_;
  const std::string_view text_;
  const RunKind kind_;
  InlineContext& context_;
  std::size_t end_;
  std::size_t at_ = 0;
  std::size_t paragraph_begin_ = 0, paragraph_end_ = 0;
  std::size_t last_citation_end_ = 0;
  std::vector<Bracket> brackets_;  // that are open
  std::size_t open_brackets_ = 0;  // their weight
  bool has_too_many_ = false;      // and this has been told of the paragraph
  int open_destinations_ = 0;      // links whose parenthesis has not been closed in their paragraph
  std::size_t open_environments_ = 0;
  std::set<std::string> failed_;          // tokens that this paragraph does not hold any more
  std::set<std::string> missed_endings_;  // ... and that this run does not
  std::unordered_map<std::size_t, std::vector<std::size_t>> ticks_;
  bool ticks_known_ = false;
  bool in_caption_ = false;
};

}  // namespace

void InlineContext::complain(const SourceLocation& place, std::string message, std::string hint) {
  has_more_errors = chapter.errors.size() >= most_errors;
  if (!has_more_errors) chapter.errors.push_back(lines.error(place, std::move(message), std::move(hint)));
}

void InlineContext::complain_of_open_divisions(std::size_t from) {
  for (std::size_t k = from; k < divisions.size(); ++k)
    complain(divisions[k], "this division is never closed", "end it with a line ':::'");
  divisions.resize(std::min(from, divisions.size()));
  division_ids.resize(divisions.size());
}

std::string_view example_label(std::string_view text) {
  const std::size_t close = text.find_first_of(" \t)");
  return !text.starts_with("(@") || close == npos || text[close] != ')' ? std::string_view()
                                                                        : text.substr(2, close - 2);
}

std::string_view note_label(std::string_view text) {
  if (!text.starts_with("[^")) return {};
  const std::size_t close = text.find_first_of(" \t\n]");
  return close == npos || text[close] != ']' ? std::string_view() : text.substr(2, close - 2);
}

void InlineContext::add_broken_directive(std::string_view line, const SourceLocation& place) {
  if (const auto id = directive_id_in(line); !id.empty()) chapter.anchors.push_back({std::string(id), place, true});
}

void InlineContext::use_latex(std::string_view text, LatexPiece kind,
                              const std::function<SourceLocation(std::size_t, std::size_t)>& place) {
  std::size_t defined_end = 0;
  for (auto& found : latex_names(text, kind == LatexPiece::formula)) {
    if (found.at < defined_end) continue;
    if (const auto macro = macro_definition(text, found.at)) {
      defined_end = macro->end;
      continue;
    }
    std::string key = fmt::format("{} {} {} {} {}", found.name, static_cast<int>(kind), found.context.formula,
                                  found.context.group, found.context.odd_end);
    for (const auto& environment : found.context.environments) key += environment;
    if (is_pointer(found.name)) key += fmt::format(" {} {}", found.argument, found.context.alone);
    if (!latex.insert(std::move(key)).second) continue;
    chapter.latex.push_back({std::move(found.name), place(found.at, found.length), std::move(found.context),
                             std::move(found.argument), kind == LatexPiece::for_print});
  }
}

void find_definitions(InlineContext& context) {
  for (int n = 1; n <= context.lines.count(); ++n) {
    const std::string_view line = context.lines.line(n);
    const std::size_t first = line.find_first_not_of(' ');
    if (first == npos) continue;
    if (line[first] == '[') {
      if (auto definition = link_definition(line))
        context.links.insert_or_assign(std::move(definition->label), std::move(definition->path));
    } else if (const auto label = example_label(line.substr(first)); !label.empty()) {
      context.examples.emplace(label);
    }
  }
}

void scan_inline(const SourceText& run, RunKind kind, InlineContext& context) {
  if (!run.pieces.empty()) Scanner(run, kind, context).scan();
}

}  // namespace manuscript
