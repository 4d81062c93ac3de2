// The same bytes everywhere: a whole report built twice, in other folders, with other numbers of jobs, in other time
// zones and languages, and a day later where faketime is at hand. Everything is computed both times.
#include <algorithm>
#include <map>

#include "catch.hpp"
#include "engine/sources/request.hpp"
#include "places.hpp"
#include "system/checksum.hpp"
#include "user.hpp"

namespace sameness_test {

namespace fs = std::filesystem;
using user::Words;

namespace {

/// Every kind of figure, small, and text that can tell languages and dates: mathematics, a table, a claim, citations.
const std::string chapter =
    "# Same {#sec:same}\n\nFigures @fig:depth, @fig:train, @fig:bowl, @fig:flow and @fig:time, and @eq:half.\n\n"
    "$$ \\frac12 $$ {#eq:half}\n\n"
    "The condition is `bowl: kappa`{.value format=\".1f\"}, [a hundred]{.claim that=\"bowl: kappa = 100\"}.\n\n"
    "| a | b |\n|---|---|\n| 1 | ä |\n\n"
    "```{.figure #fig:depth}\nexperiment: gradient-depth\ndepth: 6\nwidth: 20\nnetworks: [tanh-normal, relu-he, "
    "sigmoid-xavier]\nbatch: 16\nseeds: 3\n"
    "caption: Depth on {{dataset}}.\nalt: Depth\n```\n\n"
    "```{.figure #fig:train}\nexperiment: training-loss\ndepth: 3\nwidth: 8\nnetworks: [tanh-xavier, relu-he]\nepochs: "
    "1\nseeds: 2\ncaption: Training.\nalt: Training\n```\n\n"
    "```{.figure #fig:bowl}\nexperiment: quadratic-bowl\nsteps: 20\ndecay-steps: 50\ncaption: A bowl of "
    "$\\lambda$.\nalt: A bowl\n```\n\n"
    "```{.figure #fig:flow}\nexperiment: flow-versus-descent\nhorizon: 2\ncaption: Flow.\nalt: Flow\n```\n\n"
    "```{.figure #fig:time}\nexperiment: effective-time\ncaption: Time.\nalt: Time\n```\n";

struct Circumstances {
  std::string jobs, time_zone, language;
  bool later = false;  // by a day
};

/// What the build leaves in output/: checksums by file name, and the manifest without its times.
std::map<std::string, std::string> built(const fs::path& path, const Circumstances& c) {
  sys::write_file(path / "chapters" / "01.md", chapter);
  sys::write_file(path / "chapters" / "metadata.yaml", "title: The same\ndate: 2026-01-31\n");
  sys::Command command;
  if (c.later && user::has_faketime()) command.arguments = {"faketime", "-f", "+1d"};
  for (const std::string& word : Words{REPORT_PROGRAM, "build", "--format", "pdf,html,json", "--jobs", c.jobs,
                                       "--chapters", "chapters", "--output", "output"})
    command.arguments.push_back(word);
  command.environment = {{"REPORT_ROOT", source_folder().string()},
                         {"REPORT_CACHE", (path / "cache").string()},
                         {"REPORT_DATA", (path / "data").string()},
                         {"NO_COLOR", "1"},
                         {"TZ", c.time_zone},
                         {"LC_ALL", c.language},
                         {"LANG", c.language},
                         {"SOURCE_DATE_EPOCH", ""},
                         {"FAKETIME_DONT_FAKE_MONOTONIC", "1"}};
  command.directory = path;
  command.timeout = std::chrono::minutes(5);
  const auto finished = sys::run(command);
  INFO(finished.errors);
  REQUIRE(finished.status == 0);
  std::map<std::string, std::string> files;
  for (const auto& item : fs::recursive_directory_iterator(path / "output")) {
    const std::string name = item.path().lexically_relative(path / "output").string();
    if (!item.is_regular_file() || name.front() == '.') continue;
    std::string bytes = sys::read_file(item.path());
    if (name == "manifest.json") {
      auto manifest = engine::Json::parse(bytes);
      for (const char* list : {"figures", "documents"})
        for (auto& [id, entry] : manifest[list].items()) entry.erase("seconds");
      bytes = manifest.dump();
    }
    files[name] = sys::sha256(bytes);
  }
  return files;
}

bool has_program(const std::string& name) {
  return std::system(("command -v " + name + " >/dev/null 2>&1").c_str()) == 0;
}

}  // namespace

TEST_CASE(
    "every file of a report is the same in another folder, with other jobs, in another zone and language, a day "
    "later") {
  if (!has_program("pandoc") || !has_program("pdflatex")) return;
  const user::User u;  // for its folder, and that it goes again
  const auto first = built(u.path / "a", {"1", "UTC", "C", false});
  const auto second = built(u.path / "another folder" / "längst", {"2", "Pacific/Auckland", "de_DE.UTF-8", true});
  for (const auto& [name, checksum] : first) {
    INFO(name);
    CHECK(second.count(name) == 1);
    if (second.count(name)) CHECK(second.at(name) == checksum);
  }
  CHECK(first.size() == second.size());
  for (const char* name :
       {"report.pdf", "report.html", "report.json", "claims.json", "manifest.json", "figures/train.pdf",
        "figures/depth.svg", "figures/flow.png", "data/train.csv", "data/time.json"})
    CHECK(first.count(name) == 1);
}

}  // namespace sameness_test
