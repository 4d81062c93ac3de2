// latex.txt holds names by words; environments stand in braces, and a line that begins with # is a comment.
#include "report/latex_list.hpp"

#include <fmt/format.h>

#include <cctype>
#include <set>
#include <sstream>

#include "report/files.hpp"

namespace report {
namespace {

/// Commands with their backslash, environments in braces.
std::set<std::string> allowed_names(const std::filesystem::path& theme) {
  std::set<std::string> names{"\\begin", "\\end"};
  std::istringstream lines(read_file(theme / "latex.txt"));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream words(line);
    for (std::string word; words >> word;) names.insert(word.starts_with('{') ? word : "\\" + word);
  }
  return names;
}

std::string shown(const std::string& name) { return name.starts_with('{') ? "\\begin" + name : name; }

/// Macros are defined where Pandoc puts them in place; the filter looks at what comes of that.
bool defines(const std::string& name) {
  static const std::set<std::string> definers{"\\newcommand", "\\renewcommand", "\\providecommand", "\\DeclareMathOperator",
                                              "\\newenvironment", "\\renewenvironment", "\\def", "\\let"};
  return definers.contains(name);
}

}  // namespace

std::vector<document::Diagnostic> foreign_latex(const std::vector<document::Chapter>& chapters, const std::filesystem::path& theme) {
  const auto allowed = allowed_names(theme);
  std::set<std::string> macros;
  for (const auto& chapter : chapters) macros.insert(chapter.macros.begin(), chapter.macros.end());
  std::vector<document::Diagnostic> errors;
  for (const auto& chapter : chapters)
    for (const auto& use : chapter.latex) {
      if (allowed.contains(use.name) || macros.contains(use.name) || defines(use.name)) continue;
      const std::string meant = document::did_you_mean(use.name, {allowed.begin(), allowed.end()});
      errors.push_back(document::error_at(chapter.source, use.place, fmt::format("{} is LaTeX which chapters may not use", shown(use.name)),
                                          meant.empty() ? "docs/security.md says what they may" : meant));
    }
  return errors;
}

std::string place_of_latex(const std::string& command, const std::vector<document::Chapter>& chapters) {
  for (const auto& chapter : chapters) {
    const std::string& text = chapter.source.text;
    for (auto at = text.find(command); at != std::string::npos; at = text.find(command, at + 1)) {
      const auto end = at + command.size();
      if (end < text.size() && std::isalpha(static_cast<unsigned char>(command.back())) && std::isalpha(static_cast<unsigned char>(text[end]))) continue;
      int line = 1, column = 1;
      for (std::size_t k = 0; k < at; ++k) {
        const bool is_new = text[k] == '\n';
        line += is_new;
        column = is_new ? 1 : column + ((static_cast<unsigned char>(text[k]) & 0xC0) != 0x80);
      }
      return document::render(document::error_at(chapter.source, {chapter.source.file, line, column, static_cast<int>(command.size())},
                                                 "it is written here"), false);
    }
  }
  return "";
}

}  // namespace report
