// Every mistake that a directive, the metadata or a chapters folder can hold: tests/bad-input/binding and .../metadata.
#include "bad_input.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <chrono>

#include "catch.hpp"
#include "engine/sources/project.hpp"
#include "places.hpp"
#include "support/scratch_folder.hpp"
#include "system/files.hpp"

namespace bad_input_test {

namespace fs = std::filesystem;
using namespace engine;
using namespace sys;

namespace {

/// A chapters folder that goes with its test.
struct Chapters {
  support::ScratchFolder scratch;
  const fs::path path = scratch.path();
  Settings settings;

  Chapters() {
    settings.root = source_folder();
    settings.document = path.parent_path();
    settings.chapters = path;
    settings.output = path / "output";
    settings.cache = path / "cache";
    settings.data = {path / "data"};
  }

  void put(const std::string& name, const std::string& text) const { write_file(path / name, text); }

  /// What is said of the folder, with its own path taken out of the messages.
  std::vector<manuscript::Diagnostic> errors() const {
    const auto project = read_project(settings);
    auto all = project.errors;
    const auto without_folder = [&](std::string& text) {
      for (std::size_t at; (at = text.find(path.string() + "/")) != std::string::npos;)
        text.erase(at, path.string().size() + 1);
    };
    for (auto& d : all) {
      d.place.file = project.at_hand(d.place.file);
      without_folder(d.place.file);
      without_folder(d.message);
      without_folder(d.hint);
    }
    return all;
  }

  std::string said() const { return bad_input::rendered(errors()); }

