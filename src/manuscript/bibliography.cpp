// A scan for @type{key, fields}, as Pandoc's reader of BibTeX takes it: "%" begins a comment outside of values, other
// text between entries is ignored, braces in values balance, a backslash takes the next character as it is. Of an
// English title it makes sentence case, and so takes the capital of every word that has but one and is not in braces;
// headline case gives it back to words of more letters only (Pandoc 2.17 to 3.10, measured).
#include "manuscript/bibliography.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <string_view>

#include "manuscript/markdown/lines.hpp"
#include "text/characters.hpp"

namespace manuscript {
namespace {

using text::is_space;
using text::npos;

class Scanner {
 public:
  explicit Scanner(const Source& source) : lines_(source), text_(lines_.text()) {}

  Bibliography run() {
    found_.errors = lines_.encoding_errors();
    if (lines_.hopeless()) return std::move(found_);
    for (int n = 1; n <= lines_.count(); ++n)
      if (lines_.line(n).starts_with("<<<<<<< ") || lines_.line(n).starts_with(">>>>>>> "))
        fail(lines_.start(n), lines_.line(n).size(), "a conflict that Git has left here is not settled",
             "keep one side, and remove the lines <<<<<<<, ======= and >>>>>>>");
    while ((at_ = text_.find_first_of("@%", at_)) != npos) {
      if (text_[at_] == '%')
        skip_line();
      else
        entry();
    }
    return std::move(found_);
  }

 private:
  SourceLocation place(std::size_t at, std::size_t bytes) const {
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
      fail(begin, std::max<std::size_t>(end - begin, 1), "an '@' that begins no entry",
           "as in: @article{key, title = {...}}");
      at_ = end;
      return;
    }
    const bool is_entry = type != "comment" && type != "string" && type != "preamble";
    const std::size_t entries = found_.entries.size();
    if (is_entry) key(begin, open);
    const std::size_t close = closing(open);
    if (close != npos && found_.entries.size() > entries) titles(open, close);
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
    const SourceLocation where = place(first, name.size());
    const auto [known, is_new] = lines_of_keys_.emplace(name, where.line);
    if (!is_new)
      found_.errors.push_back(lines_.error(where, fmt::format("the citation key '{}' is used twice", name),
                                           fmt::format("first in line {}", known->second)));
    found_.entries.push_back({std::move(name), where, {}});
  }

  // --------------------------------------------------------------------------------------------------------------
  // titles

  struct Field {
    std::string name;                // in small letters
    std::size_t begin = 0, end = 0;  // of the value, between its braces or quotes
  };

  /// The fields of an entry whose values are in braces or quotes.
  std::vector<Field> fields(std::size_t open, std::size_t close) const {
    std::vector<Field> all;
    for (std::size_t at = text_.find(',', open); at < close; ++at) {
      if (!std::isalpha(static_cast<unsigned char>(text_[at]))) {
        if (text_[at] == '{') at = std::min(matching(at), close);
        continue;
      }
      Field field;
      while (at < close &&
             (std::isalnum(static_cast<unsigned char>(text_[at])) || text_[at] == '-' || text_[at] == '_'))
        field.name += static_cast<char>(std::tolower(static_cast<unsigned char>(text_[at++])));
      at = skip_spaces(at);
      if (at >= close || text_[at] != '=') continue;
      at = skip_spaces(at + 1);
      if (at >= close || (text_[at] != '{' && text_[at] != '"')) continue;
      field.begin = at + 1;
      field.end = at = std::min(matching(at), close);
      all.push_back(std::move(field));
    }
    return all;
  }

  /// Where a brace or quote is closed.
  std::size_t matching(std::size_t open) const {
    int depth = 0;
    for (std::size_t at = open + 1; at < text_.size(); ++at) {
      const char c = text_[at];
      if (c == '\\')
        ++at;
      else if (c == '{')
        ++depth;
      else if (depth == 0 && c == (text_[open] == '{' ? '}' : '"'))
        return at;
      else if (c == '}')
        --depth;
    }
    return text_.size();
  }

