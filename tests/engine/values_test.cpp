// Values in the text, from what an author writes to every format: in mathematics, with uncertainties, of several
// figures, named once, in the report's language.
#include <regex>

#include "catch.hpp"
#include "engine/sources/verdicts.hpp"
#include "manuscript/pandoc_text.hpp"
#include "support/build_context.hpp"
#include "system/process.hpp"

namespace values_test {

using namespace support;
using engine::Json;

namespace {

const std::string other =
    "```{.figure #fig:other}\nexperiment: quadratic-bowl\nsteps: 30\ndecay-steps: 50\ncurvatures: [1, 50]\n"
    "learning-rates: [0.01]\ncaption: Another.\nalt: Another bowl.\n```\n";

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string page_of(Report& r, const std::string& text) {
  r.settings.formats = {"html"};
  r.chapter("# One\n\n" + bowl + "\n" + text + "\n");
  r.build();
  return r.read("report.html");
}

/// The report as Pandoc's JSON without its metadata's dates and the like.
std::string json_of(Report& r, const std::string& text) {
  r.chapter("# One\n\n" + bowl + "\n" + text + "\n");
  r.build();
  return r.read("report.json");
}

bool shows_numbers(const std::string& document) {
  for (std::size_t number = 0; number < 50; ++number)
    if (contains(document, manuscript::class_of_statement(number)) ||
        contains(document, manuscript::command_of_value(number)))
      return true;
  return false;
}

/// The letters and signs of a document that its readers see, without blanks.
std::string seen(const Report& r, const std::string& format) {
  sys::Command command;
  const std::string file = (r.settings.output / ("report." + format)).string();
  if (format == "pdf") command.arguments = {"pdftotext", "-layout", file, "-"};
  if (format == "html") command.arguments = {"cat", file};
  if (format == "docx") command.arguments = {"unzip", "-p", file, "word/document.xml"};
  if (format == "epub") command.arguments = {"unzip", "-p", file, "EPUB/text/[0-9]*.xhtml"};
  std::string text = sys::run(command).output;
  if (format != "pdf") text = std::regex_replace(text, std::regex("<annotation[^>]*>[^<]*</annotation>|<[^>]*>"), "");
  return std::regex_replace(text, std::regex("\\s|\u00A0|\u202F|\u2009"), "");
}

}  // namespace

TEST_CASE("a value stands in mathematics of every kind, wherever mathematics can stand") {
  Report r;
  r.metadata("title: 'Of $\\kappa = \\value{bowl: kappa + 1}$'\nabstract: |\n  At $\\value{bowl: kappa + 2}$.\n");
  const std::string figure =
      "```{.figure #fig:bowl}\nexperiment: quadratic-bowl\nsteps: 20\ndecay-steps: 50\ncaption: |\n"
      "  With $k = \\value{bowl: kappa + 3}$ of {{steps}}, $x_{\\value{bowl: kappa + 4}}$.\nalt: A bowl\n```\n\n";
  const std::string text =
      "# One\n\n" + figure +
      "## Heading $\\value{bowl: kappa + 5}$\n\nIn a [link $\\value{bowl: kappa + 6}$](#one)^[A note " +
      "$\\value{bowl: kappa + 7}$.] of $\\frac{1}{\\value{bowl: kappa + 8}}$, and\n\n$$\n\\begin{aligned}\nx &= " +
      "\\value{bowl:\n kappa + 9} \\\\\n\\end{aligned}\n$$ {#eq:x}\n\n| a |\n|---|\n| $\\value{bowl: kappa + 10}$ "
      "|\n\n: Caption " +
      "$\\value{bowl: kappa + 11}$ {#tbl:a}\n\n+--------------------------------+---+\n| $\\value{bowl: kappa + 12}$   "
      "  | b " +
      "|\n+--------------------------------+---+\n\n\\begin{align}\ny &= \\value{bowl: kappa + 13}\n\\end{align}\n\n- "
      "item\n\n    " +
      "$$ z = \\value{bowl: kappa + 14} $$\n\n> *In a quote $\\value{bowl: kappa + 15}$*\n";
  r.chapter(text);
  r.settings.formats = {"json", "html"};
  r.build();
  const std::string json = r.read("report.json"), page = r.read("report.html");
  for (int k = 1; k <= 15; ++k) {
    INFO(k);
    CHECK(contains(json, "{" + std::to_string(100 + k) + "}"));
    CHECK(contains(page, "<mn>" + std::to_string(100 + k) + "</mn>"));
  }
  CHECK(!shows_numbers(json));
  CHECK(!shows_numbers(page));
  CHECK(!contains(page, "\\value"));
}

TEST_CASE("headings with values in formulas have the IDs that Pandoc makes of what the author wrote") {
  Report r;
  const std::string page = page_of(r,
                                   "## At $\\value{bowl: kappa}$\n\n## At $\\value{bowl: kappa}$\n\n"
                                   "[It](#at-bowl-kappa) and [that](#at-bowl-kappa-1).");
  CHECK(contains(page, "id=\"at-bowl-kappa\""));
  CHECK(contains(page, "id=\"at-bowl-kappa-1\""));
}

TEST_CASE("values stand in formulas beside macros, and are no use of a command") {
  Report r;
  const std::string json =
      json_of(r, "\\newcommand{\\twice}[1]{2 \\cdot #1}\n\nIt is $\\twice{\\value{bowl: kappa}}$ and $\\twice{x}$.");
  CHECK(contains(json, "2 \\\\cdot {100}"));
}

TEST_CASE("page, print, EPUB and Word have the values of text and formulas, in the report's language") {
  Report r;
  r.settings.formats = {"html", "pdf", "epub", "docx"};
  r.metadata("lang: de\ntitle: Schalen\n");
  r.chapter("# Eins\n\n```{.values}\nratio: \"bowl: kappa / 8.1e6 ± 4.2e-7 | | kg\"\n```\n\n" + bowl +
            "\nEs ist $x = \\value{bowl: kappa + 0.25 ± 0.042 | | m}$, `bowl: kappa * 123.45 | ,.1f`{.value}, "
            "`ratio`{.value} und\n\n\\begin{align}\ny &= \\value{bowl: kappa * 7.77 | .1f}\n\\end{align}\n\n"
            "$$ z = \\value{ratio} $$\n\n| a |\n|---|\n| `bowl: 0.077`{.value format=\".1%\"} |\n");
  r.build();
  for (const char* format : {"html", "pdf", "epub", "docx"}) {
    INFO(format);
    const std::string text = seen(r, format);
    // Word draws parentheses itself.
    const bool has_parentheses = std::string(format) != "docx";
    CHECK(contains(text, has_parentheses ? "(100,25±0,04)m" : "100,25±0,04m"));
    CHECK(contains(text, "12.345,0"));
    CHECK(contains(text, "777,0"));
    CHECK(contains(text, "7,7%"));
    CHECK(contains(text, has_parentheses ? "(1,23±0,04)×10" : "1,23±0,04×10"));
    CHECK(!contains(text, "value{"));
    CHECK(!contains(text, "ratio:"));
    CHECK(!shows_numbers(text));
  }
}

TEST_CASE("a value is rounded to its uncertainty, with a power of ten and a unit for both") {
  Report r;
  const std::string page =
      page_of(r,
              "`bowl: kappa / 81 ± 0.042`{.value}, `bowl: kappa / 8.1e6 ± 4.2e-7`{.value unit=kg},\n"
              "`bowl: kappa ± 1.23`{.value format=.1f}.");
  CHECK(contains(page, ">1.23\u00A0±\u00A00.04</span>"));
  CHECK(contains(page, ">100.0\u00A0±\u00A01.2</span>"));
  CHECK(contains(page, "<mn>1.23</mn><mo>±</mo><mn>0.04</mn>"));
  CHECK(contains(page, "\u00A0kg</span>"));
}

TEST_CASE("an uncertainty that is none is told like a value that cannot be had") {
  Report r;
  r.chapter("# One\n\n" + bowl +
            "\n`bowl: kappa ± (0 - 1)`{.value}, `bowl: kappa ± 1/0`{.value} and $\\value{bowl: sqrt(-kappa) ± 1}$.\n");
  const auto summary = r.build();
  REQUIRE(summary.untrue.size() == 3);
  CHECK(summary.untrue[0].message == "the uncertainty is below zero");
  CHECK(summary.untrue[1].message == "the uncertainty is not a finite number");
  CHECK(summary.untrue[2].message == "this value is not a number (NaN)");
  CHECK(summary.untrue[2].place.column == 74);
}

TEST_CASE("values and claims rest on several figures, and all of them are named") {
  Report r;
  r.settings.formats = {"html"};
  r.chapter(
      "# One\n\n" + bowl + "\n" + other +
      "\nIt is `bowl: kappa / other:kappa`{.value}, `2 * other:steps`{.value}, "
      "[more]{.claim that=\"bowl: kappa > other:kappa\"}, "
      "[so]{.claim that=\"other:kappa = 50 and bowl:kappa = 100\"} and [here]{.claim that=\"bowl: kappa = 100\"}.\n");
  r.build();
  const std::string page = r.read("report.html");
  CHECK(contains(page, "title=\"bowl: kappa / other:kappa\">2</span>"));
  CHECK(contains(page, "title=\"2 * other:steps\">60</span>"));
  const Json claims = r.json("claims.json");
  REQUIRE(claims.size() == 3);
  CHECK(claims[0]["figure"] == "fig:bowl");
  CHECK(claims[0]["figures"] == Json{"fig:bowl", "fig:other"});
  CHECK(claims[0]["numbers"] == "100 > 50");
  CHECK(claims[1]["figures"] == Json{"fig:other", "fig:bowl"});
  CHECK(!claims[2].contains("figures"));
  const auto list = page.substr(page.find("id=\"claims\""));
  const auto first = list.substr(list.find("100 &gt; 50"), 400);
  CHECK(contains(first, "href=\"#fig:bowl\""));
  CHECK(contains(first, "href=\"#fig:other\""));
}

TEST_CASE("what rests on two figures is judged again when either changes, and the rest is not") {
  Report r;
  const auto with = [&](int steps) {
    std::string second = other;
    second.replace(second.find("steps: 30"), 9, "steps: " + std::to_string(steps));
    r.chapter("# One\n\n" + bowl + "\n" + second +
              "\nIt is `bowl: steps + other:steps`{.value}, and `bowl: kappa`{.value}.\n");
  };
  with(30);
  r.build();
  CHECK(contains(r.read("report.json"), "\"50\""));
  with(31);
  r.build();
  CHECK(r.ran() == Ids{"fig:other"});
  CHECK(contains(r.read("report.json"), "\"51\""));
}

TEST_CASE("what is named once is used in text, captions, tables, formulas, metadata, claims and other names") {
  Report r;
  r.settings.formats = {"html"};
  r.metadata("title: 'Up to `limit`{.value}'\n");
  const std::string names =
      "```{.values}\nlimit: \"bowl: eta-max | .3f | 1/s\"\nratio: \"bowl: kappa / other:kappa ± 0.042\"\n"
      "twice: \"2 * ratio\"\n```\n\n";
  r.chapter("# One\n\n- An item\n\n    " + std::string("```{.values}\n    in-a-list: \"bowl: steps\"\n    ```\n\n") +
                "```{.figure #fig:bowl}\nexperiment: quadratic-bowl\nsteps: 20\ndecay-steps: 50\ncaption: "
                "At `limit`{.value format=.1e}, $\\value{limit}$.\nalt: A bowl\n```\n\n" +
                other +
                "\n| a |\n|---|\n| `ratio`{.value} |\n\nIt is `twice`{.value}, `in-a-list`{.value unit=steps}, "
                "$r = \\value{ratio}$, `1 / limit`{.value} and [so]{.claim that=\"limit < 0.03 and twice = 4\"}.\n",
            "01.md");
  r.chapter(names + "# Two\n\nText.\n", "02.md");
  r.build();
  const std::string page = r.read("report.html");
  CHECK(contains(page, "0.020\u00A01/s</span></h1>"));
  CHECK(contains(page, "<mn>2.0</mn>"));
  CHECK(contains(page, ">2.00\u00A0±\u00A00.04</span>"));
  CHECK(contains(page, "title=\"twice, twice = 2 * ratio, ratio = bowl: kappa / other:kappa ± 0.042\">4</span>"));
  CHECK(contains(page, ">20\u00A0steps</span>"));
  CHECK(contains(page, ">50</span>"));
  CHECK(!contains(page, "in-a-list: "));
  CHECK(!contains(page, "bowl: steps\"\n"));
  const auto claim = r.json("claims.json")[0];
  CHECK(claim["numbers"] == "0.02 < 0.03 and 4 == 4");
  CHECK(claim["values"] ==
        Json{"limit = bowl: eta-max | .3f | 1/s", "twice = 2 * ratio", "ratio = bowl: kappa / other:kappa ± 0.042"});
  CHECK(contains(page, "<code>limit = bowl: eta-max | .3f | 1/s</code>"));
}

TEST_CASE("a named value that nothing uses is warned of at its place, and nothing else is") {
  Report r;
  r.chapter("# One\n\n" + bowl +
            "\n```{.values}\nused: \"bowl: kappa\"\nthrough: \"used * 2\"\nlonely: \"bowl: "
            "steps\"\n```\n\n`through`{.value}.\n");
  const auto project = r.project();
  REQUIRE(project.warnings.size() == 1);
  CHECK(project.warnings[0].message == "nothing uses the value 'lonely'");
  CHECK(project.warnings[0].place.line == 15);
  CHECK(project.warnings[0].place.column == 1);
}

TEST_CASE("a named value that changed is judged again where it is used") {
  Report r;
  const auto with = [&](const std::string& meaning) {
    r.chapter("# One\n\n" + bowl + "\n```{.values}\nx: \"bowl: " + meaning + "\"\n```\n\nIt is `x`{.value}.\n");
    r.build();
    return r.read("report.json");
  };
  CHECK(contains(with("kappa"), "\"100\""));
  CHECK(contains(with("kappa + 1"), "\"101\""));
  CHECK(contains(with("kappa + 1 | .1f"), "\"101.0\""));
}

TEST_CASE("numbers of the text have the marks of the report's language, in drawings too, and conditions do not") {
  Report r;
  r.settings.formats = {"html"};
  const std::string text =
      "# One\n\n```{.figure #fig:bowl}\nexperiment: quadratic-bowl\nsteps: 20\ndecay-steps: 50\n"
      "learning-rates: [0.001, 0.019]\ntitle: At {{learning-rates}}\ncaption: |\n"
      "  Rates {{learning-rates}}, $\\eta = {{learning-rates}}$.\nalt: At {{learning-rates}}\n```\n\n"
      "It is `bowl: eta-max`{.value}, `bowl: kappa * 123.456`{.value format=\",.1f\"}, "
      "$x = \\value{bowl: eta-max}$, `bowl: 0.07`{.value format=\".1%\"} and "
      "[so]{.claim that=\"bowl: eta-max < 0.5\"}.\n";
  const auto page_in = [&](const std::string& language) {
    r.metadata(language.empty() ? "" : "lang: " + language + "\n");
    r.chapter(text);
    r.build();
    return r.read("report.html");
  };
  const std::string english = page_in(""), german = page_in("de"), swiss = page_in("de-CH"), french = page_in("fr");
  CHECK(contains(english, ">0.02</span>"));
  CHECK(contains(english, ">12,345.6</span>"));
  CHECK(contains(english, ">7.0%</span>"));
  CHECK(contains(english, "Rates 0.001, 0.019"));
  CHECK(contains(german, ">0,02</span>"));
  CHECK(contains(german, ">12.345,6</span>"));
  CHECK(contains(german, ">7,0\u00A0%</span>"));
  CHECK(contains(german, "Rates 0,001; 0,019"));
  CHECK(contains(german, "At 0,001; 0,019"));  // the alternative text
  CHECK(contains(german, "0.02 &lt; 0.5"));
  CHECK(contains(german, ">0,5</tspan>"));  // a tick
  CHECK(!contains(german, ">0.5</tspan>"));
  CHECK(contains(swiss, ">12\u2019345.6</span>"));
  CHECK(contains(french, ">12\u202F345,6</span>"));
  CHECK(!contains(german, ">0.02</span>"));
}

}  // namespace values_test
