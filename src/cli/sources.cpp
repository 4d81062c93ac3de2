// Diagnostics and figures of a project, as commands show and name them.
#include "cli/sources.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "engine/runs/dying.hpp"

namespace cli {

namespace {

std::string rendered(const engine::Project& project, manuscript::Diagnostic d, bool color) {
  d.place.file = project.at_hand(d.place.file);
  return manuscript::render(d, color);
}

}  // namespace

std::string diagnostics_text(const engine::Project& project, bool color) {
  std::string text;
  std::size_t errors = 0;
  for (const auto& d : project.errors) {
    text += rendered(project, d, color);
    errors += d.severity == manuscript::Severity::error;
  }
  if (errors > 0) text += fmt::format("{} error{}; nothing was computed or written\n", errors, errors == 1 ? "" : "s");
  return text;
}

bool has_errors(const engine::Project& project) {
  return std::any_of(project.errors.begin(), project.errors.end(),
                     [](const auto& d) { return d.severity == manuscript::Severity::error; });
}

bool print_diagnostics(const engine::Project& project, const Options& o) {
  // Warnings were told by the program that this one goes on for.
  if (!engine::is_reborn() || has_errors(project)) fmt::print(stderr, "{}", diagnostics_text(project, use_color(o)));
  return has_errors(project);
}

std::string untrue_text(const engine::Project& project, const engine::BuildSummary& summary, bool color) {
  std::string text;
  for (const auto& d : summary.untrue) text += rendered(project, d, color);
  if (summary.failed > 0) text += "the report was not written, since figures are missing from it\n";
  if (!summary.untrue.empty()) text += "the report was not written, since it would not be true\n";
  return text;
}

std::string counts_text(const engine::BuildSummary& s) {
  return fmt::format("{} figure{}, {} run, {} failed, {} claim{}, in {}", s.figures, s.figures == 1 ? "" : "s", s.ran,
                     s.failed, s.claims, s.claims == 1 ? "" : "s", duration_text(s.seconds));
}

std::string full_id(const std::string& id) { return id.starts_with("fig:") ? id : "fig:" + id; }

const engine::Request& figure_named(const engine::Project& project, const std::string& id) {
  if (const auto* request = project.find(id)) return *request;
  if (const auto* request = project.find_withheld(id))
    throw UsageError(
        fmt::format("'{}' is not run: its experiment '{}' is the document's own code, which --untrusted "
                    "forbids",
                    id, request->withheld));
  std::vector<std::string> known;
  for (const auto& r : project.requests) known.push_back(r.id);
  throw UsageError(fmt::format("there is no figure '{}'. {}", id, manuscript::did_you_mean(id, known)));
}

std::string location(const manuscript::SourceLocation& place) { return fmt::format("{}:{}", place.file, place.line); }

std::string location_at_hand(const engine::Project& project, const manuscript::SourceLocation& place) {
  return fmt::format("{}:{}", project.at_hand(place.file), place.line);
}

}  // namespace cli
