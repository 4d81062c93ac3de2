// How a document is laid out: paper, class, contents, lists, appendices, draft, colours, fonts, a style of citations,
// and the folder for LaTeX; each in the formats that have it.
#include <regex>

#include "cairo/palette.hpp"
#include "catch.hpp"
#include "engine/sources/citation_style.hpp"
#include "publish/images/image_bytes.hpp"
#include "support/build_context.hpp"
#include "system/process.hpp"

namespace layout_test {

using namespace support;

namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string output_of(std::vector<std::string> arguments, const fs::path& folder = ".") {
  sys::Command command;
  command.arguments = std::move(arguments);
  command.directory = folder;
  return sys::run(command).output;
}

std::string spaced(const std::string& text) {
  return std::regex_replace(std::regex_replace(text, std::regex("\u00A0"), " "), std::regex("\\s+"), " ");
}

/// A report of one chapter in some formats.
struct Laid {
  Report report;

  Laid(const std::string& metadata, const std::string& chapter, std::vector<std::string> formats,
       const std::string& bibliography = "") {
    report.metadata(metadata);
    if (!bibliography.empty()) sys::write_file(report.settings.chapters / "references.bib", bibliography);
    report.chapter(chapter);
    report.settings.formats = std::move(formats);
  }

  Laid& built() {
    REQUIRE(report.build().untrue.empty());
    return *this;
  }

  fs::path file(const std::string& name) const { return report.settings.output / name; }
  std::string page() const {
    const std::string text = report.read("report.html");
    return spaced(text.substr(text.find("<body")));
  }
  std::string print() const { return spaced(output_of({"pdftotext", "-layout", file("report.pdf").string(), "-"})); }
  std::string word(const std::string& part = "word/document.xml") const {
    return output_of({"unzip", "-p", file("report.docx").string(), part});
  }
  std::string word_text() const { return spaced(std::regex_replace(word(), std::regex("<[^>]*>"), "")); }
  std::string book() const {
    return spaced(std::regex_replace(output_of({"unzip", "-p", file("report.epub").string(), "EPUB/text/*"}),
                                     std::regex("<[^>]*>"), ""));
  }
  std::string facts() const { return output_of({"pdfinfo", file("report.pdf").string()}); }
};

const std::string picture = "![**A picture.** And more of it.](p.png){#fig:p}\n\n";
const std::string table = "| a | b |\n|---|---|\n| 1 | 2 |\n\n: Two numbers. In a table. {#tbl:t}\n\n";

void with_picture(const Laid& laid) {
  sys::write_file(laid.report.settings.chapters / "p.png",
                  sys::read_file(source_folder() / "tests/engine/images/upright.png"));
}

const std::string cited = "@book{knuth, author = {Knuth, Donald}, title = {The Book}, year = {1984}}\n";

/// A style of one kind: numbers, or notes.
std::string style(const std::string& kind) {
  const std::string layout = kind == "note" ? "<names variable=\"author\"/>" : "<text variable=\"citation-number\"/>";
  const std::string marks = kind == "note" ? "" : " prefix=\"[\" suffix=\"]\"";
  return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
         "<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"" +
         std::string(kind == "note" ? "note" : "in-text") +
         "\" version=\"1.0\">\n<info><title>T</title><id>t</id><updated>2026-01-01T00:00:00+00:00</updated></info>\n"
         "<citation><layout" +
         marks + ">" + layout +
         "</layout></citation>\n"
         "<bibliography><layout>" +
         (kind == "note" ? "" : "<text variable=\"citation-number\" suffix=\". \"/>") +
         "<names variable=\"author\"/><text variable=\"title\" prefix=\", \"/></layout></bibliography>\n</style>\n";
}

}  // namespace

