// Every mistake that a table of the text, or a reference to a panel, can hold: tests/bad-input/tables and .../panels.
#include "bad_input.hpp"
#include "catch.hpp"
#include "engine/sources/project.hpp"
#include "places.hpp"
#include "support/scratch_folder.hpp"
#include "system/files.hpp"

namespace table_block_test {

namespace fs = std::filesystem;

namespace {

/// A document with one chapter, the tables' data and a picture.
struct Document {
  support::ScratchFolder scratch;
  const fs::path path = scratch.path();
  engine::Settings settings;

  Document() {
    settings.root = source_folder();
    settings.document = path;
    settings.chapters = path / "chapters";
    settings.output = path / "output";
    settings.cache = path / "cache";
    settings.data = {path / "sets"};
    fs::create_directories(settings.chapters);
    fs::copy(bad_input::folder("tables") / "data", path / "data");
    fs::copy_file(source_folder() / "tests" / "engine" / "images" / "upright.png", settings.chapters / "a.png");
  }

  /// What is said of a chapter, without the document's own path.
  std::vector<manuscript::Diagnostic> errors(const std::string& chapter) const {
    sys::write_file(settings.chapters / "01.md", chapter);
    auto all = engine::read_project(settings).errors;
    for (auto& d : all)
      for (std::string* text : {&d.message, &d.hint})
        for (std::size_t at; (at = text->find(path.string() + "/")) != std::string::npos;)
          text->erase(at, path.string().size() + 1);
    return all;
  }
};

void check_all(const std::string& folder, std::size_t least) {
  const auto files = bad_input::files(folder, ".md");
  REQUIRE(files.size() >= least);
  for (const auto& file : files) bad_input::check(file, Document().errors(bad_input::read(file)));
}

}  // namespace

TEST_CASE("every mistake in a table of the text is reported at its place, in plain words") { check_all("tables", 60); }

TEST_CASE("a reference to a panel that a figure does not have is reported before anything runs") {
  check_all("panels", 12);
}

TEST_CASE("a table of a file that stands as it is, is not read again, and one that was written anew is") {
  const Document document;
  const auto first_cell = [&] {
    sys::write_file(document.settings.chapters / "01.md", "```{.table #tbl:t}\nfile: data/own.csv\n```\n");
    const auto project = engine::read_project(document.settings);
    REQUIRE(project.errors.empty());
    return project.tables.at(0).printed.rows.at(0).at(0).text;
  };
  sys::write_file(document.path / "data" / "own.csv", "a\n1\n");
  fs::last_write_time(document.path / "data" / "own.csv", fs::file_time_type::clock::now() - std::chrono::hours(1));
  CHECK(first_cell() == "1");
  CHECK(first_cell() == "1");
  sys::write_file(document.path / "data" / "own.csv", "a\n2\n");
  CHECK(first_cell() == "2");
}

}  // namespace table_block_test
