// A small part of TeX's expansion: parameters are groups, commands or single characters.
#include "manuscript/macros.hpp"

#include <algorithm>
#include <cctype>
#include <vector>

#include "manuscript/markdown/latex_text.hpp"
#include "text/characters.hpp"

namespace manuscript {
namespace {

using text::npos;

constexpr int most_expansions = 1000;
constexpr std::size_t longest_text = 100'000;

/// What stands in the brackets at `at`, where such a bracket is, and `at` behind them.
std::optional<std::string> take_group(std::string_view text, std::size_t& at, char open, char close) {
  const std::size_t begin = behind_blanks(text, at);
  if (begin >= text.size() || text[begin] != open) return std::nullopt;
  const std::size_t end = behind_group(text, begin, open, close);
  if (end == npos) return std::nullopt;
  at = end;
  return std::string(text.substr(begin + 1, end - begin - 2));
}

std::string take_argument(std::string_view text, std::size_t& at) {
  if (auto group = take_group(text, at, '{', '}')) return *group;
  const std::size_t begin = behind_blanks(text, at);
  std::size_t end = std::min(begin + 1, text.size());
  if (begin < text.size() && text[begin] == '\\')
    end = std::max(behind_letters(text, end), std::min(end + 1, text.size()));
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  at = end;
  return std::string(text.substr(begin, end - begin));
}

/// The name at `at`, with or without braces, and `at` behind it.
std::string take_name(std::string_view text, std::size_t& at) {
  std::string name = take_argument(text, at);
  name.erase(0, behind_blanks(name, 0));
  return name.starts_with('\\') ? name.substr(1, behind_letters(name, 1) - 1) : "";
}

}  // namespace

std::optional<Macros::Macro> Macros::read(std::string_view definition, std::size_t at) {
  Macro macro;
  if (const auto count = take_group(definition, at, '[', ']')) {
    macro.parameters =
        count->size() == 1 && std::isdigit(static_cast<unsigned char>((*count)[0])) ? (*count)[0] - '0' : 0;
    macro.default_argument = take_group(definition, at, '[', ']');
  } else {
    const std::size_t body = definition.find('{', at);  // behind the "#1#2" of \def
    for (; at < std::min(body, definition.size()); ++at) macro.parameters += definition[at] == '#';
  }
  const auto body = take_group(definition, at, '{', '}');
  if (!body) return std::nullopt;
  macro.body = *body;
  return macro;
}

void Macros::define(std::string_view definition) {
  std::size_t at = behind_letters(definition, 1);
  const std::string_view command = definition.substr(1, at - 1);
  if (command.ends_with("environment")) return;
  if (at < definition.size() && definition[at] == '*') ++at;
  const std::string name = take_name(definition, at);
  if (name.empty() || (command == "providecommand" && macros_.contains(name))) return;
  if (command == "let") {
    at = behind_blanks(definition, at);
    if (at < definition.size() && definition[at] == '=') ++at;
    const std::string meant = take_name(definition, at);
    const auto known = macros_.find(meant);
    if (meant != name) macros_[name] = known == macros_.end() ? Macro{0, {}, "\\" + meant} : known->second;
    return;
  }
  auto macro = read(definition, at);
  if (!macro) return;
  if (command == "DeclareMathOperator") macro->body = "\\mathrm{" + macro->body + "}";
  macros_[name] = std::move(*macro);
}

/// The body with the arguments at `at`, which goes behind them.
std::string Macros::applied(const Macro& macro, std::string_view text, std::size_t& at) {
  std::vector<std::string> arguments;
  if (macro.default_argument) arguments.push_back(take_group(text, at, '[', ']').value_or(*macro.default_argument));
  while (static_cast<int>(arguments.size()) < macro.parameters) arguments.push_back(take_argument(text, at));
  if (macro.parameters == 0 && text.substr(at, 2) == "{}") at += 2;
  std::string body;
  for (std::size_t k = 0; k < macro.body.size(); ++k) {
    const std::size_t number = macro.body[k] == '#' && k + 1 < macro.body.size()
                                   ? static_cast<std::size_t>(macro.body[k + 1] - '1')
                                   : arguments.size();
    if (number < arguments.size()) {
      body += arguments[number];
      ++k;
    } else {
      body += macro.body[k];
    }
  }
  return body;
}

std::optional<std::string> Macros::expanded(std::string text) const {
  int expansions = 0;
  for (std::size_t at = text.find('\\'); at != npos; at = text.find('\\', at)) {
    std::size_t end = behind_letters(text, at + 1);
    const auto macro = macros_.find(std::string_view(text).substr(at + 1, end - at - 1));
    if (macro == macros_.end()) {
      at = std::max(end, std::min(at + 2, text.size()));
      continue;
    }
    if (++expansions > most_expansions || text.size() > longest_text) return std::nullopt;
    std::string body = applied(macro->second, text, end);
    // A name that would run into the letter behind it.
    const std::size_t last = body.rfind('\\');
    if (last != npos && last + 1 < body.size() && behind_letters(body, last + 1) == body.size() && end < text.size() &&
        is_latex_letter(text[end]))
      body += ' ';
    text.replace(at, end - at, body);
  }
  return text;
}

}  // namespace manuscript