  /// The message of the FileError that reading the folder throws.
  std::string refusal() const {
    try {
      read_project(settings);
    } catch (const FileError& error) {
      return error.what();
    }
    return "";
  }
};

const std::string bowl = "```{.figure #fig:bowl}\nexperiment: quadratic-bowl\n```\n";

}  // namespace

TEST_CASE("every mistake in a directive is reported at its place, in plain words") {
  const auto files = bad_input::files("binding", ".md");
  REQUIRE(files.size() >= 60);
  for (const auto& file : files) {
    const Chapters chapters;
    chapters.put(file.filename().string(), read_file(file));
    bad_input::check(file, chapters.errors());
  }
}

TEST_CASE("every mistake in the metadata is reported at its place") {
  const auto files = bad_input::files("metadata", ".yaml");
  REQUIRE(files.size() >= 10);
  for (const auto& file : files) {
    const Chapters chapters;
    chapters.put("01.md", "# A chapter\n");
    chapters.put("metadata.yaml", read_file(file));
    bad_input::check(file, chapters.errors());
  }
}

TEST_CASE("an image that is missing or on the network is reported where it stands") {
  const Chapters chapters;
  chapters.put("01.md",
               "# A chapter\n\nSee ![a](pictures/none.png) and\n![b](https://example.org/b.png), ![c](there.png).\n");
  chapters.put("there.png", read_file(source_folder() / "tests" / "engine" / "images" / "upright.png"));
  CHECK(chapters.said() ==
        "01.md:3:10: error: missing image 'pictures/none.png'\n"
        "    3 | See ![a](pictures/none.png) and\n"
        "      |          ^~~~~~~~~~~~~~~~~ looked for pictures/none.png\n"
        "01.md:4:6: error: image 'https://example.org/b.png' is on the network; a report must stand alone\n"
        "    4 | ![b](https://example.org/b.png), ![c](there.png).\n"
        "      |      ^~~~~~~~~~~~~~~~~~~~~~~~~ put the file beside the chapters\n");
}

TEST_CASE("labels of notes and links belong to their chapter") {
  const Chapters chapters;
  chapters.put("01.md",
               "# One\n\nText.[^1] See [the manual], [it][m] and (@good).\n\n[^1]: One.\n\n[the "
               "manual]: https://example.org/1\n[m]: https://example.org/m\n\n(@good) Good.\n");
  chapters.put("02.md",
               "# Two\n\nText.[^1] See [the manual], [it][m] and (@good).\n\n[^1]: Two.\n\n[the "
               "manual]: https://example.org/2\n");
  CHECK(chapters.said().empty());
  chapters.put("03.md", "# Three\n\nText.[^1]\n");
  CHECK(chapters.said() ==
        "03.md:3:6: error: there is no note [^1]\n"
        "    3 | Text.[^1]\n"
        "      |      ^~~~ another chapter has one, but a note belongs to its chapter\n");
}

TEST_CASE("a link to a chapter leads to a section that is there") {
  const Chapters chapters;
  chapters.put("01.md",
               "# One\n\n[a](02.md) [b](02.md#two) [c](./02.md#sec:own) [d](#two-1) [e](#two) "
               "[f](03.md) [g](02.md#none) [h](2.md)\n");
  chapters.put("02.md", "# Two\n\n## Own {#sec:own}\n\n[i](#one) [j](02.md#one)\n\n## One\n");
  chapters.put("03.md", "Text without a heading.\n");
  const std::string line =
      "    3 | [a](02.md) [b](02.md#two) [c](./02.md#sec:own) [d](#two-1) [e](#two) [f](03.md) [g](02.md#none) "
      "[h](2.md)\n";
  CHECK(chapters.said() ==
        "01.md:3:52: error: link to '#two-1', which does not exist\n" + line +
            "      |                                                    ^~~~~~ did you mean 'two'?\n"
            "01.md:3:74: error: link to '03.md', which has no heading to lead to\n" +
            line + "      | " + std::string(73, ' ') + "^~~~~\n" +
            "01.md:3:85: error: link to '#none', which does not exist in '02.md'\n" + line + "      | " +
            std::string(84, ' ') + "^~~~~~~~~~\n" + "01.md:3:101: error: link to '2.md', which is not a chapter\n" +
            line + "      | " + std::string(100, ' ') +
            "^~~~ did you mean '02.md'?\n"
            "02.md:5:5: error: '#one' is the heading of another chapter, and this one's is '#one-1'\n"
            "    5 | [i](#one) [j](02.md#one)\n"
            "      |     ^~~~ give the heading an ID of its own, as in: # Title {#sec:name}\n");
}

TEST_CASE("an image that is a folder is missing") {
  const Chapters chapters;
  fs::create_directories(chapters.path / "picture.png");
  chapters.put("01.md", "![a](picture.png)\n");
  CHECK(chapters.said().find("01.md:1:6: error: missing image 'picture.png'") == 0);
}

TEST_CASE("an ID used in two chapters is reported at the second, naming the first") {
  const Chapters chapters;
  chapters.put("01.md", "# One\n\n" + bowl);
  chapters.put("02.md", "# Two\n\nText.\n\n" + bowl);
  const std::string said = chapters.said();
  CHECK(said.find("02.md:5:13: error: ") == 0);
  CHECK(said.find("fig:bowl") != std::string::npos);
  CHECK(said.find("01.md:3") != std::string::npos);
}

TEST_CASE("the mistakes of all files come in one go, in the order of the text") {
  const Chapters chapters;
  chapters.put("02.md", "```{.figure #fig:b}\nexperiment: quadratic-bowl\nsteps: 0\n```\n");
  chapters.put("01.md", "```{.figure #fig:a}\nexperiment: none\n```\n\n![x](no.png)\n");
  chapters.put("metadata.yaml", "date: yesterday\n");
  const auto errors = chapters.errors();
  REQUIRE(errors.size() == 4);
  CHECK(errors[0].place.file == "01.md");
  CHECK(errors[0].place.line == 2);
  CHECK(errors[1].place.line == 5);
  CHECK(errors[2].place.file == "02.md");
  CHECK(errors[3].place.file == "metadata.yaml");
}

TEST_CASE("a chapters folder that is missing, a file, or without chapters is refused by name") {
  Chapters chapters;
  const std::string folder = chapters.path.string();
  CHECK(chapters.refusal() == "the chapters folder " + folder + " holds no .md file");

  chapters.settings.chapters = chapters.path / "none";
  CHECK(chapters.refusal() == "there is no chapters folder " + folder +
                                  "/none; name one with --chapters, or make a document with 'report new'");

  chapters.put("file.md", "# A chapter\n");
  chapters.settings.chapters = chapters.path / "file.md";
  CHECK(chapters.refusal() == folder + "/file.md is not a folder; --chapters takes the folder that holds the chapters");
}

TEST_CASE("a chapter that is a folder is an error of that chapter, and the others are read") {
  const Chapters chapters;
  fs::create_directories(chapters.path / "01.md");
  chapters.put("02.md", "```{.figure #fig:b}\nexperiment: none\n```\n");
  const auto errors = chapters.errors();
  REQUIRE(errors.size() == 2);
  CHECK(bad_input::rendered({errors[0]}) == "01.md: error: this is a folder, not a file\n");
  CHECK(errors[1].place.file == "02.md");
}

TEST_CASE("metadata and a bibliography that are folders are errors like others") {
  const Chapters chapters;
  chapters.put("01.md", "# A chapter\n");
  fs::create_directories(chapters.path / "metadata.yaml");
  fs::create_directories(chapters.path / "references.bib");
  const auto errors = chapters.errors();
  REQUIRE(errors.size() == 2);
  CHECK(errors[0].place.file == "metadata.yaml");
  CHECK(errors[1].place.file == "references.bib");
}

TEST_CASE("a setting of the command line is checked like a line of the chapter") {
  const Chapters chapters;
  chapters.put("01.md", bowl);
  const auto said = [&](const std::string& name, const std::string& value) {
    return bad_input::rendered(read_project(chapters.settings, {{name, value}}, {"fig:bowl"}).errors);
  };
  CHECK(said("steps", "30").empty());
  CHECK(said("steps", "0").find("--set") == 0);
  CHECK(said("stepps", "30").find("did you mean 'steps'?") != std::string::npos);
  CHECK(said("curvatures", "[1, ").find("--set") == 0);
}

TEST_CASE("a setting may take away what the text quotes of the figure: the text is not judged by a trial") {
  const Chapters chapters;
  chapters.put("01.md", bowl + "\nAt the end `bowl: eta=0.001.theta1(10)`{.value} is left.\n");
  REQUIRE(read_project(chapters.settings).errors.empty());
  CHECK(read_project(chapters.settings, {{"learning-rates", "[0.01]"}}, {"fig:bowl"}).errors.empty());
}

TEST_CASE("links that lead nowhere, in circles or out of the project, and pipes, are errors of their file") {
  const Chapters chapters;
  const fs::path& folder = chapters.path;
  chapters.put("01.md", "# A chapter\n");
  fs::create_symlink("none.md", folder / "02.md");
  fs::create_symlink("04.md", folder / "03.md");
  fs::create_symlink("03.md", folder / "04.md");
  fs::create_symlink("/etc/passwd", folder / "05.md");
  REQUIRE(::mkfifo((folder / "06.md").c_str(), 0600) == 0);
  fs::create_symlink("01.md", folder / "07.md");
  const std::string said = chapters.said();
  CHECK(said ==
        "02.md: error: this is a link that leads nowhere\n"
        "03.md: error: this is a link that leads nowhere\n"
        "04.md: error: this is a link that leads nowhere\n"
        "05.md: error: this is a link that leads out of the project; put the file itself here\n"
        "06.md: error: this is a device, a pipe or a socket, not a file\n");
}

TEST_CASE("a chapter of 100 MB is refused without being read") {
  const Chapters chapters;
  chapters.put("01.md", "");
  fs::resize_file(chapters.path / "01.md", 100'000'000);
  const auto start = std::chrono::steady_clock::now();
  CHECK(chapters.said() == "01.md: error: this file has 100 MB; more than 4 MB are not read\n");
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(1));
}

