// Facts about builds on machines that lack something, whose programs are slow or die half-way, or whose clock goes
// back.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <regex>
#include <set>

#include "catch.hpp"
#include "faults.hpp"

namespace lacking_test {

using namespace user;
using namespace faults;

namespace {

/// A report in two states that has all fonts in it: text, code, mathematics in two alphabets, a table.
std::string long_text_of(int state) {
  return text_of(state) +
         "\n## More {#sec:more}\n\nText, *stressed*, **bold**, `code` and $x \\in \\mathbb{R}^2$, $\\mathbf{x}_i \\leq "
         "\\alpha$.\n\n"
         "| a | b |\n|---|---|\n| 1 | 2 |\n";
}

/// A report that was built in its first state, and then changed.
struct Changed : User {
  std::map<std::string, std::string> before;
  explicit Changed(const std::string& formats = "pdf,html") {
    chapter(long_text_of(0));
    const auto finished = (*this)({"build", "--format", formats});
    INFO(finished.errors);
    REQUIRE(finished.status == 0);
    before = outputs(path / "output");
    chapter(long_text_of(1));
  }
  bool document_stands(const std::string& name) const {
    return sys::read_file(path / "output" / name) == before.at(name);
  }
  bool everything_stands() const { return outputs(path / "output") == before; }
};

/// The build of a changed report as a script.
std::string build_of(const std::string& format) {
  return std::string(REPORT_PROGRAM) + " build --quiet --chapters chapters --output output --format " + format;
}

/// Puts programs into a folder that alone is searched: links to those of the system, and scripts.
void put_on_path(User& user, const std::vector<std::string>& programs) {
  const fs::path bin = user.path / "bin";
  fs::remove_all(bin);
  fs::create_directories(bin);
  for (const auto& program : programs)
    for (const char* folder : {"/usr/local/bin", "/usr/bin", "/bin"})
      if (const fs::path file = fs::path(folder) / program; fs::exists(file) && !fs::exists(bin / program))
        fs::create_symlink(file, bin / program);
  std::erase_if(user.environment, [](const auto& entry) { return entry.first == "PATH"; });
  user.environment.emplace_back("PATH", bin.string());
}

/// Puts a script in the place of a program; the others are the system's.
void stand_in(User& user, const std::string& program, const std::string& script) {
  const fs::path file = user.path / "bin" / program;
  fs::remove_all(user.path / "bin");
  sys::write_file(file, "#!/bin/sh\n[ \"$1\" = --version ] && exec /usr/bin/" + program + " \"$@\"\n" + script + "\n");
  fs::permissions(file, fs::perms::owner_all);
  std::erase_if(user.environment, [](const auto& entry) { return entry.first == "PATH"; });
  user.environment.emplace_back("PATH", (user.path / "bin").string() + ":/usr/bin:/bin");
}

/// The folders of TeX's packages that the print reads, as pdfTeX recorded them.
std::vector<fs::path> packages_of_the_print(const User& user) {
  std::set<fs::path> folders;
  std::istringstream lines(sys::read_file(user.path / "output" / ".work" / "latex" / "preamble.fls"));
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with("INPUT /") && line.find("/tex/") != std::string::npos)
      folders.insert(fs::path(line.substr(6)).parent_path());
  return {folders.begin(), folders.end()};
}

fs::path folder_of(const User& user, const std::string& file) {
  const std::string found = user.exec({"kpsewhich", "-engine=pdftex", file}).output;
  return fs::path(found.substr(0, found.find('\n'))).parent_path();
}

/// How doctor's line on a program begins.
std::string line_of(const std::string& program) {
  return "  " + program + std::string(program.size() < 10 ? 11 - program.size() : 1, ' ');
}

bool everything_is_asked_for() { return std::getenv("REPORT_FAULTS") != nullptr; }

}  // namespace

