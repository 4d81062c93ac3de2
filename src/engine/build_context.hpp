// What one build works with, and a figure on its way through it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/made_files.hpp"
#include "engine/runs/drawings.hpp"
#include "engine/runs/runner.hpp"
#include "engine/settings.hpp"
#include "engine/sources/project.hpp"
#include "store/datasets.hpp"
#include "store/store.hpp"
#include "system/file_sums.hpp"
#include "system/stop_flag.hpp"
#include "system/tool_versions.hpp"

namespace engine {

/// For as long as it lives, a store on a server warns as a build does; it is asked anew.
class ServerWarnings {
 public:
  ServerWarnings(store::RemoteStore* server, const Listener& listener);
  ServerWarnings(const ServerWarnings&) = delete;
  ServerWarnings& operator=(const ServerWarnings&) = delete;
  ~ServerWarnings();

 private:
  store::RemoteStore* server_;
  std::function<void(const std::string&)> before_;
};

struct BuildContext {
  const Project& project;
  const Settings& settings;
  store::Store store;
  std::string program;       // fingerprint
  std::string drawing_code;  // of what draws: the program and the fonts that it may use
  std::string date;          // the report's, an ISO 8601 day
  sys::FileSums sums;
  MadeFiles made;  // what in the output folder may be replaced
  sys::ToolVersions tools;
  store::Datasets datasets;
  Runner runner;
  Listener listener;
  ServerWarnings server_warnings;
  sys::StopFlag stop;

  BuildContext(const Project& project, const Settings& settings, Listener listener, sys::StopFlag stop);

  void note(Event::Kind kind, std::string message) const;
};

/// A figure in the making. One whose files in output/ are what they should be has its outcome's result, and the
/// drawing for the page, only when something asked for them.
struct FigureBuild {
  const Request* request = nullptr;
  RunOutcome outcome;
  std::string drawing;  // key
  Json entry;           // in the manifest
  bool on_disk = false;
};

/// Gives these figures outcomes with results: from the store, or run now.
void get_results(const std::vector<FigureBuild*>& figures, BuildContext& context, Rerun rerun);

}  // namespace engine
