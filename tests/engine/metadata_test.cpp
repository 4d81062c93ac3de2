// Metadata as the report shows it: texts that are filled in and judged, names as they are written, one title for all.
#include "engine/sources/metadata.hpp"

#include <regex>

#include "bad_input.hpp"
#include "catch.hpp"
#include "engine/sources/metadata_form.hpp"
#include "support/build_context.hpp"
#include "system/process.hpp"

namespace metadata_test {

using namespace support;

namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// The page of one chapter, and what else was said.
struct Page {
  Report report;
  std::string text;

  Page(const std::string& metadata, const std::string& chapter, const std::string& bibliography = "") {
    if (!metadata.empty()) report.metadata(metadata);
    if (!bibliography.empty()) sys::write_file(report.settings.chapters / "references.bib", bibliography);
    report.chapter(chapter);
    report.settings.formats = {"html"};
    const auto summary = report.build();
    for (const auto& error : summary.untrue) UNSCOPED_INFO(manuscript::render(error, false));
    REQUIRE(summary.untrue.empty());
    text = report.read("report.html");
    text = text.substr(0, text.find("<meta http-equiv")) + text.substr(text.find("<title>"));
    text = std::regex_replace(text, std::regex("\\s+"), " ");
  }

  std::vector<std::string> warnings() const {
    std::vector<std::string> all;
    for (const auto& event : report.events)
      if (event.kind == engine::Event::Kind::warning) all.push_back(event.message);
    return all;
  }
};

/// A file out of an archive.
std::string unzipped(const fs::path& archive, const std::string& name) {
  sys::Command command;
  command.arguments = {"unzip", "-p", archive.string(), name};
  return sys::run(command).output;
}

const std::string cited = "@book{source, author = {Author, A.}, title = {A Book}, year = {2000}}\n";

}  // namespace

TEST_CASE("values, claims, references, citations, notes and macros work in the abstract as in the text") {
  const Page page(
      "title: 'Bowls of `bowl: steps`{.value} steps'\n"
      "abstract: |\n"
      "  In $\\Reals$ we take `bowl: steps`{.value} steps.[^n] [The loss falls]{.claim that=\"bowl: "
      "eta=0.019.loss-rises = 0\"}, as\n"
      "  @fig:bowl and @source show.\n\n"
      "  [^n]: A note of the abstract.\n",
      "\\newcommand{\\Reals}{\\mathbb{R}}\n\n# A bowl\n\n[^n]: A note of the chapter.\n\nText.[^n]\n\n" + bowl, cited);
  const std::string head = page.text.substr(0, page.text.find("<main"));
  CHECK(contains(head, "<title>Bowls of 20 steps</title>"));
  CHECK(contains(head, "Bowls of <span class=\"value\" title=\"bowl: steps\">20</span> steps</h1>"));
  CHECK(contains(head, "we take <span class=\"value\" title=\"bowl: steps\">20</span> steps."));
  CHECK(contains(head, "<span class=\"claim holds\">The loss falls"));
  CHECK(contains(head, "href=\"#fig:bowl\" class=\"reference\">Figure\u00A01.1</a>"));
  CHECK(contains(head, "href=\"#ref-source\""));
  CHECK(contains(head, "\\mathbb{R}</annotation>"));
  CHECK(contains(page.text, "A note of the abstract."));
  CHECK(contains(page.text, "A note of the chapter."));
  CHECK(contains(page.text, "id=\"claim-1\""));  // in the list of claims
}

