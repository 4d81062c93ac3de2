// The commands. Each prints its result on standard output and gives its exit code.
#pragma once

#include <atomic>
#include <chrono>
#include <exception>
#include <string>

#include "cli/options.hpp"

namespace cli {

/// Exit codes, as the README promises them.
enum Exit { all_well = 0, not_true = 1, bad_input = 2, lacking = 3, interrupted = 130 };

/// Set by the signal handler; runs look at it.
extern std::atomic<bool> interrupt_requested;

/// How long a command may take, after Ctrl-C, to end in good order.
extern std::atomic<std::chrono::milliseconds> interrupt_grace;

int create(const Options&);  // new
int build(const Options&);
int figure(const Options&);
int watch(const Options&);
int list(const Options&);
int explain(const Options&);
int describe(const Options&);
int check(const Options&);
int bless(const Options&);
int jobs(const Options&);
int work(const Options&);
int audit(const Options&);
int store(const Options&);
int data(const Options&);
int doctor(const Options&);
int clean(const Options&);
int completion(const Options&);

/// What ended a command, with its exit code, as users are told it.
struct Failure {
  Exit code = not_true;
  std::string message;
};
Failure failure_of(const std::exception_ptr& error);

/// Runs the command that the options name, turning errors into messages and exit codes.
int dispatch(const Options&);

/// Whether output to standard error is coloured.
bool use_color(const Options&);

}  // namespace cli
