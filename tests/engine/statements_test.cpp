// Values and claims from the text to the verdict: what they may speak of, where they stand, what is told of a failure.
#include "engine/sources/statements.hpp"

#include "catch.hpp"
#include "manuscript/pandoc_text.hpp"
#include "support/build_context.hpp"

namespace statements_test {

using namespace support;
using engine::Json;

namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// The page of the bowl and this text.
std::string page_of(Report& r, const std::string& text) {
  r.settings.formats = {"html"};
  r.chapter("# One\n\n" + bowl + "\n" + text + "\n");
  r.build();
  return r.read("report.html");
}

/// Whether a document shows a statement's number, which is Pandoc's and our affair.
bool shows_numbers(const std::string& document) {
  for (std::size_t number = 0; number < 50; ++number)
    if (contains(document, manuscript::class_of_statement(number))) return true;
  return false;
}

/// The claims.json of a report that holds the bowl and this text.
Json claims_of(Report& r, const std::string& text) {
  r.chapter("# One\n\n" + bowl + "\n" + text + "\n");
  r.build();
  return r.json("claims.json");
}

}  // namespace

TEST_CASE("claims.json holds every claim with place, text, condition, numbers and verdict") {
  Report r;
  const Json claims = claims_of(r, "So\n[it falls by 2 %]{.claim that=\"bowl: eta=0.019.loss-rises = 0\"}.");
  REQUIRE(claims.size() == 1);
  CHECK(claims[0]["place"]["line"] == 13);
  CHECK(claims[0]["place"]["column"] == 1);
  CHECK(contains(claims[0]["place"]["file"].get<std::string>(), "01.md"));
  CHECK(claims[0]["figure"] == "fig:bowl");
  CHECK(claims[0]["text"] == "it falls by 2 %");
  CHECK(claims[0]["condition"] == "bowl: eta=0.019.loss-rises = 0");
  CHECK(claims[0]["numbers"] == "0 == 0");
  CHECK(claims[0]["holds"] == true);
}

TEST_CASE("claims may speak of a figure's parameters, and of functions of an index") {
  Report r;
  const Json claims = claims_of(
      r,
      "[Twenty]{.claim that=\"bowl: steps = 20 and decay-steps = 50\"} and\n"
      "[so]{.claim that=\"fig:bowl: abs(eta=0.021.theta2(20)) ~ 1.1^steps within 1e-12\"}.");  // (1 - 0.021 * 100)^20
  REQUIRE(claims.size() == 2);
  CHECK(claims[0]["holds"] == true);
  CHECK(claims[1]["holds"] == true);
}

TEST_CASE("values and claims work in captions, lists, tables and notes") {
  Report r;
  r.chapter(
      "# One\n\n```{.figure #fig:bowl}\nexperiment: quadratic-bowl\ncaption: |\n"
      "  At `bowl: kappa`{.value} [it is so]{.claim that=\"bowl: kappa = 100\"}.\nalt: A bowl\n```\n\n"
      "- [a]{.claim that=\"bowl: kappa > 1\"}^[[b]{.claim that=\"bowl: kappa > 2\"}]\n\n"
      "| x |\n|---|\n| `bowl: eta=0.021.multiplier(2)`{.value format=\".1f\"} [c]{.claim that=\"bowl: kappa > 3\"} "
      "|\n");
  r.settings.formats = {"html"};
  r.build();
  REQUIRE(r.json("claims.json").size() == 4);
  CHECK(r.json("claims.json")[0]["place"]["line"] == 6);
  const std::string page = r.read("report.html");
  CHECK(contains(page, ">100</span> <span class=\"claim holds\">"));
  CHECK(contains(page,
                 ">\u2212"
                 "1.1</span>"));
  for (const char* condition : {"bowl: kappa = 100", "bowl: kappa &gt; 1", "bowl: kappa &gt; 2", "bowl: kappa &gt; 3"})
    CHECK(contains(page, std::string("<code>") + condition + "</code> holds: 100"));
}

