// The page made unit by unit has the bytes of the page made as a whole, whatever is edited.
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <random>

#include "catch.hpp"
#include "places.hpp"
#include "publish/page/chapter_names.hpp"
#include "publish/page/kept_pandoc.hpp"
#include "publish/page/page_parts.hpp"
#include "publish/page/sections.hpp"
#include "publish/page/unit_heads.hpp"
#include "publish/publish.hpp"
#include "support/scratch_folder.hpp"
#include "system/files.hpp"

namespace page_in_units_test {

namespace fs = std::filesystem;
using namespace publish;

namespace {

using support::ScratchFolder;
using Texts = std::vector<std::string>;

/// A document whose page is made again after each edit.
struct Author {
  ScratchFolder folder;
  Publication p;
  KeptPandoc kept;

  explicit Author(const Texts& chapters) {
    for (std::size_t k = 0; k < chapters.size(); ++k) {
      p.chapters.push_back(folder.path() / "chapters" / fmt::format("{:03}.md", k + 1));
      write(k, chapters[k]);
    }
    p.theme = source_folder() / "render" / "theme";
    p.work = folder.path() / "work";
    p.date = "2026-01-31";
    p.layout.has_contents = true;
  }
  /// As `watch` does.
  void keep_pandoc() {
    fs::create_directories(p.work / "html");
    kept.make_ready(p.theme, p.work / "html");
    p.pandoc = &kept;
  }
  void write(std::size_t k, const std::string& text) const { sys::write_file(p.chapters[k], text); }

  std::string page() const { return publish::publish(p, "html").bytes; }

  /// In a folder of its own, without anything that is known of before.
  std::string page_at_once() const {
    Publication anew = p;
    anew.in_units = false;
    anew.work = folder.path() / "anew";
    fs::remove_all(anew.work);
    return publish::publish(anew, "html").bytes;
  }

  /// How many units Pandoc last read alone; none where it read the whole text.
  int alone() const {
    const std::string table = sys::read_file(p.work / "html/publication.lua");
    const auto number = [&](const std::string& key) {
      const auto at = table.find("[\"" + key + "\"]=");
      return at == std::string::npos ? 0 : std::stoi(table.substr(at + key.size() + 5));
    };
    return number("first") == 0 ? 0 : number("last") - number("first") + 1;
  }
  bool was_alone() const { return alone() > 0; }

