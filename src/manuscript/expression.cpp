// Recursive descent over a small grammar; depth and operators are bounded, so that no chapter can exhaust the stack.
//   value      = truth [ "±" sum ]
//   truth      = conjunction { "or" conjunction }
//   conjunction= negation { "and" negation }
//   negation   = "not" negation | comparison
//   comparison = sum [ ("<"|"<="|">"|">="|"=="|"="|"!=") sum | "~" sum "within" sum ]
//   sum        = product { ("+"|"-") product }
//   product    = unary { ("*"|"/") unary }
//   unary      = "-" unary | power
//   power      = atom [ "^" unary ]
//   atom       = number | export | figure ":" export | value's name | function "(" sum { "," sum } ")" | "(" truth ")"
//   export     = name [ "(" ( sum | "'" text "'" ) ")" ]
#include "manuscript/expression.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <iterator>
#include <optional>
#include <stdexcept>

#include "manuscript/diagnostic.hpp"
#include "manuscript/unicode.hpp"
#include "text/number.hpp"

namespace manuscript {
namespace {

constexpr int max_depth = 100;
constexpr int max_operators = 1000;     // a chain of them is a tree as deep as it is long
constexpr std::size_t max_size = 3000;  // of a term with those of the values that it names

struct Function {
  const char* name;
  std::size_t least, most;
};
constexpr Function functions[] = {{"abs", 1, 1}, {"log10", 1, 1}, {"sqrt", 1, 1}, {"min", 2, 16}, {"max", 2, 16}};

/// Signs of print and operators of other languages, the longest first.
struct Foreign {
  const char* sign;
  const char* hint;
};
constexpr Foreign foreign[] = {{"=>", "write >="},
                               {"=<", "write <="},
                               {"===", "write =="},
                               {"<>", "write !="},
                               {"&&", "write 'and'"},
                               {"||", "write 'or'"},
                               {"&", "write 'and'"},
                               {"|", "write 'or', or abs(x)"},
                               {"!", "write 'not', or != between two sides"},
                               {"≥", "write >="},
                               {"≤", "write <="},
                               {"⩾", "write >="},
                               {"⩽", "write <="},
                               {"≠", "write !="},
                               {"≡", "write =="},
                               {"≈", "as in: a ~ b within 0.01 (relative)"},
                               {"≃", "as in: a ~ b within 0.01 (relative)"},
                               {"≅", "as in: a ~ b within 0.01 (relative)"},
                               {"∼", "as in: a ~ b within 0.01 (relative)"},
                               {"±", "as in: a ~ b within 0.01 (relative), or abs(a - b) <= 0.5"},
                               {"×", "write *"},
                               {"·", "write *"},
                               {"⋅", "write *"},
                               {"÷", "write /"},
                               {"−", "write - (a hyphen)"},
                               {"–", "write - (a hyphen)"},
                               {"—", "write - (a hyphen)"},
                               {"∞", "infinity cannot be compared with"},
                               {"√", "write sqrt(x)"},
                               {"²", "write ^2"},
                               {"³", "write ^3"},
                               {"∧", "write 'and'"},
                               {"∨", "write 'or'"},
                               {"¬", "write 'not'"},
                               {"\u00A0", "this is a blank that does not break a line; write a plain one"},
                               {"“", "quotes around a condition are straight: \""},
                               {"”", "quotes around a condition are straight: \""},
                               {"‘", "quotes around a condition are straight: \""},
                               {"’", "quotes around a condition are straight: \""},
                               {"%", "there are no per cent; write 0.01"}};

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }
bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool is_blank(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

/// Of figures' IDs without "fig:", and of mistakes in them.
bool is_of_id(char c) { return is_word(c) || c == '-'; }

std::size_t size_of(const Term& term) {
  std::size_t size = 1;
  for (const Term& argument : term.arguments) size += size_of(argument);
  return size;
}

/// Stops the parse at the first error; the others would be guesses.
struct Stop {};

class Parser {
 public:
  Parser(std::string_view text, const Names& names, std::size_t offset, bool is_value)
      : text_(text), names_(names), offset_(offset), is_value_(is_value) {}

  ParsedExpression run() {
    ParsedExpression parsed;
    try {
      skip();
      const std::size_t from = at_;
      parsed.term = truth();
      if (is_value_ && take("±")) parsed.term = uncertain(std::move(parsed.term), from);
      if (!at_end()) unexpected("expected an operator or the end");
    } catch (Stop) {
      parsed.errors = std::move(errors_);
      parsed.is_broken = parsed.errors.empty();
    }
    parsed.values = std::move(values_);
    return parsed;
  }

 private:
  [[noreturn]] void fail(std::size_t at, std::size_t length, std::string message, std::string hint = "") {
    errors_.push_back({offset_ + at, std::max<std::size_t>(length, 1), std::move(message), std::move(hint)});
    throw Stop{};
  }

  /// What is written for a sign or an operator of other languages; null for others.
  static const Foreign* foreign_at(std::string_view text) {
    for (const auto& f : foreign)
      if (text.starts_with(f.sign)) return &f;
    return nullptr;
  }

  /// A character or operator that does not belong where it stands.
  [[noreturn]] void unexpected(const char* wanted) {
    if (is_value_ && text_.substr(at_).starts_with("±"))
      fail(at_, 2, "unexpected '±'", "it stands once, between the value and its uncertainty");
    if (is_value_ && (text_.substr(at_).starts_with("\\pm") || text_.substr(at_).starts_with("/-")))
      fail(at_, text_[at_] == '/' ? 2 : 3, "the sign of an uncertainty is '±'", "as in: a ± b");
    if (const Foreign* f = foreign_at(text_.substr(at_)))
      fail(at_, std::string_view(f->sign).size(), fmt::format("unexpected '{}'", f->sign), f->hint);
    if (at_ > 0 && text_.substr(at_ - 1, 2) == "**") fail(at_ - 1, 2, "unexpected '**'", "write ^");
    const std::size_t bytes = decode(text_, at_).bytes;
    fail(at_, bytes, fmt::format("unexpected '{}'", text_.substr(at_, bytes)), wanted);
  }

  void close() {
    if (take(")")) return;
    if (foreign_at(text_.substr(std::min(at_, text_.size())))) unexpected("");
    fail(at_, 1, "a ')' is missing");
  }

  void skip() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
  }
  bool at_end() {
    skip();
    return at_ >= text_.size();
  }
  bool take(std::string_view token) {
    skip();
    if (!text_.substr(at_).starts_with(token)) return false;
    const std::size_t end = at_ + token.size();
    if (is_word(token.back()) && end < text_.size() && is_word(text_[end])) return false;
    at_ = end;
    return true;
  }

  struct Level {
    explicit Level(Parser& p) : parser(p) {
      if (++parser.depth_ > max_depth) parser.fail(parser.at_, 1, "the expression is nested too deeply");
    }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;
    ~Level() { --parser.depth_; }
    Parser& parser;
  };

  void want(const Term& term, ValueType type, std::size_t from) {
    if (term.type == type) return;
    fail(from, at_ - from,
         type == ValueType::number ? "a number is needed here, but this is a condition"
                                   : "a condition is needed here, but this is a number");
  }

  Term binary(std::string op, ValueType type, Term a, Term b) {
    if (++operators_ > max_operators)
      fail(at_, 1, fmt::format("the expression has more than {} operators", max_operators));
    Term term{std::move(op), type, 0, "", {}};
    // Not a list in braces: that copies, and in a long sum each operator would copy all before it.
    term.arguments.reserve(2);
    term.arguments.push_back(std::move(a));
    term.arguments.push_back(std::move(b));
    return term;
  }

  /// What follows the sign of an uncertainty.
  Term uncertain(Term value, std::size_t from) {
    want(value, ValueType::number, from);
    Term error = number_operand(&Parser::sum);
    Term term{"±", ValueType::number, 0, "", {}};
    term.arguments.push_back(std::move(value));
    term.arguments.push_back(std::move(error));
    return term;
  }

  using Rule = Term (Parser::*)();

  /// Operands of one rule, joined by operators to the left.
  Term chain(Rule operand, std::initializer_list<const char*> operators, ValueType type) {
    skip();
    const std::size_t from = at_;
    Term left = (this->*operand)();
    while (true) {
      const auto op = std::find_if(operators.begin(), operators.end(), [&](const char* o) { return take(o); });
      if (op == operators.end()) return left;
      want(left, type, from);
      skip();
      const std::size_t right_from = at_;
      Term right = (this->*operand)();
      want(right, type, right_from);
      left = binary(*op, type, std::move(left), std::move(right));
    }
  }

  Term truth() {
    const Level level(*this);
    return chain(&Parser::conjunction, {"or"}, ValueType::truth);
  }
  Term conjunction() { return chain(&Parser::negation, {"and"}, ValueType::truth); }

  Term negation() {
    const Level level(*this);
    if (!take("not")) return comparison();
    skip();
    const std::size_t from = at_;
    Term term = negation();
    want(term, ValueType::truth, from);
    return {"not", ValueType::truth, 0, "", {std::move(term)}};
  }

  Term comparison() {
    skip();
    const std::size_t from = at_;
    Term left = sum();
    if (take("~")) {
      want(left, ValueType::number, from);
      Term right = number_operand(&Parser::sum);
      if (!take("within")) fail(at_, 1, "'~' needs a tolerance", "as in: a ~ b within 0.01 (relative)");
      Term tolerance = number_operand(&Parser::sum);
      return {"~", ValueType::truth, 0, "", {std::move(left), std::move(right), std::move(tolerance)}};
    }
    for (const char* op : {"<=", ">=", "==", "!=", "<", ">", "="}) {
      if (!take(op)) continue;
      const std::size_t length = std::string_view(op).size();
      if (const Foreign* f = foreign_at(text_.substr(at_ - length)); f && std::string_view(f->sign).size() > length) {
        at_ -= length;
        unexpected("");
      }
      want(left, ValueType::number, from);
      skip();
      const std::size_t middle = at_;
      Term right = number_operand(&Parser::sum);
      refuse_chain(middle);
      return binary(std::string(op) == "=" ? "==" : op, ValueType::truth, std::move(left), std::move(right));
    }
    return left;
  }

  /// "a < b < c"
  void refuse_chain(std::size_t middle) {
    skip();
    const std::size_t end = text_.find_last_not_of(" \t\n", at_ - 1) + 1;
    const std::string_view shared = text_.substr(middle, end - middle);
    for (const char* op : {"<=", ">=", "==", "!=", "<", ">", "=", "~"})
      if (text_.substr(at_).starts_with(op))
        fail(at_, std::string_view(op).size(), "a comparison has two sides only",
             fmt::format("as in: a < {0} and {0} {1} c", shared, op));
  }

  Term number_operand(Rule rule) {
    skip();
    const std::size_t from = at_;
    Term term = (this->*rule)();
    want(term, ValueType::number, from);
    return term;
  }

  Term sum() { return chain(&Parser::product, {"+", "-"}, ValueType::number); }
  Term product() { return chain(&Parser::unary, {"*", "/"}, ValueType::number); }

  Term unary() {
    const Level level(*this);
    if (take("-")) return {"neg", ValueType::number, 0, "", {number_operand(&Parser::unary)}};
    skip();
    const std::size_t from = at_;
    Term base = atom();
    if (!take("^")) return base;
    want(base, ValueType::number, from);
    return binary("^", ValueType::number, std::move(base), number_operand(&Parser::unary));
  }

  Term atom() {
    skip();
    if (at_ >= text_.size()) fail(at_, 1, "the expression ends too soon", "a number, a name or '(' is needed");
    if (take("(")) {
      Term inner = truth();
      close();
      return inner;
    }
    const ExportName* own = names_.exports ? longest_export(*names_.exports) : nullptr;
    if (auto other = of_other_figure(own ? own->name.size() : 0)) return std::move(*other);
    const std::string* value = longest_value();
    if (own && (!value || own->name.size() >= value->size()))
      return exported(own->name, *names_.exports, names_.figure);
    if (value) return named(*value);
    if (std::isdigit(static_cast<unsigned char>(text_[at_])) || text_[at_] == '.') return number();
    for (const auto& f : functions)
      if (take(f.name)) return call(f);
    refuse_unknown_figure();
    unknown(names_.exports);
  }

  /// Letters of any language, digits, and "_".
  bool is_letter(std::size_t at) const {
    if (at >= text_.size()) return false;
    const CodePoint c = decode(text_, at);
    return c.value < 0x80 ? is_word(text_[at]) : c.valid && is_word_character(c.value);
  }

  /// Whether a name of so many bytes stands here, and not the beginning of a longer one.
  bool ends_name(std::size_t bytes) const {
    const std::size_t end = at_ + bytes;
    return !is_letter(end) && !(end < text_.size() && text_[end] == '.' && is_letter(end + 1));
  }

  const ExportName* longest_export(const std::vector<ExportName>& exports) const {
    const ExportName* best = nullptr;
    for (const auto& e : exports)
      if (text_.substr(at_).starts_with(e.name) && (!best || e.name.size() > best->name.size()) &&
          ends_name(e.name.size()))
        best = &e;
    return best;
  }

  const std::string* longest_value() const {
    const std::string* best = nullptr;
    if (names_.values)
      for (const auto& name : *names_.values)
        if (text_.substr(at_).starts_with(name) && (!best || name.size() > best->size()) && ends_name(name.size()))
          best = &name;
    return best;
  }

  // ------------------------------------------------------------------------------------------------ other figures

  struct Prefix {
    std::string id;          // empty where there is none
    std::size_t length = 0;  // with its colon
  };

  /// "ID:" or "fig:ID:" here.
  Prefix figure_prefix() const {
    const std::size_t begin = at_ + (text_.substr(at_).starts_with("fig:") ? 4 : 0);
    std::size_t end = begin;
    while (end < text_.size() && is_of_id(text_[end])) ++end;
    if (end == begin || end >= text_.size() || text_[end] != ':') return {};
    return {std::string(text_.substr(begin, end - begin)), end + 1 - at_};
  }

  /// ID:name, unless a name of the expression's own figure reaches beyond the colon.
  std::optional<Term> of_other_figure(std::size_t own_length) {
    const Prefix prefix = figure_prefix();
    if (prefix.id.empty() || own_length >= prefix.length || !names_.figures) return std::nullopt;
    const NamedFigure figure = names_.figures(prefix.id);
    if (!figure.exists) return std::nullopt;
    if (!figure.exports) refuse(figure, prefix);
    at_ += prefix.length;
    if (at_ >= text_.size() || is_blank(text_[at_]))
      fail(at_ - 1, 1, "the name of another figure's export follows its colon without a blank",
           fmt::format("as in: {}:name", prefix.id));
    const ExportName* known = longest_export(*figure.exports);
    if (!known) unknown(figure.exports, prefix.id);
    return exported(known->name, *figure.exports, prefix.id);
  }

  [[noreturn]] void refuse(const NamedFigure& figure, const Prefix& prefix) {
    if (figure.refusal.empty()) throw Stop{};
    fail(at_ + prefix.length - 1 - prefix.id.size(), prefix.id.size(), figure.refusal, figure.hint);
  }

  /// "bwol:kappa"
  void refuse_unknown_figure() {
    const Prefix prefix = figure_prefix();
    if (!prefix.id.empty() && names_.figures) refuse(names_.figures(prefix.id), prefix);
  }

  // --------------------------------------------------------------------------------------------------------- names

  Term named(const std::string& name) {
    const std::size_t from = at_;
    at_ += name.size();
    values_.push_back(name);
    const Term* term = names_.value(name);
    if (!term) throw Stop{};
    if (take("(")) fail(from, name.size(), fmt::format("'{}' is a value of the text, and takes no index", name));
    const Term& number = term->op == "±" ? term->arguments[0] : *term;
    size_ += size_of(number);
    if (size_ > max_size) fail(from, name.size(), "the values that this expression names make it too long");
    return number;
  }

  static bool is_exported(const std::vector<ExportName>& exports, const std::string& name, bool indexed) {
    return std::any_of(exports.begin(), exports.end(),
                       [&](const ExportName& e) { return e.name == name && e.indexed == indexed; });
  }

  Term exported(const std::string& name, const std::vector<ExportName>& exports, const std::string& figure) {
    const std::size_t from = at_;
    at_ += name.size();
    const bool takes_text =
        std::any_of(exports.begin(), exports.end(), [&](const ExportName& e) { return e.name == name && e.by_text; });
    Term term{"export", ValueType::number, 0, name, {}, figure};
    if (take("(")) {
      if (!is_exported(exports, name, true))
        fail(from, name.size(), fmt::format("'{}' is a single number and takes no index", name));
      term.arguments.push_back(takes_text && take("'") ? quoted() : number_operand(&Parser::sum));
      close();
    } else if (!is_exported(exports, name, false)) {
      fail(from, name.size(), fmt::format("'{}' is a function of an index", name),
           fmt::format("write {}({})", name, takes_text ? "'...'" : "1"));
    }
    return term;
  }

  /// What follows an opening quote, to the closing one.
  Term quoted() {
    const std::size_t end = text_.find('\'', at_);
    if (end == std::string_view::npos) fail(at_ - 1, 1, "this quote is never closed");
    Term term{"text", ValueType::number, 0, std::string(text_.substr(at_, end - at_)), {}};
    at_ = end + 1;
    return term;
  }

  Term number() {
    double value = 0;
    const auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
    if (error == std::errc::result_out_of_range || (error == std::errc() && !std::isfinite(value)))
      fail(at_, static_cast<std::size_t>(end - text_.data()) - at_, "the number is out of range");
    if (error != std::errc()) fail(at_, 1, "this is not a number");
    at_ = static_cast<std::size_t>(end - text_.data());
    return {"number", ValueType::number, value, "", {}};
  }

  Term call(const Function& f) {
    const std::size_t from = at_;
    Term term{f.name, ValueType::number, 0, "", {}};
    if (!take("(")) fail(at_, 1, fmt::format("'{}' needs its arguments in parentheses", f.name));
    do term.arguments.push_back(number_operand(&Parser::sum));
    while (take(","));
    close();
    if (term.arguments.size() < f.least || term.arguments.size() > f.most)
      fail(from, at_ - from,
           fmt::format("'{}' takes {} argument{}, but here are {}", f.name,
                       f.least == f.most ? fmt::format("{}", f.least) : fmt::format("{} to {}", f.least, f.most),
                       f.most == 1 ? "" : "s", term.arguments.size()));
    return term;
  }

  /// Letters of all languages: exports are named after an author's columns.
  std::size_t end_of_unknown() const {
    constexpr std::string_view joining = ".-=";
    std::size_t end = at_;
    while (is_letter(end) || (end < text_.size() && joining.find(text_[end]) != std::string_view::npos))
      end += decode(text_, end).bytes;
    return end;
  }

  /// A name like it, or one whose last part it is: `mean` of the column y is y.mean.
  static std::string meant(const std::string& name, const std::vector<std::string>& known) {
    if (std::string near = did_you_mean(name, known); !near.empty()) return near;
    for (const auto& one : known)
      if (one.ends_with("." + name)) return "did you mean '" + one + "'?";
    return "";
  }

  /// A name that nothing bears: of a figure's exports, or of the text's values where no figure is spoken of.
  [[noreturn]] void unknown(const std::vector<ExportName>* exports, const std::string& other = "") {
    const std::size_t end = end_of_unknown();
    if (end == at_ || text_[at_] == '=') unexpected("a number, a name or '(' is needed");
    if (names_.may_lack_values && other.empty()) throw Stop{};
    const std::string name(text_.substr(at_, end - at_));
    std::vector<std::string> known;
    if (exports)
      for (const auto& e : *exports) known.push_back(e.name);
    if (other.empty()) {
      for (const auto& f : functions) known.emplace_back(f.name);
      if (names_.values) known.insert(known.end(), names_.values->begin(), names_.values->end());
    }
    const std::string near = meant(name, known);
    if (exports)
      fail(at_, name.size(),
           other.empty() ? fmt::format("the figure exports no '{}'", name)
                         : fmt::format("the figure '{}' exports no '{}'", other, name),
           near);
    fail(at_, name.size(), fmt::format("no value of the text is named '{}'", name),
         near.empty() ? "a figure's numbers are asked for as in 'figure: expression'" : near);
  }

  std::string_view text_;
  const Names& names_;
  std::size_t offset_;
  bool is_value_;
  std::size_t at_ = 0;
  int depth_ = 0;
  int operators_ = 0;
  std::size_t size_ = 0;             // of the terms that named values stand for
  std::vector<std::string> values_;  // met so far
  std::vector<ExpressionError> errors_;
};

}  // namespace