TEST_CASE("each program that is missing is named with its package, and what it does not make stands") {
  struct Lack {
    const char *program, *format, *says;
    std::vector<std::string> others;
  };
  for (const auto& [program, format, says, others] :
       std::vector<Lack>{{"pandoc", "pdf,html", "pandoc is missing: install the Debian package pandoc", {"pdflatex"}},
                         {"pandoc", "json", "pandoc is missing: install the Debian package pandoc", {"pdflatex"}},
                         {"pdflatex",
                          "pdf",
                          "pdflatex is missing: install the Debian package texlive-latex-recommended",
                          {"pandoc"}}}) {
    Changed user("pdf,html,json");
    put_on_path(user, others);
    INFO(program << " for " << format);
    const auto finished = user({"build", "--format", format});
    INFO(finished.errors);
    CHECK(finished.status == 3);
    CHECK(contains(finished.errors, says));
    for (const char* name : {"report.html", "report.pdf", "report.json"}) CHECK(user.document_stands(name));
  }
  // A page needs no LaTeX.
  Changed user;
  put_on_path(user, {"pandoc"});
  CHECK(user({"build", "--format", "html"}).status == 0);
  CHECK_FALSE(user.document_stands("report.html"));
  CHECK(user({"build", "--format", "html,pdf"}).status == 3);
  CHECK(user.document_stands("report.pdf"));
}

TEST_CASE("doctor names each program that is missing, with its package") {
  User user;
  const std::vector<std::pair<std::string, std::string>> programs{
      {"pandoc", "pandoc"},     {"pdflatex", "texlive-latex-recommended"}, {"c++", "g++"}, {"cmake", "cmake"},
      {"ninja", "ninja-build"}, {"kpsewhich", "texlive-binaries"}};
  for (const auto& [missing, package] : programs) {
    std::vector<std::string> others;
    for (const auto& [program, its] : programs)
      if (program != missing) others.push_back(program);
    put_on_path(user, others);
    const auto finished = user({"doctor"});
    INFO(missing << "\n" << finished.output);
    CHECK(finished.status == 3);
    CHECK(contains(finished.output, line_of(missing) + "missing: install the package " + package + "\n"));
    for (const auto& other : others) CHECK_FALSE(contains(finished.output, line_of(other) + "missing"));
  }
}

TEST_CASE("each TeX package and font of the print that is missing is named, and the last report stays") {
  Changed user;
  std::vector<fs::path> folders = packages_of_the_print(user);
  REQUIRE(folders.size() > 20);
  if (!everything_is_asked_for())  // the rest is of the same two kinds
    std::erase_if(folders, [](const fs::path& folder) {
      const std::set<std::string> some{"microtype", "tex-gyre", "koma-script", "graphics-cfg", "hyperref"};
      return !some.contains(folder.filename().string());
    });
  for (const char* file :
       {"lmtt10.pfb", "qplr.pfb", "q-ec.enc", "fplmbb.pfb", "ec-qplr.tfm", "pdftex.map", "pdflatex.fmt"})
    folders.push_back(folder_of(user, file));
  int named = 0;
  for (const auto& folder : folders) {
    INFO(folder.string());
    REQUIRE(fs::is_directory(folder));
    const auto finished = with_mount(user, emptied(folder), build_of("pdf"));
    if (!finished) return;
    INFO(finished->errors);
    if (finished->ok()) {  // LaTeX asks for some only if they are there
      CHECK_FALSE(user.document_stands("report.pdf"));
      user.chapter(long_text_of(0));
      REQUIRE(user({"build", "--format", "pdf,html"}).status == 0);
      CHECK(user.everything_stands());
      user.chapter(long_text_of(1));
      continue;
    }
    ++named;
    CHECK(finished->status == 3);
    CHECK(contains(finished->errors, "error: LaTeX "));
    CHECK(contains(finished->errors, "install the Debian package"));
    for (const char* name : {"report.html", "report.pdf"}) CHECK(user.document_stands(name));
  }
  std::printf("%d TeX packages and fonts missing\n", named);
  CHECK(named >= (everything_is_asked_for() ? 30 : 10));
  CHECK(user({"build", "--format", "pdf,html"}).status == 0);
  CHECK_FALSE(user.document_stands("report.pdf"));
}

