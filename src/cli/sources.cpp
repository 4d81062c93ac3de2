// Diagnostics and figures of a project, as commands show and name them.
#include "cli/sources.hpp"

#include <fmt/format.h>

#include "cli/commands.hpp"

namespace cli {

bool print_diagnostics(const report::Project& project, const Options& o) {
  std::size_t errors = 0;
  for (const auto& d : project.errors) {
    fmt::print(stderr, "{}", document::render(d, use_color(o)));
    errors += d.severity == document::Severity::error;
  }
  if (errors > 0) fmt::print(stderr, "{} error{}; nothing was computed or written\n", errors, errors == 1 ? "" : "s");
  return errors > 0;
}

std::string full_id(const std::string& id) { return id.starts_with("fig:") ? id : "fig:" + id; }

const report::Request& figure_named(const report::Project& project, const std::string& id) {
  if (const auto* request = project.find(id)) return *request;
  std::vector<std::string> known;
  for (const auto& r : project.requests) known.push_back(r.id);
  throw UsageError(fmt::format("there is no figure '{}'. {}", id, document::did_you_mean(id, known)));
}

std::string location(const document::Place& place) { return fmt::format("{}:{}", place.file, place.line); }

}  // namespace cli
