// Facts about the LaTeX that a text is made of: names where they stand, and definitions that are no uses.
#include "document/latex_use.hpp"

#include "catch.hpp"
#include "document/chapter.hpp"

using namespace document;

namespace {

std::string names(const std::string& text) {
  std::string all;
  for (const auto& found : latex_names(text)) all += found.name + "@" + std::to_string(found.at) + " ";
  return all;
}

std::string used(const std::string& text) {
  std::string all;
  for (const auto& use : scan({"01.md", text}).latex) all += use.name + " ";
  return all;
}

std::string defined(const std::string& text) {
  const auto found = macro_definition(text, 0);
  return found ? found->name + "|" + text.substr(found->end) : "none";
}

}  // namespace

TEST_CASE("commands, environments and characters by number are named where they stand") {
  CHECK(names("\\frac{a}{\\beta}") == "\\frac@0 \\beta@9 ");
  CHECK(names("a \\\\ b \\\\alpha \\\\\\gamma") == "\\gamma@17 ");  // after a line break letters are letters
  CHECK(names("\\{ \\, \\_ \\1") == "");
  CHECK(names("\\begin{aligned} x \\end {aligned}") == "{aligned}@0 {aligned}@18 ");
  CHECK(names("\\begin\\x \\end") == "\\begin@0 \\x@6 \\end@9 ");
  CHECK(names("x^^41 y^2") == "^^@1 ");
  CHECK(names("\\") == "");
  CHECK(names("") == "");
}

TEST_CASE("a definition is taken as a whole, whatever it holds") {
  CHECK(defined("\\newcommand{\\x}[2][a]{\\y{#1}}z") == "\\x|z");
  CHECK(defined("\\newcommand*\\x{\\{}z") == "\\x|z");
  CHECK(defined("\\renewcommand {\\x} {a\n b} z") == "\\x| z");
  CHECK(defined("\\DeclareMathOperator*{\\argmin}{arg\\,min}z") == "\\argmin|z");
  CHECK(defined("\\def\\x#1{y}z") == "\\x|z");
  CHECK(defined("\\let\\x=\\y z") == "\\x| z");
  CHECK(defined("\\newenvironment{e}{\\a}{\\b}z") == "{e}|z");
  for (const char* text : {"\\newcommand", "\\newcommand{\\x}", "\\newcommand{\\x}{", "\\newcommand{x}{y}", "\\def", "\\def\\x", "\\def\\x\\y{z}", "\\let\\x", "\\let\\x=y",
                           "\\newenvironment{e}{a}", "\\newenvironment", "\\alpha{x}", "\\def\\1{x}"})
    CHECK(defined(text) == "none");
}

TEST_CASE("a chapter's LaTeX is that of its formulas and its raw LaTeX, each name once, and nothing of code or comments") {
  CHECK(used("$\\alpha$ and $$\\beta$$ and $\\alpha$, \\gamma, \\emph{a \\bf b}.\n") == "\\alpha \\beta \\gamma \\emph \\bf ");
  CHECK(used("`\\a` `\\b`{.x} `\\c`{=html} `\\d`{=latex}\n\n    \\e\n\n```\n\\f\n```\n\n```{=tex}\n\\g\n```\n\n<!-- \\h -->\n") == "\\d \\g ");
  CHECK(used("[a](\\b) <a href=\"\\c\"> \\\\d \\$e $5 and \\f\n") == "\\f ");
  CHECK(used("\\newcommand{\\x}{\\y}\n\n$\\x$\n") == "\\x ");
  CHECK(scan({"01.md", "\\newcommand{\\x}{\\y}\n"}).macros == std::vector<std::string>{"\\x"});
  const auto chapter = scan({"01.md", "Text\n> $a +\n> \\b$\n"});
  CHECK(scan({"01.md", "> $a +\n> \\b$\n"}).latex.at(0).place.line == 2);
  CHECK(scan({"01.md", "> $a +\n> \\b$\n"}).latex.at(0).place.column == 3);
}
