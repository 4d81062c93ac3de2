// Situations that users of other tools have reported, each as its whole kind, in every format.
#include <fmt/format.h>

#include "catch.hpp"
#include "publish/archive.hpp"
#include "support/build_context.hpp"
#include "system/process.hpp"

namespace situations_test {

using namespace support;

namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

struct Formats : Report {
  Formats() {
    settings.formats = {"html", "pdf", "epub", "docx"};
    sys::write_file(settings.chapters / "drawing.svg",
                    sys::read_file(source_folder() / "tests" / "engine" / "images" / "drawing.svg"));
  }

  /// Builds what must give no warning.
  void build_cleanly(const std::string& text) {
    chapter(text);
    build();
    for (const auto& event : events) {
      INFO(event.message);
      CHECK(event.kind != engine::Event::Kind::warning);
    }
  }

  std::string said() const {
    std::string all;
    for (const auto& error : project().errors) all += manuscript::render(error, false);
    return all;
  }

  std::string print(const char* how = "-layout") const {
    sys::Command command;
    command.arguments = {"pdftotext", how, (settings.output / "report.pdf").string(), "-"};
    const auto finished = sys::run(command);
    REQUIRE(finished.ok());
    return finished.output;
  }

  std::string part(const std::string& archive, const std::string& name) const {
    std::string all;
    publish::with_entries(read(archive), "2000-01-01", [&](const std::string& entry, const std::string& content) {
      if (entry.find(name) != std::string::npos) all += content;
      return content;
    });
    return all;
  }
  std::string book() const { return part("report.epub", ".xhtml"); }
  std::string word() const { return part("report.docx", "word/document.xml"); }
};

std::string table_of(int columns, const std::string& cell) {
  std::string head = "|", rule = "|", row = "|";
  for (int k = 0; k < columns; ++k) {
    head += fmt::format(" head{} |", k);
    rule += "---|";
    row += fmt::format(" {}{} |", cell, 100 + k);
  }
  return head + "\n" + rule + "\n" + row + "\n\n";
}

}  // namespace

TEST_CASE("a table that is written in HTML is a table in print and Word too") {
  Formats r;
  r.build_cleanly(
      "# One {#sec:one}\n\n<table>\n<caption>Two rows</caption>\n<tr><th>Name</th><th>Value</th></tr>\n"
      "<tr><td>alpha</td><td>see @sec:one and $x^2$</td></tr>\n<tr><td>beta</td><td>\n\n- item\n- other\n\n</td></tr>\n"
      "</table>\n\nAfter.\n\n<table><tr><td>short</td><td>" +
      std::string("some words that go on ") +
      "over more than one line of the printed text, as words of a cell may do, "
      "and on, and on</td></tr></table>\n");
  const std::string print = r.print();
  INFO(print);
  CHECK(contains(print, "Name   "));
  const auto row = print.find("alpha");
  CHECK(contains(print.substr(row, print.find('\n', row) - row), "see Chapter 1 and"));
  const std::string word = r.word();
  CHECK(contains(word, "<w:tbl>"));
  CHECK(word.find("<w:tbl>") < word.find("alpha"));
  CHECK(word.find("alpha") < word.find("</w:tbl>"));
  CHECK(contains(r.book(), "<td>\nalpha\n</td>"));
  CHECK(contains(r.read("report.html"), "<td>\nalpha\n</td>"));
}

TEST_CASE("a picture that is written in HTML is a picture of the text, or told at its place") {
  Formats r;
  r.build_cleanly(
      "# One\n\nText <img src=\"drawing.svg\" alt=\"First words\" width=\"100\"> here.\n\n"
      "<img alt='Second words' src='./drawing.svg' style=\"width: 50%; float: left\" />\n\n"
      "<figure>\n<IMG SRC=drawing.svg alt=third>\n<figcaption>Of HTML</figcaption>\n</figure>\n");
  const std::string page = r.read("report.html"), book = r.book(), word = r.word();
  for (const char* alt : {"First words", "Second words", "third"}) {
    INFO(alt);
    CHECK(contains(page, fmt::format("alt=\"{}\"", alt)));
    CHECK(contains(book, fmt::format("alt=\"{}\"", alt)));
    CHECK(contains(word, fmt::format("descr=\"{}\"", alt)));
  }
  CHECK(contains(page, "<img src=\"data:image/svg+xml;base64,"));
  const std::string tex = sys::read_file(r.settings.scratch() / "latex" / "report.tex");
  CHECK(contains(tex, "alt={First words}"));
  CHECK(contains(tex, "width=0.5\\linewidth"));
  r.chapter("# One\n\n<p>\n<img src=\"absent.png\"> <img alt=\"nothing\">\n</p>\n");
  const std::string said = r.said();
  INFO(said);
  CHECK(contains(said, "01.md:4:11: error: missing image 'absent.png'"));
  CHECK(contains(said, "01.md:4:24: error: this picture names no file"));
}

