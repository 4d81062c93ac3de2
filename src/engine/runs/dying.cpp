// What handlers of signals do is allowed there (signal-safety(7)): they write, unblock signals and execute a program,
// with texts and lists that were made before.
#include "engine/runs/dying.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace engine {
namespace {

constexpr const char* variable = "REPORT_DIED";
constexpr std::size_t signal_digits = 3;  // of a signal's number
constexpr std::size_t stack_size = 65536;

struct Fatal {
  int number;
  const char* name;
};
constexpr std::array fatal{Fatal{SIGSEGV, "Segmentation fault"},      Fatal{SIGABRT, "Aborted"},
                           Fatal{SIGFPE, "Floating point exception"}, Fatal{SIGBUS, "Bus error"},
                           Fatal{SIGILL, "Illegal instruction"},      Fatal{SIGTRAP, "Trace/breakpoint trap"},
                           Fatal{SIGSYS, "Bad system call"}};
constexpr int left_by_itself = 0;

char** own_arguments = nullptr;
thread_local const Watched* innermost = nullptr;

const char* name_of(int number) {
  for (const auto& signal : fatal)
    if (signal.number == number) return signal.name;
  return "";
}

void say(const char* text) { [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text, std::strlen(text)); }

void write_number(char* at, int number) {
  for (std::size_t i = signal_digits; i-- > 0; number /= 10) at[i] = static_cast<char>('0' + number % 10);
}

/// Overflowing the stack is a way to die, too: handlers run on another one, which every thread needs for itself.
struct HandlerStack {
  HandlerStack() : memory(std::make_unique<char[]>(stack_size)) {
    stack_t stack{};
    stack.ss_sp = memory.get();
    stack.ss_size = stack_size;
    ::sigaltstack(&stack, nullptr);
  }
  HandlerStack(const HandlerStack&) = delete;
  HandlerStack& operator=(const HandlerStack&) = delete;
  ~HandlerStack() {
    stack_t none{};
    none.ss_flags = SS_DISABLE;
    ::sigaltstack(&none, nullptr);
  }
  std::unique_ptr<char[]> memory;
};

std::string died_before() {
  const char* value = std::getenv(variable);
  return value ? value : "";
}

}  // namespace

struct LastWords {
  static void say_all(const Watched& watched, int number) {
    say("error: ");
    say(watched.what_.c_str());
    if (number == left_by_itself) return say(" left the program\n");
    char text[signal_digits + 1] = {};
    write_number(text, number);
    const char* shown = text;
    while (*shown == '0') ++shown;
    say(" died of signal ");
    say(shown);
    say(" (");
    say(name_of(number));
    say(")\n");
  }

  [[noreturn]] static void start_anew(const Watched& watched, int number) {
    if (!watched.environment_.empty()) {
      write_number(const_cast<char*>(watched.record_.data()) + watched.number_at_, number);
      sigset_t none;
      sigemptyset(&none);
      ::sigprocmask(SIG_SETMASK, &none, nullptr);
      ::execve("/proc/self/exe", own_arguments, watched.environment_.data());
    }
    say_all(watched, number);
    ::_exit(1);
  }

  static void on_signal(int number) {
    if (innermost) start_anew(*innermost, number);
    say("error: the program died of a fault of its own: ");
    say(name_of(number));
    say("\n");
    ::signal(number, SIG_DFL);
    ::raise(number);
  }

  static void on_exit() {
    if (innermost) start_anew(*innermost, left_by_itself);
  }
};

void watch_over_experiments(char** arguments) {
  own_arguments = arguments;
  struct sigaction action {};
  action.sa_handler = LastWords::on_signal;
  action.sa_flags = SA_ONSTACK | SA_NODEFER;
  for (const auto& signal : fatal) ::sigaction(signal.number, &action, nullptr);
  std::atexit(LastWords::on_exit);
}

bool is_reborn() { return !died_before().empty(); }

std::optional<Death> death_of(const std::string& key) {
  const std::string died = died_before();
  const auto at = died.find(key + ":");
  if (key.empty() || at == std::string::npos) return std::nullopt;
  const auto end = at + key.size() + 1 + signal_digits;
  const int number = std::atoi(died.substr(end - signal_digits, signal_digits).c_str());
  const std::string how =
      number == left_by_itself ? "left the program" : fmt::format("died of signal {} ({})", number, name_of(number));
  return Death{how, end + 1 >= died.size()};
}

Watched::Watched(const std::string& what, const std::string& key) : what_(what) {
  if (!own_arguments || key.empty()) return;
  record_ = fmt::format("{}={}{}:{:0{}}", variable, died_before(), key, 0, signal_digits);
  number_at_ = record_.size() - signal_digits;
  record_ += ' ';
  const std::string_view name = std::string_view(record_).substr(0, std::strlen(variable) + 1);
  for (char** entry = environ; *entry; ++entry)
    if (!std::string_view(*entry).starts_with(name)) environment_.push_back(*entry);
  environment_.push_back(record_.data());
  environment_.push_back(nullptr);
}

Watched::Here::Here(const Watched& watched) : before_(innermost) {
  if (own_arguments) {
    thread_local const HandlerStack stack;
    static_cast<void>(stack);
  }
  innermost = &watched;
}

Watched::Here::~Here() { innermost = before_; }

}  // namespace engine
