// Every mistake that a chapter or a bibliography can hold by itself: tests/bad-input/document.
#include "bad_input.hpp"

#include "catch.hpp"
#include "manuscript/bibliography.hpp"
#include "manuscript/chapter.hpp"

namespace bad_input_test {

namespace {

std::vector<std::string> citation_keys() {
  std::vector<std::string> keys;
  const auto source = bad_input::source(bad_input::folder("document") / "references.bib");
  for (const auto& entry : manuscript::read_bibliography(source).entries) keys.push_back(entry.key);
  return keys;
}

}  // namespace

TEST_CASE("every mistake in a chapter is reported at its place, in plain words") {
  const auto files = bad_input::files("document", ".md");
  REQUIRE(files.size() >= 40);
  const auto keys = citation_keys();
  for (const auto& file : files) {
    std::vector<manuscript::Chapter> chapters{manuscript::scan(bad_input::source(file))};
    auto diagnostics = chapters[0].errors;
    const auto more = manuscript::check_references(chapters, keys);
    diagnostics.insert(diagnostics.end(), more.begin(), more.end());
    bad_input::check(file, diagnostics);
  }
}

TEST_CASE("every mistake in a bibliography is reported at its place") {
  for (const auto& file : bad_input::files("document", ".bib"))
    if (file.filename() != "references.bib")
      bad_input::check(file, manuscript::read_bibliography(bad_input::source(file)).errors);
}

}  // namespace bad_input_test
