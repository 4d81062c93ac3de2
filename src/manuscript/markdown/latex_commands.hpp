// What LaTeX a text is made of: its commands and environments by name, and the macros that it defines.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace manuscript {

/// Where in a piece of LaTeX a name stands.
struct LatexContext {
  bool formula = false;                   // between dollars, \( and \), \[ and \]
  bool group = false;                     // within braces of the piece
  bool alone = false;                     // it is all of the piece, with its arguments
  bool odd_end = false;                   // an \end of what the piece did not begin
  std::vector<std::string> environments;  // around it in the piece
  bool operator==(const LatexContext&) const = default;
};

/// "\frac", "{align}" for an environment, "^^" for a character written by number.
struct LatexName {
  std::string name;
  std::size_t at = 0, length = 0;  // in the text
  LatexContext context;
  std::string argument;  // what stands in the braces right behind it, if that is short
};

/// The names in a piece of LaTeX, which is a formula or stands in the text.
std::vector<LatexName> latex_names(std::string_view text, bool is_formula = false);

/// Behind the arguments in brackets and braces that follow a command at `at`.
std::size_t behind_arguments(std::string_view text, std::size_t at);

/// Formulas between single dollars in a plain text, by where they begin and end with their dollars; as Pandoc finds
/// them, so that "$5 and $6" is none.
std::vector<std::pair<std::size_t, std::size_t>> formulas_in(std::string_view text);

/// A macro's definition: \newcommand, \def, \let, \DeclareMathOperator and their kin.
struct MacroDefinition {
  std::string name;     // as in LatexName
  std::size_t end = 0;  // behind its body
};

/// Whether a command, as in LatexName, defines macros or environments.
bool defines_macro(std::string_view name);

/// The definition that begins at `at`, where a backslash stands; nothing when none does.
std::optional<MacroDefinition> macro_definition(std::string_view text, std::size_t at);

}  // namespace manuscript
