// A document of one's own: found from where the author stands, with its folders as report.yaml names them.
#include <thread>

#include "catch.hpp"
#include "document_user.hpp"

namespace own_document_test {

using namespace user;

namespace {

struct Author : DocumentUser {
  Author() {
    fs::create_directories(path / "voles/text/figures");
    put("report.yaml", "chapters: text\noutput: made\nreferences: refs\n");
    put("text/01.md", "# One\n\n" + bowl);
  }
  void put(const std::string& name, const std::string& text) const { sys::write_file(path / "voles" / name, text); }
};

}  // namespace

TEST_CASE("a document is found from any folder of it, and its folders are those that report.yaml names") {
  const Author author;
  for (const char* folder : {"voles", "voles/text", "voles/text/figures"}) {
    INFO(folder);
    const auto built = author.in(folder, {"build", "--format", "html"});
    INFO(built.errors);
    CHECK(built.status == 0);
    CHECK(fs::exists(author.path / "voles/made/report.html"));
    fs::remove_all(author.path / "voles/made");
  }
  CHECK_FALSE(fs::exists(author.path / "voles/output"));
}

TEST_CASE("every key of report.yaml may be left out") {
  const Author author;
  author.put("report.yaml", "");
  author.put("chapters/01.md", "# One\n");
  CHECK(author.in("voles", {"build", "--format", "html"}).status == 0);
  CHECK(fs::exists(author.path / "voles/output/report.html"));
}

TEST_CASE("options stand over report.yaml") {
  const Author author;
  author.put("other/01.md", "# Other\n");
  CHECK(author.in("voles", {"--chapters", "other", "--output", "elsewhere", "--format", "html"}).status == 0);
  CHECK(contains(sys::read_file(author.path / "voles/elsewhere/report.html"), "Other"));
  CHECK_FALSE(fs::exists(author.path / "voles/made"));
}

TEST_CASE("check and bless keep a document's references in it") {
  const Author author;
  CHECK(author.in("voles", {"check"}).status == 1);  // there are none yet
  const auto blessed = author.in("voles", {"bless"});
  INFO(blessed.errors);
  CHECK(blessed.status == 0);
  CHECK(fs::exists(author.path / "voles/refs/bowl.json"));
  CHECK(author.in("voles", {"check"}).status == 0);
}

TEST_CASE("a mistake in report.yaml is told at its place before anything else, and help is there all the same") {
  const Author author;
  author.put("report.yaml", "chapter: text\noutput: /tmp/x\nreferences:\n");
  const auto built = author.in("voles", {"build"});
  CHECK(built.status == 2);
  CHECK(built.errors ==
        "report.yaml:1:1: error: 'chapter' is not a key of report.yaml\n"
        "    1 | chapter: text\n      | ^~~~~~~ did you mean 'chapters'?\n"
        "report.yaml:2:9: error: 'output' must be relative to report.yaml, so that the document can be moved\n"
        "    2 | output: /tmp/x\n      |         ^~~~~~ as in: output: output\n"
        "report.yaml:3:1: error: 'references' must be the name of a folder\n"
        "    3 | references:\n      | ^~~~~~~~~~ as in: references: golden\n");
  CHECK(author.in("voles", {"help"}).status == 0);
  CHECK(author.in("voles", {"list"}).status == 2);
}

TEST_CASE("keys that belong to the metadata are told where they belong") {
  const Author author;
  author.put("report.yaml", "bibliography: a.bib\n");
  CHECK(contains(author.in("voles", {"build"}).errors,
                 "known are chapters, experiments, output, references; title, authors and the like stand in "
                 "metadata.yaml"));
}

TEST_CASE("where there is no document at all, the error says how to have one") {
  Author author;
  fs::create_directories(author.path / "empty");
  fs::create_directories(author.path / "installed/render");
  fs::create_directory_symlink(source_folder() / "render/theme", author.path / "installed/render/theme");
  author.environment.emplace_back("REPORT_ROOT", (author.path / "installed").string());
  const auto built = author.in("empty", {"build"});
  CHECK(built.status == 2);
  CHECK(contains(built.errors, "there is no chapters folder " + (author.path / "empty/chapters").string()));
  CHECK(contains(built.errors, "make a document with 'report new'"));
}

TEST_CASE("two documents beside one program are built at the same time, each into its own folder") {
  const Author author;
  sys::write_file(author.path / "mice/report.yaml", "");
  sys::write_file(author.path / "mice/chapters/01.md", "# Mice\n\n" + bowl);
  sys::ProcessResult voles, mice;
  std::thread other([&] { mice = author.in("mice", {"build", "--format", "html"}); });
  voles = author.in("voles", {"build", "--format", "html"});
  other.join();
  CHECK(voles.status == 0);
  CHECK(mice.status == 0);
  CHECK(fs::exists(author.path / "voles/made/report.html"));
  CHECK(contains(sys::read_file(author.path / "mice/output/report.html"), "Mice"));
}

}  // namespace own_document_test