TEST_CASE("a paper has its size in print, in Word and when the page is printed") {
  struct Size {
    const char *name, *points, *wide, *high, *css;
  };
  for (const Size& size :
       {Size{"letter", "612 x 792 pts (letter)", "w:w=\"12240\"", "w:h=\"15840\"", "size: 215.9mm 279.4mm"},
        Size{"a5", "419.528 x 595.276 pts", "w:w=\"8391\"", "w:h=\"11906\"", "size: 148mm 210mm"}}) {
    INFO(size.name);
    Laid laid("papersize: " + std::string(size.name) + "\n", "# One\n\n" + bowl, {"pdf", "html", "docx"});
    laid.built();
    CHECK(contains(laid.facts(), size.points));
    CHECK(contains(laid.word(), size.wide));
    CHECK(contains(laid.word(), size.high));
    CHECK(contains(laid.report.read("report.html"), size.css));
    for (const auto& event : laid.report.events) CHECK(event.kind != engine::Event::Kind::warning);
  }
}

TEST_CASE("on a paper without a margin figures are as wide as the text at most, and run no experiment again") {
  Laid laid("papersize: a4\n", "# One\n\n" + bowl + "\n" + flow, {"json"});
  laid.built();
  laid.report.metadata("papersize: b5\n");
  laid.built();
  CHECK(laid.report.ran().empty());
  for (const char* name : {"bowl", "flow"}) {
    const std::string size = output_of({"pdfinfo", laid.file("figures/" + std::string(name) + ".pdf").string()});
    std::smatch width;
    REQUIRE(std::regex_search(size, width, std::regex("Page size: +([0-9.]+)")));
    CHECK(std::stod(width[1]) <= 117 / 25.4 * 72 + 0.1);
  }
}

TEST_CASE("an article has sections and counts figures, tables and equations through") {
  Laid laid("class: article\ntitle: An article\n",
            "# One {#sec:one}\n\nSee @sec:one, @fig:p, @tbl:t and @eq:e.\n\n" + picture + table +
                "# Two\n\n$$ a $$ {#eq:e}\n",
            {"pdf", "html", "docx", "epub"});
  with_picture(laid);
  laid.built();
  const std::string sentence = "See Section 1, Figure 1, Table 1 and Equation (1).";
  CHECK(contains(laid.print(), sentence));
  CHECK(contains(spaced(std::regex_replace(laid.page(), std::regex("<[^>]*>"), "")), sentence));
  CHECK(contains(laid.word_text(), sentence));
  CHECK(contains(laid.book(), sentence));
  CHECK(contains(laid.facts(), "Pages:           1\n"));  // nothing begins a page
}

TEST_CASE("the contents have as many levels as they are to have, or are left out") {
  const std::string chapter = "# One\n\n## Two\n\n### Three\n\nText.\n";
  const auto contents = [&](const std::string& metadata) {
    Laid laid(metadata, chapter, {"html", "docx"});
    laid.built();
    const std::string page = laid.page();
    const auto begin = page.find("<nav class=\"contents\""), end = page.find("</nav>");
    return (begin == std::string::npos
                ? ""
                : std::regex_replace(page.substr(begin, end - begin), std::regex("<[^>]*>"), "")) +
           (contains(laid.word(), "TOC \\o") ? " Word" : "");
  };
  CHECK(contents("toc: false\n").empty());
  CHECK_FALSE(contains(contents("toc: 1\n"), "Two"));
  CHECK(contains(contents("toc: true\n"), "Two"));
  CHECK_FALSE(contains(contents("toc: true\n"), "Three"));
  CHECK(contains(contents("toc: 3\n"), "Three"));
  CHECK(contains(contents("toc: 3\n"), "Word"));
}

