// Facts about the LaTeX that a text is made of: names where they stand, and definitions that are not uses.
#include "manuscript/markdown/latex_commands.hpp"

#include "catch.hpp"
#include "manuscript/chapter.hpp"
#include "manuscript/macros.hpp"

namespace latex_commands_test {

using namespace manuscript;

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
  for (const char* text : {"\\newcommand", "\\newcommand{\\x}", "\\newcommand{\\x}{", "\\newcommand{x}{y}", "\\def",
                           "\\def\\x", "\\def\\x\\y{z}", "\\let\\x", "\\let\\x=y", "\\newenvironment{e}{a}",
                           "\\newenvironment", "\\alpha{x}", "\\def\\1{x}"})
    CHECK(defined(text) == "none");
}

TEST_CASE(
    "a chapter's LaTeX is that of its formulas and its raw LaTeX, each name once, and nothing of code or comments") {
  CHECK(used("$\\alpha$ and $$\\beta$$ and $\\alpha$, \\gamma, \\emph{a \\bf b}.\n") ==
        "\\alpha \\beta \\gamma \\emph \\bf ");
  CHECK(used("`\\a` `\\b`{.x} `\\c`{=html} `\\d`{=latex}\n\n    \\e\n\n```\n\\f\n```\n\n```{=tex}\n\\g\n```\n\n<!-- "
             "\\h -->\n") == "\\d \\g ");
  CHECK(used("[a](\\b) <a href=\"\\c\"> \\\\d \\$e $5 and \\f\n") == "\\f ");
  CHECK(used("\\newcommand{\\x}{\\y}\n\n$\\x$\n") == "\\x ");
  const auto defining = scan({"01.md", "\\newcommand{\\x}{\\y}\n"});
  REQUIRE(defining.macros.size() == 1);
  CHECK(defining.macros[0].name == "\\x");
  CHECK(defining.macros[0].definition == "\\newcommand{\\x}{\\y}");
  const auto chapter = scan({"01.md", "Text\n> $a +\n> \\b$\n"});
  CHECK(scan({"01.md", "> $a +\n> \\b$\n"}).latex.at(0).place.line == 2);
  CHECK(scan({"01.md", "> $a +\n> \\b$\n"}).latex.at(0).place.column == 3);
}

TEST_CASE("a name is known by what is open around it in its piece of LaTeX") {
  const auto context = [](const std::string& text, const std::string& name) {
    for (const auto& found : latex_names(text))
      if (found.name == name)
        return std::string(found.context.formula ? "formula " : "") + (found.context.group ? "group " : "") +
               (found.context.alone ? "alone " : "") + (found.context.odd_end ? "odd " : "") +
               std::to_string(found.context.environments.size()) + " " + found.argument;
    return std::string("none");
  };
  CHECK(context("\\alpha", "\\alpha") == "alone 0 ");
  CHECK(context("\\eqref{eq:a}", "\\eqref") == "alone 0 eq:a");
  CHECK(context("\\emph{a \\eqref{eq:a}}", "\\eqref") == "group 0 eq:a");
  CHECK(context("\\emph{a $\\alpha$ b}", "\\alpha") == "formula group 0 ");
  CHECK(context("\\emph{\\(\\alpha\\) \\beta}", "\\beta") == "group 0 ");
  CHECK(context("\\begin{center}$$x$$ \\small\\end{center}", "\\small") == "1 ");
  CHECK(context("\\begin{a}\\begin{b}\\x\\end{b}\\end{a}", "\\x") == "2 ");
  CHECK(context("\\end{a}", "{a}") == "alone odd 0 a");
  CHECK(latex_names("\\alpha", true).at(0).context.formula);
  CHECK(behind_arguments("[b]{a{c}}{d} {e}", 0) == 12);
  CHECK(behind_arguments("[@key] x", 0) == 0);
}

TEST_CASE("LaTeX of several paragraphs is looked at as a whole, and references in it are references") {
  CHECK(used("\\begin{itemize}\n\\item \\x\n\n\\item \\y\n\\end{itemize}\n").find("\\y") != std::string::npos);
  const auto chapter =
      scan({"01.md", "\\begin{equation}\\label{eq:a} x\\end{equation}\n\nSee \\eqref{eq:a} and \\ref{fig:b}.\n"});
  REQUIRE(chapter.anchors.size() == 1);
  CHECK(chapter.anchors[0].id == "eq:a");
  REQUIRE(chapter.references.size() == 2);
  CHECK(chapter.references[1].target == "fig:b");
  CHECK(scan({"01.md", "\\textbf{`a: b`{.value}}\n"}).errors.size() == 1);
}

// As `pandoc -f markdown -t latex` expands them.
TEST_CASE("macros are put in place with their arguments, however they are defined") {
  Macros macros;
  for (const char* definition :
       {"\\newcommand{\\R}{\\mathbb{R}}", "\\newcommand\\norm[1]{\\| #1 \\|}", "\\newcommand{\\two}[2][x]{#1 and #2}",
        "\\def\\pair#1#2{(#2, #1)}", "\\let\\real=\\R", "\\DeclareMathOperator*{\\argmin}{arg\\,min}",
        "\\renewcommand{\\R}{\\mathbf{R}}", "\\providecommand{\\R}{Q}", "\\newenvironment{R}{a}{b}"})
    macros.define(definition);
  const std::pair<const char*, const char*> texts[] = {{"\\R and \\Rx", "\\mathbf{R} and \\Rx"},
                                                       {"\\R{} and {\\R}", "\\mathbf{R} and {\\mathbf{R}}"},
                                                       {"\\real^n", "\\mathbb{R}^n"},
                                                       {"\\norm{\\R a}\\norm x", "\\| \\mathbf{R} a \\|\\| x \\|"},
                                                       {"\\two{b}, \\two[q]{r}", "x and b, q and r"},
                                                       {"\\pair a\\eta", "(\\eta, a)"},
                                                       {"\\argmin_x", "\\mathrm{arg\\,min}_x"},
                                                       {"\\\\R \\$ 5", "\\\\R \\$ 5"}};
  for (const auto& [text, wanted] : texts) {
    INFO(text);
    CHECK(macros.expanded(text) == std::optional<std::string>(wanted));
  }
}

TEST_CASE("macros that multiply without end are given up") {
  Macros macros;
  macros.define("\\newcommand{\\a}{\\b\\b}");
  macros.define("\\newcommand{\\b}{\\a}");
  CHECK_FALSE(macros.expanded("\\a").has_value());
  macros.define("\\newcommand{\\b}{}");
  CHECK(macros.expanded("\\a") == std::optional<std::string>(""));
}

TEST_CASE("a plain text's formulas stand between dollars as Pandoc finds them") {
  const auto formulas = [](const std::string& text) {
    std::vector<std::string> all;
    for (const auto& [begin, end] : formulas_in(text)) all.push_back(text.substr(begin, end - begin));
    return all;
  };
  CHECK(formulas("of $\\eta$ and $a b$.") == std::vector<std::string>{"$\\eta$", "$a b$"});
  CHECK(formulas("from $5 to $6, or 7 $ to 8 $.").empty());
  CHECK(formulas("\\$a$ b$").empty());
  CHECK(formulas("$a\\$b$") == std::vector<std::string>{"$a\\$b$"});
}

}  // namespace latex_commands_test