TEST_CASE("an apostrophe before a decade or a clipped word is none of a quotation's marks") {
  Formats r;
  r.settings.formats = {"html"};
  const std::pair<const char*, const char*> lines[] = {
      {"In the '60s and the '70s the players' fees rose.", "In the ’60s and the ’70s the players’ fees rose."},
      {"Rock 'n' roll of the '60s, he said, is 'quoted'.", "Rock ’n’ roll of the ’60s, he said, is ‘quoted’."},
      {"'Tis the season; 'twas so, and 'once' told.", "’Tis the season; ’twas so, and ‘once’ told."},
      {"Get 'em now. He said 'sixty' and 'the '60s' too.", "Get ’em now. He said ‘sixty’ and ‘the ’60s’ too."},
      {"The class of '08 said \"'tis good\" and 'good'.", "The class of ’08 said “’tis good” and ‘good’."},
      {"A 'quotation' of 'two words' in it isn't hurt.", "A ‘quotation’ of ‘two words’ in it isn’t hurt."},
      {"An 'em dash' and a '12 inch' disc are quoted.", "An ‘em dash’ and a ‘12 inch’ disc are quoted."}};
  std::string text = "# One\n\n";
  for (const auto& line : lines) text += std::string(line.first) + "\n\n";
  r.build_cleanly(text);
  const std::string page = r.read("report.html");
  for (const auto& line : lines) {
    INFO(line.first);
    CHECK(contains(page, line.second));
  }
}

TEST_CASE("spaces and joiners without width stand in every format") {
  Formats r;
  r.metadata("title: \"Long\u200Bword\"\n");
  r.build_cleanly(
      "# Head\u200Bing\n\nlong\u200Bword, joined\u2060word, letters\u200Djoined, `co\u200Bde`, $a\u200Bb$.\n\n"
      "```\nblock\u200Bcode\n```\n");
  CHECK(contains(r.read("report.html"), "long\u200Bword"));
  CHECK(contains(r.book(), "long\u200Bword"));
  CHECK(contains(r.word(), "long\u200Bword"));
  const std::string print = r.print();
  for (const char* words : {"Heading", "longword, joinedword, lettersjoined, code", "blockcode"})
    CHECK(contains(print, words));
}

TEST_CASE("a heading within a quote, a list or a table has no number, and references to it are its words") {
  Formats r;
  r.build_cleanly(
      "# One\n\nSee @sec:quoted, @sec:listed and @sec:next.\n\n> ## Quoted words {#sec:quoted}\n>\n> Text.\n\n"
      "- ## Listed words {#sec:listed}\n\n  Text.\n\n## Next {#sec:next}\n\nText.\n");
  CHECK(contains(r.print(), "See Quoted words, Listed words and Section 1.1."));
  CHECK(contains(r.print(), "1.1 Next"));
  for (const std::string& text : {r.read("report.html"), r.book()}) {
    CHECK(contains(text, "#sec:quoted\" class=\"reference\">Quoted words</a>"));
    CHECK(contains(text, "#sec:next\" class=\"reference\">Section\u00A01.1</a>"));
  }
  CHECK(contains(r.word(), "Quoted words"));
}

TEST_CASE("a table of many columns is set legibly, or told at its place") {
  Formats r;
  r.settings.formats = {"pdf"};
  r.build_cleanly("# One\n\n" + table_of(9, "value") + table_of(14, "") +
                  "Table: Named. {#tbl:named}\n\nSee @tbl:named.\n");
  CHECK(contains(r.print(), "Table 1.1"));
  // No two words of a row touch.
  for (const char* words : {"value100 ", "head13", " 113"}) CHECK(contains(r.print() + " ", words));
  r.chapter("# One\n\nText.\n\n" + table_of(30, "value"));
  std::string refused;
  try {
    r.build();
  } catch (const std::exception& failure) {
    refused = failure.what();
  }
  INFO(refused);
  CHECK(contains(refused, "its 30 columns are wider than the text"));
  CHECK(contains(refused, "01.md:5:"));
}

