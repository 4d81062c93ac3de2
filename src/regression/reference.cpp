// See reference.hpp.
#include "regression/reference.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "system/checksum.hpp"
#include "system/files.hpp"

namespace regression {
namespace fs = std::filesystem;
namespace {

constexpr const char* index_name = "_index.json";  // no figure's ID begins with a line

bool in_order(const ReferenceName& a, const ReferenceName& b) { return a.file("") < b.file(""); }

/// The index, or an empty object where there is none. Throws FileError when it cannot be read.
Json index_of(const fs::path& folder) {
  const fs::path file = folder / index_name;
  std::error_code error;
  if (!fs::exists(file, error)) return Json::object();
  Json index = Json::parse(sys::read_file(file), nullptr, false);
  if (!index.is_object() || !index.value("chapters", Json()).is_string() ||
      !index.value("references", Json()).is_array())
    throw sys::FileError(fmt::format("{} is damaged; it says whose references these are", file.string()));
  return index;
}

bool is_listed(const Json& references, const ReferenceName& name) {
  return std::find(references.begin(), references.end(), Json(name.file(""))) != references.end();
}

/// Whether a file holds the reference that its name would have it hold.
bool is_reference(const fs::path& file, const ReferenceName& name) {
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return false;
  const Json json = Json::parse(sys::read_file(file), nullptr, false);
  return json.is_object() && json.value("figure", Json()) == name.figure && json.contains("data") &&
         json.contains("scene");
}

/// Where the chapters lie, seen from the references.
std::string relation(const fs::path& folder, const fs::path& chapters) {
  return fs::weakly_canonical(chapters).lexically_relative(fs::weakly_canonical(folder)).string();
}

}  // namespace

std::string ReferenceName::file(const std::string& extension) const {
  return (dataset.empty() ? "" : dataset + "/") + figure.substr(4) + extension;
}

std::string checksum(const std::string& json, const std::string& png) {
  return sys::sha256(sys::sha256(json) + sys::sha256(png));
}

std::optional<Reference> read_reference(const fs::path& folder, const ReferenceName& name) {
  const fs::path file = folder / name.file(".json"), picture = folder / name.file(".png");
  std::error_code error;
  if (!fs::exists(file, error)) return std::nullopt;
  const std::string bytes = sys::read_file(file);
  Reference reference{Json::parse(bytes, nullptr, false), fs::exists(picture, error) ? sys::read_file(picture) : "",
                      ""};
  if (!reference.json.is_object()) throw sys::FileError(fmt::format("{} is no JSON", file.string()));
  reference.checksum = checksum(bytes, reference.png);
  return reference;
}

std::vector<ReferenceName> all_references(const fs::path& folder) {
  std::vector<ReferenceName> names;
  std::error_code error;
  if (!fs::exists(folder, error)) return names;
  const Json listed = index_of(folder).value("references", Json::array());
  for (const auto& item : fs::recursive_directory_iterator(folder)) {
    if (!item.is_regular_file() || item.path().extension() != ".json" || item.path().filename() == index_name) continue;
    const fs::path relative = item.path().lexically_relative(folder);
    ReferenceName name{"fig:" + relative.stem().string(), relative.parent_path().string()};
    if (is_listed(listed, name) || is_reference(item.path(), name)) names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end(), in_order);
  return names;
}

std::optional<fs::path> other_document(const fs::path& folder, const fs::path& chapters) {
  const std::string recorded = index_of(folder).value("chapters", "");
  if (recorded.empty() || recorded == relation(folder, chapters)) return std::nullopt;
  return fs::weakly_canonical(folder / recorded);
}

std::vector<fs::path> foreign_files(const fs::path& folder, const ReferenceName& name) {
  std::vector<fs::path> files;
  const fs::path json = folder / name.file(".json"), picture = folder / name.file(".png");
  if (is_listed(index_of(folder).value("references", Json::array()), name) || is_reference(json, name)) return files;
  for (const fs::path& file : {json, picture})
    if (fs::exists(fs::symlink_status(file))) files.push_back(file);
  return files;
}

void write_index(const fs::path& folder, const fs::path& chapters, std::vector<ReferenceName> names) {
  std::sort(names.begin(), names.end(), in_order);
  Json list = Json::array();
  for (const auto& name : names) list.push_back(name.file(""));
  sys::write_file(folder / index_name,
                  Json{{"chapters", relation(folder, chapters)}, {"references", list}}.dump(1) + "\n");
}

}  // namespace regression