TEST_CASE("a false claim in title, subtitle or abstract fails the build at its place, wherever the metadata stands") {
  const std::string claim = "[The loss rises]{.claim that=\"bowl: eta=0.019.loss-rises > 50\"}";
  const auto untrue = [&](const std::string& metadata, const std::string& chapter) {
    Report r;
    if (!metadata.empty()) r.metadata(metadata);
    r.chapter(chapter);
    r.settings.formats = {"json"};
    const auto summary = r.build();
    CHECK_FALSE(r.has("report.json"));
    REQUIRE(summary.untrue.size() == 1);
    const auto& place = summary.untrue[0].place;
    return fs::path(place.file).filename().string() + ":" + std::to_string(place.line) + ":" +
           std::to_string(place.column);
  };
  const std::string text = "# A bowl\n\n" + bowl;
  CHECK(untrue("title: '" + claim + "'\n", text) == "metadata.yaml:1:39");
  CHECK(untrue("title: A\nsubtitle: '" + claim + "'\n", text) == "metadata.yaml:2:42");
  CHECK(untrue("abstract: |\n  We say:\n  " + claim + ".\n", text) == "metadata.yaml:3:33");
  CHECK(untrue("abstract: >\n    We say:\n\n    - " + claim + ".\n", text) == "metadata.yaml:4:37");
  CHECK(untrue("author: [{name: Ada, affiliation: '" + claim + "'}]\n", text) == "metadata.yaml:1:66");
  CHECK(untrue("title: \"\\u00C4:\\n" + std::regex_replace(claim, std::regex("\""), "\\\"") + "\"\n", text) ==
        "metadata.yaml:1:49");
  CHECK(untrue("", "---\ntitle: A\nabstract: |\n  " + claim + "\n---\n\n" + text) == "01.md:4:33");
}

TEST_CASE("texts of the metadata are as they are written, though YAML knows numbers and truths") {
  const Page page("title: No\nsubtitle: 1.10\nlang: no\nauthor: 007\nkeywords: [yes, 1.10, 2e3, 0x1F, ~tilde]\n",
                  "# Kapittel\n");
  for (const char* part : {"<title>No</title>", "<h1>No</h1>", "<p class=\"subtitle\">1.10</p>", "<html lang=\"no\"",
                           "<span>007</span>", "content=\"yes, 1.10, 2e3, 0x1F, ~tilde\""}) {
    INFO(part);
    CHECK(contains(page.text, part));
  }
  const Page list("title: 1. Introduction\nsubtitle: '# Not a heading'\n", "# A\n");
  CHECK(contains(list.text, "<h1>1. Introduction</h1>"));
  CHECK(contains(list.text, "<p class=\"subtitle\"># Not a heading</p>"));
}

TEST_CASE("the report's metadata stand over a chapter's, and a clash is told at its place") {
  const std::string chapter =
      "---\ntitle: \"Methods\"\nauthor: Its Author\nlang: fr\nkeywords: [a]\n---\n\n# Methods\n";
  const Page page("title: The whole report\nauthor: Its Author\nlang: en-GB\n", chapter);
  CHECK(contains(page.text, "<h1>The whole report</h1>"));
  CHECK(contains(page.text, "<html lang=\"en-GB\""));
  CHECK(contains(page.text, "<meta name=\"keywords\" content=\"a\">"));
  const auto warnings = page.warnings();
  REQUIRE(warnings.size() == 2);
  CHECK(contains(warnings[0], "01.md:2:1: this 'title' does not count: "));
  CHECK(contains(warnings[0], "metadata.yaml:1 gives another"));
  CHECK(contains(warnings[1], "01.md:4:1: this 'lang' does not count"));

  const Page alone("", chapter);
  CHECK(alone.warnings().empty());
  CHECK(contains(alone.text, "<h1>Methods</h1>"));
  CHECK(contains(alone.text, "<html lang=\"fr\""));
}

TEST_CASE("of two chapters that name the report the first counts") {
  Report r;
  r.chapter("---\ntitle: One\n---\n\n# A\n");
  r.chapter("---\ntitle: Two\n---\n\n# B\n", "02.md");
  r.settings.formats = {"html"};
  r.build();
  CHECK(contains(r.read("report.html"), "<h1>One</h1>"));
  CHECK(std::any_of(r.events.begin(), r.events.end(),
                    [](const auto& e) { return contains(e.message, "02.md:2:1: this 'title' does not count"); }));
}

TEST_CASE("authors have affiliations, addresses and ORCIDs on the page") {
  const Page page(
      "title: T\nauthor:\n  - {name: Mara, affiliation: [Lund, Umeå], email: mara@lu.se, corresponding: true}\n"
      "  - {name: Ada, affiliation: Lund, orcid: https://orcid.org/0000-0002-1825-0097}\n  - Bob\n",
      "# A\n");
  for (const char* part : {"<span>Mara<sup>1,2,*</sup></span>, <span>Ada<sup>1</sup></span> and <span>Bob</span>",
                           "<li><sup>1</sup>Lund</li> <li><sup>2</sup>Umeå</li>",
                           "<sup>*</sup>Mara (corresponding author), <a href=\"mailto:mara@lu.se\">mara@lu.se</a>",
                           "<a href=\"https://orcid.org/0000-0002-1825-0097\">0000-0002-1825-0097</a>",
                           "<meta name=\"author\" content=\"Mara\">"}) {
    INFO(part);
    CHECK(contains(page.text, part));
  }
  const Page one("title: T\nauthor: [{name: Mara, affiliation: Lund}]\n", "# A\n");
  CHECK(contains(one.text, "<span>Mara</span>"));
  CHECK(contains(one.text, "<li>Lund</li>"));
}

