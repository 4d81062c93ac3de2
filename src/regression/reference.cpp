// See reference.hpp.
#include "regression/reference.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/files.hpp"
#include "report/hash.hpp"

namespace regression {
namespace fs = std::filesystem;

std::string ReferenceName::file(const std::string& extension) const {
  return (dataset.empty() ? "" : dataset + "/") + figure.substr(4) + extension;
}

std::string checksum(const std::string& json, const std::string& png) { return report::sha256(report::sha256(json) + report::sha256(png)); }

std::optional<Reference> read_reference(const fs::path& folder, const ReferenceName& name) {
  const fs::path file = folder / name.file(".json"), picture = folder / name.file(".png");
  std::error_code error;
  if (!fs::exists(file, error)) return std::nullopt;
  const std::string bytes = report::read_file(file);
  Reference reference{Json::parse(bytes, nullptr, false), fs::exists(picture, error) ? report::read_file(picture) : "", ""};
  if (!reference.json.is_object()) throw report::FileError(fmt::format("{} is no JSON", file.string()));
  reference.checksum = checksum(bytes, reference.png);
  return reference;
}

std::vector<ReferenceName> all_references(const fs::path& folder) {
  std::vector<ReferenceName> names;
  std::error_code error;
  if (!fs::exists(folder, error)) return names;
  for (const auto& item : fs::recursive_directory_iterator(folder)) {
    if (!item.is_regular_file() || item.path().extension() != ".json") continue;
    const fs::path relative = item.path().lexically_relative(folder);
    names.push_back({"fig:" + relative.stem().string(), relative.parent_path().string()});
  }
  std::sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return a.file("") < b.file(""); });
  return names;
}

}  // namespace regression
