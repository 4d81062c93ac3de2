// Recursive descent over a small grammar; its depth and the number of operators are bounded, so that no condition can
// exhaust the stack.
//   condition  = both { "or" both }
//   both       = negation { "and" negation }
//   negation   = "not" negation | "(" condition ")" | "missing" "(" column ")" | comparison
//   comparison = column ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) operand
//              | column [ "not" ] "in" "[" operand { "," operand } "]"
#include "data/tables/filter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "data/tables/date_text.hpp"
#include "data/tables/number_text.hpp"
#include "data/tables/utf8.hpp"
#include "text/characters.hpp"

namespace data {
namespace {

using text::is_digit;

using Op = RowFilter::Op;

constexpr int most_depth = 100;
constexpr int most_operators = 1000;  // a chain of them is a tree as deep as it is long

struct Sign {
  std::string_view written;
  Op op;
};
constexpr std::array<Sign, 7> comparisons{{{"<=", Op::less_or_equal},
                                           {">=", Op::greater_or_equal},
                                           {"!=", Op::unequal},
                                           {"==", Op::equal},
                                           {"<", Op::less},
                                           {">", Op::greater},
                                           {"=", Op::equal}}};

/// Signs of print and operators of other languages, the longest first.
struct Foreign {
  std::string_view written;
  const char* hint;
};
constexpr std::array<Foreign, 22> foreign_signs{{{"===", "write ="},
                                                 {"<>", "write !="},
                                                 {"=<", "write <="},
                                                 {"=>", "write >="},
                                                 {"=~", "texts are compared as a whole, with ="},
                                                 {"~", "texts are compared as a whole, with ="},
                                                 {"&&", "write 'and'"},
                                                 {"&", "write 'and'"},
                                                 {"||", "write 'or'"},
                                                 {"|", "write 'or'"},
                                                 {"!", "write 'not', or != in a comparison"},
                                                 {"\u2260", "write !="},
                                                 {"\u2264", "write <="},
                                                 {"\u2265", "write >="},
                                                 {"\u2227", "write 'and'"},
                                                 {"\u2228", "write 'or'"},
                                                 {"\u2212", "write the minus as a hyphen: -"},
                                                 {"\u201C", "quotes around a text are straight: 'text'"},
                                                 {"\u201D", "quotes around a text are straight: 'text'"},
                                                 {"\u2018", "quotes around a text are straight: 'text'"},
                                                 {"\u2019", "quotes around a text are straight: 'text'"},
                                                 {"\u00A0", "this blank does not break a line; write a plain one"}}};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80) != 0; }
bool is_of_name(char c) { return is_letter(c) || is_digit(c) || c == '.' || c == '-'; }
bool is_of_value(char c) { return is_of_name(c) || c == '+' || c == ':'; }

