// latex.txt holds names by words; environments stand in braces, and a line that begins with # is a comment.
#include "report/latex_list.hpp"

#include <fmt/format.h>

#include <cctype>
#include <set>
#include <sstream>

#include "document/latex_use.hpp"
#include "document/lines.hpp"
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

}  // namespace

std::vector<document::Diagnostic> foreign_latex(const std::vector<document::Chapter>& chapters, const std::filesystem::path& theme) {
  const auto allowed = allowed_names(theme);
  std::set<std::string> macros;
  for (const auto& chapter : chapters) macros.insert(chapter.macros.begin(), chapter.macros.end());
  std::vector<document::Diagnostic> errors;
  for (const auto& chapter : chapters)
    for (const auto& use : chapter.latex) {
      // Macros are defined where Pandoc puts them in place; the filter looks at what comes of that.
      if (allowed.contains(use.name) || macros.contains(use.name) || document::defines_macro(use.name)) continue;
      const std::string meant = document::did_you_mean(use.name, {allowed.begin(), allowed.end()});
      errors.push_back(document::error_at(chapter.source, use.place, fmt::format("{} is LaTeX which chapters may not use", shown(use.name)),
                                          meant.empty() ? "docs/security.md says what they may" : meant));
    }
  return errors;
}

std::string place_of_latex(const std::string& command, const std::vector<document::Chapter>& chapters) {
  for (const auto& chapter : chapters) {
    const document::Lines lines(chapter.source);
    const std::string& text = lines.text();
    for (auto at = text.find(command); at != std::string::npos; at = text.find(command, at + 1)) {
      const auto end = at + command.size();
      if (end < text.size() && std::isalpha(static_cast<unsigned char>(command.back())) && std::isalpha(static_cast<unsigned char>(text[end]))) continue;
      const int line = lines.line_at(at);
      return document::render(lines.error(lines.place(line, at - lines.start(line), command.size()), "it is written here"), false);
    }
  }
  return "";
}

}  // namespace report
