// fork and exec. See child.hpp.
#include "system/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

namespace sys {
namespace {

[[noreturn]] void refuse(int error, const std::string& what) {
  throw std::system_error(error, std::generic_category(), what);
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
  const auto argument_list = pointers_to(arguments), environment_list = pointers_to(environment);
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

}  // namespace

/// Close-on-exec throughout: a program started by another thread must not hold our pipes open.
Pipe make_pipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) refuse(errno, "no pipe to a program");
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

Child::Child(const Command& command, int input, int output, int errors)
    : number_(spawn(command, input, output, errors)) {}

Child::~Child() {
  if (is_reaped_) return;
  kill_all();
  wait_for(number_);
}

void Child::kill_all() const { kill(-number_, SIGKILL); }

bool Child::has_ended() const {
  siginfo_t info{};
  return waitid(P_PID, static_cast<id_t>(number_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid != 0;
}

int Child::status() {
  is_reaped_ = true;
  return wait_for(number_);
}

bool Child::kill_what_is_left() const {
  for (int pause = 0; pause < 20; ++pause) {
    if (kill(-number_, 0) != 0) return false;
    poll(nullptr, 0, 10);
  }
  return kill(-number_, SIGKILL) == 0;
}

}  // namespace sys
