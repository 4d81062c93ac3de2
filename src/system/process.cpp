// Captured streams. Input lies in an anonymous file, so that only the outputs have to be attended to.
#include "system/process.hpp"

#include <poll.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <system_error>
#include <utility>

#include "system/child.hpp"
#include "system/files.hpp"

namespace sys {
namespace {

using Clock = std::chrono::steady_clock;

Descriptor file_with(const std::string& text) {
  Descriptor file(memfd_create("input", MFD_CLOEXEC));
  if (!file.is_open()) throw std::system_error(errno, std::generic_category(), "no file for a program's input");
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t n = ::write(file.get(), text.data() + done, text.size() - done);
    if (n < 0 && errno != EINTR)
      throw std::system_error(errno, std::generic_category(), "cannot hold a program's input");
    if (n > 0) done += static_cast<std::size_t>(n);
  }
  lseek(file.get(), 0, SEEK_SET);
  return file;
}

/// Moves what is there from the pipe to the text; closes the pipe at its end.
void drain(Descriptor& pipe, std::string& text) {
  std::array<char, 65536> buffer{};
  const ssize_t n = ::read(pipe.get(), buffer.data(), buffer.size());
  if (n > 0)
    text.append(buffer.data(), static_cast<std::size_t>(n));
  else if (n == 0 || errno != EINTR)
    pipe.close();
}

/// Waits up to `patience` for either stream and reads it.
void listen(Descriptor& output, Descriptor& errors, ProcessResult& finished, int patience) {
  std::array<pollfd, 2> polls{pollfd{output.get(), POLLIN, 0}, pollfd{errors.get(), POLLIN, 0}};
  if (poll(polls.data(), polls.size(), patience) <= 0) return;
  if (polls[0].revents) drain(output, finished.output);
  if (polls[1].revents) drain(errors, finished.errors);
}

}  // namespace

std::string ending(const ProcessResult& finished) {
  const int number = finished.status - 128;
  if (number <= 0) return "failed with status " + std::to_string(finished.status);
  const char* name = sigdescr_np(number);
  return "was ended by signal " + std::to_string(number) + (name ? std::string(" (") + name + ")" : "");
}

ProcessResult run(const Command& command) {
  constexpr auto grace = std::chrono::milliseconds(300);
  const Descriptor input = file_with(command.input);
  Pipe output = make_pipe(), errors = make_pipe();
  const auto deadline = Clock::now() + command.timeout;
  Child child(command, input.get(), output.write.get(), errors.write.get());
  output.write.close();
  errors.write.close();
  ProcessResult finished;
  std::optional<Clock::time_point> ended;
  while (output.read.is_open() || errors.read.is_open()) {
    listen(output.read, errors.read, finished, 50);
    if (command.on_errors) command.on_errors(std::exchange(finished.errors, ""));
    finished.interrupted = command.stop.is_set();
    finished.timed_out = Clock::now() > deadline;
    finished.printed_too_much = finished.output.size() > command.most_output;
    if (finished.interrupted || finished.timed_out || finished.printed_too_much) {
      child.kill_all();
      break;
    }
    // Something that it started may hold the streams open.
    if (!ended && child.has_ended()) ended = Clock::now();
    if (ended && Clock::now() > *ended + grace) break;
  }
  const bool was_killed = finished.interrupted || finished.timed_out || finished.printed_too_much;
  finished.status = child.status();
  finished.left_processes = child.kill_what_is_left() && !was_killed;
  return finished;
}

std::vector<std::string> own_command_line() {
  std::vector<std::string> words;
  const std::string line = read_file("/proc/self/cmdline");
  for (std::size_t at = 0; at < line.size(); at = line.find('\0', at) + 1) words.emplace_back(line.c_str() + at);
  return words;
}

std::vector<char*> pointers_to(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (auto& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace sys
