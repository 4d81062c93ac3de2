// A report in another language, as its author builds it: no word of the theme's is left in English, in any format.
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "catch.hpp"
#include "publish/words.hpp"
#include "user.hpp"

namespace language_test {

using namespace user;

namespace {

/// Measurements with names of German: samples for boxes, areas, and a cell that is missing.
const std::string measurements =
    "Tag,Ort,Masse\n2021-05-01,Nord,1.5\n2021-05-01,Nord,2.5\n2021-05-01,Nord,9.25\n2021-06-01,Nord,\n"
    "2021-05-01,Ufer,3.5\n2021-06-01,Ufer,4.5\n2021-06-01,Ufer,6.5\n2021-06-01,Ufer,5.5\n";

const std::string german =
    "# Einleitung {#sec:anfang}\n\nSiehe @fig:kasten, @sec:anfang und [@fig:kasten; @fig:punkte].[^n]\n"
    "[Die Massen sind klein]{.claim that=\"kasten: 1 < 2 and 2 < 3\"}, sagte er \"dort\".\n"
    "[Il dit \"oui\" toujours.]{lang=fr}\n\n[^n]: Eine Anmerkung.\n\n"
    "```{.figure #fig:kasten}\nexperiment: table\nfile: m.csv\nx: Ort\ny: Masse\nmark: boxes\ncaption: K.\nalt: "
    "K.\n```\n\n"
    "```{.figure #fig:punkte}\nexperiment: table\nfile: m.csv\nx: Tag\ny: Masse\ngroup: Ort\nsize: Masse\nmark: "
    "points\n"
    "caption: P.\nalt: P.\n```\n";

struct Author : User {
  explicit Author(const std::string& metadata) {
    sys::write_file(path / "report.yaml", "");
    sys::write_file(path / "m.csv", measurements);
    sys::write_file(path / "chapters/metadata.yaml", metadata);
    chapter(german);
  }
  sys::ProcessResult build(const std::string& formats) const {
    return exec({REPORT_PROGRAM, "build", "--format", formats});
  }
  std::string made(const std::string& name) const { return sys::read_file(path / "output" / name); }
  std::string printed() const {
    return exec({"pdftotext", "-layout", (path / "output/report.pdf").string(), "-"}).output;
  }
};

const std::string head =
    "title: Massen\nauthor:\n  - {name: Ada Lovelace, affiliation: [London, Paris], email: ada@example.org, "
    "corresponding: true}\n  - {name: Charles Babbage, affiliation: London}\ndate: 2026-03-01\nlicense: CC-BY-4.0\n"
    "abstract: Kurz gesagt.\nlang: ";

std::string replaced(const std::string& text, const char* pattern, const char* by) {
  return std::regex_replace(text, std::regex(pattern), by);
}

/// What a page says to eyes and ears: its text, attributes that are read aloud, and what the script will say.
std::string said_by(const std::string& page) {
  std::string said;
  std::size_t body = page.find("<body>");
  const std::size_t words = page.find("id=\"words\">");
  REQUIRE(words != std::string::npos);
  const std::size_t begin = page.find('{', words);
  const auto script = nlohmann::json::parse(page.substr(begin, page.find("</script>", begin) - begin));
  for (const auto& [key, text] : script.items()) said += text.get<std::string>() + "\n";
  for (std::size_t at = body; at != std::string::npos && at < page.size();) {
    if (page.compare(at, 7, "<script") == 0) {
      at = page.find("</script>", at);
      continue;
    }
    if (page[at] == '<') {
      const std::size_t end = page.find('>', at);
      const std::string tag = page.substr(at, end - at);
      for (const char* name : {" aria-label=\"", " title=\"", " alt=\""})
        if (const std::size_t value = tag.find(name); value != std::string::npos) {
          const std::size_t from = value + std::string(name).size();
          said += "\n" + tag.substr(from, tag.find('"', from) - from) + "\n";
        }
      at = end == std::string::npos ? end : end + 1;
    } else {
      said += page[at++];
    }
  }
  return said;
}

/// The words of a language between the places that are filled in.
std::set<std::string> stretches(const text::Words& words) {
  std::set<std::string> all;
  for (const auto& [key, text] : words.all()) {
    const std::regex places("\\{\\w+\\}");
    for (std::sregex_token_iterator at(text.begin(), text.end(), places, -1), end; at != end; ++at) {
      const std::string stretch = replaced(*at, "^[^A-Za-z]+|[^A-Za-z]+$", "");
      if (stretch.size() > 2) all.insert(stretch);
    }
  }
  return all;
}

/// English words of the theme that stand in the text and are not German ones, too. Names of places to fill in, of
/// source files and of a condition's operators are no words.
std::set<std::string> english_in(const std::string& whole) {
  const std::string text = replaced(whole, "\\{\\w+\\}|src/\\S+|1 (<|&lt;) 2 and 2 (<|&lt;) 3", "");
  const fs::path theme = source_folder() / "render" / "theme";
  const auto known = stretches(publish::words_of(theme, "de"));
  std::set<std::string> found;
  for (const auto& word : stretches(text::english())) {
    if (known.contains(word)) continue;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
      const auto is_letter = [&](std::size_t i) {
        return i < text.size() && std::isalpha(static_cast<unsigned char>(text[i]));
      };
      if (!(at > 0 && is_letter(at - 1)) && !is_letter(at + word.size())) found.insert(word);
    }
  }
  return found;
}

}  // namespace

