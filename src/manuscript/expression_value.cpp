// What an expression is worth, once it is read: the page's module judges claims by this, and has no parser. See
// expression.hpp.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "manuscript/expression.hpp"
#include "text/number.hpp"

namespace manuscript {
namespace {

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

void collect_figures(const Term& term, std::vector<std::string>& figures) {
  if (term.op == "export" && std::find(figures.begin(), figures.end(), term.figure) == figures.end())
    figures.push_back(term.figure);
  for (const Term& argument : term.arguments) collect_figures(argument, figures);
}

std::string shown(double x) { return text::plain(text::rounded(x, 6)); }

}  // namespace

std::vector<std::string> figures_of(const Term& term) {
  std::vector<std::string> figures;
  collect_figures(term, figures);
  return figures;
}

double evaluate(const Term& term, const Lookup& lookup) {
  if (term.op == "number") return term.number;
  if (term.op == "export" && term.arguments.empty()) return lookup(term.figure, term.name, {});
  if (term.op == "export" && term.arguments[0].op == "text")
    return lookup(term.figure, term.name, term.arguments[0].name);
  if (term.op == "export") return lookup(term.figure, term.name, evaluate(term.arguments[0], lookup));
  if (term.op == "±") return evaluate(term.arguments[0], lookup);
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

}  // namespace manuscript
