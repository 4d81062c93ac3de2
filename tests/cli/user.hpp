// A user of the program: chapters in a folder of their own, and the program run there as from a terminal.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "places.hpp"
#include "support/scratch_folder.hpp"
#include "support/toolchain.hpp"
#include "system/files.hpp"
#include "system/process.hpp"

namespace user {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

inline const std::string bowl =
    "```{.figure #fig:bowl}\nexperiment: quadratic-bowl\nsteps: 20\ndecay-steps: 50\ncaption: A bowl of {{steps}} "
    "steps.\n"
    "alt: A bowl\n```\n";

/// The program run with chapters, output, cache and data in a folder of its own.
struct User {
  support::ScratchFolder scratch;
  const fs::path path = scratch.path();
  std::vector<std::pair<std::string, std::string>> environment;

  User() {
    fs::create_directories(path / "chapters");
    environment = {{"REPORT_ROOT", source_folder().string()},
                   {"REPORT_CACHE", (path / "cache").string()},
                   {"REPORT_DATA", (path / "data").string()},
                   {"NO_COLOR", ""}};
    // Programs that die of a signal are to die of it, not of what a sanitizer makes of it.
    for (const char* name : {"ASAN_OPTIONS", "TSAN_OPTIONS"})
      if (const char* options = std::getenv(name))
        environment.emplace_back(name, std::string(options) + ":handle_segv=0:handle_sigfpe=0:handle_sigill=0");
  }

  void chapter(const std::string& text, const std::string& name = "01.md") const {
    sys::write_file(path / "chapters" / name, text);
  }

  Words arguments(const Words& words) const {
    Words all{REPORT_PROGRAM};
    all.insert(all.end(), words.begin(), words.end());
    all.insert(all.end(), {"--chapters", "chapters", "--output", "output"});
    return all;
  }

  sys::ProcessResult exec(Words words) const {
    sys::Command command;
    command.arguments = std::move(words);
    command.environment = environment;
    command.directory = path;
    command.timeout = std::chrono::minutes(2);
    return sys::run(command);
  }
  sys::ProcessResult operator()(const Words& words) const { return exec(arguments(words)); }

  bool has_output() const { return fs::exists(path / "output"); }
};

/// The command as it is outside of CI, where 'bless' would refuse.
inline Words not_in_ci(const Words& words) {
  Words all{"env", "-u", "CI", "-u", "GITHUB_ACTIONS"};
  all.insert(all.end(), words.begin(), words.end());
  return all;
}

/// A clock that is another. It does not go with a sanitizer: both take the place of the library's functions.
inline bool has_faketime() { return !support::is_sanitized && std::system("command -v faketime >/dev/null 2>&1") == 0; }

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace user
