// Pandoc puts macros in place where they are used, so that a definition is no use of what it defines.
#include "manuscript/markdown/latex_commands.hpp"

#include <algorithm>
#include <array>

#include "manuscript/markdown/latex_text.hpp"
#include "text/characters.hpp"

namespace manuscript {
namespace {

using text::npos;

constexpr std::size_t longest_name = 64;

/// The name of the environment in braces at `at`; empty when none is there.
std::string_view environment_at(std::string_view text, std::size_t at) {
  at = behind_blanks(text, at);
  if (at >= text.size() || text[at] != '{') return {};
  const std::size_t close = text.substr(0, std::min(text.size(), at + longest_name)).find('}', at);
  return close == npos ? std::string_view() : text.substr(at + 1, close - at - 1);
}

bool is_one_of(std::string_view name, const auto& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

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

/// Behind an argument in brackets; a citation or a note is none.
std::size_t behind_option(std::string_view text, std::size_t at) {
  const std::string_view inside = text.substr(at + 1, longest_name);
  const std::size_t close = inside.find_first_of("[]\n");
  if (close == npos || inside[close] != ']' || inside.starts_with('@') || inside.starts_with('^')) return npos;
  return at + 1 + close + 1;
}

/// One way through a piece of LaTeX, which knows at each name what is open.
class Reading {
 public:
  Reading(std::string_view text, bool is_formula) : text_(text), is_formula_(is_formula) {}

  std::vector<LatexName> run() {
    while (at_ < text_.size()) step();
    const std::string_view rest =
        names_.size() == 1 ? text_.substr(behind_arguments(text_, names_[0].at + names_[0].length)) : "";
    if (names_.size() == 1 && names_[0].at == 0 && rest.find_first_not_of(" \t\n") == npos)
      names_[0].context.alone = true;
    return std::move(names_);
  }

 private:
  void step() {
    const char c = text_[at_];
    if (c == '\\') return backslash();
    if (c == '^' && text_.substr(at_, 2) == "^^") {
      add("^^", 2);
      at_ += 2;
      return;
    }
    if (c == '$') dollars_ = !dollars_;  // two of them are a formula's end as well as its begin
    if (c == '$' && text_.substr(at_, 2) == "$$") ++at_;
    if (c == '{') ++depth_;
    if (c == '}' && depth_ > 0) --depth_;
    ++at_;
  }

  void backslash() {
    const std::size_t end = behind_letters(text_, at_ + 1);
    if (end == at_ + 1) {
      const char sign = end < text_.size() ? text_[end] : '\0';
      if (sign == '(' || sign == '[') bracketed_ = true;
      if (sign == ')' || sign == ']') bracketed_ = false;
      at_ = end + 1;
      return;
    }
    const std::string_view name = text_.substr(at_, end - at_);
    const bool begins = name == "\\begin", ends = name == "\\end";
    const std::string environment(begins || ends ? environment_at(text_, end) : std::string_view());
    if (environment.empty())
      add(std::string(name), end - at_);
    else
      frame("{" + environment + "}", end - at_, begins);
    at_ = end;
  }

  void frame(std::string environment, std::size_t length, bool begins) {
    if (begins) {
      add(environment, length);
      open_.push_back(std::move(environment));
      return;
    }
    const bool is_odd = open_.empty() || open_.back() != environment;
    if (!is_odd) open_.pop_back();
    add(std::move(environment), length);
    names_.back().context.odd_end = is_odd;
  }

  void add(std::string name, std::size_t length) {
    LatexName found{
        std::move(name), at_, length, {is_formula_ || dollars_ || bracketed_, depth_ > 0, false, false, open_}, ""};
    found.argument = environment_at(text_, at_ + length);
    names_.push_back(std::move(found));
  }

  std::string_view text_;
  const bool is_formula_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool dollars_ = false, bracketed_ = false;
  std::vector<std::string> open_;
  std::vector<LatexName> names_;
};

constexpr std::array commands{"newcommand", "renewcommand", "providecommand", "DeclareMathOperator"};
constexpr std::array environments{"newenvironment", "renewenvironment"};
constexpr std::array primitives{"def", "let"};

}  // namespace

bool defines_macro(std::string_view name) {
  if (!name.starts_with('\\')) return false;
  name.remove_prefix(1);
  return is_one_of(name, commands) || is_one_of(name, environments) || is_one_of(name, primitives);
}

std::vector<LatexName> latex_names(std::string_view text, bool is_formula) { return Reading(text, is_formula).run(); }

std::vector<std::pair<std::size_t, std::size_t>> formulas_in(std::string_view text) {
  std::vector<std::pair<std::size_t, std::size_t>> found;
  const auto is_blank = [&](std::size_t at) {
    return at >= text.size() || std::isspace(static_cast<unsigned char>(text[at])) != 0;
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\') ++at;
    if (at >= text.size() || text[at] != '$' || text[at - (at > 0)] == '\\' || is_blank(at + 1)) continue;
    std::size_t end = at + 1;
    const auto closes = [&] {
      return text[end] == '$' && !is_blank(end - 1) &&
             (end + 1 >= text.size() || std::isdigit(static_cast<unsigned char>(text[end + 1])) == 0);
    };
    while (end < text.size() && !closes()) end += text[end] == '\\' ? 2 : 1;
    if (end >= text.size()) break;
    if (end > at + 1) found.emplace_back(at, end + 1);
    at = end;
  }
  return found;
}

std::size_t behind_arguments(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const std::size_t end = text[at] == '[' ? behind_option(text, at) : behind_group(text, at, '{', '}');
    if (end == npos) break;
    at = end;
  }
  return at;
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

}  // namespace manuscript
