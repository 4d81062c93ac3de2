// pdfTeX run in a folder: confined to it and to TeX's own files, with the report's date for a clock.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "system/process.hpp"

namespace publish {

struct TexEngine {
  std::filesystem::path folder;  // in which it runs and writes
  std::string date;              // ISO 8601 day, for the PDF's properties
  sys::StopFlag stop;
  std::chrono::milliseconds timeout{std::chrono::minutes(3)};

  /// Runs pdflatex with these arguments. Throws MissingTool, Interrupted, and Error when it takes too long or is
  /// killed.
  sys::ProcessResult run(const std::vector<std::string>& arguments) const;
};

}  // namespace publish