  void titles(std::size_t open, std::size_t close) {
    const auto all = fields(open, close);
    const auto is_foreign = [&](const Field& field) {
      if (field.name != "langid" && field.name != "hyphenation") return false;
      const std::string_view language = text_.substr(field.begin, field.end - field.begin);
      for (const char* english :
           {"english", "american", "british", "canadian", "australian", "newzealand", "USenglish", "UKenglish", "en"})
        if (language.starts_with(english)) return false;
      return true;
    };
    if (std::any_of(all.begin(), all.end(), is_foreign)) return;
    for (const auto& field : all)
      for (const char* name :
           {"title", "subtitle", "booktitle", "booksubtitle", "maintitle", "mainsubtitle", "issuetitle"})
        if (field.name == name) title(field);
  }

  /// Goes over the words of a title that no braces protect.
  void title(const Field& field) {
    bool begins = true;  // the title, or one after a colon
    for (std::size_t at = field.begin; at < field.end;) {
      const char c = text_[at];
      if (c == '\\' && at + 1 < field.end && is_letter(at + 1)) {
        for (++at; is_letter(at); ++at) {
        }
        if (at < field.end && text_[at] == '{') ++at;  // a command's argument is text like that around it
      } else if (c == '\\') {
        at += 2;
      } else if (c == '{') {
        at = matching(at) + 1;
        begins = false;
      } else if (c == '$') {
        at = std::min(text_.find('$', at + 1), field.end) + 1;
        begins = false;
      } else if (is_letter(at) || is_digit(text_[at])) {
        at = word(at, field, begins);
        begins = false;
      } else {
        begins = (begins && c != '-') || std::string_view(":?!.").find(c) != npos;
        ++at;
      }
    }
  }

  bool is_letter(std::size_t at) const {
    return at < text_.size() &&
           (std::isalpha(static_cast<unsigned char>(text_[at])) || static_cast<unsigned char>(text_[at]) >= 0x80);
  }
  static bool is_digit(char c) { return c >= '0' && c <= '9'; }

  /// A word of letters and digits; gives where it ends.
  std::size_t word(std::size_t begin, const Field& field, bool begins) {
    std::size_t end = begin;
    while (end < field.end && (is_letter(end) || is_digit(text_[end]))) ++end;
    const bool is_capital = text_[begin] >= 'A' && text_[begin] <= 'Z';
    const bool after_apostrophe =
        begin > field.begin + 1 && text_[begin - 1] == '\'' && is_letter(begin - 2);  // d'Alembert
    if (!is_capital || (!after_apostrophe && (begins || end - begin != 1))) return end;
    const bool is_article =
        text_[begin] == 'A' && end < field.end && is_space(text_[end]) && is_letter(skip_spaces(end));
    if (is_article) return end;
    // What is glued to the capital goes into braces with it, if it is whole.
    std::size_t first = begin, last = end;
    while (first > field.begin && !is_space(text_[first - 1]) &&
           std::string_view("([/`{\"").find(text_[first - 1]) == npos)
      --first;
    while (last < field.end && !is_space(text_[last]) && std::string_view(",;:.?!)]}/\"").find(text_[last]) == npos)
      ++last;
    if (text_.substr(first, last - first).find_first_of("{}()[]$") != npos) first = begin, last = end;
    const std::string word(text_.substr(first, last - first));
    Diagnostic warning = lines_.error(place(first, last - first), fmt::format("'{}' will not keep its capital", word),
                                      fmt::format("write {{{}}}", word));
    warning.severity = Severity::warning;
    found_.entries.back().warnings.push_back(std::move(warning));
    return end;
  }

  /// Where the brace at `open` is closed. A line that begins the next entry shows that it is not.
  std::size_t closing(std::size_t open) const {
    int depth = 0;
    bool quoted = false;
    for (std::size_t at = open; at < text_.size(); ++at) {
      const char c = text_[at];
      if (c == '\\')
        ++at;
      else if (c == '"' && depth == 1)
        quoted = !quoted;
      else if (c == '%' && depth == 1 && !quoted)
        at = std::min(text_.find('\n', at), text_.size());
      else if (c == '{')
        ++depth;
      else if (c == '}' && --depth == 0)
        return at;
      else if (c == '\n' && begins_entry(at + 1))
        return npos;
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

}  // namespace manuscript