TEST_CASE("lists of figures and tables name what bears a number, by its short caption, in every format") {
  const std::string chapter = "# One\n\n" + picture +
                              "![Long words here.](p.png){#fig:q short-caption=\"Short $x$\"}\n\n" +
                              "```{.figure #fig:bowl}\nexperiment: quadratic-bowl\nsteps: 20\nshort-caption: After "
                              "{{steps}} steps\ncaption: Long.\n```\n\n" +
                              table + "# Proofs {.appendix}\n\n![In an appendix. Yes.](p.png){#fig:r}\n\n";
  Laid laid("lof: true\nlot: true\n", chapter, {"pdf", "html", "docx", "epub", "json"});
  with_picture(laid);
  laid.built();
  for (const std::string& text : {laid.print(), laid.word_text(), laid.book(),
                                  spaced(std::regex_replace(laid.page(), std::regex("<[^>]*>"), ""))}) {
    CHECK(contains(text, "List of figures"));
    CHECK(std::regex_search(text, std::regex("Figure 1\\.1 A picture( |Figure)")));
    CHECK(contains(text, "Figure 1.2 Short"));
    CHECK(contains(text, "Figure 1.3 After 20 steps"));
    CHECK(std::regex_search(text, std::regex("Figure A\\.1 In an appendix[ .A-Z0-9]")));
    CHECK(contains(text, "List of tables"));
    CHECK(contains(text, "Table 1.1 Two numbers"));
    CHECK_FALSE(contains(text, "short-caption"));
  }
  CHECK_FALSE(contains(laid.report.read("report.html"), "data-short-caption"));
}

TEST_CASE("appendices are lettered, and so is what is in them, in every format") {
  const std::string chapter =
      "# One {#sec:one}\n\nSee @sec:a, @sec:b, @sec:in, @fig:p, @eq:e.\n\n# Proofs {#sec:a .appendix}\n\n" + picture +
      "## Within {#sec:in}\n\n# More {#sec:b .appendix}\n\n$$ a $$ {#eq:e}\n";
  Laid laid("title: T\n", chapter, {"pdf", "html", "docx", "epub"});
  with_picture(laid);
  laid.built();
  const std::string sentence = "See Appendix A, Appendix B, Section A.1, Figure A.1, Equation (B.1).";
  const std::string page = laid.page();
  for (const std::string& text :
       {laid.print(), laid.word_text(), laid.book(), spaced(std::regex_replace(page, std::regex("<[^>]*>"), ""))}) {
    CHECK(contains(text, sentence));
    CHECK(std::regex_search(text, std::regex("A ?Proofs")));
    CHECK(std::regex_search(text, std::regex("A\\.1 ?Within")));
    CHECK(std::regex_search(text, std::regex("B ?More")));
  }
}

TEST_CASE("a draft says so on its pages and in its properties, and every build warns of it") {
  Laid laid("title: T\ndate: 2026-01-31\ndraft: true\n", "# One\n\nText.\n", {"pdf", "html", "docx", "epub"});
  const auto warned = [&] {
    return std::any_of(laid.report.events.begin(), laid.report.events.end(), [](const auto& event) {
      return event.kind == engine::Event::Kind::warning &&
             contains(event.message, "metadata.yaml:3:1: this is a draft");
    });
  };
  laid.built();
  CHECK(warned());
  laid.built();  // nothing is stale
  CHECK(warned());
  CHECK(contains(laid.print(), "Draft, 31 January 2026"));
  CHECK(contains(laid.facts(), "T (draft)"));
  CHECK(contains(laid.report.read("report.html"), "<title>T (draft)</title>"));
  CHECK(contains(laid.page(), "data-draft=\"Draft\""));
  CHECK(contains(laid.word_text(), "Draft, 31 January 2026"));
  CHECK(contains(laid.book(), "Draft, 31 January 2026"));
  laid.report.metadata("title: T\ndate: 2026-01-31\ndraft: false\n");
  laid.built();
  CHECK_FALSE(warned());
  CHECK_FALSE(contains(laid.print(), "Draft"));
  CHECK_FALSE(contains(laid.page(), "raft"));
}

TEST_CASE("lines are numbered in print alone") {
  Laid laid("linenumbers: true\n", "# One\n\nText.\n\n$$ a $$\n\nMore.\n", {"pdf", "html"});
  laid.built();
  CHECK(contains(laid.print(), "1 1 One 2 Text. 3"));
  CHECK_FALSE(contains(laid.page(), "2 Text"));
}