TEST_CASE("names with blanks and letters beyond ASCII are names like others") {
  const Chapters chapters;
  chapters.put("01 \u00FCber \u6DF1\u5EA6.md", "# A\n\n![x](no pic.png) ![y](b\u00E4r.png)\n");
  const std::string said = chapters.said();
  INFO(said);
  CHECK(said.find("01 \u00FCber \u6DF1\u5EA6.md:3:") != std::string::npos);
  CHECK(said.find("error: missing image 'b\u00E4r.png'") != std::string::npos);
}

TEST_CASE("an image that is something else, or not what its name says, is reported where it stands") {
  const Chapters chapters;
  chapters.put("01.md", "# A\n\n![x](a.png)\n\n![y](b.jpg)\n\n![z](/etc/passwd)\n");
  chapters.put("a.png", "text");
  chapters.put("b.jpg", "GIF89a");
  CHECK(chapters.said() ==
        "01.md:3:6: error: 'a.png' is not an image\n"
        "    3 | ![x](a.png)\n"
        "      |      ^~~~~ images are PNG, JPEG, GIF, WebP, SVG or PDF\n"
        "01.md:5:6: error: image 'b.jpg' is not what its name says\n"
        "    5 | ![y](b.jpg)\n"
        "      |      ^~~~~ its content is that of a .gif file\n"
        "01.md:7:6: error: image '/etc/passwd' lies outside of the project\n"
        "    7 | ![z](/etc/passwd)\n"
        "      |      ^~~~~~~~~~~ it must lie beside the chapters folder or in it, and be named by its path from "
        "there\n");
}

TEST_CASE("thousands of directives are all checked, in seconds") {
  const Chapters chapters;
  std::string text;
  for (int i = 0; i < 2000; ++i)
    text += "```{.figure #fig:f" + std::to_string(i) + "}\nexperiment: quadratic-bowl\nsteps: 0\n```\n\n";
  chapters.put("01.md", text);
  const auto start = std::chrono::steady_clock::now();
  CHECK(chapters.errors().size() >= 1000);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
}

TEST_CASE("at least 150 mistakes have a file, and each says what is wrong") {
  std::size_t cases = 0;
  for (const char* folder : {"binding", "document", "metadata"}) cases += bad_input::files(folder, ".expected").size();
  CHECK(cases >= 150);
}

}  // namespace bad_input_test
