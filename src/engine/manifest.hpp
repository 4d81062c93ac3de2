// output/manifest.json: what made this report, and the memory by which the next build says what changed.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/runs/runner.hpp"

namespace engine {

/// The manifest of the last build, or an empty object.
Json read_manifest(const Settings& settings);

/// The entries of a manifest's figures by their IDs: to look one up in the manifest itself takes as long as there are
/// figures. They stay in the manifest.
using FigureEntries = std::unordered_map<std::string, const Json*>;
FigureEntries figure_entries(const Json& manifest);

/// One figure's entry; `drawing` is the key of what its picture files show, `files` has their checksums.
Json manifest_entry(const Request& request, const RunOutcome& outcome, const std::string& drawing, const Json& files);

}  // namespace engine
