// The files that a declaration names, by patterns as a shell has them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace programs {

struct FilesRead {
  std::vector<std::filesystem::path> files;  // absolute, in name order
  std::string problem;                       // why the pattern names none; empty when it does
};

/// The files that a pattern names from this folder: *, ? and [...] stand for letters of a name, and a folder for all
/// files below it. They must lie in the document.
FilesRead files_named(const std::string& pattern, const std::filesystem::path& folder,
                      const std::filesystem::path& document);

}  // namespace programs
