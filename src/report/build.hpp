// A build: from the sources to everything in output/.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "report/explain.hpp"
#include "report/manifest.hpp"
#include "report/project.hpp"
#include "report/runner.hpp"

namespace report {

/// What a build did; its exit code follows from this.
struct BuildSummary {
  int figures = 0, ran = 0, failed = 0;
  int claims = 0;
  std::vector<document::Diagnostic> untrue;                   // claims that fail, values that cannot be had
  std::vector<std::string> written;                           // files of the report that are up to date now
  std::vector<std::pair<std::string, std::string>> failures;  // figure and reason
  double seconds = 0;
};

/// Brings the report up to date. The project must be without errors. Throws Interrupted, FileError,
/// data::DataError, PublishError, MissingTool.
BuildSummary build(const Project& project, const Settings& settings, const Listener& listener,
                   const std::atomic<bool>& interrupted);

/// Reruns the named figures whatever the store holds, and writes their files only. `trial`: parameters were tried
/// that the chapter does not have, so nothing is stored as the chapter's.
struct FigureFiles {
  std::string id;
  std::vector<std::filesystem::path> files;
  std::string error;
  double seconds = 0;
};
std::vector<FigureFiles> rerun(const Project& project, const std::vector<std::string>& ids, const Settings& settings,
                               const Listener& listener, const std::atomic<bool>& interrupted);

struct Listed {
  const Request* request = nullptr;
  Freshness freshness{};
};

/// Every figure of the project with its freshness.
std::vector<Listed> list(const Project& project, const Settings& settings);

}  // namespace report
