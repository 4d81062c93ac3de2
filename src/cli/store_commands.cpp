// store, audit: what is kept, its bounds, and whether it is right.
#include <fmt/format.h>
#include <unistd.h>

#include <charconv>

#include "cairo/drawing.hpp"
#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "cli/sources.hpp"
#include "engine/audit.hpp"
#include "store/remote_store.hpp"
#include "store/survey.hpp"
#include "system/files.hpp"

namespace cli {
namespace {

std::string size_text(double bytes) {
  const char* unit = "B";
  for (const char* larger : {"kB", "MB", "GB", "TB"}) {
    if (bytes < 999.5) break;
    bytes /= 1000;
    unit = larger;
  }
  return bytes < 9.95 && *unit != 'B' ? fmt::format("{:.1f} {}", bytes, unit) : fmt::format("{:.0f} {}", bytes, unit);
}

std::string age_text(double seconds) {
  const auto text = [](double number, const char* unit) {
    const double rounded = std::floor(number);
    return fmt::format("{:.0f} {}{}", rounded, unit, rounded == 1 ? "" : "s");
  };
  if (seconds < 3600) return text(seconds / 60, "minute");
  if (seconds < 86400) return text(seconds / 3600, "hour");
  return text(seconds / 86400, "day");
}

int show_store(const Options& o) {
  const auto all = store::holdings(o.settings.cache);
  if (o.json) {
    engine::Json kinds = engine::Json::array();
    for (const auto& h : all)
      kinds.push_back({{"kind", h.kind},
                       {"entries", h.entries},
                       {"bytes", h.bytes},
                       {"newest_seconds", h.newest},
                       {"oldest_seconds", h.oldest}});
    fmt::print("{}\n",
               engine::Json{{"folder", o.settings.cache.string()},
                            {"server", o.settings.remote ? engine::Json(o.settings.remote->address()) : nullptr},
                            {"kinds", kinds}}
                   .dump(1));
    return all_well;
  }
  fmt::print("{}\n", sys::path_at_hand(o.settings.cache));
  std::size_t entries = 0;
  double bytes = 0;
  for (const auto& h : all) {
    entries += h.entries;
    bytes += static_cast<double>(h.bytes);
    fmt::print("  {:<20} {:>8} {:>8}   used {} to {} ago\n", h.kind, h.entries, size_text(static_cast<double>(h.bytes)),
               age_text(h.newest), age_text(h.oldest));
  }
  fmt::print("  {:<20} {:>8} {:>8}\n", "together", entries, size_text(bytes));
  if (o.settings.remote)
    fmt::print("and {}, {}\n", o.settings.remote->address(),
               o.settings.remote->writes() ? "to which results are sent" : "which is only read");
  return all_well;
}

int prune_store(const Options& o) {
  if (!o.older && !o.size) throw UsageError("'store prune' needs a bound: --older 30d, --size 5G, or both");
  const auto pruned = store::prune(o.settings.cache, {o.older, o.size});
  fmt::print("removed {} {}, {}, from {}\n", pruned.entries, pruned.entries == 1 ? "entry" : "entries",
             size_text(static_cast<double>(pruned.bytes)), sys::path_at_hand(o.settings.cache));
  if (pruned.leftovers > 0)
    fmt::print("removed {} unfinished file{} of programs that were killed\n", pruned.leftovers,
               pruned.leftovers == 1 ? "" : "s");
  return all_well;
}

/// "1%" and "1" are 0.01.
double audited_share(const Options& o) {
  if (o.arguments.size() != 1) throw UsageError("'audit' takes how much is computed again, as in: audit 1%");
  std::string_view text = o.arguments.front();
  if (text.ends_with('%')) text.remove_suffix(1);
  double percent = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), percent);
  if (error != std::errc() || end != text.data() + text.size() || !(percent > 0 && percent <= 100))
    throw UsageError(fmt::format("'audit' takes a percentage above 0 and up to 100, as in 1%, but this is '{}'",
                                 o.arguments.front()));
  return percent / 100;
}

}  // namespace

int store(const Options& o) {
  if (o.arguments.empty()) return show_store(o);
  if (o.arguments != std::vector<std::string>{"prune"})
    throw UsageError(fmt::format("'store' shows what is kept, 'store prune' bounds it, but this is 'store {}'",
                                 fmt::join(o.arguments, " ")));
  return prune_store(o);
}

int audit(const Options& o) {
  const double share = audited_share(o);
  const auto project = engine::read_project(o.settings);
  if (print_diagnostics(project, o)) return bad_input;
  cairo::use_fonts((o.settings.theme() / "fonts.conf").string());
  ProgressLine progress{isatty(STDERR_FILENO) != 0, use_color(o), o.quiet};
  const auto result = engine::audit(project, share, o.settings, std::ref(progress), interrupt_requested);
  progress.clear();
  for (const auto& text : result.contradictions) fmt::print("{}\n", text);
  if (!o.quiet)
    fmt::print(stderr, "{} of {} runs and {} jobs of others computed again: {}\n", result.runs, result.of_runs,
               result.jobs,
               result.contradictions.empty() ? "all as stored" : "the store is wrong; nothing was changed");
  return result.contradictions.empty() ? all_well : not_true;
}

}  // namespace cli
