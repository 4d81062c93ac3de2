// What LaTeX a text is made of: its commands and environments by name, and the macros that it defines.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace document {

/// "\frac", "{align}" for an environment, "^^" for a character written by number.
struct LatexName {
  std::string name;
  std::size_t at = 0, length = 0;  // in the text
};

std::vector<LatexName> latex_names(std::string_view text);

/// A macro's definition: \newcommand, \def, \let, \DeclareMathOperator and their kin.
struct MacroDefinition {
  std::string name;     // as in LatexName
  std::size_t end = 0;  // behind its body
};

/// Whether a command, as in LatexName, defines macros or environments.
bool defines_macro(std::string_view name);

/// The definition that begins at `at`, where a backslash stands; nothing when none does.
std::optional<MacroDefinition> macro_definition(std::string_view text, std::size_t at);

}  // namespace document
