// Pandoc puts macros in place where they are used, so that a definition is no use of what it defines.
#include "document/latex_use.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace document {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t longest_name = 64;

bool is_alpha(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

std::size_t behind_letters(std::string_view text, std::size_t at) {
  while (at < text.size() && is_alpha(text[at])) ++at;
  return at;
}

std::size_t behind_blanks(std::string_view text, std::size_t at) { return std::min(text.find_first_not_of(" \t\n", at), text.size()); }

/// Behind the bracket that closes the one at `at`; npos when there is none.
std::size_t behind_group(std::string_view text, std::size_t at, char open, char close) {
  if (at >= text.size() || text[at] != open) return npos;
  int depth = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == '\\') ++at;
    else if (text[at] == open) ++depth;
    else if (text[at] == close && --depth == 0) return at + 1;
  }
  return npos;
}

/// The name of the environment in braces at `at`; empty when none is there.
std::string_view environment_at(std::string_view text, std::size_t at) {
  at = behind_blanks(text, at);
  if (at >= text.size() || text[at] != '{') return {};
  const std::size_t close = text.substr(0, std::min(text.size(), at + longest_name)).find('}', at);
  return close == npos ? std::string_view() : text.substr(at + 1, close - at - 1);
}

bool is_one_of(std::string_view name, const auto& names) { return std::find(names.begin(), names.end(), name) != names.end(); }

/// "{\name}" or "\name" at `at`, and where it ends.
std::optional<MacroDefinition> defined_name(std::string_view text, std::size_t at) {
  const bool braces = at < text.size() && text[at] == '{';
  const std::size_t begin = behind_blanks(text, at + braces);
  if (begin >= text.size() || text[begin] != '\\') return std::nullopt;
  const std::size_t end = behind_letters(text, begin + 1);
  MacroDefinition defined{std::string(text.substr(begin, end - begin)), end};
  if (!braces) return defined;
  defined.end = behind_blanks(text, end);
  if (defined.end >= text.size() || text[defined.end] != '}') return std::nullopt;
  ++defined.end;
  return defined;
}

std::size_t behind_options(std::string_view text, std::size_t at) {
  for (int k = 0; k < 2; ++k)
    if (const std::size_t end = behind_group(text, behind_blanks(text, at), '[', ']'); end != npos) at = end;
  return behind_blanks(text, at);
}

constexpr std::array commands{"newcommand", "renewcommand", "providecommand", "DeclareMathOperator"};
constexpr std::array environments{"newenvironment", "renewenvironment"};
constexpr std::array primitives{"def", "let"};

}  // namespace

bool defines_macro(std::string_view name) {
  if (!name.starts_with('\\')) return false;
  name.remove_prefix(1);
  return is_one_of(name, commands) || is_one_of(name, environments) || is_one_of(name, primitives);
}

std::vector<LatexName> latex_names(std::string_view text) {
  std::vector<LatexName> names;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '^' && text.substr(at, 2) == "^^") names.push_back({"^^", at++, 2});
    if (text[at] != '\\') continue;
    const std::size_t end = behind_letters(text, at + 1);
    if (end > at + 1) {
      std::string name(text.substr(at, end - at));
      const std::string_view environment = name == "\\begin" || name == "\\end" ? environment_at(text, end) : std::string_view();
      names.push_back({environment.empty() ? std::move(name) : "{" + std::string(environment) + "}", at, end - at});
    }
    at = std::max(end - 1, at + (end == at + 1));
  }
  return names;
}

std::optional<MacroDefinition> macro_definition(std::string_view text, std::size_t at) {
  const std::size_t end = behind_letters(text, at + 1);
  const std::string_view name = text.substr(at + 1, end - at - 1);
  std::size_t next = end;
  if (next < text.size() && text[next] == '*') ++next;
  next = behind_blanks(text, next);
  if (is_one_of(name, commands)) {
    auto defined = defined_name(text, next);
    if (!defined) return std::nullopt;
    defined->end = behind_group(text, behind_options(text, defined->end), '{', '}');
    return defined->end == npos ? std::nullopt : defined;
  }
  if (is_one_of(name, environments)) {
    const std::string_view environment = environment_at(text, next);
    if (environment.empty()) return std::nullopt;
    const std::size_t first = behind_group(text, behind_options(text, behind_group(text, next, '{', '}')), '{', '}');
    const std::size_t second = first == npos ? npos : behind_group(text, behind_blanks(text, first), '{', '}');
    if (second == npos) return std::nullopt;
    return MacroDefinition{"{" + std::string(environment) + "}", second};
  }
  if (!is_one_of(name, primitives)) return std::nullopt;
  auto defined = defined_name(text, next);
  if (!defined || defined->name.size() < 2) return std::nullopt;
  if (name == "let") {
    next = behind_blanks(text, defined->end);
    if (next < text.size() && text[next] == '=') next = behind_blanks(text, next + 1);
    if (next >= text.size() || text[next] != '\\') return std::nullopt;
    defined->end = behind_letters(text, next + 1);
    return defined;
  }
  const std::size_t body = text.find_first_of("{}\\", defined->end);  // behind "#1#2"
  defined->end = body == npos ? npos : behind_group(text, body, '{', '}');
  return defined->end == npos ? std::nullopt : defined;
}

}  // namespace document
