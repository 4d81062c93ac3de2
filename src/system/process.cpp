// fork and exec with captured streams. Input lies in an anonymous file, so that only the outputs have to be attended
// to.
#include "system/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

#include "system/descriptor.hpp"
#include "system/files.hpp"

namespace sys {
namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void refuse(int error, const std::string& what) {
  throw std::system_error(error, std::generic_category(), what);
}

struct Pipe {
  Descriptor read, write;
};

/// Close-on-exec throughout: a program started by another thread must not hold our pipes open.
Pipe make_pipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) refuse(errno, "no pipe to a program");
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

Descriptor file_with(const std::string& text) {
  Descriptor file(memfd_create("input", MFD_CLOEXEC));
  if (!file.is_open()) refuse(errno, "no file for a program's input");
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t n = ::write(file.get(), text.data() + done, text.size() - done);
    if (n < 0 && errno != EINTR) refuse(errno, "cannot hold a program's input");
    if (n > 0) done += static_cast<std::size_t>(n);
  }
  lseek(file.get(), 0, SEEK_SET);
  return file;
}

/// What is loaded into a confined program from elsewhere could not work there (libfaketime wants shared memory).
std::vector<std::string> environment_of(const Command& command) {
  std::map<std::string, std::string> values;
  for (char** entry = environ; *entry && !command.has_only_that_environment; ++entry) {
    const std::string text = *entry;
    if (!command.confinement || !text.starts_with("LD_")) values[text.substr(0, text.find('='))] = text;
  }
  for (const auto& [name, value] : command.environment) values[name] = name + "=" + value;
  std::vector<std::string> list;
  for (auto& [name, entry] : values) list.push_back(std::move(entry));
  return list;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> list;
  for (auto& text : texts) list.push_back(text.data());
  list.push_back(nullptr);
  return list;
}

int wait_for(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/// What the child does until it is another program; calls only what is allowed between fork and exec. A program whose
/// starter is killed goes with it: it would write on where the next build is at work.
[[noreturn]] void become(const char* directory, char* const* arguments, char* const* environment, pid_t parent,
                         int input, int output, int errors, int failure, const PreparedConfinement* confinement) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);
  setpgid(0, 0);
  // The signals that we handle or ignore go back to what a new program expects.
  for (int number = 1; number < NSIG; ++number) signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  dup2(input, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  dup2(errors, STDERR_FILENO);
  close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);  // what libraries opened is none of the program's business
  if ((*directory == '\0' || chdir(directory) == 0) && (!confinement || confinement->enter()))
    execvpe(arguments[0], arguments, environment);
  const int error = errno;
  const ssize_t told = ::write(failure, &error, sizeof error);
  _exit(told == sizeof error ? 127 : 126);
}

/// The error that kept the child from becoming the program, or 0.
int failure_of(Pipe& failure) {
  failure.write.close();
  int error = 0;
  while (::read(failure.read.get(), &error, sizeof error) < 0 && errno == EINTR) {
  }
  return error;
}

pid_t spawn(const Command& command, int input, int output, int errors) {
  auto arguments = command.arguments;
  auto environment = environment_of(command);
  const auto argument_list = pointers(arguments), environment_list = pointers(environment);
  std::optional<PreparedConfinement> confinement;
  if (command.confinement) confinement.emplace(*command.confinement, command.arguments.front());
  Pipe failure = make_pipe();
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child < 0) refuse(errno, "cannot start '" + arguments.front() + "'");
  if (child == 0)
    become(command.directory.c_str(), argument_list.data(), environment_list.data(), parent, input, output, errors,
           failure.write.get(), confinement ? &*confinement : nullptr);
  setpgid(child, child);  // here too, so that the group is there when we come to kill it
  const int error = failure_of(failure);
  if (error == 0) return child;
  wait_for(child);
  if (error == ENOENT || error == EACCES || error == ENOEXEC || error == ENOTDIR) {
    if (!command.directory.empty() && !std::filesystem::is_directory(command.directory))
      refuse(ENOENT, command.directory.string());
    throw NoProgram("cannot run '" + arguments.front() + "': " + std::generic_category().message(error));
  }
  refuse(error, "cannot start '" + arguments.front() + "'");
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

namespace {

/// A program under way. Whatever becomes of us, it does not outlive this.
class Child {
 public:
  explicit Child(pid_t number) : number_(number) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (is_reaped_) return;
    kill_all();
    wait_for(number_);
  }

  void kill_all() const { kill(-number_, SIGKILL); }

  bool has_ended() const {
    siginfo_t info{};
    return waitid(P_PID, static_cast<id_t>(number_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid != 0;
  }

  int status() {
    is_reaped_ = true;
    return wait_for(number_);
  }

  /// Whether something that it started is still there, after it had time to end: what a shell ran may need a moment.
  bool kill_what_is_left() const {
    for (int pause = 0; pause < 20; ++pause) {
      if (kill(-number_, 0) != 0) return false;
      poll(nullptr, 0, 10);
    }
    return kill(-number_, SIGKILL) == 0;
  }

 private:
  pid_t number_;
  bool is_reaped_ = false;
};

}  // namespace

ProcessResult run(const Command& command) {
  constexpr auto grace = std::chrono::milliseconds(300);
  const Descriptor input = file_with(command.input);
  Pipe output = make_pipe(), errors = make_pipe();
  const auto deadline = Clock::now() + command.timeout;
  Child child(spawn(command, input.get(), output.write.get(), errors.write.get()));
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
