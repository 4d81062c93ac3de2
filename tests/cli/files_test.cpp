// No command removes or replaces what it did not make.
#include <algorithm>
#include <map>

#include "catch.hpp"
#include "engine/sources/request.hpp"
#include "user.hpp"

namespace files_test {

using user::bowl;
using user::contains;
using user::User;
using user::Words;
namespace fs = std::filesystem;

namespace {

/// The author's own files, named as a report's are.
const std::map<std::string, std::string> own{{"data/x.csv", "a,b\n1,2\n"},
                                             {"figures/x.png", "a photo"},
                                             {"check/index.html", "<p>my own</p>"},
                                             {"report.pdf", "%PDF, my own"},
                                             {"manifest.json", "{\"name\": \"an app\"}"},
                                             {".work/notes", "mine"}};

void put(const fs::path& folder, const std::map<std::string, std::string>& files) {
  for (const auto& [name, bytes] : files) sys::write_file(folder / name, bytes);
}

std::map<std::string, std::string> files_in(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& item : fs::recursive_directory_iterator(folder))
    if (item.is_regular_file()) files[item.path().lexically_relative(folder).string()] = sys::read_file(item.path());
  return files;
}

sys::ProcessResult at_home(const User& u, const Words& words) { return u.exec(user::not_in_ci(u.arguments(words))); }

}  // namespace

TEST_CASE("clean removes nothing where no report was built, and says what is there") {
  const User u;
  u.chapter(bowl);
  put(u.path, own);
  const auto before = files_in(u.path);
  const auto cleaned = u.exec({REPORT_PROGRAM, "clean", "--chapters", "chapters", "--output", "."});
  CHECK(cleaned.status == 0);
  CHECK(files_in(u.path) == before);
  CHECK(contains(cleaned.output, "removed 0 files from ., where no report was built\n"));
  for (const char* name : {"left data/\n", "left figures/\n", "left report.pdf\n"})
    CHECK(contains(cleaned.output, name));
}

TEST_CASE("clean removes exactly what the manifest lists, and names what it leaves") {
  const User u;
  u.chapter(bowl);
  REQUIRE(u({"build", "--format", "html,json"}).status == 0);
  at_home(u, {"check", "--references", "golden", "--quiet"});
  const auto manifest = engine::Json::parse(sys::read_file(u.path / "output/manifest.json"));
  for (const auto& [name, bytes] : files_in(u.path / "output"))
    if (name != "manifest.json" && name != ".lock" && !name.starts_with(".work/")) {
      INFO(name);
      CHECK(manifest.at("files").contains(name));
    }
  CHECK(manifest.at("files").contains("check/index.html"));
  put(u.path / "output", {{"data/mine.csv", "1\n"},
                          {"check/mine.txt", "mine"},
                          {"notes/a.txt", "mine"},
                          {"data/bowl.csv", "changed by hand\n"}});
  const auto cleaned = u({"clean"});
  CHECK(cleaned.status == 0);
  CHECK(files_in(u.path / "output") == std::map<std::string, std::string>{{"data/mine.csv", "1\n"},
                                                                          {"check/mine.txt", "mine"},
                                                                          {"notes/a.txt", "mine"},
                                                                          {"data/bowl.csv", "changed by hand\n"}});
  for (const char* line : {"left data/bowl.csv, which was changed since it was made\n", "left data/mine.csv\n",
                           "left check/mine.txt\n", "left notes/\n"})
    CHECK(contains(cleaned.output, line));
  CHECK_FALSE(fs::exists(u.path / "output" / "figures"));
}

TEST_CASE("clean follows neither links nor names that lead out of the output folder") {
  const User u;
  u.chapter(bowl);
  REQUIRE(u({"build", "--format", "json"}).status == 0);
  put(u.path, {{"precious", "x"}, {"elsewhere/bowl.csv", "x"}});
  auto manifest = engine::Json::parse(sys::read_file(u.path / "output/manifest.json"));
  manifest["files"]["../precious"] = manifest["files"][(u.path / "precious").string()] =
      engine::Json(std::string("2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"));
  sys::write_file(u.path / "output/manifest.json", manifest.dump());
  fs::remove(u.path / "output/data/bowl.csv");
  fs::create_symlink(u.path / "elsewhere/bowl.csv", u.path / "output/data/bowl.csv");
  CHECK(u({"clean"}).status == 0);
  CHECK(fs::exists(u.path / "precious"));
  CHECK(fs::exists(u.path / "elsewhere/bowl.csv"));
  CHECK(fs::is_symlink(u.path / "output/data/bowl.csv"));
}

