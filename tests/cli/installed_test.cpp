// The program as it is installed: an author who has it and no checkout, and everything that comes with it.
#include <sys/stat.h>

#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <thread>

#include "catch.hpp"
#include "cli/help.hpp"
#include "support/toolchain.hpp"
#include "system/checksum.hpp"
#include "user.hpp"

namespace installed_test {

using user::bowl;
using user::contains;
using user::Words;
using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

namespace {

/// An installation below a prefix of its own, and an author who finds the program on PATH. Where the kernel has
/// Landlock the author cannot read the checkout, nor write outside of the home.
struct Installed {
  support::ScratchFolder scratch;
  const fs::path path = scratch.path(), prefix = path / "prefix", home = path / "home";

  Installed() {
    fs::create_directories(home);
    sys::Command command;
    command.arguments = {"cmake", "--install", build_folder().string(), "--prefix", prefix.string()};
    const auto installed = sys::run(command);
    INFO(installed.output << installed.errors);
    REQUIRE(installed.status == 0);
  }

  sys::ProcessResult in(const std::string& folder, Words words) const {
    sys::Command command;
    command.arguments = std::move(words);
    command.has_only_that_environment = true;
    command.environment = {{"HOME", home.string()}, {"PATH", (prefix / "bin").string() + ":/usr/bin:/bin"}};
    command.directory = home / folder;
    command.timeout = std::chrono::minutes(3);
    command.confinement = sys::Confinement{{prefix, home}, {home, "/dev", "/proc"}};
    command.confinement->memory = std::uint64_t{support::is_sanitized ? 1 << 15 : 16}
                                  << 30;  // a sanitizer's shadow is huge
    return sys::run(command);
  }
  sys::ProcessResult report(const std::string& folder, Words words) const {
    words.insert(words.begin(), (prefix / "bin/report").string());
    return in(folder, std::move(words));
  }
  std::string file(const std::string& name) const { return sys::read_file(prefix / name); }
};

/// Every file and folder with the time of its last change.
std::map<std::string, long long> state_of(const fs::path& folder) {
  std::map<std::string, long long> state;
  for (const auto& item : fs::recursive_directory_iterator(folder)) {
    struct stat info {};
    ::lstat(item.path().c_str(), &info);
    state[item.path().string()] = info.st_mtim.tv_sec * 1'000'000'000LL + info.st_mtim.tv_nsec;
  }
  return state;
}

std::string unescaped(std::string text) {
  for (const auto& [entity, sign] :
       {std::pair{"&#39;", "'"}, {"&quot;", "\""}, {"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}})
    text = std::regex_replace(text, std::regex(entity), sign);
  return text;
}

std::vector<cli::CommandHelp> commands() {
  auto all = cli::command_table();
  std::erase_if(all, [](const cli::CommandHelp& c) { return c.is_of_script; });
  return all;
}

/// The Debian package, made in an empty folder.
fs::path packed(const fs::path& folder, Words options = {}) {
  sys::Command command;
  command.arguments = {"cpack", "--config", (build_folder() / "CPackConfig.cmake").string(), "-B", folder.string()};
  command.arguments.insert(command.arguments.end(), options.begin(), options.end());
  command.environment = {{"SOURCE_DATE_EPOCH", "1770000000"}};
  const auto finished = sys::run(command);
  INFO(finished.output << finished.errors);
  REQUIRE(finished.status == 0);
  for (const auto& item : fs::directory_iterator(folder))
    if (item.path().extension() == ".deb") return item.path();
  return {};
}

}  // namespace

TEST_CASE("every command of a document works with an installed program, which writes nothing beside itself") {
  const Installed author;
  const auto before = state_of(author.prefix);
  const auto expect = [&](int status, const std::string& folder, const Words& words) {
    const auto finished = author.report(folder, words);
    INFO(words.front() << "\n" << finished.output << finished.errors);
    CHECK(finished.status == status);
    return finished;
  };
  expect(0, "", {"new", "yeast"});
  expect(0, "yeast", {"build"});
  const std::string page = sys::read_file(author.home / "yeast/output/report.html");
  expect(1, "yeast", {"check"});
  expect(0, "yeast", {"bless"});
  expect(0, "yeast/chapters", {"check"});
  expect(0, "yeast", {"list"});
  expect(0, "yeast", {"explain", "yeast"});
  expect(0, "yeast", {"describe", "yeast"});
  expect(0, "yeast", {"figure", "yeast", "--set", "rate=0.5"});
  expect(0, "", {"data"});
  expect(0, "", {"help"});
  CHECK(contains(expect(2, "yeast", {"test"}).errors, "./build-report.sh test"));
  const auto doctor = author.report("yeast", {"doctor"});
  CHECK_FALSE(contains(doctor.output, "ninja"));  // nothing is compiled
  CHECK_FALSE(contains(doctor.output, "build-report.sh"));

  for (const auto& item : fs::recursive_directory_iterator(author.home / "yeast/output")) {
    if (!item.is_regular_file() || contains(item.path().string(), "/.work/")) continue;
    INFO(item.path());
    const std::string bytes = sys::read_file(item.path());
    CHECK_FALSE(contains(bytes, source_folder().string()));
    CHECK_FALSE(contains(bytes, author.path.string()));
    CHECK_FALSE(contains(bytes, "build-report.sh"));
  }

  std::smatch match;
  REQUIRE(std::regex_search(page, match, std::regex("<dt>rerun</dt><dd><code>([^<]*)</code>")));
  fs::remove(author.home / "yeast/output/data/yeast.csv");
  const auto rerun = author.in("yeast", {"sh", "-c", unescaped(match[1])});
  INFO(rerun.errors);
  CHECK(rerun.status == 0);
  CHECK(fs::exists(author.home / "yeast/output/data/yeast.csv"));

  expect(0, "yeast", {"clean", "--cache"});
  CHECK(state_of(author.prefix) == before);
}

TEST_CASE("an installed program serves several documents at the same time") {
  const Installed author;
  const std::vector<std::string> names{"one", "two", "three"};
  std::vector<sys::ProcessResult> built(names.size());
  for (const auto& name : names) {
    REQUIRE(author.report("", {"new", name}).status == 0);
    sys::write_file(author.home / name / "chapters/02.md", "# Document " + name + "\n");
  }
  std::vector<std::thread> builds;
  for (std::size_t k = 0; k < names.size(); ++k)
    builds.emplace_back([&, k] { built[k] = author.report(names[k], {"build", "--format", "html"}); });
  for (auto& build : builds) build.join();
  for (std::size_t k = 0; k < names.size(); ++k) {
    INFO(built[k].errors);
    CHECK(built[k].status == 0);
    CHECK(contains(sys::read_file(author.home / names[k] / "output/report.html"), "Document " + names[k]));
  }
}

TEST_CASE("without a home a document keeps its own store") {
  const Installed author;
  REQUIRE(author.report("", {"new", "yeast"}).status == 0);
  const auto built = author.in("yeast", {"env", "-u", "HOME", "report", "build"});
  INFO(built.errors);
  CHECK(built.status == 0);
  CHECK(fs::exists(author.home / "yeast/.cache/results"));
}

TEST_CASE("results that the program of the checkout stored are those of the installed one") {
  const Installed author;
  sys::write_file(author.home / "bowls/report.yaml", "");
  sys::write_file(author.home / "bowls/chapters/01.md", "# One\n\n" + bowl);
  sys::Command first;
  first.arguments = {REPORT_PROGRAM, "build", "--format", "html"};
  first.environment = {{"HOME", author.home.string()}, {"REPORT_CACHE", ""}, {"XDG_CACHE_HOME", ""}};
  first.directory = author.home / "bowls";
  const auto stored = sys::run(first);
  INFO(stored.errors);
  REQUIRE(contains(stored.errors, "1 run"));
  CHECK(contains(author.report("bowls", {"build", "--format", "html"}).errors, "0 run"));

  const Json table = Json::parse(author.file("share/literate-report/fingerprints.json"));
  CHECK(table.at("program") == sys::sha256(author.file("bin/report")));
  CHECK((author.file("bin/report") == sys::read_file(REPORT_PROGRAM)));  // megabytes, which nobody reads
  const std::string code = table.at("experiments").at("quadratic-bowl");
  const Json made = Json::parse(sys::read_file(author.home / "bowls/output/data/bowl.json"));
  CHECK(contains(made.dump(), code));
  CHECK_FALSE(Json::parse(author.file("share/literate-report/fingerprints/quadratic-bowl.json")).empty());
}

TEST_CASE("an installed program does not know where it was compiled") {
  if (support::is_sanitized) return;  // what a sanitizer says names places in the sources
  const Installed author;
  for (const auto& item : fs::recursive_directory_iterator(author.prefix)) {
    if (!item.is_regular_file()) continue;
    INFO(item.path());
    const std::string bytes = sys::read_file(item.path());
    CHECK_FALSE(contains(bytes, source_folder().string() + "/"));
    CHECK_FALSE(contains(bytes, build_folder().string() + "/"));
  }
}

TEST_CASE("an experiment in C++ is compiled against the installed headers alone, with what the build wrote down") {
  const Installed author;
  const auto before = state_of(author.prefix);
  sys::write_file(author.home / "walk/report.yaml", "");
  fs::create_directories(author.home / "walk/experiments");
  fs::copy_file(build_folder() / "docs/saddle_escape.cpp", author.home / "walk/experiments/saddle_escape.cpp");
  sys::write_file(author.home / "walk/chapters/01.md",
                  "```{.figure #fig:saddle}\nexperiment: saddle-escape\ncaption: c\nalt: a\n```\n");
  const auto built = author.report("walk", {"build", "--format", "html"});
  INFO(built.errors);
  CHECK(built.status == 0);
  CHECK(contains(built.errors, "compiling experiments/saddle_escape.cpp"));
  const auto again = author.report("walk", {"build", "--format", "html"});
  CHECK_FALSE(contains(again.errors, "compiling"));
  CHECK(contains(again.errors, "0 run"));
  CHECK(state_of(author.prefix) == before);
  const std::string options = author.file("share/literate-report/compile-experiments.json");
  for (const char* option :
       {"-DEIGEN_MAX_ALIGN_BYTES=64", "-DEIGEN_DONT_VECTORIZE", "-ffp-contract=off", "-fno-tree-slp-vectorize"})
    CHECK(contains(options, option));
}

TEST_CASE("the manual page names every command, option and exit code, and roff has nothing to say against it") {
  const Installed author;
  const std::string page =
      author.in("", {"gzip", "-dc", (author.prefix / "share/man/man1/report.1.gz").string()}).output;
  CHECK(page.starts_with(".TH REPORT 1"));
  for (const auto& command : cli::command_table()) {
    INFO(command.name);
    CHECK(contains(page, "\n\\fB" + command.name));
  }
  for (const char* part :
       {"\\-j, \\-\\-jobs N", "\\-\\-references DIR", "\\fB130\\fR", "REPORT_CACHE", "report.yaml"}) {
    INFO(part);
    CHECK(contains(page, part));
  }
  try {
    sys::Command roff;
    roff.arguments = {"groff", "-man", "-Tutf8", "-ww", "-z"};
    roff.input = page;
    CHECK(sys::run(roff).errors.empty());
  } catch (const sys::NoProgram&) {
    WARN("SKIPPED: groff is not installed");
  }
}

TEST_CASE("bash completes commands, options, formats, figures, experiments and data sets") {
  const Installed author;
  REQUIRE(author.report("", {"new", "yeast"}).status == 0);
  const std::string script = (author.prefix / "share/bash-completion/completions/report").string();
  /// The words as bash has them, which cuts at '=' and ':'; the last is completed.
  const auto completed = [&](const Words& words) {
    std::string line = "source " + script + "\nCOMP_WORDS=(";
    for (const auto& word : words) line += "'" + word + "' ";
    line += ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_report report\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n";
    const auto finished = author.in("yeast", {"bash", "-uc", line});
    INFO(line << finished.errors);
    CHECK(finished.status == 0);
    CHECK(finished.errors.empty());
    return finished.output;
  };
  std::string all;
  for (const auto& command : commands()) all += command.name + "\n";
  CHECK(completed({"report", ""}) == all);
  CHECK(completed({"report", "help", ""}) == all);
  CHECK(completed({"report", "bu"}) == "build\n");
  CHECK(completed({"report", "--jobs", "3", "fi"}) == "figure\n");
  CHECK(completed({"report", "--jobs", "=", "3", "fi"}) == "figure\n");
  CHECK(completed({"report", "build", "--for"}) == "--force\n--format\n");
  CHECK(completed({"report", "build", "--format", "e"}) == "epub\n");
  CHECK(completed({"report", "build", "--format", "="}) == "pdf\nhtml\nepub\ndocx\ntex\njson\n");
  CHECK(completed({"report", "build", "--format", "pdf,e"}) == "pdf,epub\n");
  CHECK(completed({"report", "--color", "a"}) == "auto\nalways\n");
  for (const char* command : {"figure", "explain", "check", "bless"}) {
    CHECK(completed({"report", command, ""}) == "yeast\namount\neuler\n");
    CHECK(completed({"report", command, "fig", ":"}) == "yeast\namount\neuler\n");
    CHECK(completed({"report", command, "fig:y"}) == "fig:yeast\n");
  }
  CHECK(completed({"report", "describe", "quad"}) == "quadratic-bowl\n");
  CHECK(completed({"report", "describe", "yea"}) == "yeast\n");
  CHECK(completed({"report", "data", "m"}) == "mnist\n");
  CHECK(completed({"report", "--chapters", "cha"}) == "chapters\n");
  CHECK(completed({"report", "new", "da"}) == "data\n");
}

TEST_CASE("zsh's completion names every command") {
  const Installed author;
  const std::string script = author.file("share/zsh/site-functions/_report");
  CHECK(script.starts_with("#compdef report\n"));
  for (const auto& command : commands()) CHECK(contains(script, "\n    '" + command.name + ":"));
  CHECK_FALSE(std::regex_search(script, std::regex("@[A-Z]")));  // a place that nothing filled
  CHECK(author.report("", {"completion", "fish"}).status == 2);
}

TEST_CASE("the Debian package is the same bytes twice") {
  const support::ScratchFolder scratch;
  const Words quick{"-D", "CPACK_DEBIAN_PACKAGE_SHLIBDEPS=OFF"};  // finding the libraries takes two thirds of the time
  CHECK(sys::read_file(packed(scratch / "one", quick)) == sys::read_file(packed(scratch / "another", quick)));
}

TEST_CASE("the Debian package holds the installation, and asks for what a report needs") {
  const support::ScratchFolder scratch;
  const auto said = [](Words words) {
    sys::Command command;
    command.arguments = std::move(words);
    return sys::run(command).output;
  };
  const fs::path package = packed(scratch.path());
  CHECK(package.filename().string().starts_with("literate-report_" REPORT_VERSION "_"));
  const std::string control = said({"dpkg-deb", "-f", package.string()});
  INFO(control);
  std::smatch list;
  const std::string script = sys::read_file(source_folder() / "build-report.sh");
  REQUIRE(std::regex_search(script, list, std::regex("\nreport_packages=\"([^\"]+)\"")));
  const std::string names = list[1];
  const std::regex word("[^ \n]+");
  for (std::sregex_iterator name(names.begin(), names.end(), word), end; name != end; ++name)
    CHECK(std::regex_search(control, std::regex("\nDepends:.*[ ,]" + name->str() + "(,|\n)")));
  for (const char* library : {"libc6 (>= ", "libcairo2 (>= ", "libtbb"}) CHECK(contains(control, library));
  CHECK(contains(control, "\nRecommends: g++, libboost-dev, libeigen3-dev, nlohmann-json3-dev\n"));
  CHECK(contains(control, "Package: literate-report\n"));
  CHECK(contains(control, "Version: " REPORT_VERSION "\n"));

  const std::string contents = said({"dpkg-deb", "-c", package.string()});
  INFO(contents);
  for (const char* name :
       {"bin/report", "share/literate-report/render/theme/report.css",
        "share/literate-report/render/new-document/report.yaml", "share/literate-report/fingerprints.json",
        "include/literate-report/experiment/experiment.hpp", "share/man/man1/report.1.gz",
        "share/bash-completion/completions/report", "share/zsh/vendor-completions/_report",
        "share/doc/literate-report/copyright", "share/doc/literate-report/changelog.gz"})
    CHECK(std::regex_search(contents, std::regex("root/root .* \\./usr/" + std::string(name) + "\n")));
  CHECK_FALSE(contains(contents, "site-functions"));
}

}  // namespace installed_test