TEST_CASE("claims are judged wherever text can stand") {
  const auto claim = [](int k) {
    return "[c" + std::to_string(k) + "]{.claim that=\"bowl: kappa > " + std::to_string(k) + "\"}";
  };
  const std::vector<std::string> places{
      "## Heading " + claim(1) + "\n\n",
      "A " + claim(2) + " note[^n], and[^m].\n\n[^n]: In " + claim(3) + " it.\n\n[^m]: More\n\n    and " + claim(4) +
          ".\n\n",
      "[A link with " + claim(5) + " in it](#bowls), *emphasis with " + claim(6) + "*, **" + claim(7) + "**, ~~" +
          claim(8) + "~~ and \"" + claim(9) + "\".\n\n",
      "Term " + claim(10) + "\n:   Definition with " + claim(11) + "\n\n",
      "> - A list in a quote with " + claim(12) + "\n>\n>   1. and a list in it " + claim(13) + "\n\n",
      "| Head " + claim(14) + " |\n|------|\n| cell |\n\nTable: Caption with " + claim(15) + "\n\n",
      "+------------------------------------------------+\n| " + claim(16) +
          "    |\n+------------------------------------------------+\n\n",
      "::: note\nIn a division " + claim(17) + "\n:::\n\n",
      "| A line block " + claim(18) + "\n| of two lines\n\n",
      "(@good) An example " + claim(19) + "\n\n",
      "[Words in [brackets " + claim(20) + "]{.x}]{.y} and ^[An inline note " + claim(21) + "]\n\n"};
  Report r;
  std::string text = "# Bowls {#bowls}\n\n" + bowl + "\n";
  for (const auto& place : places) text += place;
  r.chapter(text);
  r.settings.formats = {"html"};
  r.build();
  CHECK(r.json("claims.json").size() == 21);
  const std::string page = r.read("report.html");
  for (int k = 1; k <= 21; ++k)
    CHECK(contains(page, "<code>bowl: kappa &gt; " + std::to_string(k) + "</code> holds: 100"));
}

TEST_CASE("a claim that fails is told with place, text, condition and numbers, and the last report stays") {
  Report r;
  r.chapter("# One\n\n" + bowl + "\nText.\n");
  r.build();
  const std::string before = r.read("report.json");
  r.chapter("# One\n\n" + bowl + "\nNow [it\nis 99]{.claim that=\"bowl: kappa < 99.5 and\nsteps = 20\"}.\n");
  const auto summary = r.build();
  REQUIRE(summary.untrue.size() == 1);
  const auto& error = summary.untrue[0];
  CHECK(error.place.line == 13);  // of the condition
  CHECK(contains(error.message, "it is 99"));
  const std::string told = manuscript::render(error, false);
  CHECK(contains(told, "bowl: kappa < 99.5 and"));
  CHECK(contains(told, "100 < 99.5 and 20 == 20"));
  CHECK(r.read("report.json") == before);
  CHECK(r.json("claims.json")[0]["holds"] == false);
}

TEST_CASE("an index beyond the run, and a value that is not a number, are told when they are judged") {
  Report r;
  r.chapter("# One\n\n" + bowl +
            "\n`bowl: eta=0.021.theta2(51)`{.value} [x]{.claim that=\"bowl: eta=0.021.theta2(0.5) > 0\"}\n"
            "`bowl: sqrt(0 - kappa)`{.value}\n");
  const auto summary = r.build();
  REQUIRE(summary.untrue.size() == 3);
  std::string told;
  for (const auto& error : summary.untrue) told += manuscript::render(error, false);
  CHECK(contains(told, "'eta=0.021.theta2' has indices from 0 to 50, not 51"));
  CHECK(contains(told, "the index 0.5 is not a whole number"));
  CHECK(contains(told, "this value is not a number (NaN)"));
}

