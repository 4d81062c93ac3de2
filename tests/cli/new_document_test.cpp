// report new: a document that builds, and what is in the way of one.
#include <sys/stat.h>

#include <regex>

#include "catch.hpp"
#include "document_user.hpp"

namespace new_document_test {

using namespace user;

namespace {

using Author = DocumentUser;

std::vector<std::string> names_below(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& item : fs::recursive_directory_iterator(folder))
    if (item.is_regular_file()) names.push_back(item.path().lexically_relative(folder).string());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

TEST_CASE("a new document builds without a warning, and its claim holds") {
  const Author author;
  const auto made = author.in("", {"new", "on/yeast"});
  INFO(made.errors);
  REQUIRE(made.status == 0);
  CHECK(names_below(author.path / "on/yeast") ==
        std::vector<std::string>{".github/workflows/report.yml", ".gitignore", ".gitlab-ci.yml", "README.md",
                                 "chapters/01-first.md", "chapters/metadata.yaml", "chapters/references.bib",
                                 "data/yeast.csv", "experiments/euler_method.cpp", "experiments/yeast.awk",
                                 "experiments/yeast.yaml", "report.yaml"});
  CHECK(contains(made.output, "on/yeast/.gitlab-ci.yml\non/yeast/README.md\non/yeast/chapters/01-first.md\n"));
  const auto built = author.in("on/yeast", {"build"});
  CHECK(built.status == 0);
  CHECK(built.output == "output/report.pdf\noutput/report.html\n");
  CHECK(contains(built.errors, "3 figures, 3 run, 0 failed"));
  CHECK_FALSE(contains(built.errors, "warning"));
  const std::string page = sys::read_file(author.path / "on/yeast/output/report.html");
  for (const char* part :
       {"yeast: last\">662</span>", "Carlson", "Pearl", "half full", "euler: coarsest\">118</span>"}) {
    INFO(part);
    CHECK(contains(page, part));
  }
  CHECK(contains(sys::read_file(author.path / "on/yeast/output/claims.json"), "\"holds\": true"));
}

TEST_CASE("a new document's figures are checked and blessed") {
  const Author author;
  REQUIRE(author.in("", {"new", "yeast"}).status == 0);
  CHECK(author.in("yeast", {"check"}).status == 1);  // there are no references yet
  CHECK(author.in("yeast", {"bless"}).status == 0);
  CHECK(fs::exists(author.path / "yeast/golden/yeast.json"));
  CHECK(author.in("yeast", {"check"}).status == 0);
  CHECK(contains(sys::read_file(author.path / "yeast/output/check/index.html"), "<code>report bless ID</code>"));
}

TEST_CASE("a changed measurement fails a new document's claim") {
  const Author author;
  REQUIRE(author.in("", {"new", "yeast"}).status == 0);
  const fs::path data = author.path / "yeast/data/yeast.csv";
  sys::write_file(data, std::regex_replace(sys::read_file(data), std::regex("350\\.7"), "305.7"));
  const auto built = author.in("yeast", {"build", "--format", "html"});
  CHECK(built.status == 1);
  CHECK(contains(built.errors, "chapters/01-first.md:"));
  CHECK(contains(built.errors, "yeast: apart < 10"));
}

TEST_CASE("the commands that new prints build the document, as they are typed") {
  for (const char* folder : {"yeast", "my yeast/it's", "-x", "."}) {
    INFO(folder);
    Author author;
    const fs::path here = author.path / "here", root = author.path / "installed", bin = author.path / "bin";
    fs::create_directories(here);
    fs::create_directories(root / "render");
    for (const char* part : {"theme", "new-document"})
      fs::create_directory_symlink(source_folder() / "render" / part, root / "render" / part);
    fs::create_directories(bin);
    fs::create_symlink(REPORT_PROGRAM, bin / "report");
    author.environment.emplace_back("REPORT_ROOT", root.string());
    const auto made = author.in("here", {"new", "--", folder});
    REQUIRE(made.status == 0);
    const auto blank = made.errors.find("type\n\n");
    REQUIRE(blank != std::string::npos);
    const std::string typed = made.errors.substr(blank + 6);
    CHECK(typed.ends_with("  report\n"));
    const auto built = author.exec({"sh", "-ec", "cd here\nPATH=$PWD/../bin:$PATH\n" + typed});
    INFO(built.errors);
    CHECK(built.status == 0);
    CHECK(fs::exists(here / folder / "output/report.html"));
  }
}

TEST_CASE("new refuses a folder that holds files, and names one of them") {
  const Author author;
  sys::write_file(author.path / "full/notes.txt", "mine");
  sys::write_file(author.path / "full/zoo.txt", "mine");
  const auto refused = author.in("", {"new", "full"});
  CHECK(refused.status == 2);
  CHECK(refused.errors == "error: there is full/notes.txt already; 'new' writes into an empty folder\n");
  CHECK(names_below(author.path / "full") == std::vector<std::string>{"notes.txt", "zoo.txt"});
  const auto file = author.in("", {"new", "full/zoo.txt"});
  CHECK(file.status == 2);
  CHECK(contains(file.errors, "full/zoo.txt is a file"));
  CHECK(author.in("", {"new", "full/zoo.txt/inner"}).status == 2);
  CHECK(author.in("", {"new"}).status == 2);
  CHECK(author.in("", {"new", ""}).status == 2);
  CHECK(author.in("", {"new", "a", "b"}).status == 2);
}

TEST_CASE("a repository that is empty so far can become a document") {
  const Author author;
  sys::write_file(author.path / "repository/.git/HEAD", "ref: refs/heads/main\n");
  CHECK(author.in("repository", {"new", "."}).status == 0);
  CHECK(fs::exists(author.path / "repository/report.yaml"));
}

TEST_CASE("new needs no document around it, and does not mind a broken one") {
  const Author author;
  sys::write_file(author.path / "report.yaml", "chapter: text\n");
  CHECK(author.in("", {"new", "inner"}).status == 0);
  CHECK(author.in("inner", {"list"}).status == 0);
}

TEST_CASE("a new document's recipes take the program's package from where the author says, and know no address") {
  const Author author;
  REQUIRE(author.in("", {"new", "yeast"}).status == 0);
  for (const char* name : {".github/workflows/report.yml", ".gitlab-ci.yml"}) {
    INFO(name);
    const std::string recipe = sys::read_file(author.path / "yeast" / name);
    CHECK(contains(recipe, "\"$REPORT_PACKAGE\""));
    CHECK(contains(recipe, "report check"));
    CHECK_FALSE(contains(recipe, "http"));
  }
}

}  // namespace new_document_test
