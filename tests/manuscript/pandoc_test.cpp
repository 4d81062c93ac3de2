// Our reading of chapters against Pandoc's own: documents in pandoc/same must give both the same directives and
// citations; those in pandoc/refused are read differently, and must be refused.
#include <cstdio>
#include <cstdlib>
#include <set>

#include "bad_input.hpp"
#include "catch.hpp"
#include "manuscript/chapter.hpp"
#include "manuscript/markdown/identifier.hpp"
#include "places.hpp"

namespace pandoc_test {

namespace {

using Json = nlohmann::json;
using Found = std::multiset<std::string>;

struct Reading {
  Found directives, citations;
};

void collect(const Json& json, Reading& reading) {
  if (json.is_object() && json.contains("t") && json.contains("c")) {
    const Json& content = json["c"];
    if (json["t"] == "CodeBlock") {
      const auto classes = content[0][1].get<std::vector<std::string>>();
      if (std::find(classes.begin(), classes.end(), "figure") != classes.end())
        reading.directives.insert(content[0][0].get<std::string>());
    }
    if (json["t"] == "Cite")
      for (const auto& citation : content[0]) reading.citations.insert(citation["citationId"].get<std::string>());
  }
  if (json.is_structured())
    for (const auto& part : json) collect(part, reading);
}

void collect_headings(const Json& json, std::vector<std::string>& ids) {
  if (json.is_object() && json.contains("t") && json["t"] == "Header")
    ids.push_back(json["c"][1][0].get<std::string>());
  if (json.is_structured())
    for (const auto& part : json) collect_headings(part, ids);
}

Json tree_by_pandoc(const std::filesystem::path& file) {
  const std::string command = "pandoc --from=markdown --to=json '" + file.string() + "'";
  std::FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string output;
  char buffer[4096];
  for (std::size_t read; (read = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) output.append(buffer, read);
  REQUIRE(pclose(pipe) == 0);
  return Json::parse(output);
}

Reading by_pandoc(const std::filesystem::path& file) {
  Reading reading;
  collect(tree_by_pandoc(file)["blocks"], reading);
  return reading;
}

Reading by_us(const manuscript::Chapter& chapter) {
  Reading reading;
  for (const auto& directive : chapter.directives) reading.directives.insert(directive.id);
  for (const auto& reference : chapter.references) reading.citations.insert(reference.target);
  return reading;
}

bool is_pandoc_missing() {
  if (std::system("pandoc --version > /dev/null 2>&1") == 0) return false;
  WARN("pandoc is not installed; not compared");
  return true;
}

std::vector<std::filesystem::path> documents(const std::string& folder) {
  std::vector<std::filesystem::path> found;
  for (const auto& item : std::filesystem::directory_iterator(source_folder() / "tests/manuscript/pandoc" / folder))
    found.push_back(item.path());
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

TEST_CASE("headings get the IDs that Pandoc gives them") {
  if (is_pandoc_missing()) return;
  auto files = documents("same");
  for (const char* name : {"headings.md", "../../../README.md", "../../../CHANGELOG.md", "../../../docs/authoring.md",
                           "../../../docs/performance.md"})
    files.push_back(source_folder() / "tests/manuscript/pandoc" / name);
  std::size_t count = 0;
  for (const auto& file : files) {
    INFO(file.string());
    std::vector<std::string> ours, theirs;
    manuscript::Identifiers identifiers;
    for (const auto& heading : manuscript::scan(bad_input::source(file)).headings) {
      if (heading.has_own_id) identifiers.take(heading.id);
      ours.push_back(heading.has_own_id ? heading.id : identifiers.give(heading.id));
    }
    collect_headings(tree_by_pandoc(file)["blocks"], theirs);
    CHECK(ours == theirs);
    count += theirs.size();
  }
  CHECK(count > 40);
}

TEST_CASE("Pandoc finds the same directives and citations as we do") {
  if (is_pandoc_missing()) return;
  const auto files = documents("same");
  REQUIRE(files.size() >= 20);
  for (const auto& file : files) {
    INFO(file.filename().string());
    const auto chapter = manuscript::scan(bad_input::source(file));
    const bool is_open = file.filename() == "unclosed-plain.md";  // read alike, but nobody means it
    CHECK(bad_input::rendered(chapter.errors).empty() == !is_open);
    const Reading ours = by_us(chapter), theirs = by_pandoc(file);
    CHECK(ours.directives == theirs.directives);
    CHECK(ours.citations == theirs.citations);
  }
}

TEST_CASE("a document in which Pandoc may find other directives than we do is refused") {
  if (is_pandoc_missing()) return;
  const auto files = documents("refused");
  REQUIRE(files.size() >= 10);
  for (const auto& file : files) {
    INFO(file.filename().string());
    const auto chapter = manuscript::scan(bad_input::source(file));
    CHECK(!chapter.errors.empty());
    CHECK(chapter.directives.empty());
  }
}

}  // namespace pandoc_test
