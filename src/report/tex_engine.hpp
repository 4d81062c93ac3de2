// pdfTeX run in a folder: confined to it and to TeX's own files, with the report's date for a clock.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "report/process.hpp"

namespace report {

struct TexEngine {
  std::filesystem::path folder;  // in which it runs and writes
  std::string date;              // ISO 8601 day, for the PDF's properties
  const std::atomic<bool>* interrupted = nullptr;
  std::chrono::milliseconds patience{std::chrono::minutes(3)};

  /// Runs pdflatex with these arguments. Throws MissingTool, Interrupted, and PublishError when it takes too long or is
  /// killed.
  Finished run(const std::vector<std::string>& arguments) const;
};

}  // namespace report
