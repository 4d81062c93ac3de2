// What the commands that read the chapters have in common: their diagnostics, and figures by their ID.
#pragma once

#include <string>

#include "cli/options.hpp"
#include "engine/build.hpp"
#include "engine/sources/project.hpp"

namespace cli {

/// All diagnostics, and after errors how many there are.
std::string diagnostics_text(const engine::Project& project, bool color);
bool has_errors(const engine::Project& project);

/// Prints the diagnostics; true when there is an error among them.
bool print_diagnostics(const engine::Project& project, const Options&);

/// Why a build wrote no report: claims that fail, figures that are missing. Empty when it did.
std::string untrue_text(const engine::Project& project, const engine::BuildSummary& summary, bool color);

/// "6 figures, 1 run, 0 failed, 12 claims, in 1.2 s"
std::string counts_text(const engine::BuildSummary& summary);

/// "fig:bowl" for "bowl" too.
std::string full_id(const std::string& id);

/// The figure, or a UsageError that says which may have been meant.
const engine::Request& figure_named(const engine::Project& project, const std::string& id);

/// "chapters/01.md:3", relative to the document's folder: what outputs say, wherever they were made.
std::string location(const manuscript::SourceLocation& place);

/// The same, as it is opened from the current folder.
std::string location_at_hand(const engine::Project& project, const manuscript::SourceLocation& place);

}  // namespace cli
