// Where a report lies, and from where it was built, shows in none of its files; what they say of places holds.
#include <map>
#include <regex>

#include "catch.hpp"
#include "user.hpp"

namespace places_test {

using user::bowl;
using user::contains;
using user::User;
using user::Words;
namespace fs = std::filesystem;

namespace {

const std::string text = "# One\n\nIt has [a condition of 100]{.claim that=\"bowl: kappa = 100\"}.\n\n" + bowl;

/// Everything that a build and a check leave, without times.
std::map<std::string, std::string> outputs(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& item : fs::recursive_directory_iterator(folder)) {
    const std::string name = item.path().lexically_relative(folder).string();
    if (!item.is_regular_file() || name.front() == '.') continue;
    std::string bytes = sys::read_file(item.path());
    if (name == "manifest.json")
      bytes = std::regex_replace(bytes, std::regex("\"seconds\": [^,\n]*|\"check/junit.xml\": \"[^\"]*\""), "");
    if (name == "check/junit.xml") bytes = std::regex_replace(bytes, std::regex(" time(?:stamp)?=\"[^\"]*\""), "");
    files[name] = bytes;
  }
  return files;
}

}  // namespace

TEST_CASE("a report has the same bytes from whatever folder it is built, and tells places in its own") {
  const User u;
  fs::create_directories(u.path / "a/b/doc/inner");
  fs::rename(u.path / "chapters", u.path / "a/b/doc/chapters");
  sys::write_file(u.path / "a/b/doc/chapters/01.md", text);
  const fs::path doc = u.path / "a/b/doc";
  fs::create_directory_symlink(doc / "chapters", u.path / "link");
  std::vector<std::map<std::string, std::string>> all;
  const std::pair<fs::path, std::string> ways[] = {{doc, "chapters"},
                                                   {doc, "./chapters/"},
                                                   {doc, "../doc/chapters/."},
                                                   {u.path, "a/b/doc/chapters"},
                                                   {doc / "inner", "../chapters"},
                                                   {doc / "chapters", "."},
                                                   {"/", (doc / "chapters").string()}};
  for (const auto& [from, chapters] : ways) {
    INFO(from.string() << " " << chapters);
    sys::Command command;
    command.environment = u.environment;
    command.directory = from;
    command.timeout = std::chrono::minutes(2);
    fs::remove_all(doc / "output");
    command.arguments = {REPORT_PROGRAM, "build", "--format", "html,json", "--chapters", chapters};
    const auto built = sys::run(command);
    INFO(built.errors);
    REQUIRE(built.status == 0);
    command.arguments = {REPORT_PROGRAM, "check", "--chapters", chapters, "--references", (doc / "golden").string(),
                         "--quiet"};
    CHECK(sys::run(command).status == 1);
    all.push_back(outputs(doc / "output"));
    CHECK(all.back() == all.front());
  }
  const auto& files = all.front();
  CHECK(files.size() > 10);
  for (const auto& [name, bytes] : files) {
    INFO(name);
    CHECK_FALSE(contains(bytes, u.path.string()));
  }
  CHECK(contains(files.at("claims.json"), "\"file\": \"chapters/01.md\""));
  CHECK(contains(files.at("manifest.json"), "\"place\": \"chapters/01.md:5\""));
  CHECK(contains(files.at("check/junit.xml"), "file=\"chapters/01.md\" line=\"5\""));
  CHECK(contains(files.at("report.html"), "chapters/01.md:3"));
}

TEST_CASE("on the terminal places are told as they are opened from there") {
  const User u;
  u.chapter("```{.figure #fig:bowl}\nexperiment: quadratic-bowl\nsteeps: 3\ncaption: A\nalt: A\n```\n");
  const auto said_in = [&](const fs::path& folder) {
    sys::Command command;
    command.environment = u.environment;
    command.directory = folder;
    command.arguments = {REPORT_PROGRAM, "build",
                         "--chapters",   (u.path / "chapters").string(),
                         "--output",     (u.path / "output").string()};
    return sys::run(command).errors;
  };
  CHECK(said_in(u.path).starts_with("chapters/01.md:3:1: error"));
  CHECK(said_in(u.path / "chapters").starts_with("01.md:3:1: error"));
  CHECK(said_in("/usr").starts_with((u.path / "chapters/01.md:3:1: error").string()));
}

TEST_CASE("the command that page and manifest give to rerun a figure works, wherever the chapters lie") {
  for (const std::string chapters : {"chapters", "my chapters", "it's #1", "-x"}) {
    INFO(chapters);
    const User u;
    sys::write_file(u.path / chapters / "01.md", text);
    const auto built = u.exec({REPORT_PROGRAM, "build", "--format", "html", "--chapters", "./" + chapters});
    INFO(built.errors);
    REQUIRE(built.status == 0);
    const std::string page = sys::read_file(u.path / "output/report.html");
    std::smatch match;
    REQUIRE(std::regex_search(page, match, std::regex("<dt>rerun</dt><dd><code>([^<]*)</code>")));
    std::string command = match[1];
    for (const auto& [entity, sign] :
         {std::pair{"&#39;", "'"}, {"&quot;", "\""}, {"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}})
      command = std::regex_replace(command, std::regex(entity), sign);
    INFO(command);
    CHECK_FALSE(contains(command, u.path.string()));
    fs::create_directories(u.path / "bin");  // on PATH, as an installed program is
    fs::create_symlink(REPORT_PROGRAM, u.path / "bin/report");
    fs::remove(u.path / "output/data/bowl.csv");
    const auto rerun = u.exec({"sh", "-c", "PATH=$PWD/bin:$PATH\n" + command});
    INFO(rerun.errors);
    CHECK(rerun.status == 0);
    CHECK(fs::exists(u.path / "output/data/bowl.csv"));
    CHECK(contains(rerun.output, "output/data/bowl.csv"));
  }
}

TEST_CASE("what print cannot set, or may not use, is told at its line in the bibliography") {
  const User u;
  u.chapter("# One\n\nSee [@li] and [@ng].\n");
  const std::string entries =
      "@article{ng,\n  author = {Nguy{\\~{\\^{e}}}n, An},\n  title = {One},\n  year = 2019\n}\n";
  const auto said = [&](const std::string& author, const std::string& title) {
    u.chapter(entries + "@article{li,\n  author = {" + author + "},\n  title = {" + title + "},\n  year = 2020\n}\n",
              "references.bib");
    return u({"build", "--format", "html,pdf"});
  };
  CHECK(said("Li, Bo", "Two").status == 0);
  const auto character = said("Li, \u6df1", "Two");
  CHECK(character.status == 2);
  CHECK(contains(character.errors, "chapters/references.bib:7:17: error: it is written here"));
  const auto command = said("Li, Bo", "On \\undefinedmacro{x}");
  CHECK(command.status == 2);
  CHECK(contains(command.errors, "chapters/references.bib:8:15: error: it is written here"));
  CHECK(contains(command.errors, "\\undefinedmacro"));
}

}  // namespace places_test
