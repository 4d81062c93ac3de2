// Expressions of values and claims: "gradient-depth: sigmoid-xavier.decades(17) >= 10". Parsed and type-checked
// before anything runs, evaluated against the runs' numbers.
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
/// "number", "text", "export", and at the top alone "±".
struct Term {
  std::string op;
  ValueType type = ValueType::number;
  double number = 0;
  std::string name;  // of an export; what stands in quotes
  std::vector<Term> arguments;
  std::string figure = {};  // whose export it is: its ID without "fig:"
};

/// A figure as expressions speak of it.
struct NamedFigure {
  const std::vector<ExportName>* exports = nullptr;  // null: it has none that can be named
  std::string refusal = {}, hint = {};               // why; empty where the figure's own errors say so
  bool exists = true;
};

/// What an expression may name. All that is pointed to outlives the parse.
struct Names {
  const std::vector<ExportName>* exports = nullptr;  // of the figure that the expression begins with; null: none
  std::string figure = {};                           // that one's ID without "fig:"
  /// Others, by their IDs without "fig:"; none where this is empty.
  std::function<NamedFigure(const std::string& id)> figures = {};
  /// Values that the text has named.
  const std::vector<std::string>* values = nullptr;
  /// What one of them stands for; null where its own errors say why there is nothing.
  std::function<const Term*(const std::string& name)> value = {};
  bool may_lack_values = false;  // some could not be read, so that an unknown name is no mistake of its own
};

/// Whether a value may have a name: it begins with a letter, goes on with letters, digits, "-", "_" and ".", and means
/// nothing else in expressions.
bool can_name_value(std::string_view name);

struct ParsedExpression {
  Term term;
  std::vector<ExpressionError> errors;
  bool is_broken = false;                // it speaks of something that has errors of its own
  std::vector<std::string> values = {};  // that it names

  bool is_sound() const { return errors.empty() && !is_broken; }
};

/// The figure of "figure: expression", without blanks, and where the expression begins. Empty without one: in
/// "2 * bowl:kappa" each name says its own.
struct FigurePart {
  std::string figure;
  std::size_t rest = 0;
};
FigurePart figure_part(std::string_view text);

/// Parses what follows the figure. The longest name that fits is taken, so that names may hold "-", "." and "=";
/// another figure's is written ID:name. `offset` is added to the errors' offsets. A value may be "a ± b".
ParsedExpression parse_expression(std::string_view text, const Names& names, std::size_t offset = 0,
                                  bool is_value = false);

/// The figures whose numbers a term needs, in the order in which they are met.
std::vector<std::string> figures_of(const Term& term);

/// What a function is asked for: nothing, a number, or text.
using Argument = std::variant<std::monostate, double, std::string>;

/// Gives the number of a figure's export, of a function that for the argument. Throws std::logic_error with a message
/// for an argument that the run does not have.
using Lookup = std::function<double(const std::string& figure, const std::string& name, const Argument& argument)>;

/// A number, of "a ± b" the first, or a truth as 0 or 1. Throws std::domain_error or std::out_of_range with a message
/// for users.
double evaluate(const Term& term, const Lookup& lookup);

/// The numbers of both sides of a comparison, as text: "10.66 >= 10". Joined with "and"/"or" where there are several.
std::string numbers_text(const Term& term, const Lookup& lookup);

}  // namespace manuscript