bool can_name_value(std::string_view name) {
  if (name.empty() || !is_letter(name[0]) || !is_word(name.back())) return false;
  if (!std::all_of(name.begin(), name.end(), [](char c) { return is_of_id(c) || c == '.'; })) return false;
  for (const char* word : {"and", "or", "not", "within", "fig"})
    if (name == word) return false;
  return std::none_of(std::begin(functions), std::end(functions), [&](const Function& f) { return name == f.name; });
}

FigurePart figure_part(std::string_view text) {
  std::size_t begin = 0;
  while (begin < text.size() && is_blank(text[begin])) ++begin;
  // "fig:bowl: x" names the figure by its whole ID.
  if (text.substr(begin).starts_with("fig:")) begin += 4;
  const std::size_t colon = text.find(':', begin);
  if (colon == std::string_view::npos) return {};
  std::size_t last = colon;
  while (last > begin && is_blank(text[last - 1])) --last;
  const std::string_view figure = text.substr(begin, last - begin);
  const bool is_id = !figure.empty() && std::all_of(figure.begin(), figure.end(), is_of_id);
  if (!is_id && colon + 1 < text.size() && !is_blank(text[colon + 1])) return {};
  return {std::string(figure), colon + 1};
}

ParsedExpression parse_expression(std::string_view text, const Names& names, std::size_t offset, bool is_value) {
  return Parser(text, names, offset, is_value).run();
}

}  // namespace manuscript
