// jobs, work: what is missing, listed for other machines, and done by them.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>

#include "cli/commands.hpp"
#include "cli/executor.hpp"
#include "cli/progress.hpp"
#include "cli/sources.hpp"
#include "engine/elsewhere/open_jobs.hpp"
#include "engine/elsewhere/slurm.hpp"
#include "engine/elsewhere/worker.hpp"
#include "store/remote_store.hpp"
#include "system/files.hpp"

namespace cli {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t most_shares = 1000000;

std::optional<std::size_t> whole_number(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number > most_shares) return std::nullopt;
  return number;
}

/// "3/40": the fourth of forty.
engine::Share share_of(const Options& o) {
  if (o.arguments.size() != 2) throw UsageError("'work' takes a line of 'jobs': SHEET I/N");
  const std::string& text = o.arguments[1];
  const auto slash = std::min(text.find('/'), text.size());
  const auto index = whole_number(text.substr(0, slash));
  const auto of = whole_number(text.substr(std::min(slash + 1, text.size())));
  if (!index || !of || *index >= *of)
    throw UsageError(fmt::format("'work' takes a share as in 0/40 to 39/40, but this is '{}'", text));
  const std::string& sheet = o.arguments[0];
  if (sheet.size() != 64 || sheet.find_first_not_of("0123456789abcdef") != std::string::npos)
    throw UsageError(
        fmt::format("'work' takes the key of a list, 64 digits as 'jobs' prints it, but this is '{}'", sheet));
  return {sheet, *index, *of};
}

/// The program and the options with which another machine does what this command line asks for.
std::vector<std::string> worker_command(const Options& o) {
  std::vector<std::string> command{fs::read_symlink("/proc/self/exe").string()};
  for (const auto& folder : o.settings.data) command.insert(command.end(), {"--data", folder.string()});
  return command;
}

}  // namespace

std::unique_ptr<engine::Executor> executor_of(const Options& o) {
  const fs::path record = o.settings.scratch() / "slurm" / "array.json";
  if (!o.slurm && !engine::has_slurm_record(record)) return nullptr;
  interrupt_grace = std::chrono::seconds(4);
  return std::make_unique<engine::Slurm>(engine::SlurmOptions{.program = worker_command(o),
                                                              .logs = o.settings.scratch() / "slurm",
                                                              .record = record,
                                                              .cache = o.settings.cache,
                                                              .submits = o.slurm,
                                                              .detaches = o.detach});
}

int jobs(const Options& o) {
  if (o.arguments.size() > 1) throw UsageError("'jobs' takes the number of shares");
  const auto shares = o.arguments.empty() ? std::optional<std::size_t>(1) : whole_number(o.arguments.front());
  if (!shares || *shares == 0)
    throw UsageError(fmt::format("'jobs' takes a number of shares from 1 to {}, but this is '{}'", most_shares,
                                 o.arguments.front()));
  const auto project = engine::read_project(o.settings);
  if (print_diagnostics(project, o)) return bad_input;
  ProgressLine progress{isatty(STDERR_FILENO) != 0, use_color(o), o.quiet};
  const auto open = engine::open_jobs(project, o.settings, std::ref(progress), interrupt_requested);
  progress.clear();
  for (std::size_t i = 0; i < std::min(*shares, open.jobs); ++i)
    fmt::print("{} {}/{}\n", open.sheet, i, std::min(*shares, open.jobs));
  if (!o.quiet) fmt::print(stderr, "{} job{} missing\n", open.jobs, open.jobs == 1 ? "" : "s");
  return open.failed ? not_true : all_well;
}

int work(const Options& o) {
  const engine::Share share = share_of(o);
  ProgressLine progress{isatty(STDERR_FILENO) != 0, use_color(o), o.quiet};
  const auto summary = engine::do_share(share, o.settings, std::ref(progress), interrupt_requested);
  progress.clear();
  for (const auto& fault : summary.faults) fmt::print(stderr, "error: {}\n", fault);
  if (!o.quiet) fmt::print(stderr, "{} of {} jobs have a value\n", summary.done, summary.jobs);
  if (summary.unsent > 0)
    fmt::print(stderr, "error: {} could not be sent to {}; they are kept on this machine alone\n", summary.unsent,
               o.settings.remote->address());
  return summary.done == summary.jobs && summary.unsent == 0 ? all_well : not_true;
}

}  // namespace cli