TEST_CASE("build, figure and check refuse to overwrite files that no report made, and name them all") {
  for (const Words& command :
       {Words{"build", "--format", "html,pdf"}, Words{"figure", "bowl"}, Words{"check", "--references", "golden"}}) {
    const User u;
    u.chapter(bowl);
    std::map<std::string, std::string> files;
    if (command[0] == "build")
      files = {{"data/bowl.csv", "mine"}, {"report.pdf", "mine"}, {"claims.json", "mine"}, {"manifest.json", "{}"}};
    if (command[0] == "figure") files = {{"figures/bowl.svg", "mine"}, {"data/bowl.json", "mine"}};
    if (command[0] == "check") files = {{"check/index.html", "mine"}, {"check/now/bowl.png", "mine"}};
    put(u.path / "output", files);
    const auto refused = at_home(u, command);
    INFO(command[0] << ": " << refused.errors);
    CHECK(refused.status == 2);
    for (const auto& [name, bytes] : files) {
      CHECK(contains(refused.errors, (u.path / "output" / name).string() + " is there already"));
      CHECK(sys::read_file(u.path / "output" / name) == bytes);
    }
    CHECK_FALSE(contains(refused.errors, "running fig:bowl"));
  }
}

TEST_CASE("a scratch folder that is somebody else's is left alone") {
  const User u;
  u.chapter(bowl);
  put(u.path / "output", {{".work/html/notes.txt", "mine"}});
  const auto refused = u({"build", "--format", "html"});
  CHECK(refused.status == 2);
  CHECK(contains(refused.errors, ".work"));
  CHECK(u({"clean"}).status == 0);
  CHECK(files_in(u.path / "output").at(".work/html/notes.txt") == "mine");
}

TEST_CASE("foreign files in an output folder outlive builds and checks") {
  const User u;
  u.chapter(bowl);
  put(u.path / "output",
      {{"data/mine.csv", "1\n"}, {"check/mine/a.txt", "mine"}, {".mine.part", "mine"}, {"index.html", "mine"}});
  const auto foreign = files_in(u.path / "output");
  REQUIRE(u({"build", "--format", "json"}).status == 0);
  at_home(u, {"check", "--references", "golden"});
  at_home(u, {"check", "--references", "golden"});
  CHECK(fs::exists(u.path / "output/check/index.html"));
  u.chapter("# Nothing\n");
  REQUIRE(u({"build", "--format", "json"}).status == 0);
  CHECK_FALSE(fs::exists(u.path / "output/data/bowl.csv"));
  const auto now = files_in(u.path / "output");
  for (const auto& [name, bytes] : foreign) {
    INFO(name);
    REQUIRE(now.contains(name));
    CHECK(now.at(name) == bytes);
  }
}

TEST_CASE("a file of a figure that is gone stays when somebody changed it, and the build says so") {
  const User u;
  u.chapter(bowl);
  REQUIRE(u({"build", "--format", "json"}).status == 0);
  sys::write_file(u.path / "output/data/bowl.csv", "changed by hand\n");
  u.chapter("# Nothing\n");
  const auto built = u({"build", "--format", "json"});
  CHECK(sys::read_file(u.path / "output/data/bowl.csv") == "changed by hand\n");
  CHECK(contains(built.errors, "bowl.csv stays, though there is no fig:bowl any more"));
  CHECK_FALSE(fs::exists(u.path / "output/data/bowl.json"));
}

