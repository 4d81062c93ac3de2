// A stranger's document: its text can be read, and no code of it runs.
#include "catch.hpp"
#include "document_user.hpp"

namespace untrusted_test {

using namespace user;

namespace {

const char* const strange =
    "# Numbers\n\n"
    "The cat counts `counted: n`{.value} mice, half of them `counted: n / 2`{.value format=.1f}, in all\n"
    "$N = \\value{counted: n}$, and `named`{.value} by name, where the table has `of-file: b.max`{.value}.\n"
    "[It counts seven]{.claim that=\"counted: n == 7\"}, [the file ends with three]{.claim that=\"of-file: b.last == "
    "3\"}; see @fig:counted and @tbl:counts.\n\n"
    "```{.values}\nnamed: \"compiled: depth | .1f\"\n```\n\n"
    "``` {.figure #fig:counted}\nexperiment: count\nfactor: 2\nalt: A line.\n"
    "caption: '**Mice counted** by {{factor}} and {{other}}.'\n```\n\n"
    "``` {.figure #fig:compiled}\nexperiment: own-one\nalt: Another line.\ncaption: '**In C++.**'\n```\n\n"
    "``` {.figure #fig:of-file}\nexperiment: table\nfile: data.csv\nx: a\ny: b\nalt: A line.\n"
    "caption: '**Of a file.**'\n```\n\n"
    "``` {.table #tbl:counts}\nfrom: counted\ncaption: Counts.\n```\n";

struct Stranger : DocumentUser {
  Stranger() {
    write("d/report.yaml", "");
    write("d/chapters/metadata.yaml", "title: T\n");
    write("d/chapters/01.md", strange);
    write("d/data.csv", "a,b\n1,2\n2,3\n");
    // Both leave a mark where they are run, or compiled.
    write("d/experiments/count.yaml",
          "title: Count\nsummary: It counts.\ncommand: [sh, count.sh]\nreads: [count.sh]\n"
          "parameters:\n  factor: {type: number, default: 1, meaning: a factor}\n"
          "  other: {type: number, default: 3, meaning: another}\n"
          "gives:\n  panels:\n    - {title: p, x: {label: x}, y: {label: y}, series: [s]}\n"
          "  values: {n: {meaning: mice, tolerance: 0, reason: counted}}\n");
    write("d/experiments/count.sh",
          "cat >/dev/null\necho '{\"panels\": [{\"title\": \"p\", \"series\": [{\"name\": \"s\", \"x\": [1, 2], \"y\": "
          "[1, 2]}]}], \"values\": {\"n\": 7}}'\n");
    write("d/experiments/own_one.cpp", "#error it was compiled\n");
  }
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((path / name).parent_path());
    sys::write_file(path / name, text);
  }
  std::string page() const { return sys::read_file(path / "d/output/report.html"); }
  std::string part(const std::string& archive, const std::string& name) const {
    sys::Command command;
    command.arguments = {"unzip", "-p", (path / "d/output" / archive).string(), name};
    return sys::run(command).output;
  }
  std::string body() const {
    const std::string text = page();
    return text.substr(text.find("<main"));
  }
};

}  // namespace

