// Facts about documents made from chapters: numbers, links, sameness, what passes through, and what cannot break out.
#include "publish/publish.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <regex>

#include "catch.hpp"
#include "manuscript/pandoc_text.hpp"
#include "places.hpp"
#include "publish/archive.hpp"
#include "publish/latex/latex.hpp"
#include "publish/latex/preamble.hpp"
#include "publish/tags/tagged.hpp"
#include "support/scratch_folder.hpp"
#include "system/files.hpp"
#include "system/process.hpp"

namespace publish_test {

namespace fs = std::filesystem;
using namespace publish;

using namespace sys;

namespace {

using support::ScratchFolder;

bool has_latex() {
  try {
    Command version;
    version.arguments = {"pdflatex", "--version"};
    return run(version).ok();
  } catch (const NoProgram&) {
    WARN("pdflatex is not installed; the printed report is not tested");
    return false;
  }
}

/// The smallest PDF that LaTeX includes: one empty page of the size of a figure.
const std::string tiny_pdf =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 332 200]/Resources<<>>>>endobj\nxref\n0 4\n0000000000 65535 f \n"
    "0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 "
    "R>>\nstartxref\n178\n%%EOF\n";

DocumentFigure figure(const ScratchFolder& folder, const std::string& name, double width_mm) {
  const fs::path pdf = folder.path() / "figures" / (name + ".pdf");
  write_file(pdf, tiny_pdf);
  DocumentFigure f;
  f.id = "fig:" + name;
  f.caption = "**Finding of " + name + ".** The rest, with $x^2$.";
  f.alt = "A picture of " + name;
  f.pdf = pdf;
  f.inline_svg = "<svg viewBox=\"0 0 332 200\"><path d=\"M0 0L9 9\"/></svg>";
  f.width_mm = width_mm;
  f.height_mm = 70;
  f.csv_href = "data/" + name + ".csv";
  f.facts = {{"experiment", "quadratic-bowl"}, {"seed", "1"}};
  f.rerun = "./build-report.sh figure fig:" + name;
  return f;
}

Publication publication(const ScratchFolder& folder, const std::vector<std::string>& chapters) {
  Publication p;
  for (std::size_t i = 0; i < chapters.size(); ++i) {
    p.chapters.push_back(folder.path() / "chapters" / ("0" + std::to_string(i + 1) + ".md"));
    write_file(p.chapters.back(), chapters[i]);
  }
  p.theme = source_folder() / "render" / "theme";
  p.work = folder.path() / "work";
  p.date = "2026-01-31";
  return p;
}

const std::vector<std::string> two_chapters{
    "# First {#sec:first}\n\nSee @fig:wide, @sec:detail and @eq:second.\n\n"
    "$$ a = b $$ {#eq:first}\n\n[$$ c = d $$]{#eq:second} is inline.\n\n"
    "## Detail {#sec:detail}\n\nText[^n].\n\n[^n]: A note.\n\n"
    "```{.figure #fig:narrow}\nexperiment: x\n```\n",
    "# Preface {- #sec:preface}\n\n# Second {#sec:second}\n\n"
    "Both [@fig:narrow; @fig:wide], [see @tbl:one, left], number [-@fig:narrow], @sec:second, @sec:preface.\n\n"
    "- in a list\n\n  ```{.figure #fig:wide}\n  experiment: x\n  ```\n\n"
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n: Caption here. {#tbl:one}\n\n"
    "````\n```{.figure #fig:not-one}\n```\n````\n\nGreek α ≤ ∇ → − × in text.\n"};

Publication two_chapter_publication(const ScratchFolder& folder) {
  Publication p = publication(folder, two_chapters);
  p.figures = {figure(folder, "narrow", 117), figure(folder, "wide", 175)};
  return p;
}

std::string without_tags(std::string text) {
  text = std::regex_replace(text, std::regex("<math[^>]*>[\\s\\S]*?</math>"), "");
  text = std::regex_replace(text, std::regex("<[^>]*>"), "");
  text = std::regex_replace(text, std::regex("\u00A0"), " ");
  return std::regex_replace(text, std::regex("\\s+"), " ");
}

std::string main_part(const std::string& page) {
  return page.substr(page.find("<main"), page.find("</main>") - page.find("<main"));
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the page numbers figures, equations, tables and sections by chapter, and links to them") {
  const ScratchFolder folder;
  const auto published = publish::publish(two_chapter_publication(folder), "html");
  const std::string body = main_part(published.bytes), text = without_tags(body);
  CHECK(published.warnings.empty());
  CHECK(contains(text, "See Figure 2.1, Section 1.1 and Equation (1.2)."));
  CHECK(contains(text, "Both Figures 1.1 and 2.1, see Table 2.1, left, number 1.1, Chapter 2, Preface."));
  CHECK(contains(body, "<a href=\"#fig:wide\""));
  CHECK(contains(text, "Figure 2.1 Finding of wide. The rest, with ."));
  CHECK(contains(text, "Table 2.1 Caption here."));
  CHECK(contains(text, "{.figure #fig:not-one}"));
  for (const char* id : {"fig:narrow", "fig:wide", "eq:first", "eq:second", "tbl:one", "sec:detail"})
    CHECK(contains(body, std::string("id=\"") + id + "\""));
  CHECK(contains(body, "class=\"full\""));
  CHECK(contains(body, "./build-report.sh figure fig:wide"));
  CHECK(contains(body, "<a href=\"data/wide.csv\">CSV</a>"));
}

TEST_CASE("the page asks nothing of any network, and is small where its text is short") {
  const ScratchFolder folder;
  const std::string page = publish::publish(two_chapter_publication(folder), "html").bytes;
  CHECK(page.size() < 250000);
  CHECK_FALSE(std::regex_search(page, std::regex("(src|href)=\"(https?:|//)|url\\((?!data:)|@import|<link")));
  CHECK(contains(page, "default-src 'none'"));
}

TEST_CASE("a formula stays with the punctuation after it, and a displayed one as it is") {
  ScratchFolder folder;
  const std::string page =
      publish::publish(publication(folder, {"# One\n\nLet $x$, or ($y$) and $z$ be\n\n$$w$$.\n"}), "html").bytes;
  const auto count = [&](const std::string& text) {
    int found = 0;
    for (auto at = page.find(text); at != std::string::npos; at = page.find(text, at + 1)) ++found;
    return found;
  };
  CHECK(count("<span class=\"together\">") == 2);
  CHECK(count("</math>,</span> or <span class=\"together\">(<math") == 1);
  CHECK(count("</math>)</span> and <math") == 1);
  CHECK(count("<math display=\"block\"") == 1);
}

TEST_CASE("a picture in the text is carried by the page") {
  const ScratchFolder folder;
  auto p = publication(folder, {"![A dot](dot.png)\n"});
  write_file(folder.path() / "chapters" / "dot.png", "\x89PNG\r\n\x1a\n-");
  p.pictures["html"]["dot.png"] = folder.path() / "chapters" / "dot.png";
  CHECK(contains(publish::publish(p, "html").bytes, "src=\"data:image/png;base64,iVBORw0KGgot\""));
}

TEST_CASE("the printed report has the numbers of the page") {
  if (!has_latex()) return;
  const ScratchFolder folder;
  const auto p = two_chapter_publication(folder);
  const auto published = publish::publish(p, "pdf");
  CHECK(published.bytes.substr(0, 5) == "%PDF-");
  CHECK(published.warnings.empty());
  const std::string tex = read_file(folder.path() / "work" / "latex" / "report.tex");
  for (const char* part :
       {"\\hyperlink{fig:wide}{Figure~2.1}", "\\hyperref[sec:detail]{Section~1.1}",
        "\\hyperlink{eq:second}{Equation~(1.2)}", "\\hyperlink{tbl:one}{Table~2.1}", "\\hyperlink{fig:narrow}{1.1}",
        "\\hyperref[sec:second]{Chapter~2}", "\\tag*{\\reportnumber{1.2}", "\\begin{widefigure}{fig:wide}",
        "\\begin{columnfigure}{fig:narrow}"})
    CHECK(contains(tex, part));
  // LaTeX counts chapters and sections itself; its contents must agree.
  const std::string contents = read_file(folder.path() / "work" / "latex" / "report.toc");
  CHECK(contains(contents, "Preface"));
  CHECK(contains(contents, "\\numberline {2}Second"));
  CHECK(contains(contents, "\\numberline {1.1}Detail"));
}

TEST_CASE("LaTeX runs as often as needed, and not at all when nothing changed") {
  if (!has_latex()) return;
  const ScratchFolder folder;
  Typesetting job{folder.path(),
                  "\\documentclass{article}\\begin{document}Page \\pageref{x}.\\label{x}\\end{document}",
                  {},
                  "2026-01-31",
                  {}};
  CHECK(typeset(job).passes == 2);
  CHECK(typeset(job).passes == 0);
  job.tex.insert(job.tex.find("Page"), "A new sentence. ");
  CHECK(typeset(job).passes == 1);
  write_file(folder.path() / "report.aux", "\\this is broken{");
  job.tex.insert(job.tex.find("Page"), "Another. ");
  CHECK(typeset(job).passes == 2);
}

TEST_CASE("the preamble is compiled once, and again when it or a file that it reads has changed") {
  if (!has_latex()) return;
  const ScratchFolder folder;
  const TexEngine engine{folder.path(), "2026-01-31", {}};
  const fs::path format = folder.path() / "preamble.fmt";
  const auto made = [&] { return fs::last_write_time(format); };
  write_file(folder.path() / "local.sty", "\\def\\greeting{Hello}");
  const std::string preamble = "\\documentclass{article}\\usepackage{local}";
  REQUIRE(precompile(preamble, engine));
  const auto first = made();
  CHECK(precompile(preamble, engine));
  CHECK(made() == first);
  CHECK(precompile(preamble + "\n\\usepackage{calc}", engine));
  CHECK(made() != first);
  const auto second = made();
  write_file(folder.path() / "local.sty", "\\def\\greeting{Good day}");
  CHECK(precompile(preamble + "\n\\usepackage{calc}", engine));
  CHECK(made() != second);
  CHECK_FALSE(precompile("\\documentclass{article}\\usepackage{no-such-package}", engine));
  // A format that was cut off with the build is not taken for one.
  write_file(format, "");
  fs::remove(folder.path() / "preamble.stamp");
  CHECK(precompile(preamble, engine));
  CHECK(fs::file_size(format) > 1000);
}

TEST_CASE("a mistake in the preamble is told as LaTeX tells it") {
  if (!has_latex()) return;
  const ScratchFolder folder;
  const Typesetting job{
      folder.path(), "\\documentclass{article}\n\\nonsense\n\\begin{document}x\\end{document}", {}, "2026-01-31", {}};
  CHECK_THROWS_WITH(typeset(job), ContainsSubstring("Undefined control sequence") && ContainsSubstring("\\nonsense"));
}

TEST_CASE("page and printed report are the same bytes in another folder") {
  const ScratchFolder a, b;
  CHECK((publish::publish(two_chapter_publication(a), "html").bytes ==
         publish::publish(two_chapter_publication(b), "html").bytes));
  if (!has_latex()) return;
  CHECK((publish::publish(two_chapter_publication(a), "pdf").bytes ==
         publish::publish(two_chapter_publication(b), "pdf").bytes));
}

TEST_CASE("a printed report is the same bytes with its preamble precompiled and without") {
  if (!has_latex()) return;
  const ScratchFolder folder;
  auto p = two_chapter_publication(folder);
  const auto field = [&](const char* key, const char* form, const char* value) {
    p.metadata.push_back({{"key", key}, {"form", form}, {"value", value}});
  };
  field("title", "line", "A title");
  field("subtitle", "line", "Under it");
  field("author", "authors", "Someone");
  field("date", "word", "2026-01-31");
  field("abstract", "blocks", "A few words.");
  const std::string precompiled = publish::publish(p, "pdf").bytes;
  const TexEngine engine{p.work / "latex", p.date, {}};
  REQUIRE(fs::exists(engine.folder / "preamble.fmt"));
  for (const char* name :
       {"preamble.fmt", "preamble.tex", "body.tex", "report.pdf", "report.aux", "report.toc", "report.out"})
    fs::remove(engine.folder / name);
  for (int pass = 0; pass < 3; ++pass) REQUIRE(engine.run({"report.tex"}).ok());
  const std::string structure = read_file(engine.folder / "report.tags");
  CHECK((publish::tags::tagged(read_file(engine.folder / "report.pdf"), structure) == precompiled));
}

TEST_CASE("what is copied from the printed report are the characters that one sees") {
  if (!has_latex()) return;
  // Formulas by their parts in Unicode, as The Unicode Standard names them.
  const std::vector<std::pair<std::string, std::string>> signs{{"$a \\neq b$", "a≠b"},
                                                               {"$a \\ne b$", "a≠b"},
                                                               {"$a \\not= b$", "a≠b"},
                                                               {"$a \\notin b$", "a∉b"},
                                                               {"$a \\not\\subset b$", "a⊄b"},
                                                               {"$a \\not\\leq b$", "a≰b"},
                                                               {"$\\mapsto$", "↦"},
                                                               {"$\\longmapsto$", "⟼"},
                                                               {"$\\hookrightarrow$", "↪"},
                                                               {"$\\longrightarrow$", "⟶"},
                                                               {"$\\Longrightarrow$", "⟹"},
                                                               {"$\\iff$", "⟺"},
                                                               {"$\\cong$", "≅"},
                                                               {"$\\doteq$", "≐"},
                                                               {"$\\models$", "⊨"},
                                                               {"$\\bowtie$", "⋈"},
                                                               {"$\\hbar$", "ℏ"},
                                                               {"$a, \\ldots, b$", "a,…,b"},
                                                               {"$\\cdots$", "⋯"},
                                                               {"$\\ddots$", "⋱"},
                                                               {"$\\vdots$", "⋮"},
                                                               {"$\\int x$", "∫x"},
                                                               {"$\\oint x$", "∮x"},
                                                               {"$\\sum x$", "∑x"},
                                                               {"$\\prod x$", "∏x"},
                                                               {"$\\coprod x$", "∐x"},
                                                               {"$\\bigcup x$", "⋃x"},
                                                               {"$\\bigcap x$", "⋂x"},
                                                               {"$\\bigoplus x$", "⨁x"},
                                                               {"$\\bigotimes x$", "⨂x"},
                                                               {"$\\bigodot x$", "⨀x"},
                                                               {"$\\bigvee x$", "⋁x"},
                                                               {"$\\bigwedge x$", "⋀x"},
                                                               {"$\\biguplus x$", "⨄x"},
                                                               {"$\\bigl(x\\bigr)$", "(x)"},
                                                               {"$\\Bigl[x\\Bigr]$", "[x]"},
                                                               {"$\\biggl\\{x\\biggr\\}$", "{x}"},
                                                               {"$\\Biggl\\langle x\\Biggr\\rangle$", "⟨x⟩"},
                                                               {"$\\Biggl\\lfloor x\\Biggr\\rfloor$", "⌊x⌋"},
                                                               {"$\\bigl\\lceil x\\bigr\\rceil$", "⌈x⌉"},
                                                               {"$\\Biggl|x\\Biggr|$", "|x|"},
                                                               {"$\\bigl\\|x\\bigr\\|$", "∥x∥"},
                                                               {"$\\sqrt{2}$", "√2"},
                                                               {"$\\sqrt{\\bigl(}$", "√("},
                                                               {"$\\mathbb{R}$", "ℝ"},
                                                               {"$\\mathbb{E}$", "𝔼"},
                                                               {"$\\mathcal{L}$", "ℒ"},
                                                               {"$\\mathcal{N}$", "𝒩"},
                                                               {"$\\mathfrak{g}$", "𝔤"},
                                                               {"$\\lozenge$", "◊"},
                                                               {"$\\bigstar$", "★"},
                                                               {"$\\odot$", "⊙"},
                                                               {"$-x$", "−x"},
                                                               {"$\\leq$", "≤"},
                                                               {"Đđ", "Đđ"},
                                                               {"Țț", "Țț"},
                                                               {"Șș", "Șș"},
                                                               {"ĢģĶķĻļŅņŖŗ", "ĢģĶķĻļŅņŖŗ"},
                                                               {"ĮįŲų", "ĮįŲų"},
                                                               {"ĨĩĪīĬĭĵ", "ĨĩĪīĬĭĵ"},
                                                               {"¹²³", "¹²³"},
                                                               {"ąęšžőűåøæœß", "ąęšžőűåøæœß"},
                                                               {"a ≠ b … c", "a≠b…c"}};
  std::string chapter = "# Signs\n\n";
  for (std::size_t i = 0; i < signs.size(); ++i) chapter += fmt::format("s{0}: {1} :e{0}\n\n", i, signs[i].first);
  const ScratchFolder folder;
  const fs::path pdf = folder.path() / "report.pdf";
  write_file(pdf, publish::publish(publication(folder, {chapter}), "pdf").bytes);
  Command command;
  command.arguments = {"pdftotext", "-raw", "-enc", "UTF-8", pdf.string(), "-"};
  std::string text;
  try {
    text = run(command).output;
  } catch (const NoProgram&) {
    WARN("pdftotext is not installed; what is copied from the printed report is not tested");
    return;
  }
  for (std::size_t i = 0; i < signs.size(); ++i) {
    const std::string begin = fmt::format("s{}:", i), end = fmt::format(":e{}", i);
    const auto from = text.find(begin), to = text.find(end);
    REQUIRE(from != std::string::npos);
    REQUIRE(to != std::string::npos);
    INFO(signs[i].first);
    CHECK(std::regex_replace(text.substr(from + begin.size(), to - from - begin.size()), std::regex("\\s"), "") ==
          signs[i].second);
  }
}

TEST_CASE("nothing in a caption, an alternative text or a fact breaks out of its place") {
  const ScratchFolder folder;
  auto p = publication(folder, {"# One\n\n```{.figure #fig:x}\nexperiment: x\n```\n"});
  const std::string nasty = "5 % of a_b & <c> \"d\" 'e' #1 $f$ \\input{g} {h} ~ ^ </figure><script>";
  auto f = figure(folder, "x", 117);
  f.caption = "5 % of a_b & \\<c\\> \"d\" #1 \\\\input{h} {i ~ ^";
  f.alt = nasty;
  f.facts = {{nasty, nasty}};
  f.csv_href = nasty;
  f.rerun = nasty;
  p.figures = {f};
  const std::string body = main_part(publish::publish(p, "html").bytes);
  CHECK_FALSE(contains(body, "<script>"));
  CHECK(contains(body,
                 "<dd>5 % of a_b &amp; &lt;c&gt; &quot;d&quot; &#39;e&#39; #1 $f$ \\input{g} {h} ~ ^ "
                 "&lt;/figure&gt;&lt;script&gt;</dd>"));
  CHECK(contains(without_tags(body), "5 % of a_b &amp; &lt;c&gt; “d” #1 \\input{h} {i ~ ^"));
  if (!has_latex()) return;
  CHECK(publish::publish(p, "pdf").bytes.substr(0, 5) == "%PDF-");
}

TEST_CASE("values and claims are filled in from their tables") {
  const ScratchFolder folder;
  auto p = publication(folder, {"`a.b`{." + manuscript::class_of_statement(0) + " format=\".1f\"} and [it is so]{." +
                                manuscript::class_of_statement(1) + " that=\"x < 1\"}.\n"});
  p.values = {{0, "a.b", {{false, "10.3"}}, "10.3", "01.md:1"}};
  p.claims = {{1, "x < 1", "0.5 < 1", true, "01.md:1", {"fig:x"}, {}}};
  const std::string body = main_part(publish::publish(p, "html").bytes);
  CHECK(contains(without_tags(body), "10.3 and it is so"));
  CHECK(contains(body, "<code>x &lt; 1</code> holds: 0.5 &lt; 1"));
}

TEST_CASE(
    "no value or claim stays in the document that was not judged, and none that was judged is "
    "missing from it") {
  const ScratchFolder folder;
  const auto refusal = [&](const std::string& text, bool with_value, bool with_claim) -> std::string {
    auto p = publication(folder, {text});
    if (with_value) p.values = {{0, "a.b", {{false, "10.3"}}, "10.3", "01.md:3"}};
    if (with_claim) p.claims = {{1, "x < 1", "0.5 < 1", true, "01.md:1", {"fig:x"}, {}}};
    try {
      publish::publish(p, "json");
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  const std::string value = "`a.b`{." + manuscript::class_of_statement(0) + "}\n",
                    claim = "[so]{." + manuscript::class_of_statement(1) + " that=\"x < 1\"}\n";
  CHECK(refusal(value + value + claim, true, true) == "");
  CHECK(contains(refusal("`a.b`{.value}\n", false, false), "the value `a.b` stands where the report does not see it"));
  CHECK(contains(refusal("[so]{.claim that=\"x < 1\"}\n", false, false),
                 "the claim 'x < 1' stands where the report does not see it"));
  CHECK(refusal(claim + claim, false, true) == "01.md:1: the claim 'x < 1' would stand in the report twice");
  CHECK(refusal("Text.\n", true, false) == "01.md:3: the value `a.b` stands where Pandoc does not see it");
  CHECK(refusal("Text.\n", false, true) == "01.md:1: the claim 'x < 1' stands where Pandoc does not see it");
}

TEST_CASE("links to chapters and anchors in HTML lead to their places in every format") {
  const ScratchFolder folder;
  auto p = publication(folder, {"# One {#one}\n\n<a name=\"old\"></a>[a](02%20b.md#two), [b](#old), [c](02.md).\n",
                                "# Two {#two}\n\nText.\n"});
  p.links = {{"02 b.md#two", "two"}, {"02.md", "two"}};
  const std::string page = main_part(publish::publish(p, "html").bytes);
  CHECK(contains(page, "<a href=\"#two\">a</a>"));
  CHECK(contains(page, "<a id=\"old\"></a>"));
  CHECK(contains(page, "<a href=\"#two\">c</a>"));
  CHECK(!contains(page, ".md"));
  CHECK(contains(publish::publish(p, "json").bytes, "#two"));
  if (!has_latex()) return;
  CHECK(publish::publish(p, "pdf").warnings.empty());
  const std::string tex = read_file(p.work / "latex" / "report.tex");
  CHECK((contains(tex, "\\protect\\hyperlink{two}{a}") || contains(tex, "\\hyperref[two]{a}")));
  CHECK((contains(tex, "\\hypertarget{old}{}") || contains(tex, "\\label{old}")));  // Pandoc 3
}

TEST_CASE("errors say what is wrong in the reader's terms") {
  const ScratchFolder folder;
  try {
    publish::publish(publication(folder, {"See @fig:nowhere.\n"}), "html");
    FAIL("no error");
  } catch (const Error& e) {
    CHECK(std::string(e.what()) == "the reference @fig:nowhere leads nowhere");
  }
  try {
    throw_log_error("./report.tex:12: LaTeX Error: File `tgpagella.sty' not found.\n");
  } catch (const MissingTool& e) {
    CHECK(contains(e.what(), "Debian package tex-gyre"));
  }
  for (const char* log :
       {"!pdfTeX error: pdflatex (file lmtt10.pfb): cannot open Type 1 font file for reading\n",
        "./body.tex:88: pdfTeX error (font expansion): auto expansion is only possible with scalable fonts.\n"})
    CHECK_THROWS_AS(throw_log_error(log), MissingTool);
  if (!has_latex()) return;
  try {
    publish::publish(publication(folder, {"A snowman \u2603 stands here.\n"}), "pdf");
    FAIL("no error");
  } catch (const Error& e) {
    CHECK(contains(e.what(), "\u2603 (U+2603)"));
    CHECK(contains(e.what(), "snowman"));
  }
  CHECK_THROWS_WITH(publish::publish(publication(folder, {"$\\undefinedthing$\n"}), "pdf"),
                    ContainsSubstring("holds \\undefinedthing, which chapters may not use"));
}

TEST_CASE("an overfull line and a missing glyph are warnings, and a hair's breadth is not") {
  const auto warnings = log_warnings(
      "Overfull \\hbox (0.7pt too wide) in paragraph at lines 1--2\n[]\\T1/qpl/m/n/10.95 fine\n\n"
      "Overfull \\hbox (12.5pt too wide) in paragraph at lines 3--4\n[]\\T1/qpl/m/n/10.95 much too long\n\n"
      "Missing character: There is no ∇ in font ec-qplr!\n");
  REQUIRE(warnings.size() == 2);
  CHECK(warnings[0] == "in the PDF, a line is 12.5 pt too long: much too long");
  CHECK(contains(warnings[1], "ec-qplr"));
}

TEST_CASE("the formats that Pandoc writes alone have figures and numbers too") {
  const ScratchFolder folder;
  auto p = two_chapter_publication(folder);
  for (const auto& f : p.figures) write_file(fs::path(f.pdf).replace_extension(".png"), "\x89PNG\r\n\x1a\n");
  const std::string json = publish::publish(p, "json").bytes;
  CHECK(contains(json, "Figure\u00A02.1"));
  for (const char* format : {"docx", "epub"}) {
    const std::string first = publish::publish(p, format).bytes;
    CHECK(first.substr(0, 2) == "PK");
    CHECK((first == publish::publish(p, format).bytes));
  }
}

TEST_CASE("EPUB and DOCX are the same bytes in another folder at another time, and can be read") {
  const ScratchFolder folder, elsewhere;
  std::vector<std::string> bytes[2];
  for (const auto* at : {&folder, &elsewhere}) {
    auto p = two_chapter_publication(*at);
    for (const auto& f : p.figures)  // one grey point
      write_file(fs::path(f.pdf).replace_extension(".png"),
                 std::string(
                     "\211PNG\015\012\032\012\000\000\000\015IHDR\000\000\000\001\000\000\000\001\010\000\000\000\000:~"
                     "\233U\000\000\000\012IDATx\332ch\000\000\000\202\000\201\332E\010;\000\000\000\000IEND\256B`\202",
                     67));
    for (const char* format : {"docx", "epub"}) bytes[at == &elsewhere].push_back(publish::publish(p, format).bytes);
  }
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK((bytes[0][i] == bytes[1][i]));
    CHECK_FALSE(contains(bytes[0][i], folder.path().string()));
    // 2026-01-31 as MS-DOS has it: years since 1980, month, day in 7, 4 and 5 bits.
    std::size_t entries = 0;
    for (std::size_t at = 0; (at = bytes[0][i].find("PK\1\2", at)) != std::string::npos; ++at, ++entries)
      CHECK((bytes[0][i].substr(at + 12, 4) ==
             std::string{0, 0, static_cast<char>((46 << 9 | 1 << 5 | 31) & 0xFF), (46 << 9 | 1 << 5 | 31) >> 8}));
    CHECK(entries > 10);
    const char* format = i == 0 ? "docx" : "epub";
    const fs::path file = folder.path() / (std::string("report.") + format);
    write_file(file, bytes[0][i]);
    Command read;
    read.arguments = {"pandoc", "--from", format, "--to", "plain", "--wrap=none", file.string()};
    const auto text = run(read);
    CHECK(text.status == 0);
    CHECK(contains(text.output, "Figure\u00A02.1"));
  }
  CHECK_THROWS_AS(publish::with_entries("no archive at all, but long enough", "2026-01-31"), Error);
}

TEST_CASE("a program that takes too long is ended, and named") {
  const ScratchFolder folder;
  auto p = publication(folder, {"# One\n"});
  p.timeout = std::chrono::seconds(1);
  const std::string path = std::getenv("PATH");
  for (const std::string program : {"pandoc", "pdflatex"}) {
    const fs::path file = folder.path() / "bin" / program;
    fs::remove_all(folder.path() / "bin");
    write_file(file, "#!/bin/sh\nsleep 30\n");
    fs::permissions(file, fs::perms::owner_all);
    setenv("PATH", ((folder.path() / "bin").string() + ":" + path).c_str(), 1);
    const auto start = std::chrono::steady_clock::now();
    CHECK_THROWS_WITH(program == "pandoc" ? publish::publish(p, "html") : publish::publish(p, "pdf"),
                      ContainsSubstring(program + " did not finish within 1s"));
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
    setenv("PATH", path.c_str(), 1);
  }
}

TEST_CASE("an interrupted publication stops") {
  const ScratchFolder folder;
  const std::atomic<bool> interrupted{true};
  auto p = two_chapter_publication(folder);
  p.stop = interrupted;
  bool stopped = false;
  try {
    publish::publish(p, "html");
  } catch (const std::exception&) {
  } catch (...) {
    stopped = true;
  }
  CHECK(stopped);
}

}  // namespace publish_test
