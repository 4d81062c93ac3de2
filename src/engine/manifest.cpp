// Entries of the manifest, and how they are read back.
#include "engine/manifest.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "system/files.hpp"

namespace engine {
namespace {

bool is_object_of_objects(const Json& json) {
  return json.is_object() && std::all_of(json.begin(), json.end(), [](const Json& entry) { return entry.is_object(); });
}

/// A file that was cut off or edited is no memory of the last build.
bool is_manifest(const Json& json) {
  if (!json.is_object() || !json.contains("figures") || !is_object_of_objects(json["figures"])) return false;
  for (const auto& entry : json["figures"])
    if (entry.contains("files") && !entry["files"].is_object()) return false;
  return !json.contains("documents") || is_object_of_objects(json["documents"]);
}

}  // namespace

Json read_manifest(const Settings& settings) {
  const auto path = settings.output / "manifest.json";
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return Json::object();
  Json json = Json::parse(sys::read_file(path), nullptr, false);
  return is_manifest(json) ? json : Json::object();
}

FigureEntries figure_entries(const Json& manifest) {
  FigureEntries entries;
  if (const auto figures = manifest.find("figures"); figures != manifest.end())
    for (const auto& [id, entry] : figures->items()) entries.emplace(id, &entry);
  return entries;
}

Json manifest_entry(const Request& request, const RunOutcome& outcome, const std::string& drawing, const Json& files) {
  Json entry{{"place", fmt::format("{}:{}", request.place.file, request.place.line)}};
  entry.update(to_json(outcome.provenance));
  entry.update(Json{{"result", outcome.key}, {"drawing", drawing}, {"seconds", outcome.seconds}, {"files", files}});
  return entry;
}

}  // namespace engine