TEST_CASE("of a document that is not trusted the text can be read, and no code of it runs") {
  const Stranger stranger;
  const auto built = stranger.in("d", {"build", "--untrusted", "--format", "html,docx,epub"});
  INFO(built.errors);
  REQUIRE(built.status == 0);
  CHECK(contains(built.errors,
                 "warning: not run, since their experiments are the document's own code: fig:counted, "
                 "fig:compiled;"));
  const char* const note = "This copy was made without running the document’s own code.";
  const std::string page = stranger.page(), body = stranger.body();
  CHECK(contains(page.substr(0, page.find("<header class=\"title\"")), note));
  CHECK(contains(stranger.part("report.docx", "word/document.xml"), "This copy was made without"));
  CHECK(contains(stranger.part("report.epub", "EPUB/text/title_page.xhtml"), note));
  CHECK(contains(body, "Mice counted</strong> by 2 and –."));
  CHECK(contains(body, "In C++."));
  CHECK(contains(body, "Not shown: its experiment is code"));
  CHECK(contains(body, "It counts seven"));
  SECTION("nothing that would be its result is there") {
    for (const char* file : {"data/counted.csv", "figures/counted.pdf", "figures/compiled.svg"})
      CHECK_FALSE(fs::exists(stranger.path / "d/output" / file));
    CHECK(fs::exists(stranger.path / "d/output/data/of-file.csv"));
    CHECK_FALSE(contains(body, "data/counted.csv"));
  }
  SECTION("claims about other figures are judged") {
    const std::string claims = sys::read_file(stranger.path / "d/output/claims.json");
    CHECK(contains(claims, "the file ends with three"));
    CHECK_FALSE(contains(claims, "It counts seven"));
    CHECK(contains(built.errors, "1 claim,"));
  }
}

TEST_CASE("a number that is withheld is a dash, in the text and in a formula") {
  const Stranger stranger;
  REQUIRE(stranger.in("d", {"build", "--untrusted", "--format", "html"}).status == 0);
  const std::string body = stranger.body();
  std::size_t dashes = 0;
  for (auto at = body.find(">–<"); at != std::string::npos; at = body.find(">–<", at + 1)) ++dashes;
  CHECK(dashes >= 4);
  CHECK(contains(body, ">3<"));  // of the file
}

TEST_CASE("a document is withheld or not, build by build, and nothing of a whole one is lost") {
  const Stranger stranger;
  fs::remove(stranger.path / "d/experiments/own_one.cpp");
  std::string text = strange;
  const auto begin = text.find("``` {.figure #fig:compiled}");
  text.erase(begin, text.find("``` {.figure #fig:of-file}") - begin);
  text.replace(text.find("compiled: depth"), 15, "counted: n");
  stranger.write("d/chapters/01.md", text);
  REQUIRE(stranger.in("d", {"build", "--format", "html"}).status == 0);
  const std::string whole = stranger.page();
  const std::string data = sys::read_file(stranger.path / "d/output/data/counted.json");
  REQUIRE(stranger.in("d", {"build", "--untrusted", "--format", "html"}).status == 0);
  CHECK(stranger.page() != whole);
  CHECK(sys::read_file(stranger.path / "d/output/data/counted.json") == data);
  const auto again = stranger.in("d", {"build", "--format", "html"});
  INFO(again.errors);
  CHECK(contains(again.errors, ", 0 run,"));
  CHECK(stranger.page() == whole);
}

TEST_CASE("what is withheld is named where it is asked for") {
  const Stranger stranger;
  const auto list = stranger.in("d", {"list", "--untrusted"});
  CHECK(contains(list.output, "  count  withheld  the experiment is the document's own code\n"));
  const auto figure = stranger.in("d", {"figure", "counted", "--untrusted"});
  CHECK(figure.status == 2);
  CHECK(contains(figure.errors, "'fig:counted' is not run: its experiment 'count' is the document's own code"));
  for (const char* command : {"check", "bless"}) {
    const auto refused = stranger.in("d", {command, "--untrusted"});
    CHECK(refused.status == 2);
    CHECK(contains(refused.errors, "runs the document's experiments, which --untrusted forbids"));
  }
}

TEST_CASE("in print what is withheld is said in the document's language") {
  const Stranger stranger;
  stranger.write("d/chapters/metadata.yaml", "title: T\nlang: de\n");
  const auto built = stranger.in("d", {"build", "--untrusted", "--format", "pdf"});
  INFO(built.errors);
  REQUIRE(built.status == 0);
  sys::Command command;
  command.arguments = {"pdftotext", "-layout", (stranger.path / "d/output/report.pdf").string(), "-"};
  const std::string text = sys::run(command).output;
  CHECK(contains(text, "Für diese Fassung wurde der eigene Code des Dokuments nicht"));
  CHECK(contains(text, "Nicht gezeigt"));
}

}  // namespace untrusted_test