TEST_CASE("authors and their affiliations are in EPUB and Word, and properties hold the names alone") {
  Report r;
  r.metadata("title: T\nauthor: [{name: Mara & Co, affiliation: Lund}]\nkeywords: [1.10, b]\n");
  r.chapter("# A\n");
  r.settings.formats = {"epub", "docx"};
  r.build();
  const fs::path epub = r.settings.output / "report.epub", docx = r.settings.output / "report.docx";
  CHECK(contains(unzipped(epub, "EPUB/text/title_page.xhtml"), "<li>Lund</li>"));
  CHECK(contains(unzipped(epub, "EPUB/content.opf"), ">Mara &amp; Co</dc:creator>"));
  CHECK(contains(unzipped(docx, "word/document.xml"), ">Lund<"));
  CHECK(contains(unzipped(docx, "docProps/core.xml"), "<dc:creator>Mara &amp; Co</dc:creator>"));
  CHECK(contains(unzipped(docx, "docProps/core.xml"), "<cp:keywords>1.10, b</cp:keywords>"));
}

TEST_CASE("sources stand where the chapters put them, else before what the program appends") {
  const std::string text =
      "# A bowl\n\n[The loss falls]{.claim that=\"bowl: eta=0.019.loss-rises = 0\"}, as in [@source].\n\n" + bowl;
  const auto order = [&](const std::string& metadata, const std::string& chapter) {
    const Page page(metadata, chapter, cited);
    const auto refs = page.text.find("id=\"refs\""), claims = page.text.find("<h1 class=\"unnumbered\" id=\"claims\"");
    REQUIRE(refs != std::string::npos);
    REQUIRE(claims != std::string::npos);
    CHECK(page.text.find("id=\"refs\"", refs + 1) == std::string::npos);
    const auto heading = page.text.rfind("</h1>", refs);
    return std::string(refs < claims ? "before" : "after") + " " + page.text.substr(heading - 10, 10);
  };
  CHECK(order("", text + "\n# References {-}\n") == "before References");
  CHECK(order("", text + "\n# My Sources\n") == "before My Sources");
  CHECK(order("reference-section-title: Literature\n", text) == "before Literature");
  CHECK(order("", text).starts_with("before"));
  CHECK(order("", "# My Sources\n\n::: {#refs}\n:::\n\n" + text) == "before My Sources");
}

TEST_CASE("sources that the metadata describes can be cited") {
  const Page page(
      "title: T\nreferences:\n  - {id: own, type: book, title: Own Work, author: [{family: Own, given: A.}], issued: "
      "{year: 1999}}\n",
      "# A\n\nAs [@own] says.\n");
  CHECK(contains(page.text, "id=\"ref-own\""));
  CHECK(contains(page.text, "<em>Own Work</em>"));
}

TEST_CASE("languages' tags are those of BCP 47") {
  for (const char* tag : {"en", "en-GB", "de-CH-1996", "sr-Latn-RS", "es-419", "zh-Hant", "nds", "en-x-scots", "NO"})
    CHECK(engine::refusal_of_language(tag).empty());
  for (const char* tag : {"", "english", "en_GB", "gb", "e", "en-", "en-GB-x", "1", "de-de-de"})
    CHECK_FALSE(engine::refusal_of_language(tag).empty());
}

TEST_CASE("an ORCID ends with its checksum") {
  CHECK(engine::is_orcid("0000-0002-1825-0097"));
  CHECK(engine::is_orcid("0000-0002-1694-233X"));
  for (const char* id : {"0000-0002-1825-0098", "0000000218250097", "0000-0002-1825-009", "0000-0002-1694-233x"})
    CHECK_FALSE(engine::is_orcid(id));
}

}  // namespace metadata_test