TEST_CASE("colours of series and links follow the metadata in figures and pages, and are lightened for the dark") {
  Laid laid("colours: {blue: \"#00509e\", link: \"#8a1c4a\"}\n", "# One\n\n[a](https://example.org)\n\n" + bowl,
            {"html", "tex"});
  laid.built();
  const std::string page = laid.report.read("report.html");
  CHECK(contains(page, "--ink-blue: #00509e;"));
  CHECK(contains(page, ":root { --link: #8a1c4a; }"));
  CHECK(contains(laid.report.read("tex/report.tex"), "{reportlink}{HTML}{8A1C4A}"));
  const auto& looks = laid.report.project().metadata.looks;
  const auto dark = cairo::line_color(plot::Ink::blue, cairo::Theme::dark, looks.inks);
  const auto paper = cairo::line_color(plot::Ink::background, cairo::Theme::dark);
  CHECK(cairo::contrast(dark, paper) >= 3);
  CHECK(dark != cairo::line_color(plot::Ink::blue, cairo::Theme::dark));
  CHECK(cairo::contrast(cairo::text_color(plot::Ink::blue, cairo::Theme::dark, looks.inks), paper) >= 4.5);
}

TEST_CASE("a document is set in the fonts that it names, in print and on the page") {
  Laid laid("fonts: {body: termes, mono: cursor}\n", "# One\n\n*Text* and `code` with $x^2$.\n", {"pdf", "html"});
  laid.built();
  const std::string fonts = output_of({"pdffonts", laid.file("report.pdf").string()});
  CHECK(contains(fonts, "TeXGyreTermes-Regular"));
  CHECK(contains(fonts, "TeXGyreCursor"));
  CHECK_FALSE(contains(fonts, "Pagella"));
  const std::string page = laid.report.read("report.html");
  CHECK(contains(page, "--serif: \"TeX Gyre Termes\""));
  CHECK(contains(page, "font-family: \"TeX Gyre Termes\"; font-style: italic"));
  CHECK(contains(page, "math { font-family: \"TeX Gyre Termes Math\""));
}

TEST_CASE("a style of citations of the document's own sets numbers or notes in every format") {
  for (const std::string kind : {"number", "note"}) {
    INFO(kind);
    Laid laid("csl: own.csl\n", "# One\n\nAs said.[@knuth]\n\n# References\n", {"pdf", "html", "docx", "epub"}, cited);
    sys::write_file(kind == "note" ? laid.report.path / "own.csl" : laid.report.settings.chapters / "own.csl",
                    style(kind));
    laid.built();
    const std::string page = laid.page();
    const std::string plain = spaced(std::regex_replace(page, std::regex("<[^>]*>"), ""));
    if (kind == "note") {
      CHECK(contains(page, "class=\"footnote-ref\""));
      CHECK(contains(laid.word("word/footnotes.xml"), "Knuth"));
      CHECK(contains(laid.print(), "1 Donald Knuth"));
    } else {
      for (const std::string& text : {laid.print(), plain, laid.word_text(), laid.book()}) {
        CHECK(contains(text, "As said.[1]"));
        CHECK(std::regex_search(text, std::regex("1\\. ?Donald Knuth, The book")));
      }
    }
  }
}

TEST_CASE("what is wrong with a style of citations is told at its place in it") {
  const auto said = [](const std::string& text) {
    const auto faults = engine::faults_of_style({"own.csl", text});
    REQUIRE(faults.size() == 1);
    return manuscript::render(faults[0], false);
  };
  CHECK(engine::faults_of_style({"own.csl", style("note")}).empty());
  CHECK(contains(said(""), "own.csl: error: this is not a style of citations (CSL)"));
  CHECK(contains(said("<html><citation/></html>"), "own.csl:1:1: error: this is not a style"));
  CHECK(contains(said("<style>\n<citation>\n</style>\n"),
                 "own.csl:3:1: error: </style> closes nothing that is open here"));
  CHECK(contains(said("<style>\n  <citation>\n"), "own.csl:2:3: error: <citation> is never closed"));
  CHECK(contains(said("<style>\n  <citation\n"), "own.csl:2:3: error: this tag is never ended"));
  CHECK(contains(said("<style><!-- a\n</style>\n"), "own.csl:1:8: error: this markup is never ended"));
  CHECK(contains(said("<!DOCTYPE style SYSTEM \"/etc/passwd\">\n<style/>\n"),
                 "own.csl:1:1: error: a style has no declarations"));
  CHECK(contains(said("<style><info><link rel=\"independent-parent\" href=\"x\"/></info></style>"),
                 "own.csl:1:1: error: this style only names another one"));
  CHECK(contains(said("<style><info/></style>"), "error: this style says nothing of citations"));
  CHECK(contains(said("<style><citation/></style><style/>"),
                 "own.csl:1:27: error: <style> stands behind the end of the style"));
}

