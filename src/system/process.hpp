// Running another program: arguments without a shell, text in, text out, no deadlock, and none left behind.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "system/confinement.hpp"
#include "system/stop_flag.hpp"

namespace sys {

struct Command {
  std::vector<std::string> arguments;  // the program first; searched on PATH when it has no slash
  std::string input;                   // its standard input
  std::vector<std::pair<std::string, std::string>> environment;  // set in addition to our own
  std::filesystem::path directory;                               // empty: ours
  std::chrono::milliseconds timeout{std::chrono::minutes(10)};
  StopFlag stop;                           // the program is killed once this is set
  std::optional<Confinement> confinement;  // of a program that works on text which others wrote
};

struct ProcessResult {
  int status = 0;  // exit status, or 128 + signal
  std::string output, errors;
  bool timed_out = false;
  bool interrupted = false;
  bool ok() const { return status == 0 && !timed_out && !interrupted; }
};

/// A program that is not on PATH or cannot be executed.
struct NoProgram : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// How a program ended that was not well, for people: "failed with status 3", "was ended by signal 9 (Killed)".
std::string ending(const ProcessResult& finished);

/// Runs the command in a process group of its own, which is killed as a whole on time-out and interruption; a program
/// whose starter dies is killed too.
/// Throws NoProgram, and std::system_error when the system refuses a process.
ProcessResult run(const Command& command);

}  // namespace sys