TEST_CASE("the printed report numbers its claims and lists them with their figures") {
  Report r;
  r.settings.formats = {"html"};
  r.chapter("# One\n\n" + bowl +
            "\n[First]{.claim that=\"bowl: kappa > 1\"}, [again]{.claim that=\"bowl: kappa > 1\"}.\n");
  r.build();
  const std::string page = r.read("report.html");
  CHECK(contains(page, "href=\"#claim-1\""));
  CHECK(contains(page, "id=\"claim-2-mark\""));
  const auto list = page.substr(page.find("<h1 class=\"unnumbered\" id=\"claims\""));
  CHECK(list.find("First") < list.find("again"));
  CHECK(contains(list, "href=\"#fig:bowl\""));
  CHECK(contains(list, "01.md:12"));
}

TEST_CASE("a statement that was judged is not judged again where it has moved, and one that changed, or failed, is") {
  Report r;
  const auto with = [&](const std::string& text) { r.chapter("# One\n\n" + bowl + "\n" + text + "\n"); };
  const auto without_results = [&] { fs::remove_all(r.settings.cache / "results"); };  // whoever needs one must run it
  with("It is `bowl: kappa`{.value}, [a lot]{.claim that=\"bowl: kappa > 1\"}.");
  r.build();
  without_results();
  with("A sentence.\n\nNow it is `bowl: kappa`{.value}, [very much]{.claim that=\"bowl: kappa > 1\"}.");
  CHECK(r.build().untrue.empty());
  CHECK(r.ran().empty());
  CHECK(r.json("claims.json")[0]["place"]["line"] == 14);
  CHECK(r.json("claims.json")[0]["text"] == "very much");
  CHECK(r.json("claims.json")[0]["numbers"] == "100 > 1");
  with("It is `bowl: kappa`{.value}, [a lot]{.claim that=\"bowl: kappa > 2\"}.");
  CHECK(r.build().untrue.empty());
  CHECK(r.ran() == Ids{"fig:bowl"});
  for (int build = 0; build < 2; ++build) {
    without_results();
    with("It is `bowl: kappa`{.value}, [a lot]{.claim that=\"bowl: kappa > 200\"}." +
         std::string(static_cast<std::size_t>(build), '!'));
    CHECK(r.build().untrue.size() == 1);
    CHECK(r.ran() == Ids{"fig:bowl"});
  }
}

TEST_CASE("of claims with one condition each keeps its words and its place, wherever Pandoc reads it") {
  const std::string that = "{.claim that=\"bowl: kappa > 1\"}";
  Report r;
  r.metadata("title: 'Of [a title]" + that + "'\nabstract: |\n  An [abstract]" + that + ".\n");
  r.settings.formats = {"html"};
  r.chapter("# One\n\nWords.[^n] [A sentence]" + that + ".\n\n[^n]: [A note]" + that +
            ".\n\n```{.figure #fig:bowl}\nexperiment: quadratic-bowl\ncaption: >\n  Folded [in a\n  caption]" + that +
            ".\nalt: A bowl\n```\n");
  r.build();
  const std::string page = r.read("report.html");
  const auto list = page.substr(page.find("id=\"claims\""));
  const Json claims = r.json("claims.json");
  REQUIRE(claims.size() == 5);
  for (const auto& claim : claims) {
    const auto words = claim["text"].get<std::string>();
    INFO(words);
    const auto entry = list.find("</span>" + words);
    REQUIRE(entry != std::string::npos);
    const std::string mark = "<span class=\"claim-place\">";
    const auto place = list.find(mark, entry) + mark.size();
    CHECK(list.substr(place, list.find('<', place) - place) ==
          claim["place"]["file"].get<std::string>() + ":" + std::to_string(claim["place"]["line"].get<int>()));
  }
}

