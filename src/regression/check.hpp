// The check of figures against their references: data, then scene, then picture.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/runs/runner.hpp"
#include "engine/settings.hpp"
#include "engine/sources/project.hpp"
#include "regression/verdict.hpp"
#include "system/stop_flag.hpp"

namespace regression {

/// Compares one figure, as it is now, with its reference; fills in verdict, differences and pictures. `now` is what
/// would be its reference, with "data" and "scene".
void judge(const Json& now, const std::optional<Reference>& reference,
           const std::vector<experiment::OutputInfo>& outputs, CheckedFigure& figure);

/// Checks the named figures, or all and which references have no figure any more. Results come from the store where it
/// has them under their keys, else from a run. Writes output/check/ as a whole. The project must be without errors.
/// Throws what a build throws.
CheckSummary check(const engine::Project& project, const std::vector<std::string>& ids,
                   const engine::Settings& settings, const std::filesystem::path& references,
                   const engine::Listener& listener, sys::StopFlag stop);

}  // namespace regression