TEST_CASE("the folder for LaTeX compiles by itself to the pages of the PDF, and is the same each time") {
  const std::string chapter = "# One\n\n" + bowl + "\n" + picture + table +
                              "See @fig:bowl and @knuth.\n\n# Two\n\n## Sub\n\nText.\n\n# References\n";
  Laid laid("title: T\nlof: true\n", chapter, {"pdf", "tex"}, cited);
  with_picture(laid);
  laid.built();
  const support::ScratchFolder alone;
  fs::copy(laid.file("tex"), alone.path() / "x", fs::copy_options::recursive);
  for (int pass = 0; pass < 2; ++pass)
    output_of({"pdflatex", "-interaction=nonstopmode", "report.tex"}, alone.path() / "x");
  const auto text = [](const fs::path& pdf) { return output_of({"pdftotext", "-layout", pdf.string(), "-"}); };
  CHECK(text(alone.path() / "x" / "report.pdf") == text(laid.file("report.pdf")));
  CHECK_FALSE(text(laid.file("report.pdf")).empty());

  const auto manifest = laid.report.json("manifest.json");
  CHECK(manifest["documents"]["tex"]["file"] == "tex/report.tex");
  for (const auto& item : fs::recursive_directory_iterator(laid.file("tex")))
    if (item.is_regular_file())
      CHECK(manifest["files"].contains(item.path().lexically_relative(laid.file("")).string()));

  const auto before = laid.report.output();
  laid.built();  // nothing to do
  CHECK(laid.report.output() == before);
  Laid again("title: T\nlof: true\n", chapter, {"tex"}, cited);
  with_picture(again);
  again.built();
  CHECK(again.report.read("tex/report.tex") == laid.report.read("tex/report.tex"));

  laid.report.chapter("# One\n\nText.\n");  // what is no longer in it goes, what is the author's stays
  sys::write_file(laid.file("tex/mine.txt"), "x");
  laid.built();
  CHECK_FALSE(laid.report.has("tex/figures/bowl.pdf"));
  CHECK(laid.report.has("tex/mine.txt"));
}

TEST_CASE("a figure's picture can be had at any resolution, and says which") {
  Laid laid("title: T\n", "# One\n\n" + bowl, {"json"});
  const auto project = laid.report.project();
  const auto files = engine::rerun(project, {"fig:bowl"}, laid.report.settings, nullptr, laid.report.interrupted, 300);
  REQUIRE(files.size() == 1);
  const fs::path png = laid.file("figures/bowl@300dpi.png");
  CHECK(std::find(files[0].files.begin(), files[0].files.end(), png) != files[0].files.end());
  const std::string bytes = sys::read_file(png);
  CHECK(bytes.substr(33, 8) == std::string("\0\0\0\x09pHYs", 8));
  const std::string usual = sys::read_file(laid.file("figures/bowl.png"));
  CHECK(publish::pixel_size(bytes).width == Approx(publish::pixel_size(usual).width * 300 / 192.0).margin(2));
  CHECK(publish::natural_width_mm(bytes) == Approx(publish::pixel_size(bytes).width / 300.0 * 25.4).epsilon(1e-3));
  CHECK(laid.report.json("manifest.json")["files"].contains("figures/bowl@300dpi.png"));
}

}  // namespace layout_test