TEST_CASE("a table in a list stands below its item's words, and quotes in cells have room") {
  Formats r;
  r.settings.formats = {"pdf"};
  r.build_cleanly(
      "# One\n\n1. Item\n\n    - deep\n\n        | aaa | " + std::string(60, 'b') +
      " |\n        |---|---|\n        | cell | " + std::string("words of a cell ") + "that go on " +
      "over the line and over the line and over it |\n\n"
      "+-------+---------------+\n| head  | other         |\n+=======+===============+\n| x     | > quote       |\n"
      "+-------+---------------+\n");
  const std::string print = r.print();
  INFO(print);
  const auto row = print.find("cell  "), line = print.rfind('\n', row);
  CHECK(row - line > 6);
}

TEST_CASE("words that are longer than a line are broken in print") {
  Formats r;
  r.settings.formats = {"pdf"};
  std::string address = "https://example.org/";
  for (int k = 0; k < 20; ++k) address += "a-path/";
  r.build_cleanly("# One\n\nSee " + address + "end and " + std::string(200, 'q') + ".\n\n- `code` " + address + "\n");
  CHECK(contains(r.print("-raw"), "end and"));
}

TEST_CASE("lists keep the parentheses around their numbers") {
  Formats r;
  r.build_cleanly("# One\n\n(C) big\n(D) bigger\n\nText\n\n1) one\n\n    a) sub\n\nText\n\n3. three\n\n(@) example\n");
  CHECK(contains(r.print(), "(C) big"));
  for (const std::string& text : {r.read("report.html"), r.book()}) {
    CHECK(contains(text, "<div class=\"two-parens upper-alpha\">\n<ol start=\"3\" type=\"A\">"));
    CHECK(contains(text, "<div class=\"one-paren decimal\">"));
    CHECK(contains(text, "<div class=\"one-paren lower-alpha\">"));
    CHECK(contains(text, ".two-parens.upper-alpha > ol > li::marker {"));
  }
}

TEST_CASE("a heading of many lines is cut in the running head, beside the page's number") {
  Formats r;
  r.settings.formats = {"pdf"};
  std::string heading, words;
  for (int k = 0; k < 8; ++k) heading += "words of a heading that goes on over the lines ";
  for (int k = 0; k < 900; ++k) words += "text ";
  r.build_cleanly("# Long " + heading + "\n\n" + words + "\n\n## Short " + heading + "\n\n" + words + "\n");
  const std::string print = r.print();
  const auto second = print.find('\f', print.find('\f') + 1);  // the page after the chapter's first
  const std::string head = print.substr(second + 1, print.find('\n', second) - second - 1);
  INFO(head);
  CHECK(head.starts_with("1 Long words of a heading"));
  CHECK(contains(head, "…"));
  CHECK(head.ends_with(" 3"));
}

TEST_CASE("a note of the title is in every format") {
  Formats r;
  r.metadata("title: \"A title^[Thanks to all.]\"\n");
  r.build_cleanly("# One\n\nText.\n");
  CHECK(contains(r.print(), "Thanks to all."));
  CHECK(contains(r.read("report.html"), "Thanks to all."));
  CHECK(contains(r.book(), "<li>Thanks to all.</li>"));
  CHECK(contains(r.part("report.docx", "word/footnotes.xml"), ">Thanks<"));
}

TEST_CASE("a figure's title and its alternative text know the macros before it, and are read in signs") {
  Formats r;
  r.build_cleanly(
      "# One\n\n\\newcommand{\\rate}{\\eta}\n\\newcommand{\\bowl}[2][a]{#1 bowl of "
      "#2}\n\\DeclareMathOperator{\\snr}{snr}\n\n"
      "```{.figure #fig:bowl}\nexperiment: quadratic-bowl\nsteps: 20\ndecay-steps: 50\ncaption: Small $\\rate$.\n"
      "title: The \\bowl{steps} for $\\rate \\le \\snr$\n"
      "alt: Steps of size $\\rate$ in \\bowl[one]{many}; it costs $5 and $6.\n```\n");
  const std::string page = r.read("report.html");
  CHECK(contains(page, "The a bowl of steps for η"));
  CHECK(contains(page, "Steps of size η in one bowl of many; it costs $5 and $6."));
  CHECK_FALSE(contains(page, "\\rate"));
  const std::string tex = sys::read_file(r.settings.scratch() / "latex" / "report.tex");
  CHECK(contains(tex, "Steps of size η in one bowl of many; it costs \\$5 and \\$6."));
  CHECK(contains(r.book(), "Steps of size η in one bowl of many"));
  CHECK(contains(r.word(), "Steps of size η in one bowl of many"));
}

}  // namespace situations_test
