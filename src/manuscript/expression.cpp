// Recursive descent over a small grammar; depth and operators are bounded, so that no chapter can exhaust the stack.
//   truth      = conjunction { "or" conjunction }
//   conjunction= negation { "and" negation }
//   negation   = "not" negation | comparison
//   comparison = sum [ ("<"|"<="|">"|">="|"=="|"="|"!=") sum | "~" sum "within" sum ]
//   sum        = product { ("+"|"-") product }
//   product    = unary { ("*"|"/") unary }
//   unary      = "-" unary | power
//   power      = atom [ "^" unary ]
//   atom       = number | name [ "(" ( sum | "'" text "'" ) ")" ] | function "(" sum { "," sum } ")" | "(" truth ")"
#include "manuscript/expression.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <stdexcept>

#include "manuscript/diagnostic.hpp"
#include "manuscript/unicode.hpp"
#include "text/number.hpp"

namespace manuscript {
namespace {

constexpr int max_depth = 100;
constexpr int max_operators = 1000;  // a chain of them is a tree as deep as it is long

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

/// Stops the parse at the first error; the others would be guesses.
struct Stop {};

class Parser {
 public:
  Parser(std::string_view text, const std::vector<ExportName>& exports, std::size_t offset)
      : text_(text), exports_(exports), offset_(offset) {}

  ParsedExpression run() {
    ParsedExpression parsed;
    try {
      parsed.term = truth();
      if (!at_end()) unexpected("expected an operator or the end");
    } catch (Stop) {
      parsed.errors = std::move(errors_);
    }
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
    if (const auto* known = longest_export()) return exported(known->name);
    if (std::isdigit(static_cast<unsigned char>(text_[at_])) || text_[at_] == '.') return number();
    for (const auto& f : functions)
      if (take(f.name)) return call(f);
    unknown();
  }

  const ExportName* longest_export() const {
    const ExportName* best = nullptr;
    for (const auto& e : exports_) {
      if (!text_.substr(at_).starts_with(e.name) || (best && e.name.size() <= best->name.size())) continue;
      const std::size_t end = at_ + e.name.size();
      if (end < text_.size() &&
          (is_word(text_[end]) || (text_[end] == '.' && end + 1 < text_.size() && is_word(text_[end + 1]))))
        continue;
      best = &e;
    }
    return best;
  }

  bool is_exported(const std::string& name, bool indexed) const {
    return std::any_of(exports_.begin(), exports_.end(),
                       [&](const ExportName& e) { return e.name == name && e.indexed == indexed; });
  }

  Term exported(const std::string& name) {
    const std::size_t from = at_;
    at_ += name.size();
    Term term{"export", ValueType::number, 0, name, {}};
    if (take("(")) {
      if (!is_exported(name, true))
        fail(from, name.size(), fmt::format("'{}' is a single number and takes no index", name));
      term.arguments.push_back(takes_text(name) && take("'") ? quoted() : number_operand(&Parser::sum));
      close();
    } else if (!is_exported(name, false)) {
      fail(from, name.size(), fmt::format("'{}' is a function of an index", name),
           fmt::format("write {}({})", name, takes_text(name) ? "'...'" : "1"));
    }
    return term;
  }

