// output/manifest.json: what made this report, and the memory by which the next build says what changed.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "report/runner.hpp"

namespace report {

/// The manifest of the last build, or an empty object.
Json read_manifest(const Settings& settings);

/// One figure's entry; `drawing` is the key of what its picture files show, `files` has their checksums.
Json manifest_entry(const Request& request, const RunOutcome& outcome, const std::string& drawing, const Json& files);

}  // namespace report
