// What the commands that read the chapters have in common: their diagnostics, and figures by their ID.
#pragma once

#include <string>

#include "cli/options.hpp"
#include "report/build.hpp"
#include "report/project.hpp"

namespace cli {

/// All diagnostics, and after errors how many there are.
std::string diagnostics_text(const report::Project& project, bool color);
bool has_errors(const report::Project& project);

/// Prints the diagnostics; true when there is an error among them.
bool print_diagnostics(const report::Project& project, const Options&);

/// Why a build wrote no report: claims that fail, figures that are missing. Empty when it did.
std::string untrue_text(const report::Project& project, const report::BuildSummary& summary, bool color);

/// "6 figures, 1 run, 0 failed, 12 claims, in 1.2 s"
std::string counts_text(const report::BuildSummary& summary);

/// "fig:bowl" for "bowl" too.
std::string full_id(const std::string& id);

/// The figure, or a UsageError that says which may have been meant.
const report::Request& figure_named(const report::Project& project, const std::string& id);

/// "chapters/01.md:3", relative to the document's folder: what outputs say, wherever they were made.
std::string location(const document::Place& place);

/// The same, as it is opened from the current folder.
std::string location_at_hand(const report::Project& project, const document::Place& place);

}  // namespace cli
