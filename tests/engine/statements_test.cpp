// Values and claims from the text to the verdict: what they may speak of, where they stand, what is told of a failure.
#include "engine/sources/statements.hpp"

#include "catch.hpp"
#include "support/build_context.hpp"

using namespace support;
using engine::Json;

namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

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
