// Expressions of values and claims: "gradient-depth: sigmoid-xavier.decades(17) >= 10". Parsed and type-checked
// before anything runs, evaluated against a run's numbers.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace manuscript {

/// A number that a figure exports; indexed ones are functions of one argument. One name may stand for both.
struct ExportName {
  std::string name;
  bool indexed = false;
  bool by_text = false;  // the argument may be text in single quotes: of an indexed one
};

/// What is wrong with an expression, and where: an offset in bytes from its beginning.
struct ExpressionError {
  std::size_t offset = 0;
  std::size_t length = 1;
  std::string message;
  std::string hint;
};

enum class ValueType { number, truth };

/// A node of the expression's tree. Operators: + - * / ^ neg, < <= > >= == != ~, and or not, functions by name,
/// "number", "text", "export".
struct Term {
  std::string op;
  ValueType type = ValueType::number;
  double number = 0;
  std::string name;  // of an export; what stands in quotes
  std::vector<Term> arguments;
};

struct ParsedExpression {
  Term term;
  std::vector<ExpressionError> errors;
};

/// The figure of "figure: expression", without blanks, and where the expression begins. Empty without a colon.
struct FigurePart {
  std::string figure;
  std::size_t rest = 0;
};
FigurePart figure_part(std::string_view text);

/// Parses what follows the figure. Names are those exported; the longest that fits is taken, so that they may hold
/// "-", "." and "=". `offset` is added to the errors' offsets.
ParsedExpression parse_expression(std::string_view text, const std::vector<ExportName>& exports,
                                  std::size_t offset = 0);

/// What a function is asked for: nothing, a number, or text.
using Argument = std::variant<std::monostate, double, std::string>;

/// Gives an export's number, of a function that for the argument. Throws std::logic_error with a message for an
/// argument that the run does not have.
using Lookup = std::function<double(const std::string& name, const Argument& argument)>;

/// A number, or a truth as 0 or 1. Throws std::domain_error or std::out_of_range with a message for users.
double evaluate(const Term& term, const Lookup& lookup);

/// The numbers of both sides of a comparison, as text: "10.66 >= 10". Joined with "and"/"or" where there are several.
std::string numbers_text(const Term& term, const Lookup& lookup);

/// A number by a format such as ".1f", ".3g", ".2e", "d", or "" for the shortest text, as plain text; throws
/// std::invalid_argument for another format.
std::string format_number(double value, const std::string& format);

}  // namespace manuscript