  bool takes_text(const std::string& name) const {
    return std::any_of(exports_.begin(), exports_.end(),
                       [&](const ExportName& e) { return e.name == name && e.by_text; });
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

  [[noreturn]] void unknown() {
    std::size_t end = at_;
    while (end < text_.size() && (is_word(text_[end]) || text_[end] == '.' || text_[end] == '-' || text_[end] == '='))
      ++end;
    if (end == at_ || text_[at_] == '=') unexpected("a number, a name or '(' is needed");
    const std::string name(text_.substr(at_, end - at_));
    std::vector<std::string> known;
    for (const auto& e : exports_) known.push_back(e.name);
    for (const auto& f : functions) known.emplace_back(f.name);
    fail(at_, name.size(), fmt::format("the figure exports no '{}'", name), did_you_mean(name, known));
  }

  std::string_view text_;
  const std::vector<ExportName>& exports_;
  std::size_t offset_;
  std::size_t at_ = 0;
  int depth_ = 0;
  int operators_ = 0;
  std::vector<ExpressionError> errors_;
};

double compare(const std::string& op, double a, double b) {
  if (op == "<") return a < b;
  if (op == "<=") return a <= b;
  if (op == ">") return a > b;
  if (op == ">=") return a >= b;
  if (op == "==") return a == b;
  return a != b && !std::isnan(a) && !std::isnan(b);
}

double arithmetic(const std::string& op, double a, double b) {
  if (op == "+") return a + b;
  if (op == "-") return a - b;
  if (op == "*") return a * b;
  if (op == "/") return a / b;
  return std::pow(a, b);
}

double call(const Term& t, const std::vector<double>& x) {
  if (t.op == "abs") return std::abs(x[0]);
  if (t.op == "log10") return std::log10(x[0]);
  if (t.op == "sqrt") return std::sqrt(x[0]);
  if (t.op == "min") return *std::min_element(x.begin(), x.end());
  return *std::max_element(x.begin(), x.end());
}

bool is_comparison(const Term& t) {
  static const std::vector<std::string> ops{"<", "<=", ">", ">=", "==", "!=", "~"};
  return std::find(ops.begin(), ops.end(), t.op) != ops.end();
}

std::string shown(double x) { return text::plain(text::rounded(x, 6)); }

}  // namespace

FigurePart figure_part(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return {};
  // "fig:bowl: x" names the figure by its whole ID.
  std::size_t end = colon;
  if (text.substr(0, colon) == "fig" || text.substr(0, colon).ends_with(" fig")) {
    end = text.find(':', colon + 1);
    if (end == std::string_view::npos) return {};
  }
  std::size_t begin = 0;
  while (begin < end && std::isspace(static_cast<unsigned char>(text[begin]))) ++begin;
  std::size_t last = end;
  while (last > begin && std::isspace(static_cast<unsigned char>(text[last - 1]))) --last;
  std::string figure(text.substr(begin, last - begin));
  if (figure.starts_with("fig:")) figure.erase(0, 4);
  return {std::move(figure), end + 1};
}

ParsedExpression parse_expression(std::string_view text, const std::vector<ExportName>& exports, std::size_t offset) {
  return Parser(text, exports, offset).run();
}

double evaluate(const Term& term, const Lookup& lookup) {
  if (term.op == "number") return term.number;
  if (term.op == "export" && term.arguments.empty()) return lookup(term.name, {});
  if (term.op == "export" && term.arguments[0].op == "text") return lookup(term.name, term.arguments[0].name);
  if (term.op == "export") return lookup(term.name, evaluate(term.arguments[0], lookup));
  if (term.op == "and") return evaluate(term.arguments[0], lookup) != 0 && evaluate(term.arguments[1], lookup) != 0;
  if (term.op == "or") return evaluate(term.arguments[0], lookup) != 0 || evaluate(term.arguments[1], lookup) != 0;
  std::vector<double> x;
  for (const auto& a : term.arguments) x.push_back(evaluate(a, lookup));
  if (term.op == "not") return x[0] == 0;
  if (term.op == "neg") return -x[0];
  if (term.op == "~") return std::abs(x[0] - x[1]) <= std::abs(x[2]) * std::abs(x[1]);
  if (is_comparison(term)) return compare(term.op, x[0], x[1]);
  if (term.op.size() == 1) return arithmetic(term.op, x[0], x[1]);
  return call(term, x);
}

std::string numbers_text(const Term& term, const Lookup& lookup) {
  if (is_comparison(term)) {
    const double a = evaluate(term.arguments[0], lookup), b = evaluate(term.arguments[1], lookup);
    if (term.op != "~") return fmt::format("{} {} {}", shown(a), term.op, shown(b));
    return fmt::format("{} ~ {} within {}", shown(a), shown(b), shown(evaluate(term.arguments[2], lookup)));
  }
  if (term.op == "not") return "not (" + numbers_text(term.arguments[0], lookup) + ")";
  if (term.op == "and" || term.op == "or")
    return numbers_text(term.arguments[0], lookup) + " " + term.op + " " + numbers_text(term.arguments[1], lookup);
  return shown(evaluate(term, lookup));
}

std::string format_number(double value, const std::string& format) {
  if (!format.empty()) {
    std::size_t digits = 0;
    while (1 + digits < format.size() && std::isdigit(static_cast<unsigned char>(format[1 + digits]))) ++digits;
    const bool real = format[0] == '.' && digits >= 1 && digits <= 2 && format.size() == digits + 2 &&
                      std::string("fge").find(format.back()) != std::string::npos;
    const bool known = real || format == "d";
    if (!known)
      throw std::invalid_argument(
          fmt::format("unknown format '{}'; known are .1f, .3g, .2e and the like, and d", format));
  }
  if (format.empty() || !std::isfinite(value)) return text::plain(text::exact(value));
  const std::string printed =
      format == "d" ? fmt::format("{:.0f}", value) : fmt::format(fmt::runtime("{:" + format + "}"), value);
  return text::plain(text::of_printed(printed));
}

}  // namespace manuscript
