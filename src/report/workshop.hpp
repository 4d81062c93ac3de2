// What one build works with, and a figure on its way through it.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "report/datasets.hpp"
#include "report/drawings.hpp"
#include "report/file_sums.hpp"
#include "report/made_files.hpp"
#include "report/project.hpp"
#include "report/runner.hpp"
#include "report/settings.hpp"
#include "report/store.hpp"
#include "report/tool_versions.hpp"

namespace report {

struct Workshop {
  const Project& project;
  const Settings& settings;
  Store store;
  std::string program;  // fingerprint
  std::string hand;     // of what draws: the program and the fonts that it may use
  std::string date;     // the report's, an ISO 8601 day
  FileSums sums;
  MadeFiles made;  // what in the output folder may be replaced
  ToolVersions tools;
  Datasets datasets;
  Runner runner;
  Listener listener;
  const std::atomic<bool>& interrupted;

  Workshop(const Project& project, const Settings& settings, Listener listener, const std::atomic<bool>& stop);

  void note(Event::Kind kind, std::string message) const;
};

/// A figure in the making. One whose files in output/ are what they should be has its outcome's result, and the
/// drawing for the page, only when something asked for them.
struct Made {
  const Request* request = nullptr;
  RunOutcome outcome;
  std::string drawing;  // key
  Json entry;           // in the manifest
  bool on_disk = false;
};

/// Gives these figures outcomes with results: from the store, or run now.
void get_results(const std::vector<Made*>& figures, Workshop& shop, bool rerun);

}  // namespace report
