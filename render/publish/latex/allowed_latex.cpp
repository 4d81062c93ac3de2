// allowed-latex.txt holds names by words under headings in brackets; environments stand in braces, and a
// line that begins with # is a comment.
#include "publish/latex/allowed_latex.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <sstream>

#include "manuscript/markdown/latex_commands.hpp"
#include "manuscript/markdown/lines.hpp"
#include "system/files.hpp"

namespace publish {
namespace {

using manuscript::LatexUse;

/// Commands with their backslash, environments in braces; and the heading that each stands under.
using LatexTable = std::map<std::string, std::string>;

LatexTable read_table(const std::filesystem::path& theme) {
  LatexTable table;
  std::string kind;
  std::istringstream lines(sys::read_file(theme / "allowed-latex.txt"));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    if (line.starts_with('[')) {
      kind = line.substr(1, line.find(']') - 1);
      continue;
    }
    std::istringstream words(line);
    for (std::string word; words >> word;) {
      word = word.substr(0, word.find_first_of(":="));
      table[word.starts_with('{') ? word : "\\" + word] = kind;
    }
  }
  return table;
}

bool is_pointer(const std::string& name, const LatexTable& table) {
  const auto known = table.find(name);
  return known != table.end() && known->second == "reference";
}

std::string shown(const LatexUse& use) {
  if (!use.name.starts_with('{')) return use.name;
  return (use.context.odd_end ? "\\end" : "\\begin") + use.name;
}

struct Refusal {
  std::string why, hint;
};

bool is_label_of_ours(const std::string& id) {
  return id.starts_with("eq:") || id.starts_with("fig:") || id.starts_with("sec:") || id.starts_with("tbl:");
}

/// Numbers are the report's own, the same in every format; a page's number is print's alone.
Refusal refusal_of_pointer(const LatexUse& use) {
  if (use.name == "\\pageref")
    return {"only print has numbers of pages", "refer to what stands there: @fig:name, @sec:name, @eq:name"};
  if (use.name == "\\label") {
    if (!use.context.environments.empty() && use.argument.starts_with("eq:")) return {};
    return {"a label of LaTeX is known to print alone", "a formula's label stands behind it: $$ ... $$ {#eq:name}"};
  }
  if (!is_label_of_ours(use.argument))
    return {fmt::format("{}{{{}}} leads nowhere in the report", use.name, use.argument),
            "as in: @eq:name, with {#eq:name} behind the formula"};
  if (use.context.alone) return {};
  return {fmt::format("{} within other LaTeX is known to print alone", use.name),
          fmt::format("write @{} in the text", use.argument)};
}

/// Why LaTeX of the list cannot stand in the text here: print could not set it, or the other
/// formats would lose it.
Refusal refusal_in_text(const LatexUse& use, const std::string& kind) {
  if (use.context.odd_end) return {fmt::format("{} ends what was not begun here", shown(use)), ""};
  if (kind == "formula" && use.name.starts_with('{')) return {};
  if (kind == "formula")
    return {fmt::format("{} is LaTeX for formulas only", use.name),
            fmt::format("write it between dollars: ${}$", use.name)};
  const bool is_within = !use.context.environments.empty();
  if ((kind == "style" || kind == "print-style") && !use.context.group && !is_within)
    return {fmt::format("{} would hold to the end of the document", use.name),
            "write Markdown: **bold**, *emphasis*; or a command with braces: \\textsc{...}"};
  if (kind == "part" && !is_within)
    return {fmt::format("{} has its place in an environment of LaTeX only", use.name), ""};
  return {};
}

bool is_formula(const LatexUse& use, const LatexTable& table) {
  const auto displays = [&](const std::string& name) {
    const auto known = table.find(name);
    return known != table.end() && known->second == "formula";
  };
  return use.context.formula || std::any_of(use.context.environments.begin(), use.context.environments.end(), displays);
}

/// Why chapters may not use what is not on the list.
Refusal refusal_of_foreign(const LatexUse& use, const LatexTable& table) {
  std::vector<std::string> names;
  for (const auto& [name, kind] : table) names.push_back(name);
  const std::string meant = manuscript::did_you_mean(use.name, names);
  return {fmt::format("{} is LaTeX which chapters may not use", shown(use)),
          meant.empty() ? "docs/security.md says what they may" : meant};
}

Refusal refusal(const LatexUse& use, const LatexTable& table) {
  const auto known = table.find(use.name);
  if (known == table.end()) return refusal_of_foreign(use, table);
  if (use.is_for_print) return {};
  if (known->second == "reference") return refusal_of_pointer(use);
  return is_formula(use, table) ? Refusal{} : refusal_in_text(use, known->second);
}

}  // namespace

std::vector<manuscript::Diagnostic> foreign_latex(const std::vector<manuscript::Chapter>& chapters,
                                                  const std::filesystem::path& theme) {
  const auto table = read_table(theme);
  std::set<std::string> macros;
  for (const auto& chapter : chapters)
    for (const auto& macro : chapter.macros) macros.insert(macro.name);
  std::vector<manuscript::Diagnostic> errors;
  for (const auto& chapter : chapters) {
    std::set<std::string> told;  // where it is first used is enough, but each pointer leads elsewhere
    for (const auto& use : chapter.latex) {
      // Macros are defined where Pandoc puts them in place; the filter looks at what comes of that.
      if (macros.contains(use.name) || manuscript::defines_macro(use.name)) continue;
      auto [why, hint] = refusal(use, table);
      if (why.empty() || !told.insert(is_pointer(use.name, table) ? why + use.argument : why).second) continue;
      errors.push_back(manuscript::error_at(chapter.source, use.place, std::move(why), std::move(hint)));
    }
  }
  return errors;
}

std::string place_of_text(const std::string& text, const std::vector<manuscript::Source>& sources) {
  const bool is_word = std::isalpha(static_cast<unsigned char>(text.back()));
  for (const auto& source : sources) {
    const manuscript::Lines lines(source);
    const std::string& all = lines.text();
    for (auto at = all.find(text); at != std::string::npos; at = all.find(text, at + 1)) {
      const auto end = at + text.size();
      if (is_word && end < all.size() && std::isalpha(static_cast<unsigned char>(all[end]))) continue;
      const int line = lines.line_at(at);
      return manuscript::render(
          lines.error(lines.place(line, at - lines.start(line), text.size()), "it is written here"), false);
    }
  }
  return "";
}

}  // namespace publish
