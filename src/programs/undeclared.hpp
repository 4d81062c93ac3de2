// Files that a program speaks of when it fails, and was not given.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace programs {

/// Those of the document that `said` names, alone, with the ending of `program` (a module) or by their places from
/// `folder` or the document, and that are not among what is read: by their names from the document, at most three.
std::vector<std::string> undeclared_files(std::string_view said, const std::filesystem::path& program,
                                          const std::filesystem::path& folder, const std::filesystem::path& document,
                                          const std::vector<std::filesystem::path>& reads);

}  // namespace programs