  std::vector<std::string> warnings() const { return publish::publish(p, "html").warnings; }
  std::vector<std::string> warnings_at_once() const {
    Publication anew = p;
    anew.in_units = false;
    anew.work = folder.path() / "anew";
    return publish::publish(anew, "html").warnings;
  }
};

const std::string first =
    "# One {#sec:one}\n\nA word.^[A note.] See @sec:two and @eq:sum.\n\n\\newcommand{\\R}{\\mathbb{R}}\n\n## "
    "Summary\n\n"
    "```python\nx = 1\n```\n\nCited [@knuth, p. 3].\n\n[home]: https://example.org\n";
const std::string second =
    "# Two {#sec:two}\n\nIn $\\R^2$, see @sec:one.^[Another, of @knuth.] Then[^own].\n\n[^own]: In its own words.\n\n"
    "$$ a + b $$ {#eq:sum}\n\n## Summary\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n: A table. {#tbl:t}\n\n"
    "```python\ny = 2\n```\n\nWritten by @lamport and @knuth.\n";
const std::string third =
    "# Three\n\nAs in @tbl:t and @sec:two.^[A third.]\n\n```python\nz = 3\n```\n\n## Summary\n\nThe end.\n";
const std::string sources =
    "@book{knuth, author = {Knuth, Donald E.}, title = {The Art}, year = {1968}, publisher = {A}}\n"
    "@book{lamport, author = {Lamport, Leslie}, title = {Tex}, year = {1986}, publisher = {B}}\n"
    "@book{later, author = {Knuth, Donald E.}, title = {Another}, year = {1968}, publisher = {C}}\n";

std::string with(std::string text, const std::string& what, const std::string& by) {
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

struct Cited : Author {
  Cited() : Author({first, second, third}) {
    p.bibliography = folder.path() / "references.bib";
    sys::write_file(p.bibliography, sources);
  }
};

struct Edit {
  std::size_t chapter;
  std::string what, by;
  bool is_alone;  // Pandoc reads this chapter and no other
};

}  // namespace

TEST_CASE("an edit gives the page that the whole text gives, and mostly one chapter is read") {
  const Texts texts{first, second, third};
  const std::vector<Edit> edits{{1, "Written by", "Thought of and written by", true},
                                {0, "A word.", "A word, or two.", true},
                                {2, "The end.", "The very end, for *now*, with $x^2$.", true},
                                {1, "In its own words.", "In its own words, and more.", true},
                                {1, "see @sec:one", "see @eq:sum and @sec:one", true},
                                {0, "A word.", "A word.^[A note before.]", true},  // later notes have other numbers
                                {1, "```python\ny = 2\n```", "Nothing.", true},    // and later blocks of code
                                {2, "The end.", "The end, in $\\R$.", true},       // by the first chapter's macro
                                {2, "The end.", "```r\nw <- 1\n```", true},
                                {1, "| 1 | 2 |", "| 1 | 3 |\n| 4 | 5 |", true},
                                {1, "## Summary", "## Résumé", false},  // stands in the contents
                                {0, "## Summary", "### Summary", false},
                                {1, "$$ a + b $$ {#eq:sum}", "$$ c $$ {#eq:new}\n\n$$ a + b $$ {#eq:sum}", false},
                                {0, "\\mathbb{R}", "\\mathbf{R}", false},
                                {1, "@lamport and @knuth", "@knuth and @lamport", false},  // other citations
                                {0, "[@knuth, p. 3]", "[see @knuth, p. 4]", false},
                                {1, "@lamport and @knuth", "@later and @knuth", false},  // tells two of one year apart
                                {2, "The end.", "The end, at [home].", false},  // the first chapter says where that is
                                {2, "The end.", "The end, see [One].", false},  // a heading's words
                                {2, "# Three", "# Three {-}", false},
                                {2, "# Three", "## Three", false},
                                {2, "# Three\n", "# Appendix {.appendix}\n", false},
                                {0, "[home]: https://example.org", "", false},
                                {2, "The end.", "", false},  // the heading at the end may wait for the list of sources

                                {2, "The end.", "::: note\nThe end.\n:::", true},
                                {0, "A word.", "A\tword.\r\n\n\ta\tb", true},
                                {2, "The end.", "<div>", false},
                                {2, "The end.", "(@) An example.", false}};
  REQUIRE(Cited().page() == Cited().page_at_once());
  for (const Edit& edit : edits)
    for (const bool is_kept : {false, true}) {
      INFO(edit.what << " -> " << edit.by << (is_kept ? ", by the Pandoc at hand" : ""));
      Cited author;
      if (is_kept) author.keep_pandoc();
      author.page();
      author.write(edit.chapter, with(texts[edit.chapter], edit.what, edit.by));
      const std::string page = author.page();
      CHECK(author.was_alone() == edit.is_alone);
      CHECK(page == author.page_at_once());
      if (is_kept && edit.is_alone) CHECK(author.kept.answers() == (edit.by.find('\t') == std::string::npos ? 1 : 0));
    }
}

TEST_CASE("what stands before and behind a citation may depend on how it is set") {
  // The space before a raised number goes, and so does the full stop behind a citation that ends with its own.
  const std::string style = R"(<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
<info><title>T</title><id>t</id><updated>2026-01-01T00:00:00+00:00</updated></info>
<citation><layout LAYOUT><text variable="VARIABLE"/></layout></citation>
<bibliography><layout><text variable="title"/></layout></bibliography></style>
)";
  const std::vector<std::pair<std::string, std::string>> layouts{
      {"vertical-align=\"sup\"", "citation-number"}, {"suffix=\".\"", "title"}, {"prefix=\"[\" suffix=\"]\"", "title"}};
  for (const auto& [layout, variable] : layouts) {
    INFO(layout);
    Cited author;
    author.p.citation_style = author.folder.path() / "own.csl";
    sys::write_file(author.p.citation_style, with(with(style, "LAYOUT", layout), "VARIABLE", variable));
    author.keep_pandoc();
    author.page();
    author.write(0, with(first, "Cited [@knuth, p. 3].", "Now it is cited [@knuth, p. 3]. So."));
    CHECK(author.page() == author.page_at_once());
    CHECK(author.was_alone());
  }
}

TEST_CASE("a Pandoc at hand that has ended, or gave up, is no matter") {
  Cited author;
  author.keep_pandoc();
  author.page();
  for (const auto* by : {"## Résumé", "## Once more"}) {  // the filter gives up, and ends
    author.write(1, with(second, "## Summary", by));
    CHECK(author.page() == author.page_at_once());
  }
  author.keep_pandoc();
  author.write(1, with(second, "Written by", "Written, again, by"));
  CHECK(author.page() == author.page_at_once());
  author.page();
  author.write(1, with(second, "Written by", "Written well by"));
  author.keep_pandoc();
  CHECK(author.page() == author.page_at_once());
  CHECK(author.kept.answers() > 0);
  fs::remove_all(author.p.work / "html");  // as `clean` does
  author.write(1, second);
  CHECK(author.page() == author.page_at_once());
}

TEST_CASE("several edits one after another, and back") {
  const Cited author;
  const std::string before = author.page();
  author.write(0, with(first, "A word.^[A note.]", "A word."));
  author.write(2, with(third, "The end.", "The end.^[Of all.]"));
  CHECK(author.page() == author.page_at_once());
  CHECK(author.was_alone());
  author.write(0, first);
  author.write(2, third);
  CHECK(author.page() == before);
  author.write(1, with(second, "## Summary", "## Sum"));
  CHECK(author.page() == author.page_at_once());
  author.write(1, second);
  CHECK(author.page() == before);
}

TEST_CASE("whatever else changes makes the page anew") {
  Cited author;
  author.page();
  const auto anew = [&] {
    const bool is_same = author.page() == author.page_at_once();
    return is_same && !author.was_alone();
  };
  author.p.layout.has_contents = false;
  CHECK(anew());
  author.p.metadata.push_back({{"key", "title"}, {"form", "line"}, {"value", "A title"}});
  CHECK(anew());
  sys::write_file(author.p.bibliography, with(sources, "1968", "1969"));
  CHECK(anew());
  author.p.chapters.pop_back();
  author.write(1, with(second, "## Summary", "Text."));
  CHECK(anew());
}

TEST_CASE("a section is read alone, and the whole chapter where its sections share a note") {
  const std::string chapter =
      "# One {#sec:one}\n\nA word.\n\n## Results\n\nIn A.[^n]\n\n### Deep\n\nIn the deep, $x$.^[Its own.]\n\n"
      "```python\nx\n```\n\n## Results {-}\n\nIn B.\n\n```\n# no heading\n\n# of any kind\n```\n\n    indented\n\n"
      "::: note\n\n## Within\n\nIn the division.\n\n:::\n\n## Last\n\nIn C.\n\n[^n]: The note.\n";
  struct SectionEdit {
    std::string what, by;
    int units;
  };
  const std::vector<SectionEdit> edits{
      {"A word.", "A word, see @sec:two.", 1},
      {"In the deep", "Deep down, at @eq:sum", 1},
      {"In B.", "In *B*.^[More.]", 1},
      {"    indented\n", "Text.\n", 1},  // a block of code that Pandoc counts without showing its number
      {"In B.", "    more\n\n```r\ny\n```", 1},
      {"In the division.", "In this division.", 1},
      {"In A.", "There, in A", 5},
      {"The note.", "The *note*.", 5},
      {"A word.", "A word.[^n]", 5},
      {"### Deep", "### Down", 0},
      {"### Deep", "## Deep", 0},
      {"## Last", "Last", 0},
      {"In C.", "In C.\n\n## More\n\nOf it.", 0},
  };
  for (const auto& edit : edits)
    for (const bool is_kept : {false, true}) {
      INFO(edit.what << " -> " << edit.by << (is_kept ? ", by the Pandoc at hand" : ""));
      Author author(
          {chapter, "# Two {#sec:two}\n\n## Results\n\nText.^[A note.]\n\n```r\nz\n```\n\n$$ a $$ {#eq:sum}\n"});
      if (is_kept) author.keep_pandoc();
      CHECK(author.page() == author.page_at_once());
      author.write(0, with(chapter, edit.what, edit.by));
      CHECK(author.page() == author.page_at_once());
      CHECK(author.alone() == edit.units);
    }
}

TEST_CASE("several sections of a chapter are read together, and few chapters at once") {
  const auto text = [](int k, const std::string& words) {
    return fmt::format("# Chapter {0}\n\n{1}\n\n## A\n\nText.\n\n## B\n\n{1}\n\n## C\n\nText.\n", k, words);
  };
  Author author({text(1, "One."), text(2, "One."), text(3, "One."), text(4, "One.")});
  author.page();
  author.write(1, text(2, "Two."));
  CHECK(author.page() == author.page_at_once());
  CHECK(author.alone() == 3);
  for (int k = 0; k < 4; ++k) author.write(static_cast<std::size_t>(k), text(k + 1, "Three."));
  CHECK(author.page() == author.page_at_once());
  CHECK(author.alone() == 0);
}

TEST_CASE("where a section begins what it does not end, the chapters are the units") {
  const std::string chapter = "# One\n\n<DIV>\n\n## Within\n\nText.\n\n</DIV>\n\n## Behind\n\nThe end.\n";
  Author author({chapter, "# Two\n\nText.\n\n## Last\n\nText.\n"});
  CHECK(author.page() == author.page_at_once());
  author.write(0, with(chapter, "The end.", "The very end."));
  CHECK(author.page() == author.page_at_once());
  CHECK(author.alone() == 1);
}

TEST_CASE("a link's address in one chapter counts in another that uses it") {
  Author author({"# One\n\nText.\n\n[home]: https://example.org\n", "# Two\n\nIt is at [home].\n"});
  author.page();
  author.write(0, "# One\n\nText.\n\n[home]: https://example.com\n");
  CHECK(author.page() == author.page_at_once());
  CHECK(author.page().find("example.com") != std::string::npos);
}

TEST_CASE("warnings are told at every build, and an edit elsewhere reads one section") {
  const std::string doubtful = "# Two\n\nText.\n\n## Links\n\nA [link](odd:address).\n\n[a]: x\n\n[a]: y\n";
  for (const bool is_kept : {false, true}) {
    INFO("by " << (is_kept ? "the Pandoc at hand" : "a new one"));
    Cited author;
    author.write(0, "# One\n\nAs @nobody says.\n");
    author.write(1, doubtful);
    author.write(2, "# Three\n\nThe end.\n");
    if (is_kept) author.keep_pandoc();
    const auto before = author.warnings();
    CHECK(before.size() == 3);
    CHECK(before == author.warnings_at_once());
    CHECK(author.warnings() == before);
    author.write(2, "# Three\n\nAn end.\n");
    CHECK(author.warnings() == author.warnings_at_once());
    author.write(2, "# Three\n\nAnother end.\n");
    CHECK(author.page() == author.page_at_once());
    CHECK(author.alone() == 1);
    CHECK(author.warnings() == before);
    // Above what is warned of, in the same section, and in one before it: their lines are the chapter's.
    author.write(1, with(doubtful, "Text.", "Text,\n\nin more lines."));
    CHECK(author.warnings() == author.warnings_at_once());
    CHECK(author.alone() == 1);
    author.write(1, with(doubtful, "A [link]", "In more\n\nlines, a [link]"));
    CHECK(author.warnings() == author.warnings_at_once());
    author.write(1, with(doubtful, "A [link](odd:address)", "Two [links](odd:address), and [another](odder:address)"));
    CHECK(author.warnings() == author.warnings_at_once());
    author.write(1, with(doubtful, "A [link](odd:address).", "None."));
    CHECK(author.warnings() == author.warnings_at_once());
    CHECK(author.warnings().size() == 2);
    CHECK(author.page() == author.page_at_once());
  }
}

TEST_CASE("what Pandoc has to have read before a section, and nothing more") {
  const std::string heads =
      "0 results sec:one\n\n18 deep\n\\newcommand{\\R}{R}\n0 results-1 other-2\n\n0 results-2\n\n";
  CHECK(text_before(heads, 0, 1, "m") == "");
  CHECK(text_before(heads, 2, 1, "m") == "# m {#results}\n\n\\newcommand{\\R}{R}\n\n");
  CHECK(text_before(heads, 3, 1, "m") == "# m {#results}\n\n\\newcommand{\\R}{R}\n\n# m {#results-1}\n\n");
  CHECK(text_before(heads, 1, 1, "m") == "");
  CHECK(text_before("99 a", 1, 1, "m") == "");
}

TEST_CASE("a chapter in its sections") {
  using Sections = std::vector<std::string_view>;
  CHECK(sections_of("") == Sections{""});
  CHECK(sections_of("# A\n\nText.\n\n## B\n\nText.") == Sections{"# A\n\nText.\n\n", "## B\n\nText."});
  CHECK(sections_of("\n# A\r\n\r\n## B\r\n") == Sections{"\n# A\r\n\r\n", "## B\r\n"});
  for (const std::string_view whole :
       {"# A\nText\n# B\n", "# A\n\n#B\n\n####### C\n", "# A\n\n ## B\n", "# A\n\n```\n\n# b\n```\n",
        "~~~~ x\n~~~\n\n# a\n", "# A\n\n::: x\n\n## B\n\n:::\n", "<!--\n\n# A\n\n-->\n",
        "# A\n\n<div>\n\n## B\n\n</div>\n", "# A\n\n<p>\n\n## B\n"}) {
    INFO(whole);
    CHECK(sections_of(whole) == Sections{whole});
  }
  CHECK(sections_of("`` ` ``\n\n# A\n").size() == 2);
  CHECK(sections_of("```a`\n\n# A\n").size() == 2);  // code within a line
}

TEST_CASE("300 chapters are edited in any order") {
  std::mt19937 random(20261129);
  const auto pick = [&](int count) { return static_cast<int>(random() % static_cast<unsigned>(count)); };
  const auto sentence = [&] {
    const Texts some{"A plain sentence.",
                     "*Emphasis*, `code` and $x_{1}^2$.",
                     "A note.^[With $y$ in it.]",
                     "As @sec:c7 says.",
                     "\"Quoted\" -- and so on.",
                     "See [a link](https://example.org).",

                     "> A quotation.",
                     "- an item\n- another",
                     "```cpp\nint x;\n```",
                     "$$ \\int_0^1 f $$",
                     "A line\\\nand another.",
                     "H~2~O, x^2^."};
    return some[static_cast<std::size_t>(pick(static_cast<int>(some.size())))];
  };
  const auto chapter = [&](int k) {
    std::string text = fmt::format("# Chapter {} {{#sec:c{}}}\n\n", k, k);
    for (int i = pick(4); i >= 0; --i) text += sentence() + "\n\n" + (pick(3) == 0 ? "## Results\n\n" : "");
    return text + fmt::format("The end of it.[^n]\n\n[^n]: A note of chapter {}.\n", k);
  };
  Texts texts;
  for (int k = 0; k < 300; ++k) texts.push_back(chapter(k));
  // As the driver has them: a label that several chapters define is each one's own.
  for (std::size_t k = 0; k < texts.size(); ++k)
    for (auto at = texts[k].find("[^n]"); at != std::string::npos; at = texts[k].find("[^n]", at + 1))
      texts[k].replace(at, 4, fmt::format("[^n{}]", k));
  Author author(texts);
  CHECK(author.page() == author.page_at_once());
  author.keep_pandoc();
  int alone = 0;
  for (int round = 0; round < 20; ++round) {
    const auto k = static_cast<std::size_t>(pick(300));
    texts[k] = with(texts[k], "The end of it.", sentence() + "\n\nThe end of it.");
    author.write(k, texts[k]);
    author.page();
    alone += author.was_alone();
  }
  CHECK(alone > 15);
  CHECK(author.kept.answers() == 20);
  CHECK(author.page() == author.page_at_once());
}

TEST_CASE("the examples of CommonMark's specification, chapter by chapter") {
  const fs::path file = "/usr/share/gocode/src/github.com/yuin/goldmark/_test/spec.json";
  if (!fs::exists(file)) {
    WARN("the CommonMark specification is not here (package golang-github-yuin-goldmark-dev); not compared");
    return;
  }
  Texts examples;
  for (const auto& item : nlohmann::json::parse(sys::read_file(file))) examples.push_back(item.at("markdown"));
  for (std::size_t at = 0; at < examples.size(); at += 25) {
    if (examples[at].find("![") != std::string::npos) continue;  // of pictures that there are not
    INFO(examples[at]);
    const std::string example = "# Example\n\n" + examples[at] + "\n\nThe end of it.\n";
    Author author({"# Before\n\nText.^[A note.]\n", example, "# Behind\n\nText.\n"});
    REQUIRE(author.page() == author.page_at_once());
    author.write(1, with(example, "The end of it.", "The *very* end.^[Of it.]"));
    CHECK(author.page() == author.page_at_once());
    author.keep_pandoc();
    author.write(1, with(example, "The end of it.", "The *last* word.^[Of it.]"));
    CHECK(author.page() == author.page_at_once());
    author.write(2, "# Behind\n\nOther text.\n");
    CHECK(author.page() == author.page_at_once());
  }
}

TEST_CASE("a page is taken apart and linked without a change, and numbers are each part's own") {
  const auto note = [](int n) {
    return fmt::format(
        "<a href=\"#fn{0}\" class=\"footnote-ref\" id=\"fnref{0}\" role=\"doc-noteref\"><sup>{0}</sup></a>", n);
  };
  const auto item = [](int n) {
    return fmt::format("<li id=\"fn{0}\"><p>Note.<a href=\"#fnref{0}\" class=\"footnote-back\">back</a></p></li>\n", n);
  };
  const std::string rest = "<section class=\"footnotes footnotes-end-of-document\">\n<ol>\n" + item(1) + item(2) +
                           "</ol>\n</section>\n</main>\n";
  const std::string page = "head\n<!-- m-1 free 1 -->\none" + note(1) +
                           "<div id=\"cb1\"></div>\n<!-- m-2 bound 1 -->\ntwo" + note(2) +
                           "<div id=\"cb2\"><a href=\"#cb2-1\"></a></div>\n<!-- m-3 free 0 -->\n" + rest;
  const auto parts = page_parts(page, "m-", 1, 2);
  REQUIRE(parts);
  CHECK(parts->units[0].is_free);
  CHECK_FALSE(parts->units[1].is_free);
  CHECK(parts->units[1].text == "two" + note(1) + "<div id=\"cb1\"><a href=\"#cb1-1\"></a></div>\n");
  CHECK(parts->units[1].notes.size() == 1);
  CHECK(linked_page(*parts) == "head\none" + note(1) + "<div id=\"cb1\"></div>\ntwo" + note(2) +
                                   "<div id=\"cb2\"><a href=\"#cb2-1\"></a></div>\n" + rest);
  CHECK_FALSE(page_parts("no marks", "m-", 1, 2));
  CHECK_FALSE(page_parts("<!-- m-1 free 1 -->\n<p id=\"cb1\"><!-- m-2 free 1 -->\n<p id=\"cb1\"><!-- m-3 free 0 -->\n",
                         "m-", 1, 2));
}

TEST_CASE("what chapters define for others, and what a chapter may mean of them") {
  CHECK(defined_names("# A *Title* {#x}\n\nSet so\n------\n\n[Home]: x\n> [^n]: y\n") ==
        std::set<std::string>{"a *title*", "set so", "home", "^n"});
  CHECK(defined_labels("# A\n[Home]: x\n") == std::set<std::string>{"home"});
  CHECK(names_in_brackets("See [The\nHome][], [a [b] c] and [^n].") ==
        std::set<std::string>{"the home", "", "b", "^n"});
}

}  // namespace page_in_units_test
