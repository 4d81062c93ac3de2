// pdfLaTeX run on a finished .tex: as many passes as the document needs, and its log made readable.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "system/stop_flag.hpp"

namespace publish {

struct Typesetting {
  std::filesystem::path folder;  // holds what the text includes; report.tex, .aux, .log and .pdf come to lie there
  std::string tex;
  std::vector<std::string> included;  // names in the folder of the files that the text includes
  std::string date;                   // ISO 8601 day, for the PDF's properties
  sys::StopFlag stop;
  std::chrono::milliseconds timeout{std::chrono::minutes(3)};  // for one pass
  std::string structure{};  // the text's nodes (tags/structure.hpp); without them the PDF has no tags
};

struct Typeset {
  std::string pdf;
  std::vector<std::string> warnings;
  int passes = 0;  // 0: text and included files are those of the last run
};

/// Throws Error with the message that matters, MissingTool, Interrupted, FileError.
Typeset typeset(const Typesetting& job);

/// What the log holds that a reader of the document would see: lines more than 1 pt too long, missing glyphs,
/// references that lead nowhere.
std::vector<std::string> log_warnings(const std::string& log);

/// Throws what the log says went wrong: MissingTool where a package or font is missing, else Error.
[[noreturn]] void throw_log_error(const std::string& log);

}  // namespace publish
