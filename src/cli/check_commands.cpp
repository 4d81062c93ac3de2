// check and bless: figures against their references.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "cairo/drawing.hpp"
#include "cli/commands.hpp"
#include "cli/executor.hpp"
#include "cli/progress.hpp"
#include "cli/sources.hpp"
#include "cli/viewer.hpp"
#include "regression/bless.hpp"
#include "regression/check.hpp"
#include "regression/review.hpp"

namespace cli {
namespace fs = std::filesystem;
namespace {

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value && *value;
}

std::vector<std::string> full_ids(const Options& o) {
  std::vector<std::string> ids;
  for (const auto& id : o.arguments) ids.push_back(full_id(id));
  return ids;
}

/// IDs name figures of the chapters, or references of figures that are no more.
void must_be_known(const std::vector<std::string>& ids, const engine::Project& project, const fs::path& references) {
  const auto kept = regression::all_references(references);
  for (const auto& id : ids)
    if (std::none_of(kept.begin(), kept.end(), [&](const auto& name) { return name.figure == id; }))
      figure_named(project, id);
}

/// GitHub knows files by their paths in the repository, which it tells where it lies.
std::string name_in_repository(const engine::Project& project, const std::string& file) {
  const char* workspace = std::getenv("GITHUB_WORKSPACE");
  if (!workspace || !*workspace) return project.at_hand(file);
  const fs::path relative = fs::proximate(project.folder / file, workspace);
  return *relative.begin() == ".." ? project.at_hand(file) : relative.string();
}

void print_figures(const regression::CheckSummary& summary, const Options& o) {
  std::size_t width = 0;
  for (const auto& f : summary.figures) width = std::max(width, f.name.figure.size());
  for (const auto& f : summary.figures) {
    const std::string set = f.name.dataset.empty() ? "" : fmt::format(" ({})", f.name.dataset);
    std::string line = fmt::format("{:<{}}  {:<14}  {}", f.name.figure, width, name_of(f.verdict), f.cause());
    if (f.cause().empty() && o.verbose && f.worst) line += "largest deviation: " + regression::text(*f.worst);
    line.erase(line.find_last_not_of(' ') + 1);
    fmt::print("{}{}\n", line, set);
    if (!o.verbose) continue;
    for (const auto& d : f.differences) fmt::print("    {}: {}\n", regression::layer_name(d.layer), d.text);
    for (const auto& change : f.changes)
      fmt::print("    since the reference: {}\n", engine::text(change, f.request ? f.request->experiment->name : ""));
  }
}

}  // namespace

int check(const Options& o) {
  const auto project = engine::read_project(o.settings);
  if (print_diagnostics(project, o)) return bad_input;
  const auto ids = full_ids(o);
  must_be_known(ids, project, o.references);
  cairo::use_fonts((o.settings.theme() / "fonts.conf").string());
  ProgressLine progress{isatty(STDERR_FILENO) != 0, use_color(o), o.quiet};
  const auto executor = executor_of(o);
  const auto summary = regression::check(project, ids, with(o.settings, executor.get()), o.references,
                                         std::ref(progress), interrupt_requested);
  progress.clear();
  print_figures(summary, o);
  if (!summary.note.empty()) fmt::print(stderr, "note: {}\n", summary.note);
  if (is_set("GITHUB_ACTIONS"))
    fmt::print("{}", regression::github_annotations(
                         summary, [&](const auto& file) { return name_in_repository(project, file); }));
  const fs::path page = regression::check_folder(o.settings) / "index.html";
  if (!o.quiet)
    fmt::print(stderr, "{} figure{} checked; {} shows them\n", summary.figures.size(),
               summary.figures.size() == 1 ? "" : "s", fs::proximate(page).string());
  if (o.open) show(page.string());
  return summary.all_pass() ? all_well : not_true;
}

int bless(const Options& o) {
  if (is_set("CI"))
    throw UsageError(
        "'bless' refuses where CI is set: what is right is for someone to say who looked at output/check/index.html");
  const auto project = engine::read_project(o.settings);
  if (print_diagnostics(project, o)) return bad_input;
  const auto ids = full_ids(o);
  must_be_known(ids, project, o.references);
  try {
    const auto all = regression::bless(project, ids, o.settings, o.references);
    for (const auto& blessed : all) fmt::print("{}\n", blessed.text);
    if (all.empty()) fmt::print(stderr, "nothing to accept: the last check found every figure as its reference is\n");
  } catch (const regression::BlessError& error) {
    throw UsageError(error.what());
  }
  return all_well;
}

}  // namespace cli