/// Ends the parse at the first error; others would be guesses.
struct Stop {};

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  ParsedFilter run() {
    ParsedFilter parsed;
    try {
      parsed.filter = condition();
      if (!at_end()) unexpected("expected 'and', 'or' or the end");
    } catch (Stop) {
      parsed.errors = std::move(errors_);
    }
    return parsed;
  }

 private:
  [[noreturn]] void fail(std::size_t at, std::size_t length, std::string message, std::string hint = "") {
    errors_.push_back({at, std::max<std::size_t>(length, 1), std::move(message), std::move(hint)});
    throw Stop{};
  }

  static const Foreign* foreign_at(std::string_view text) {
    const auto at = std::find_if(foreign_signs.begin(), foreign_signs.end(),
                                 [&](const Foreign& f) { return text.starts_with(f.written); });
    return at == foreign_signs.end() || text.starts_with("!=") ? nullptr : &*at;
  }

  [[noreturn]] void unexpected(const std::string& wanted) {
    if (at_end()) fail(text_.size(), 1, "the condition ends too soon", wanted);
    if (const Foreign* f = foreign_at(text_.substr(at_)))
      fail(at_, f->written.size(), fmt::format("unexpected {}", in_quotes(f->written)), f->hint);
    const std::string_view word = word_at(is_of_name);
    std::size_t length = std::max<std::size_t>(word.size(), 1);
    while (at_ + length < text_.size() && (text_[at_ + length] & 0xC0) == 0x80) ++length;
    std::string hint = wanted;
    if (word == "AND" || word == "OR" || word == "NOT" || word == "IN") hint = "'and', 'or', 'not' and 'in' are small";
    fail(at_, length, fmt::format("unexpected {}", in_quotes(text_.substr(at_, length))), std::move(hint));
  }

  bool at_end() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    return at_ >= text_.size();
  }

  /// The characters of a kind that stand here; foreign signs are of none.
  template <typename IsOf>
  std::string_view word_at(IsOf is_of) const {
    std::size_t end = at_;
    while (end < text_.size() && is_of(text_[end]) && !foreign_at(text_.substr(end))) ++end;
    return text_.substr(at_, end - at_);
  }

  bool take(char c) {
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool take_word(std::string_view word) {
    if (at_end() || word_at(is_of_name) != word) return false;
    at_ += word.size();
    return true;
  }

  struct Level {
    explicit Level(Parser& p) : parser(p) {
      if (++parser.depth_ > most_depth) parser.fail(parser.at_, 1, "the condition is nested too deeply");
    }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;
    ~Level() { --parser.depth_; }
    Parser& parser;
  };

  /// Conditions of one rule that a word joins.
  template <typename Part>
  RowFilter chain(Op op, std::string_view word, Part part) {
    RowFilter left = part();
    while (take_word(word)) {
      if (++operators_ > most_operators)
        fail(at_ - word.size(), word.size(), fmt::format("the condition has more than {} operators", most_operators));
      RowFilter joined;
      joined.op = op;
      joined.parts.reserve(2);
      joined.parts.push_back(std::move(left));
      joined.parts.push_back(part());
      left = std::move(joined);
    }
    return left;
  }

  RowFilter condition() {
    return chain(Op::any, "or", [this] { return chain(Op::all, "and", [this] { return negation(); }); });
  }

  RowFilter negation() {
    const Level level(*this);
    if (take_word("not")) return negated(negation());
    if (take('(')) {
      RowFilter inner = condition();
      if (!take(')')) unexpected("a ) is missing");
      return inner;
    }
    const std::size_t from = at_;
    if (take_word("missing")) {
      if (take('(')) {
        RowFilter filter = column();
        filter.op = Op::missing;
        if (!take(')')) unexpected("a ) is missing");
        return filter;
      }
      at_ = from;
    }
    return comparison();
  }

  static RowFilter negated(RowFilter inner) {
    RowFilter filter;
    filter.op = Op::negation;
    filter.parts.push_back(std::move(inner));
    return filter;
  }

  /// A node with its column alone.
  RowFilter column() {
    if (at_end()) unexpected("a column's name is needed");
    RowFilter filter;
    filter.offset = at_;
    if (text_[at_] == '`') {
      const std::size_t end = text_.find('`', at_ + 1);
      if (end == std::string_view::npos) fail(at_, 1, "this backquote is never closed");
      filter.column = text_.substr(at_ + 1, end - at_ - 1);
      at_ = end + 1;
    } else {
      const std::string_view name = word_at(is_of_name);
      if (name.empty() || !is_letter(name[0]) || is_keyword(name)) refuse_column();
      filter.column = name;
      at_ += name.size();
    }
    filter.length = at_ - filter.offset;
    return filter;
  }

  static bool is_keyword(std::string_view word) {
    return word == "and" || word == "or" || word == "not" || word == "in";
  }

  [[noreturn]] void refuse_column() {
    const bool is_value = text_[at_] == '\'' || text_[at_] == '"' || !word_at(is_of_value).empty();
    if (!is_value || is_keyword(word_at(is_of_name))) unexpected("a column's name is needed");
    const std::size_t from = at_;
    operand();
    fail(from, at_ - from, "a comparison begins with a column", "as in: year >= 2020; or `a b` for a name with blanks");
  }

  RowFilter comparison() {
    RowFilter filter = column();
    if (at_end()) unexpected("a comparison is needed: = != < <= > >= or in");
    if (take_word("in")) return list(std::move(filter), Op::equal);
    if (take_word("not")) {
      if (!take_word("in")) unexpected("'in' is needed after 'not'");
      return list(std::move(filter), Op::unequal);
    }
    filter.op = comparison_sign(filter);
    filter.operands.push_back(operand());
    refuse_second_sign(filter);
    return filter;
  }

  Op comparison_sign(const RowFilter& filter) {
    if (!foreign_at(text_.substr(at_)))
      for (const Sign& sign : comparisons)
        if (text_.substr(at_).starts_with(sign.written)) {
          at_ += sign.written.size();
          return sign.op;
        }
    if (take_word("is")) fail(at_ - 2, 2, "'is' is not known here", "as in: missing(" + filter.column + ")");
    const bool is_second_word = is_letter(text_[at_]) && !foreign_at(text_.substr(at_));
    unexpected(is_second_word && !is_keyword(word_at(is_of_name))
                   ? "a comparison is needed; a name with blanks stands in backquotes: `" + filter.column + " ...`"
                   : "a comparison is needed: = != < <= > >= or in");
  }

  /// "2019 <= year <= 2021" in whatever form.
  void refuse_second_sign(const RowFilter& filter) {
    if (at_end()) return;
    for (const Sign& sign : comparisons)
      if (text_.substr(at_).starts_with(sign.written))
        fail(at_, sign.written.size(), "a comparison has two sides only",
             fmt::format("as in: {0} >= 2019 and {0} <= 2021", filter.column));
  }

  RowFilter list(RowFilter filter, Op op) {
    filter.op = op;
    if (!take('[')) unexpected("a list is needed: in ['a', 'b']");
    do filter.operands.push_back(operand());
    while (take(','));
    if (!take(']')) unexpected("a comma or ] is needed");
    return filter;
  }

  FilterOperand operand() {
    if (at_end()) unexpected("a number, a 'text' or a date is needed");
    const char first = text_[at_];
    if (first == '\'' || first == '"') return quoted(first);
    const std::size_t from = at_;
    const std::string_view word = word_at([](char c) { return is_of_value(c); });
    if (word.empty()) unexpected("a number, a 'text' or a date is needed");
    FilterOperand value{from, word.size(), std::string(word), false};
    value.number = read_number(word, '.');
    value.date = text::read_date(word);
    if (!value.number && !value.date) refuse_operand(word);
    at_ += word.size();
    return value;
  }

  [[noreturn]] void refuse_operand(std::string_view word) {
    if (word == "NA" || word == "null" || word == "NaN" || word == "missing")
      fail(at_, word.size(), "a missing value equals nothing", "as in: missing(column), not missing(column)");
    if (is_letter(word[0]))
      fail(at_, word.size(), fmt::format("a column is compared with a value, and {} is not one", in_quotes(word)),
           "a text stands in quotes: " + in_quotes(word));
    const bool looks_like_date = word.size() > 5 && word.find('-', 1) == 4;
    const Complaint complaint = looks_like_date ? why_not_date(word) : why_not_number(word, '.');
    fail(at_, word.size(), complaint.message, complaint.hint);
  }

  FilterOperand quoted(char quote) {
    FilterOperand value{at_, 1, "", true};
    std::size_t end = at_ + 1;
    for (;; ++end) {
      if (end >= text_.size()) fail(at_, 1, "this quote is never closed");
      if (text_[end] == quote && !text_.substr(end + 1).starts_with(quote)) break;
      value.text += text_[end];
      if (text_[end] == quote) ++end;
    }
    value.date = text::read_date(value.text);
    at_ = end + 1;
    value.length = at_ - value.offset;
    return value;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  int operators_ = 0;
  std::vector<FilterError> errors_;
};

}  // namespace

ParsedFilter parse_filter(std::string_view text) { return Parser(text).run(); }

}  // namespace data
