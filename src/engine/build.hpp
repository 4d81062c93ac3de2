// A build: from the sources to everything in output/.
#pragma once

#include <string>
#include <vector>

#include "engine/explain.hpp"
#include "engine/manifest.hpp"
#include "engine/runs/runner.hpp"
#include "engine/sources/project.hpp"
#include "system/stop_flag.hpp"

namespace engine {

/// What a build did; its exit code follows from this.
struct BuildSummary {
  int figures = 0, ran = 0, failed = 0;
  int claims = 0;
  std::vector<manuscript::Diagnostic> untrue;                 // claims that fail, values that cannot be had
  std::vector<std::string> written;                           // files of the report that are up to date now
  std::vector<std::pair<std::string, std::string>> failures;  // figure and reason
  double seconds = 0;
};

/// Brings the report up to date. The project must be without errors. Throws Interrupted, FileError,
/// data::DataError, Error, MissingTool.
BuildSummary build(const Project& project, const Settings& settings, const Listener& listener, sys::StopFlag stop);

/// Reruns the named figures whatever the store holds, and writes their files only. `trial`: parameters were tried
/// that the chapter does not have, so nothing is stored as the chapter's. With `dots_per_inch` each gets one file more,
/// figures/NAME@300dpi.png.
struct FigureFiles {
  std::string id;
  std::vector<std::filesystem::path> files;
  std::string error;
  double seconds = 0;
};
std::vector<FigureFiles> rerun(const Project& project, const std::vector<std::string>& ids, const Settings& settings,
                               const Listener& listener, sys::StopFlag stop, int dots_per_inch = 0);

struct ListedFigure {
  const Request* request = nullptr;
  Freshness freshness{};
};

/// Every figure of the project with its freshness.
std::vector<ListedFigure> list(const Project& project, const Settings& settings);

}  // namespace engine
