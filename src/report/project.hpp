// Everything that the sources say, read and checked before anything is computed.
#pragma once

#include <string>
#include <vector>

#include "document/chapter.hpp"
#include "report/metadata.hpp"
#include "report/request.hpp"
#include "report/settings.hpp"
#include "report/statements.hpp"

namespace report {

struct Project {
  Metadata metadata;
  std::vector<document::Chapter> chapters;  // in name order
  std::vector<std::filesystem::path> chapter_files;
  std::filesystem::path metadata_file;  // empty when there is none
  std::filesystem::path bibliography;   // empty when there is none
  std::vector<Request> requests;        // in the order of the text
  Statements statements;                // values and claims
  std::vector<document::Diagnostic> errors;  // of all sources, in the order of the text

  const Request* find(const std::string& id) const;
};

/// Reads chapters, metadata and bibliography, and binds every directive. `set` are parameters for the figures
/// named in `set_for`. Throws FileError when the chapters folder cannot be read.
Project read_project(const Settings& settings, const std::vector<Setting>& set = {},
                     const std::vector<std::string>& set_for = {});

}  // namespace report
