// See files_read.hpp.
#include "programs/files_read.hpp"

#include <fmt/format.h>
#include <glob.h>

#include <algorithm>

#include "system/files.hpp"

namespace programs {
namespace fs = std::filesystem;
namespace {

std::vector<fs::path> matches(const fs::path& pattern) {
  glob_t found{};
  std::vector<fs::path> paths;
  if (::glob(pattern.c_str(), 0, nullptr, &found) == 0)
    for (std::size_t i = 0; i < found.gl_pathc; ++i) paths.emplace_back(found.gl_pathv[i]);
  ::globfree(&found);
  return paths;
}

/// A folder's name as a pattern that stands for it alone.
std::string literal(const fs::path& folder) {
  std::string pattern;
  for (const char c : folder.string()) {
    if (std::string_view("*?[]\\").find(c) != std::string_view::npos) pattern += '\\';
    pattern += c;
  }
  return pattern;
}

void add_files(const fs::path& path, std::vector<fs::path>& files) {
  std::error_code error;
  if (fs::is_regular_file(path, error)) files.push_back(path.lexically_normal());
  if (!fs::is_directory(path, error)) return;
  for (const auto& item : fs::recursive_directory_iterator(path, error))
    if (item.is_regular_file(error)) files.push_back(item.path().lexically_normal());
}

}  // namespace

FilesRead files_named(const std::string& pattern, const fs::path& folder, const fs::path& document) {
  if (fs::path(pattern).is_absolute())
    return {{}, "must be relative to the folder of this file, so that the document can be moved"};
  FilesRead read;
  for (const fs::path& path : matches(fs::path(literal(folder)) / pattern)) add_files(path, read.files);
  std::sort(read.files.begin(), read.files.end());
  if (read.files.empty()) return {{}, fmt::format("there is no file '{}'", pattern)};
  for (const fs::path& file : read.files)
    if (!sys::lies_in(file, document)) return {{}, fmt::format("'{}' leads out of the document's folder", pattern)};
  return read;
}

}  // namespace programs