TEST_CASE("a German page, its print, its book and its Word document hold no English word of the theme's") {
  const Author author(head + "de\n");
  const auto built = author.build("html,pdf,epub,docx");
  INFO(built.errors);
  REQUIRE(built.status == 0);
  const std::string page = said_by(author.made("report.html"));
  CHECK(english_in(page) == std::set<std::string>{});
  CHECK(contains(page, "Abbildungen\u00A01.1 und"));
  CHECK(contains(page, "Zum Text springen"));
  CHECK(contains(page, "1. März 2026"));
  CHECK(contains(page, "„dort“"));
  CHECK(contains(author.made("report.html"), "Charles Babbage<sup>1</sup>"));
  CHECK(contains(author.made("report.html"), "</span> und <span>"));
  const std::string print = author.printed();
  CHECK(english_in(print) == std::set<std::string>{});
  CHECK(contains(print, "Lizenz: CC BY 4.0"));
  CHECK(contains(print, "S. "));
}

TEST_CASE("texts in another language have its marks on the page") {
  const Author author(head + "de\n");
  REQUIRE(author.build("html").status == 0);
  CHECK(contains(author.made("report.html"), "<span lang=\"fr\">Il dit «\u00A0oui\u00A0» toujours.</span>"));
}

TEST_CASE("a language without words is told, and the theme's stay English") {
  const Author author(head + "sv\n");
  const auto built = author.build("html");
  INFO(built.errors);
  REQUIRE(built.status == 0);
  CHECK(contains(built.errors,
                 "warning: chapters/metadata.yaml:8:7: 'Figure', 'Contents' and all that the report writes "
                 "by itself stay English in 'sv'"));
  CHECK(contains(author.made("report.html"), "<html lang=\"sv\""));
  CHECK(contains(author.made("report.html"), "Figure\u00A01.1"));
}

TEST_CASE("the page tells indexes what it is") {
  const Author author(head + "de\n");
  REQUIRE(author.build("html").status == 0);
  const std::string page = author.made("report.html");
  for (const char* tag :
       {"<meta name=\"citation_title\" content=\"Massen\">", "<meta name=\"citation_author\" content=\"Ada Lovelace\">",
        "<meta name=\"citation_author_institution\" content=\"Paris\">",
        "<meta name=\"citation_publication_date\" content=\"2026/03/01\">",
        "<meta name=\"citation_language\" content=\"de\">",
        "<link rel=\"license\" href=\"https://creativecommons.org/licenses/by/4.0/\">"})
    CHECK(contains(page, tag));
  const std::string opening = "<script type=\"application/ld+json\">";
  const std::size_t begin = page.find(opening) + opening.size();
  const auto article = nlohmann::json::parse(page.substr(begin, page.find("</script>", begin) - begin));
  CHECK(article["@type"] == "ScholarlyArticle");
  CHECK(article["author"][0]["affiliation"][1]["name"] == "Paris");
  CHECK(article["author"][0]["email"] == "mailto:ada@example.org");
  CHECK(!article["author"][1].contains("email"));
  CHECK(article["license"] == "https://creativecommons.org/licenses/by/4.0/");
  CHECK(article["abstract"] == "Kurz gesagt.");
}

}  // namespace language_test