TEST_CASE("a report that lost its manifest or its scratch folder still knows its files") {
  const User u;
  u.chapter(bowl);
  const Words build{"build", "--format", "html"};
  REQUIRE(u(build).status == 0);
  sys::write_file(u.path / "output/manifest.json", "{\"figures\": ");
  CHECK(u(build).status == 0);
  fs::remove(u.path / "output/manifest.json");
  CHECK(u(build).status == 0);
  fs::remove_all(u.path / "output/.work");
  CHECK(u(build).status == 0);
  // As a build leaves it that was killed: a line without an end, and no manifest.
  fs::remove(u.path / "output/manifest.json");
  const std::string list = sys::read_file(u.path / "output/.work/made");
  sys::write_file(u.path / "output/.work/made", list + list.substr(0, 70));
  CHECK(u(build).status == 0);
  CHECK(contains(u({"clean"}).output, "removed"));
  CHECK(files_in(u.path / "output").empty());
}

TEST_CASE("clean --cache removes every kind of stored result and nothing else") {
  const User u;
  u.chapter(bowl + "\nIt has [a condition of 100]{.claim that=\"bowl: kappa = 100\"}.\n");
  REQUIRE(u({"build", "--format", "html,json"}).status == 0);
  REQUIRE(fs::exists(u.path / "cache/verdicts"));
  put(u.path / "cache", {{"results/notes.txt", "mine"}, {"thesis.tex", "mine"}});
  CHECK(u({"clean", "--cache"}).status == 0);
  CHECK(files_in(u.path / "cache") ==
        std::map<std::string, std::string>{{"results/notes.txt", "mine"}, {"thesis.tex", "mine"}});
}

TEST_CASE("references belong to a document: another's are neither compared with nor replaced") {
  const User u;
  u.chapter(bowl);
  put(u.path, {{"other/chapters/01.md",
                "```{.figure #fig:cup}\nexperiment: quadratic-bowl\nsteps: 10\ndecay-steps: 50\ncaption: A cup.\nalt: "
                "A cup\n```\n"}});
  at_home(u, {"check", "--references", "golden", "--quiet"});
  REQUIRE(at_home(u, {"bless", "--references", "golden"}).status == 0);
  const auto golden = files_in(u.path / "golden");
  const auto other = [&](Words words) {
    words.insert(words.begin(), REPORT_PROGRAM);
    words.insert(words.end(), {"--chapters", "other/chapters"});
    return u.exec(user::not_in_ci(words));
  };
  const auto checked = other({"check", "--references", "golden"});
  CHECK(checked.status == 1);
  CHECK(contains(checked.output, "fig:cup  new"));
  CHECK_FALSE(contains(checked.output, "fig:bowl"));
  CHECK(contains(checked.errors, "holds the references of another document"));
  const auto blessed = other({"bless", "--references", "golden"});
  CHECK(blessed.status == 2);
  CHECK(contains(blessed.errors, "another document"));
  CHECK(contains(blessed.errors, "--references"));
  CHECK(files_in(u.path / "golden") == golden);
  // The generator's own are another document's, too; without --references, each has a folder of its own.
  const std::string generators = (source_folder() / "tests/golden").string();
  CHECK(contains(other({"check", "--references", generators}).errors, "another document"));
  CHECK(other({"bless", "--references", generators}).status == 2);
  CHECK_FALSE(contains(other({"check"}).errors, "another document"));
  CHECK(other({"bless", "--references", "theirs"}).status == 0);
  CHECK(other({"check", "--references", "theirs"}).status == 0);
  // Both move together.
  fs::create_directory(u.path / "moved");
  fs::rename(u.path / "other", u.path / "moved/other");
  fs::rename(u.path / "theirs", u.path / "moved/theirs");
  CHECK(
      u.exec({REPORT_PROGRAM, "check", "--chapters", "moved/other/chapters", "--references", "moved/theirs"}).status ==
      0);
}

TEST_CASE("files in a folder of references that are none are neither removed nor replaced") {
  const User u;
  u.chapter(bowl);
  put(u.path / "golden", {{"old.json", "{\"a\": 1}"}, {"bowl.json", "{\"mine\": true}"}});
  const auto before = files_in(u.path / "golden");
  const auto checked = at_home(u, {"check", "--references", "golden"});
  CHECK_FALSE(contains(checked.output, "fig:old"));
  const auto blessed = at_home(u, {"bless", "--references", "golden"});
  CHECK(blessed.status == 2);
  CHECK(contains(blessed.errors, "bowl.json is there already and is not a reference"));
  CHECK(files_in(u.path / "golden") == before);
}

}  // namespace files_test