TEST_CASE("values are filled in wherever text can stand, and nothing shows their numbers") {
  const auto value = [](int k) { return "`bowl: steps + " + std::to_string(k) + "00`{.value}"; };
  Report r;
  r.metadata("title: 'Of " + value(1) + "'\nabstract: >\n  Folded\n\n\n  `bowl:\n  steps + 200`{.value}\n");
  r.settings.formats = {"html", "json"};
  const std::string figure =
      "```{.figure #fig:bowl}\nexperiment: quadratic-bowl\nsteps: 20\ndecay-steps: 50\ncaption: \"\\u00e9 {{steps}} " +
      value(3) + "\"\nalt: A bowl\n```\n\n";
  r.chapter("# One\n\n" + figure + "## Heading " + value(4) + "\n\n> In a quote `bowl:\n> steps + 500`{.value}\n\n" +
            "| a |\n|---|\n| " + value(6) + " |\n\n: Caption " + value(7) + " {#tbl:a}\n\n" +
            "+-----------------------------+---+\n| " + value(8) + " | b |\n+-----------------------------+---+\n\n" +
            "[A link " + value(9) + "](#one), a note[^n] and ^[another " + value(10) + "].\n\n[^n]: Note " + value(11) +
            "\n\nOf `bowl:steps`{.value} and `bowl: kappa`{.value format=\".2f\"}.\n");
  r.build();
  const std::string page = r.read("report.html");
  for (int k = 1; k <= 11; ++k) {
    INFO(k);
    CHECK(contains(page,
                   "title=\"bowl: steps + " + std::to_string(k) + "00\">" + std::to_string(20 + 100 * k) + "</span>"));
  }
  CHECK(contains(page, "title=\"bowl:steps\">20</span>"));
  CHECK(contains(page, "title=\"bowl: kappa\">100.00</span>"));
  CHECK(!shows_numbers(page));
  CHECK(!shows_numbers(r.read("report.json")));
}

TEST_CASE("headings with values have the IDs that Pandoc makes of what the author wrote") {
  Report r;
  const std::string page = page_of(r,
                                   "## At `bowl: kappa`{.value}\n\n## At `bowl: kappa`{.value}\n\n## At bowl kappa\n\n"
                                   "[It](#at-bowl-kappa-1) and [that](#at-bowl-kappa-2).");
  for (const char* id : {"at-bowl-kappa", "at-bowl-kappa-1", "at-bowl-kappa-2"})
    CHECK(contains(page, std::string("id=\"") + id + "\""));
}

TEST_CASE("what repeats a title or a claim's words repeats its values, and neither its claims nor its notes") {
  Report r;
  const std::string page =
      page_of(r,
              "## At `bowl: kappa`{.value} [so]{.claim that=\"bowl: kappa > 1\"}^[A note.] {.unnumbered "
              "#sec:at}\n\nSee @sec:at.\n\n[Outer [inner]{.claim that=\"bowl: kappa > 2\"} "
              "words]{.claim that=\"bowl: kappa > 3\"}.");
  CHECK(contains(page, "class=\"reference\">At <span class=\"value\" title=\"bowl: kappa\">100</span> so</a>"));
  CHECK(contains(page, "</span>Outer inner words <a class=\"claim-back\""));
  CHECK(contains(page, "</span>inner <a class=\"claim-back\""));
}

TEST_CASE("a note that is referred to twice shows its values twice, and may hold no claim") {
  Report r;
  const std::string page = page_of(r, "Here[^n] and here[^n].\n\n[^n]: So many: `bowl: kappa`{.value}.");
  const std::string shown = "So many: <span class=\"value\" title=\"bowl: kappa\">100</span>";
  CHECK(page.find(shown) < page.rfind(shown));
  r.chapter("# One\n\n" + bowl + "\nHere[^n] and here[^n].\n\n[^n]: [So]{.claim that=\"bowl: kappa > 1\"}.\n");
  try {
    r.build();
    FAIL("the report was written");
  } catch (const std::exception& error) {
    CHECK(contains(error.what(), "01.md:14: the claim 'bowl: kappa > 1' would stand in the report twice"));
  }
}

}  // namespace statements_test
