// The program: finds its files, reads the command line, runs the command.
#include <fmt/format.h>
#include <malloc.h>
#include <sys/time.h>
#include <unistd.h>

#include <clocale>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <optional>

#include "cli/commands.hpp"
#include "engine/runs/dying.hpp"
#include "engine/runs/workers.hpp"
#include "experiment/clashes.hpp"

namespace {

namespace fs = std::filesystem;

/// Where the program's theme lies: in the checkout that it was built in, or installed below its prefix; REPORT_ROOT
/// overrides it.
std::optional<fs::path> generator_root() {
  if (const char* root = std::getenv("REPORT_ROOT"); root && *root) return fs::absolute(root);
  const fs::path program = fs::read_symlink("/proc/self/exe");
  for (fs::path folder = program.parent_path(); folder != folder.parent_path(); folder = folder.parent_path())
    for (const fs::path& root : {folder, folder / "share" / "literate-report"})
      if (fs::exists(root / "render" / "theme")) return root;
  return std::nullopt;
}

void leave(int) {
  constexpr char message[] = "interrupted; what was finished is kept\n";
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, message, sizeof message - 1);
  std::_Exit(cli::interrupted);
}

/// The first Ctrl-C asks the runs to stop; a second one, or a while later, does not wait for those that are in the
/// midst of a long computation. Files appear as a whole or not at all, so nothing is lost.
void on_signal(int signal) {
  if (cli::interrupt_requested.exchange(true)) leave(signal);
  const auto grace = cli::interrupt_grace.load().count();
  itimerval once{};
  once.it_value = {grace / 1000, grace % 1000 * 1000};
  ::setitimer(ITIMER_REAL, &once, nullptr);
}

/// Large blocks (up to 32 MB, the most that glibc lets us say) come out of memory that is kept. Each of them new from
/// the kernel, a page at a time, would be a third of the time that a figure of a million points takes.
void keep_memory() {
  ::mallopt(M_MMAP_THRESHOLD, 32 << 20);
  ::mallopt(M_TRIM_THRESHOLD, 512 << 20);
  ::mallopt(M_TOP_PAD, 64 << 20);
}

}  // namespace

int main(int argc, char** argv) {
  keep_memory();
  std::setlocale(LC_ALL, "C.UTF-8");
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
  std::signal(SIGALRM, leave);
  std::signal(SIGPIPE, SIG_IGN);
  engine::watch_over_experiments(argv);
  if (!experiment::clashes().empty()) {
    for (const auto& clash : experiment::clashes()) fmt::print(stderr, "error: {}\n", clash);
    return cli::bad_input;
  }
  const auto root = generator_root();
  if (!root) {
    fmt::print(stderr,
               "error: this program was moved away from its files; install it again, or say where they are: "
               "REPORT_ROOT names the folder that holds render/theme\n");
    return cli::lacking;
  }
  try {
    const auto environment = [](const char* name) {
      const char* value = std::getenv(name);
      return std::string(value ? value : "");
    };
    const engine::Workers workers;
    return cli::dispatch(cli::parse({argv + 1, argv + argc}, {fs::current_path(), *root}, environment));
  } catch (const cli::UsageError& error) {
    fmt::print(stderr, "error: {}\n'{} help' lists commands and options\n", error.what(), cli::program_name(*root));
    return cli::bad_input;
  }
}
