// Files with one mistake each: tests/bad-input/<folder>/NAME.md, with all that is to be said of it in NAME.expected.
// With REPORT_BLESS=1 in the environment the expected files are written instead, to be read before they are committed.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <tuple>
#include <vector>

#include "catch.hpp"
#include "manuscript/diagnostic.hpp"
#include "manuscript/source.hpp"
#include "places.hpp"

namespace bad_input {

inline std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline std::filesystem::path folder(const std::string& name) { return source_folder() / "tests" / "bad-input" / name; }

/// The folder's files with an extension such as ".md", in name order.
inline std::vector<std::filesystem::path> files(const std::string& folder_name, const std::string& extension) {
  std::vector<std::filesystem::path> found;
  for (const auto& item : std::filesystem::directory_iterator(folder(folder_name)))
    if (item.path().extension() == extension) found.push_back(item.path());
  std::sort(found.begin(), found.end());
  return found;
}

/// The file as a source, which is named without its folder.
inline manuscript::Source source(const std::filesystem::path& path) { return {path.filename().string(), read(path)}; }

/// The diagnostics as users see them, in the order of the text.
inline std::string rendered(std::vector<manuscript::Diagnostic> diagnostics) {
  std::stable_sort(diagnostics.begin(), diagnostics.end(), [](const auto& a, const auto& b) {
    return std::tie(a.place.file, a.place.line, a.place.column) < std::tie(b.place.file, b.place.line, b.place.column);
  });
  std::string text;
  for (const auto& diagnostic : diagnostics) text += render(diagnostic, false);
  return text;
}

/// Compares what is said of a file with NAME.expected beside it. Something must be said.
inline void check(const std::filesystem::path& path, const std::vector<manuscript::Diagnostic>& diagnostics) {
  INFO(path.filename().string());
  const std::string said = rendered(diagnostics);
  const std::filesystem::path expected = std::filesystem::path(path).replace_extension(".expected");
  if (std::getenv("REPORT_BLESS")) std::ofstream(expected, std::ios::binary) << said;
  CHECK(!said.empty());
  CHECK(std::filesystem::exists(expected));
  CHECK(said == read(expected));
}

}  // namespace bad_input
