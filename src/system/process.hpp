// Running another program: arguments without a shell, text in, text out, no deadlock, and none left behind.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "system/confinement.hpp"
#include "system/stop_flag.hpp"

namespace sys {

struct Command {
  std::vector<std::string> arguments;  // the program first; searched on PATH when it has no slash
  std::string input;                   // its standard input
  std::vector<std::pair<std::string, std::string>> environment;  // set in addition to our own
  bool has_only_that_environment = false;
  std::filesystem::path directory;  // empty: ours
  std::chrono::milliseconds timeout{std::chrono::minutes(10)};
  StopFlag stop;                                   // the program is killed once this is set
  std::optional<Confinement> confinement;          // of a program that works on text which others wrote
  std::size_t most_output = std::size_t{1} << 30;  // bytes; one that prints more is killed
  /// Called with what the program writes to its standard error, as it comes, and with nothing every now and then. What
  /// it throws ends the program and is passed on. Without it, everything written is in the result.
  std::function<void(std::string_view)> on_errors = {};
};

struct ProcessResult {
  int status = 0;  // exit status, or 128 + signal
  std::string output, errors;
  bool timed_out = false;
  bool interrupted = false;
  bool printed_too_much = false;
  bool left_processes = false;  // some that it had started outlived it, and were killed
  bool ok() const { return status == 0 && !timed_out && !interrupted && !printed_too_much; }
};

/// A program that is not on PATH or cannot be executed.
struct NoProgram : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// How a program ended that was not well, for people: "failed with status 3", "was ended by signal 9 (Killed)".
std::string ending(const ProcessResult& finished);

/// Runs the command in a process group of its own, which is killed as a whole on time-out and interruption, and when
/// the program has ended; a program whose starter dies is killed too. Throws NoProgram, and std::system_error when the
/// system refuses a process.
ProcessResult run(const Command& command);

/// The words with which this program was started, its own name first. Throws FileError.
std::vector<std::string> own_command_line();

/// As exec and its kin take them; they point into the words.
std::vector<char*> pointers_to(std::vector<std::string>& words);

}  // namespace sys
