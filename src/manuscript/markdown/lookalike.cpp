// A class counts as misspelt when it is one slip of the finger, or its case, away from the right
// one; beside `that=` or `format=`, which only claims and values have, when it is nearer than that
// to nothing else.
#include "manuscript/markdown/lookalike.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "manuscript/diagnostic.hpp"
#include "text/characters.hpp"

namespace manuscript {
namespace {

using text::npos;

constexpr std::size_t longest_braces = 1000;

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-'; }

/// The class that is one slip away from a name; empty when none is.
std::string slip_of(const Attributes& attributes, const std::string& name) {
  for (const auto& given : attributes.classes)
    if (is_slip(given, name)) return given;
  return "";
}

bool has_key(const Attributes& attributes, const char* name) {
  return std::any_of(attributes.pairs.begin(), attributes.pairs.end(),
                     [&](const auto& pair) { return text::lowercase(pair.key) == name; });
}

Lookalike not_here(const char* what, Bearer bearer, const char* hint) {
  if (bearer == Bearer::nothing)
    return {fmt::format("these attributes of a {} belong to nothing", what),
            fmt::format("without a blank before the brace, {}", hint)};
  return {fmt::format("{} cannot bear a {}'s attributes", name_of(bearer), what), hint};
}

Lookalike unknown_class(const std::string& given, const char* meant) {
  return {fmt::format("unknown class '.{}'", given), fmt::format("did you mean '.{}'?", meant)};
}

}  // namespace

std::string name_of(Bearer bearer) {
  switch (bearer) {
    case Bearer::span:
      return "words in brackets";
    case Bearer::formula:
      return "a formula";
    case Bearer::code:
      return "inline code";
    case Bearer::heading:
      return "a heading";
    case Bearer::division:
      return "a division";
    case Bearer::link:
      return "a link, or a picture among words,";
    case Bearer::picture:
      return "a picture";
    case Bearer::code_block:
      return "a block of code";
    default:
      return "nothing";
  }
}

bool can_bear(std::string_view id, Bearer bearer) {
  if (id.starts_with("fig:")) return bearer == Bearer::division || bearer == Bearer::picture;
  if (id.starts_with("tbl:")) return bearer == Bearer::division;
  if (id.starts_with("sec:")) return bearer == Bearer::heading;
  if (id.starts_with("eq:")) return bearer == Bearer::formula;
  return true;
}

std::string who_bears(std::string_view id) {
  if (id.starts_with("fig:"))
    return "a figure is a directive, a picture that is a paragraph by itself, or a division: "
           "![caption](a.png){#fig:name}";
  if (id.starts_with("tbl:"))
    return "it stands at the end of a table's caption: 'Table: text {#tbl:name}', or on a division";
  if (id.starts_with("sec:"))
    return "a section's ID stands at the end of its heading; any other is referred to by a link: "
           "[text](#name)";
  return "as in: $$...$$ {#eq:name}";
}

std::optional<Lookalike> lookalike(const Attributes& attributes, Bearer bearer) {
  const std::string claim = slip_of(attributes, "claim"), value = slip_of(attributes, "value");
  const bool is_claim = attributes.has_class("claim"), is_value = attributes.has_class("value"),
             that = has_key(attributes, "that");
  if (bearer == Bearer::code_block)
    for (const auto& given : attributes.classes)
      if (given != "values" && (is_slip(given, "values") || (given == value && !value.empty()) || given == "value"))
        return unknown_class(given, "values");
  if (bearer == Bearer::nothing && attributes.has_class("values"))
    return Lookalike{"these attributes of named values belong to no block", how_to_name_values};
  if (bearer == Bearer::division && attributes.has_class("values"))
    return Lookalike{"named values are a block of code, and not a division", how_to_name_values};
  if (bearer == Bearer::span && is_claim) return std::nullopt;
  if (bearer == Bearer::code && is_value) return std::nullopt;
  if (bearer == Bearer::span && (that || !claim.empty())) {
    for (const auto& given : attributes.classes)
      if (given == claim || !nearest(given, {"claim"}).empty()) return unknown_class(given, "claim");
    return Lookalike{"this span says what it claims, but not that it is a claim", how_to_claim};
  }
  if (bearer == Bearer::code && (!value.empty() || has_key(attributes, "format"))) {
    for (const auto& given : attributes.classes)
      if (given == value || !nearest(given, {"value"}).empty()) return unknown_class(given, "value");
    return Lookalike{"this code has a value's format, but not the class 'value'", how_to_value};
  }
  if (is_claim || that || !claim.empty()) return not_here("claim", bearer, how_to_claim);
  if (is_value || !value.empty()) return not_here("value", bearer, how_to_value);
  return std::nullopt;
}

std::optional<Hidden> hidden_statement(std::string_view text) {
  if (text.find(".claim") == npos && text.find(".value") == npos && text.find("that=") == npos) return std::nullopt;
  for (std::size_t open = text.find('{'); open != npos; open = text.find('{', open + 1)) {
    const std::string_view braces = text.substr(open, longest_braces);
    const std::size_t end = braces.find_first_of("}\n");
    if (!looks_like_statement(braces.substr(0, end))) continue;
    // Of "{{.claim that=" the inner brace is meant.
    const std::size_t inner = braces.substr(0, end).rfind('{');
    return Hidden{open + inner, std::min(end, braces.size()) - inner + (end != npos && braces[end] == '}')};
  }
  return std::nullopt;
}

bool looks_like_statement(std::string_view braces) {
  const std::string text = text::lowercase(braces);
  for (const char* token : {".claim", ".value", "that="})
    for (std::size_t at = text.find(token); at != std::string::npos; at = text.find(token, at + 1)) {
      const std::size_t end = at + std::string_view(token).size();
      const bool begins = at > 0 && !is_word(text[at - 1]) && text[at - 1] != '.';
      if (begins && (token[0] != '.' || end >= text.size() || !is_word(text[end]))) return true;
    }
  return false;
}

std::string_view name_in_braces(std::string_view text) {
  if (!text.starts_with("{{") || text.size() < 5 || !std::isalpha(static_cast<unsigned char>(text[2]))) return {};
  std::size_t end = 2;
  while (end < text.size() && end < longest_braces && (is_word(text[end]) || text[end] == ' ')) ++end;
  return text.substr(end, 2) == "}}" ? text.substr(2, end - 2) : std::string_view();
}

}  // namespace manuscript
