// What looks like a claim, a value or a figure directive and is none: Pandoc would print it, or
// keep words that nobody judges. Each is a mistake, since nobody writes it on purpose.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "manuscript/markdown/attributes.hpp"

namespace manuscript {

/// What bears some attributes.
enum class Bearer { span, formula, code, heading, division, link, picture, code_block, nothing };

/// "a heading"
std::string name_of(Bearer bearer);

/// Whether an ID that asks for a number (fig:, tbl:, eq:, sec:) gets one there; other IDs may stand
/// anywhere.
bool can_bear(std::string_view id, Bearer bearer);
/// What would get one.
std::string who_bears(std::string_view id);

struct Lookalike {
  std::string message, hint;
};

/// What of attributes was meant for a claim or a value, but is not one on this bearer.
std::optional<Lookalike> lookalike(const Attributes& attributes, Bearer bearer);

/// The first statement in a piece of LaTeX or HTML, which hides it from Pandoc: a value's or a
/// claim's attributes.
struct Hidden {
  std::size_t at = 0, length = 0;
};
std::optional<Hidden> hidden_statement(std::string_view text);

/// Whether braces that cannot be read as attributes were meant as a claim's or a value's: "{claim
/// that=", "{.value,".
bool looks_like_statement(std::string_view braces);

/// The name in "{{name}}" at the beginning of a text, which captions fill in; empty when there is
/// none.
std::string_view name_in_braces(std::string_view text);

constexpr const char* how_to_claim = "as in: [text]{.claim that=\"figure: condition\"}";
constexpr const char* how_to_value = "as in: `figure: expression`{.value}";
constexpr const char* how_to_value_in_formula = "as in: $x = \\value{figure: expression}$";
constexpr const char* how_to_name_values = "as in: ```{.values}, then lines such as 'name: \"figure: expression\"'";

}  // namespace manuscript
