// A report may lie in a folder of any name. Pandoc takes some names for addresses, and cuts others at colons.
#include <algorithm>

#include "catch.hpp"
#include "places.hpp"
#include "user.hpp"

namespace odd_folders_test {

using user::bowl;
using user::contains;
using user::User;
using user::Words;
namespace fs = std::filesystem;

namespace {

const std::vector<std::string> odd_names{"C# report",   "feature%2Fbowls", "what?",    "at 12:30",
                                         "a;b & c",     "it's \"quoted\"", "~",        "$HOME",
                                         "back\\slash", "längst 深度 ∇",   "-rf",      "--output",
                                         "http:",       "file:x",          "{braces}", "[brackets]*",
                                         "50%",         "a,b=c|d<e>f",     ".hidden",  std::string(200, 'x')};

bool has_program(const std::string& name) {
  return std::system(("command -v " + name + " >/dev/null 2>&1").c_str()) == 0;
}

/// What an archive (EPUB, Word) holds.
std::string contents_of(const fs::path& archive) {
  sys::Command command;
  command.arguments = {"python3", "-c",
                       "import sys, zipfile; print('\\n'.join(zipfile.ZipFile(sys.argv[1]).namelist()))",
                       archive.string()};
  return sys::run(command).output;
}

void write_report(const fs::path& chapters) {
  sys::write_file(chapters / "01.md", "# A bowl\n\n" + bowl + "\nSee @fig:bowl and @source, and a ![dot](dot.png).\n");
  sys::write_file(chapters / "metadata.yaml", "title: Odd\ndate: 2026-01-31\n");
  sys::write_file(chapters / "references.bib",
                  "@book{source, author = {Author, A.}, title = {A Book}, year = {2000}}\n");
  fs::copy_file(source_folder() / "tests/golden/momentum.png", chapters / "dot.png",
                fs::copy_options::overwrite_existing);
}

std::size_t pictures_in(const fs::path& archive) {
  const std::string names = contents_of(archive);
  std::size_t count = 0;
  for (const char* kind : {".png", ".svg"})  // the author's picture, and a figure, which the book has as a drawing
    for (auto at = names.find(kind); at != std::string::npos; at = names.find(kind, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("a report in a folder of any name is the same in every format") {
  if (!has_program("pandoc") || !has_program("pdflatex") || !has_program("python3")) return;
  const User u;
  const auto built = [&](const fs::path& project, const std::string& chapters, const std::string& output,
                         const std::string& temporary) {
    write_report(project / chapters);
    fs::create_directories(u.path / "tmp" / temporary);
    sys::Command command;
    command.arguments = {
        REPORT_PROGRAM,        "build", "--format", "html,pdf,epub,docx,json", "--chapters=./" + chapters,
        "--output=./" + output};
    command.environment = u.environment;
    command.environment.emplace_back("TMPDIR", (u.path / "tmp" / temporary).string());
    command.directory = project;
    command.timeout = std::chrono::minutes(5);
    return sys::run(command);
  };
  REQUIRE(built(u.path / "plain", "chapters", "output", "plain").status == 0);
  const auto bytes = [](const fs::path& file) { return sys::read_file(file); };
  const fs::path plain = u.path / "plain/output";
  REQUIRE(pictures_in(plain / "report.epub") == 3);  // with the cover
  REQUIRE(pictures_in(plain / "report.docx") == 2);
  for (const std::string& name : odd_names) {
    INFO(name);
    const fs::path project = u.path / name;
    const auto finished = built(project, "chapters", name, name);
    INFO(finished.errors);
    CHECK(finished.status == 0);
    if (finished.status != 0) continue;
    for (const char* format : {"html", "pdf", "epub", "docx", "json"}) {
      INFO(format);
      CHECK(bytes(project / name / ("report." + std::string(format))) ==
            bytes(plain / ("report." + std::string(format))));
    }
    fs::remove_all(project);
  }
}

TEST_CASE("a chapters folder, and chapters, may have any name") {
  if (!has_program("pandoc")) return;
  for (const std::string& name : odd_names) {
    if (name.front() == '.') continue;  // pictures in hidden folders are refused
    INFO(name);
    const User u;
    write_report(u.path / name);
    if (name.size() < 100) sys::write_file(u.path / name / (name + ".md"), "# More\n\nSee @source again.\n");
    const auto finished = u.exec({REPORT_PROGRAM, "build", "--format", "html,epub", "--chapters=./" + name});
    INFO(finished.errors);
    CHECK(finished.status == 0);
    CHECK(pictures_in(u.path / "output/report.epub") == 3);  // with the cover
    if (name.size() < 100) CHECK(contains(sys::read_file(u.path / "output/report.html"), "again"));
  }
}

}  // namespace odd_folders_test
