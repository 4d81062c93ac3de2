// Tables of the text from files and runs, and references to panels, in every format.
#include <regex>

#include "catch.hpp"
#include "publish/archive.hpp"
#include "user.hpp"

namespace text_tables_test {

using namespace user;

namespace {

struct Author : User {
  Author() {
    put("report.yaml", "");
    put("data/voles.csv",
        "island,year,voles,note\nnorth,2019,1250.5,first\nnorth,2020,0.00001,\nsouth,2019,,a & b_c %\n"
        "south,2020,-3,last\n");
  }
  void put(const std::string& name, const std::string& text) const { sys::write_file(path / name, text); }
  sys::ProcessResult build(const std::string& formats = "html") const {
    return exec({REPORT_PROGRAM, "build", "--format", formats});
  }
  std::string output(const std::string& name) const { return sys::read_file(path / "output" / name); }
  std::string page() const { return output("report.html"); }
};

std::string part_of_archive(const std::string& archive, const std::string& name) {
  std::string part;
  publish::with_entries(archive, "2000-01-01", [&](const std::string& entry, const std::string& content) {
    if (entry.ends_with(name)) part = content;
    return content;
  });
  return part;
}

/// The words between the tags, each run of blanks as one.
std::string words(const std::string& markup) {
  std::string text = std::regex_replace(markup, std::regex("<[^>]*>"), " ");
  return std::regex_replace(text, std::regex("(\\s|\u00A0|&nbsp;)+"), " ");
}

std::string text_of_pdf(const fs::path& file) {
  sys::Command command;
  command.arguments = {"pdftotext", "-layout", file.string(), "-"};
  const auto finished = sys::run(command);
  REQUIRE(finished.ok());
  return std::regex_replace(finished.output, std::regex("(\\s|\u00A0)+"), " ");
}

const std::string of_file =
    "# Voles\n\n\\newcommand{\\ha}{\\mathrm{ha}}\n\n```{.table #tbl:voles}\nfile: data/voles.csv\n"
    "columns:\n  - {column: island, header: \"*Island*\"}\n  - year\n"
    "  - {column: voles, header: Voles, unit: \"$1/\\\\ha$\"}\n  - {column: note, align: center}\nsort: [-year, "
    "island]\n"
    "caption: |\n  **Voles** by island, in $\\ha$, as in @tbl:voles.\n```\n\nSee @tbl:voles.\n";

}  // namespace

TEST_CASE("a table of a file is a table in every format, with header cells, caption and number") {
  const Author author;
  author.chapter(of_file);
  const auto built = author.build("html,pdf,epub,docx,json");
  INFO(built.errors);
  REQUIRE(built.status == 0);
  const std::string page = author.page();
  CHECK(contains(page, "id=\"tbl:voles\""));
  CHECK(contains(page, "<em>Island</em></th>"));
  CHECK(contains(page, "a &amp; b_c %"));
  const std::string book = part_of_archive(author.output("report.epub"), "/01-voles.xhtml");
  const std::string word = part_of_archive(author.output("report.docx"), "word/document.xml");
  const std::string print = text_of_pdf(author.path / "output/report.pdf");
  CHECK(contains(book, "id=\"tbl:voles\""));
  CHECK(contains(book, "<em>Island</em></th>"));
  CHECK(contains(word, "w:name=\"tbl:voles\""));
  CHECK(contains(word, "<w:tblHeader"));
  for (const std::string& text : {words(page), words(book), words(word), print}) {
    INFO(text.substr(0, 3000));
    CHECK(contains(text, "Table 1.1 Voles"));
    CHECK(contains(text, "See Table 1.1"));
    CHECK(contains(text, "north 2019 1250.5 first"));
    CHECK(contains(text, "south 2020 \u22123 last"));
    CHECK(contains(text, "south 2019 \u2013 a"));
    CHECK(text.find("north 2020") < text.find("north 2019"));
  }
  CHECK(contains(author.output("report.json"), "\"10^{-5}\""));
}

TEST_CASE("a table of a run shows exports of each series, or points, and follows the figure") {
  const Author author;
  const std::string figure =
      "```{.figure #fig:bowl}\nexperiment: quadratic-bowl\nsteps: 20\ndecay-steps: 50\ncaption: c\nalt: a\n```\n\n";
  author.chapter("# Bowl\n\n" + figure +
                 "```{.table #tbl:rates}\nfrom: bowl\ncolumns:\n  - {column: series, header: rate}\n"
                 "  - {column: theta1(10), header: \"$\\\\theta_1$\", format: .4f}\nsort: -theta1(10)\n"
                 "caption: After ten steps.\n```\n\n"
                 "```{.table #tbl:points}\nfrom: bowl\neach: point\nwhere: \"series = 'eta=0.001'\"\nrows: 2\n"
                 "caption: The first points.\n```\n");
  const auto built = author.build();
  INFO(built.errors);
  REQUIRE(built.status == 0);
  const std::string text = words(author.page());
  // Descent on a quadratic follows (1 - eta lambda)^k, with lambda = 1.
  CHECK(contains(text, "eta=0.001 0.9900 eta=0.019 0.8254 eta=0.021 0.8088"));
  CHECK(contains(text, "Table 1.2 The first points."));
  CHECK(contains(text, "eta=0.001 1 1 "));
  CHECK(contains(author.build().errors, "0 run"));
}

TEST_CASE("what only a run tells to be wrong with a table fails the build at the table") {
  const Author author;
  const std::string figure =
      "```{.figure #fig:bowl}\nexperiment: quadratic-bowl\nsteps: 20\ndecay-steps: 50\ncaption: c\nalt: a\n```\n\n";
  author.chapter("# Bowl\n\n" + figure + "```{.table #tbl:t}\nfrom: bowl\ncolumns: [theta1(5000)]\n```\n");
  auto built = author.build();
  CHECK(built.status == 1);
  CHECK(contains(built.errors, "01.md:13:10: error: 'eta=0.001.theta1' has indices from 0 to"));
  CHECK_FALSE(fs::exists(author.path / "output/report.html"));
  author.chapter("# Bowl\n\n" + figure + "```{.table #tbl:t}\nfrom: bowl\neach: point\nwhere: \"x > 100\"\n```\n");
  built = author.build();
  CHECK(built.status == 1);
  CHECK(contains(built.errors, "01.md:14:8: error: no row is left"));
}

TEST_CASE("a table's file is part of the report's key, and a text of the same content makes nothing anew") {
  const Author author;
  author.chapter(of_file);
  REQUIRE(author.build().status == 0);
  CHECK(contains(words(author.page()), "1250.5"));
  const auto written = fs::last_write_time(author.path / "output/report.html");
  REQUIRE(author.build().status == 0);
  CHECK(fs::last_write_time(author.path / "output/report.html") == written);
  author.put("data/voles.csv", "island,year,voles,note\neast,2021,77,new\n");
  REQUIRE(author.build().status == 0);
  CHECK(contains(words(author.page()), "east 2021 77 new"));
  CHECK_FALSE(contains(words(author.page()), "1250.5"));
}

TEST_CASE("tables stand in lists, quotes, divisions and columns, and values and claims in their captions") {
  const Author author;
  const std::string block =
      "```{.table #tbl:ID}\nfile: data/voles.csv\ncolumns: [island, note]\nrows: 1\ncaption: Of ID.\n```\n";
  const auto of = [&](const std::string& id, const std::string& before) {
    std::string text = before + std::regex_replace(block, std::regex("ID"), id);
    std::string indented;
    for (const char c : text) {
      indented += c;
      if (c == '\n') indented += std::string(before.size(), before == "> " ? '>' : ' ').substr(0, before.size());
    }
    return (before == "> " ? std::regex_replace(indented, std::regex("\n>>"), "\n> ") : indented) + "\n\n";
  };
  author.chapter("# T\n\n" + bowl + "\n" + of("a", "- ") + of("b", "> ") + "::: {.box}\n\n" + of("c", "") + ":::\n\n" +
                 "```{.table #tbl:d}\nfrom: bowl\ncolumns: [series, theta1(1)]\ncaption: |\n"
                 "  [Twenty steps]{.claim that=\"bowl: steps = 20\"}, `bowl: steps`{.value} of them.\n```\n\n"
                 "See @tbl:a, @tbl:b, @tbl:c and @tbl:d.\n");
  const auto built = author.build("html,pdf,docx,epub");
  INFO(built.errors);
  REQUIRE(built.status == 0);
  const std::string text = words(author.page());
  CHECK(contains(text, "Of a."));
  CHECK(contains(text, "Of b."));
  CHECK(contains(text, "Of c."));
  CHECK(contains(text, "See Table 1.1 , Table 1.2 , Table 1.3 and Table 1.4"));
  CHECK(contains(author.page(), ">20</span>"));
  CHECK(contains(author.output("claims.json"), "\"holds\": true"));
}

TEST_CASE("a reference to a panel is the figure's number with the panel's letter, and leads to the figure") {
  const Author author;
  sys::write_file(author.path / "chapters/a.png",
                  sys::read_file(source_folder() / "tests" / "engine" / "images" / "upright.png"));
  author.chapter(
      "# Panels\n\n" + bowl +
      "\n@fig:bowl.b begins a sentence; see [@fig:bowl.a; @fig:bowl.f], [-@fig:bowl.c] and @fig:both.b, "
      "which is @fig:right. Not @fig:bowl.\n\n"
      "::: {#fig:both}\n![The left one.](a.png){#fig:left}\n\n![The right one.](a.png){#fig:right}\n\nBoth.\n:::\n");
  const auto built = author.build("html,pdf,epub,docx");
  INFO(built.errors);
  REQUIRE(built.status == 0);
  const std::string page = author.page();
  CHECK(contains(page, "<a href=\"#fig:bowl\" class=\"reference\">Figure\u00A01.1b</a>"));
  CHECK(contains(page, "<a href=\"#fig:right\" class=\"reference\">Figure\u00A01.2b</a>"));
  const std::string book = part_of_archive(author.output("report.epub"), "/01-panels.xhtml");
  const std::string word = part_of_archive(author.output("report.docx"), "word/document.xml");
  CHECK(contains(word, "w:anchor=\"fig:bowl\""));
  for (const std::string& text :
       {words(page), words(book), words(word), text_of_pdf(author.path / "output/report.pdf")}) {
    // Print divides words at the ends of lines.
    const std::string one = std::regex_replace(std::regex_replace(text, std::regex(" ([,.;])"), "$1"),
                                               std::regex("([a-z])- ([a-z])"), "$1$2");
    INFO(one.substr(0, 2000));
    CHECK(contains(one,
                   "Figure 1.1b begins a sentence; see Figures 1.1a and 1.1f, 1.1c and Figure 1.2b, which is Figure "
                   "1.2b. Not Figure 1.1."));
  }
}

TEST_CASE("a panel that the figure does not have ends the build before anything runs") {
  const Author author;
  author.chapter("# Panels\n\n" + bowl + "\nSee @fig:bowl.z.\n");
  const auto built = author.build();
  CHECK(built.status == 2);
  CHECK(contains(built.errors, "error: 'fig:bowl' has no panel 'z'"));
  CHECK(contains(built.errors, "it has the panels a to f"));
  CHECK_FALSE(fs::exists(author.path / "output/data"));
}

}  // namespace text_tables_test
