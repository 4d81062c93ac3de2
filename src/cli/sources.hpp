// What the commands that read the chapters have in common: their diagnostics, and figures by their ID.
#pragma once

#include <string>

#include "cli/options.hpp"
#include "report/project.hpp"

namespace cli {

/// Prints the diagnostics; true when there is an error among them.
bool print_diagnostics(const report::Project& project, const Options&);

/// "fig:bowl" for "bowl" too.
std::string full_id(const std::string& id);

/// The figure, or a UsageError that says which may have been meant.
const report::Request& figure_named(const report::Project& project, const std::string& id);

/// "chapters/01.md:3"
std::string location(const document::Place& place);

}  // namespace cli
