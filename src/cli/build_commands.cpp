// build, figure, list, clean.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "cairo/drawing.hpp"
#include "cli/commands.hpp"
#include "cli/executor.hpp"
#include "cli/progress.hpp"
#include "cli/sources.hpp"
#include "cli/viewer.hpp"
#include "engine/build.hpp"
#include "engine/made_files.hpp"
#include "store/store.hpp"
#include "system/files.hpp"

namespace cli {
namespace fs = std::filesystem;
namespace {

void use_house_fonts(const Options& o) { cairo::use_fonts((o.settings.theme() / "fonts.conf").string()); }

ProgressLine progress_of(const Options& o) { return {isatty(STDERR_FILENO) != 0, use_color(o), o.quiet}; }

constexpr std::size_t most_named = 20;
constexpr const char* why_withheld = "the experiment is the document's own code";

/// What --open shows of a report: the page where there is one.
const std::string& page_of(const std::vector<std::string>& written) {
  const auto page =
      std::find_if(written.begin(), written.end(), [](const auto& file) { return file.ends_with(".html"); });
  return page == written.end() ? written.front() : *page;
}

}  // namespace

int build(const Options& o) {
  if (!o.arguments.empty())
    throw UsageError("'build' takes no figures; to rerun one, say 'figure " + o.arguments[0] + "'");
  const auto project = engine::read_project(o.settings);
  if (print_diagnostics(project, o)) return bad_input;
  use_house_fonts(o);
  ProgressLine progress = progress_of(o);
  const auto executor = executor_of(o);
  const auto summary =
      engine::build(project, with(o.settings, executor.get()), std::ref(progress), interrupt_requested);
  progress.clear();
  for (const auto& file : summary.written) fmt::print("{}\n", fs::proximate(file).string());
  if (!o.quiet) fmt::print(stderr, "{}\n", counts_text(summary));
  fmt::print(stderr, "{}", untrue_text(project, summary, use_color(o)));
  if (o.open && !summary.written.empty()) show(page_of(summary.written));
  return summary.failed > 0 || !summary.untrue.empty() ? not_true : all_well;
}

int figure(const Options& o) {
  if (o.arguments.empty()) throw UsageError("'figure' needs the ID of a figure; 'list' shows them");
  std::vector<std::string> ids;
  for (const auto& id : o.arguments) ids.push_back(full_id(id));
  const auto project = engine::read_project(o.settings, o.set, ids);
  for (const auto& id : ids) figure_named(project, id);
  if (print_diagnostics(project, o)) return bad_input;
  use_house_fonts(o);
  ProgressLine progress = progress_of(o);
  const auto executor = executor_of(o);
  const auto all = engine::rerun(project, ids, with(o.settings, executor.get()), std::ref(progress),
                                 interrupt_requested, o.dots_per_inch);
  progress.clear();
  bool good = true;
  for (const auto& f : all) {
    good = good && f.error.empty();
    if (!f.error.empty()) continue;
    for (const auto& file : f.files) fmt::print("{}\n", fs::proximate(file).string());
    fmt::print("{}: {}\n", f.id, duration_text(f.seconds));
  }
  if (o.open)
    for (const auto& f : all)
      for (const auto& file : f.files)
        if (file.extension() == ".png") show(file.string());
  for (const auto& [name, value] : o.set)
    fmt::print(stderr, "tried {} = {}; the chapter does not say so, and the next build goes by the chapter\n", name,
               value);
  return good ? all_well : not_true;
}

int list(const Options& o) {
  if (!o.arguments.empty()) throw UsageError("'list' takes no arguments; it shows every figure");
  const auto project = engine::read_project(o.settings);
  if (print_diagnostics(project, o)) return bad_input;
  const auto listed = engine::list(project, o.settings);
  if (o.json) {
    engine::Json all = engine::Json::array();
    for (const auto& [request, f] : listed)
      all.push_back({{"id", request->id},
                     {"place", location(request->place)},
                     {"experiment", request->experiment->name},
                     {"state", engine::state_name(f.state)},
                     {"why", f.why},
                     {"seconds", f.seconds < 0 ? engine::Json(nullptr) : engine::Json(f.seconds)}});
    for (const auto& request : project.withheld)
      all.push_back({{"id", request.id},
                     {"place", location(request.place)},
                     {"experiment", request.withheld},
                     {"state", "withheld"},
                     {"why", why_withheld},
                     {"seconds", nullptr}});
    fmt::print("{}\n", all.dump(1));
    return all_well;
  }
  std::size_t id_width = 0, place_width = 0, experiment_width = 0;
  for (const auto& [request, f] : listed) {
    id_width = std::max(id_width, request->id.size());
    place_width = std::max(place_width, location_at_hand(project, request->place).size());
    experiment_width = std::max(experiment_width, request->experiment->name.size());
  }
  for (const auto& [request, f] : listed)
    fmt::print("{:<{}}  {:<{}}  {:<{}}  {:<7}  {:>8}{}{}\n", request->id, id_width,
               location_at_hand(project, request->place), place_width, request->experiment->name, experiment_width,
               engine::state_name(f.state), f.seconds < 0 ? "-" : duration_text(f.seconds), f.why.empty() ? "" : "  ",
               f.why);
  for (const auto& request : project.withheld)
    fmt::print("{}  {}  {}  withheld  {}\n", request.id, location_at_hand(project, request.place), request.withheld,
               why_withheld);
  return all_well;
}

int clean(const Options& o) {
  if (!o.arguments.empty()) throw UsageError("'clean' takes no arguments");
  const auto cleaned = engine::clean_output(o.settings);
  fmt::print("removed {} file{} from {}{}\n", cleaned.removed, cleaned.removed == 1 ? "" : "s",
             sys::path_at_hand(o.settings.output), cleaned.was_ours ? "" : ", where no report was built");
  for (std::size_t i = 0; i < std::min(cleaned.left.size(), most_named); ++i) fmt::print("left {}\n", cleaned.left[i]);
  if (cleaned.left.size() > most_named)
    fmt::print("and {} more that no report made\n", cleaned.left.size() - most_named);
  if (!o.cache) return all_well;
  const std::size_t results = o.settings.store().clear();
  fmt::print("removed {} stored result{} from {}\n", results, results == 1 ? "" : "s",
             sys::path_at_hand(o.settings.cache));
  return all_well;
}

}  // namespace cli