TEST_CASE("each font of the figures that is missing is named before anything runs, and every file stays") {
  Changed user;
  user.environment.emplace_back("XDG_CACHE_HOME", (user.path / "fontconfig").string());
  const std::string fonts = sys::read_file(source_folder() / "render" / "theme" / "fonts.conf");
  int named = 0;
  const std::regex listed("<dir>(.*)</dir>");
  for (std::sregex_iterator at(fonts.begin(), fonts.end(), listed), end; at != end; ++at) {
    const fs::path folder = (*at)[1].str();
    INFO(folder.string());
    if (!fs::is_directory(folder)) continue;
    const auto finished =
        with_mount(user, emptied(folder), build_of("html") + "; code=$?; " + REPORT_PROGRAM + " doctor; exit $code");
    if (!finished) return;
    INFO(finished->output << finished->errors);
    CHECK(finished->status == 3);
    CHECK(contains(finished->errors, "error: the font TeX Gyre Pagella"));
    CHECK(contains(finished->errors, "Debian packages fonts-texgyre, fonts-texgyre-math"));
    CHECK(contains(finished->output, "install the packages fonts-texgyre and fonts-texgyre-math"));
    CHECK(user.everything_stands());
    ++named;
  }
  CHECK(named >= 2);
  CHECK(user({"build", "--format", "html"}).status == 0);
}

TEST_CASE("output that may not be written any more stays as it is, and is named") {
  Changed user;
  for (const char* part : {"output", "output/figures", "output/data", "output/.work"}) {
    INFO(part);
    const auto finished = with_mount(user, read_only(user.path / part), build_of("pdf,html"));
    if (!finished) return;
    INFO(finished->errors);
    CHECK(finished->status == 2);
    CHECK(contains(finished->errors, "error: cannot "));
    CHECK(contains(finished->errors, (user.path / part).string()));
    CHECK(contains(finished->errors, "Read-only file system"));
    for (const char* name : {"report.html", "report.pdf"}) CHECK(user.document_stands(name));
    if (part == std::string("output")) CHECK(user.everything_stands());
  }
  CHECK(user({"build", "--format", "pdf,html"}).status == 0);
}

TEST_CASE(
    "a program that dies half-way leaves the last report, and is named, and nothing half is ever taken for whole") {
  Changed user("pdf,html,json,epub,docx");
  const std::string cut =
      "for word; do case $word in --output=*) head -c 900 \"${word#--output=}\" >half; cat half >\"${word#--output=}\" "
      ";; esac; done";
  struct Fault {
    const char* format;
    const char* program;
    std::string script, says;
  };
  const std::vector<Fault> faults{
      {"html", "pandoc", "/usr/bin/pandoc \"$@\" | head -c 2500; exit 0", "pandoc ended well but wrote no whole page"},
      {"html", "pandoc", "/usr/bin/pandoc \"$@\" | head -c 2500; kill -9 $$", "pandoc was ended by signal 9 (Killed)"},
      {"html", "pandoc", "/usr/bin/pandoc \"$@\" | head -c 2500; kill -SEGV $$",
       "pandoc was ended by signal 11 (Segmentation fault)"},
      {"pdf", "pandoc", "/usr/bin/pandoc \"$@\" | head -c 2500; exit 0",
       "pandoc ended well but wrote no whole text for LaTeX"},
      {"json", "pandoc", "/usr/bin/pandoc \"$@\"; " + cut, "pandoc ended well but wrote no whole document"},
      {"epub", "pandoc", "/usr/bin/pandoc \"$@\"; " + cut, "pandoc wrote something that is not a ZIP archive"},
      {"docx", "pandoc", "/usr/bin/pandoc \"$@\"; " + cut, "pandoc wrote something that is not a ZIP archive"},
      {"pdf", "pdflatex",
       "/usr/bin/pdflatex \"$@\"; [ -e report.pdf ] && head -c 5000 report.pdf >half && cat half >report.pdf; exit 0",
       "LaTeX ended well but left no whole PDF"},
      {"pdf", "pdflatex", "[ -e preamble.fmt ] && [ -e report.aux ] && kill -9 $$; exec /usr/bin/pdflatex \"$@\"",
       "pdflatex was ended by signal 9 (Killed)"},
      {"pdf", "pdflatex", "/usr/bin/pdflatex \"$@\"; kill -TERM $$", "pdflatex was ended by signal 15 (Terminated)"}};
  for (const auto& fault : faults) {
    INFO(fault.format << ", " << fault.program << ": " << fault.script);
    stand_in(user, fault.program, fault.script);
    const auto finished = user({"build", "--format", fault.format});
    INFO(finished.errors);
    CHECK(finished.status == 2);
    CHECK(contains(finished.errors, fault.says));
    for (const char* name : {"report.html", "report.pdf", "report.json", "report.epub", "report.docx"})
      CHECK(user.document_stands(name));
  }
  std::printf("%zu programs that die half-way\n", faults.size());
  fs::remove_all(user.path / "bin");
  CHECK(user({"build", "--format", "pdf,html,json,epub,docx"}).status == 0);
  for (const char* name : {"report.html", "report.pdf", "report.json", "report.epub", "report.docx"})
    CHECK_FALSE(user.document_stands(name));
}

TEST_CASE("slow programs change nothing but the time, and do not keep an interrupt waiting") {
  Changed user;
  User quick;
  quick.chapter(long_text_of(1));
  REQUIRE(quick({"build", "--format", "html"}).status == 0);
  stand_in(user, "pandoc", "sleep 30 & wait; exec /usr/bin/pandoc \"$@\"");
  Words words{"timeout", "--preserve-status", "--signal=INT", "2"};
  for (const auto& word : user.arguments({"build", "--format", "html"})) words.push_back(word);
  const auto start = std::chrono::steady_clock::now();
  const auto stopped = user.exec(words);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(4));
  INFO(stopped.errors);
  CHECK(stopped.status == 130);
  CHECK(contains(stopped.errors, "interrupted"));
  CHECK(user.document_stands("report.html"));
  // Nothing that was started is left behind: it would write where the next build is at work.
  CHECK(user.exec({"pgrep", "-f", (user.path / "bin" / "pandoc").string()}).output == "");
  stand_in(user, "pandoc",
           "sleep 1; /usr/bin/pandoc \"$@\" | while IFS= read -r line; do printf '%s\\n' \"$line\"; done; sleep 0.3");
  CHECK(user({"build", "--format", "html"}).status == 0);
  CHECK((outputs(user.path / "output").at("report.html") == outputs(quick.path / "output").at("report.html")));
}

TEST_CASE("a clock that goes back by years between two builds changes no byte, and hides no change") {
  User user;
  user.environment.emplace_back("FAKETIME_DONT_FAKE_MONOTONIC", "1");
  if (!user::has_faketime()) {
    WARN("faketime is not here; this is not tested");
    return;
  }
  const auto right = right_outputs();
  int state = 0;
  for (const char* day : {"2031-05-05 12:00:00", "2001-01-01 00:00:00", "2024-02-29 23:59:59", "1999-12-31 23:59:59"}) {
    INFO(day);
    user.chapter(text_of(state));
    Words words{"faketime", day};
    for (const auto& word : user.arguments({"build", "--format", "pdf,html"})) words.push_back(word);
    const auto finished = user.exec(words);
    INFO(finished.errors);
    CHECK(finished.status == 0);
    const auto now = outputs(user.path / "output");
    for (const auto& [name, bytes] : right[static_cast<std::size_t>(state)]) {
      INFO(name);
      CHECK((now.contains(name) && now.at(name) == bytes));
    }
    CHECK(contains(user.exec(words).errors, "0 run"));
    state = 1 - state;
  }
}

}  // namespace lacking_test
