// Entries of the manifest and their comparison with what the sources ask for now.
#include "report/manifest.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/files.hpp"

namespace report {
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

void compare_parameters(const Json& before, const Json& now, std::vector<std::string>& changes) {
  for (const auto& [name, value] : now.items())
    if (!before.contains(name))
      changes.push_back(fmt::format("new parameter {}", name));
    else if (before[name] != value)
      changes.push_back(fmt::format("{} {} -> {}", name, before[name].dump(), value.dump()));
  for (const auto& [name, value] : before.items())
    if (!now.contains(name)) changes.push_back(fmt::format("parameter {} is gone", name));
}

std::string changes_since(const Request& request, const RunOutcome& outcome, const Json& before) {
  if (before.value("experiment", "") != request.experiment->name)
    return fmt::format("experiment {} -> {}", before.value("experiment", ""), request.experiment->name);
  std::vector<std::string> changes;
  compare_parameters(before.value("parameters", Json::object()), request.parameters, changes);
  if (before.value("seed", std::uint64_t{0}) != request.seed)
    changes.push_back(fmt::format("seed {} -> {}", before.value("seed", std::uint64_t{0}), request.seed));
  if (before.value("code", "") != outcome.code)
    changes.push_back(fmt::format("code of '{}' or of what it calls changed", request.experiment->name));
  const Json data = before.value("dataset", Json(nullptr));
  if ((data.is_object() ? data.value("sha256", "") : "") != outcome.data_sha256) changes.push_back("content of the data set changed");
  if (changes.empty()) changes.push_back("its stored result is gone");
  return fmt::format("{}", fmt::join(changes, "; "));
}

}  // namespace

Json read_manifest(const Settings& settings) {
  const auto path = settings.output / "manifest.json";
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return Json::object();
  Json json = Json::parse(read_file(path), nullptr, false);
  return is_manifest(json) ? json : Json::object();
}

Json manifest_entry(const Request& request, const RunOutcome& outcome, const std::string& drawing, const Json& files) {
  Json entry{{"place", fmt::format("{}:{}", request.place.file, request.place.line)},
             {"experiment", request.experiment->name},
             {"parameters", request.parameters},
             {"seed", request.seed},
             {"dataset", nullptr},
             {"code", outcome.code},
             {"result", outcome.key},
             {"drawing", drawing},
             {"seconds", outcome.seconds},
             {"files", files}};
  if (!request.dataset.empty()) entry["dataset"] = {{"name", request.dataset}, {"sha256", outcome.data_sha256}};
  return entry;
}

Freshness freshness(const Request& request, const RunOutcome& outcome, const Json& manifest) {
  const Json figures = manifest.value("figures", Json::object());
  const bool known = figures.contains(request.id);
  Freshness f;
  if (!outcome.bytes.empty()) {
    f.seconds = outcome.seconds;
    f.state = known ? State::fresh : State::missing;
    if (!known) f.why = "its result is stored; the figure is not in the output yet";
    else if (figures[request.id].value("result", "") != outcome.key) {
      f.state = State::stale;
      f.why = changes_since(request, outcome, figures[request.id]) + " (a stored result fits)";
    }
    return f;
  }
  f.state = known ? State::stale : State::missing;
  if (known) {
    f.why = changes_since(request, outcome, figures[request.id]);
    f.seconds = figures[request.id].value("seconds", -1.0);
  }
  return f;
}

}  // namespace report
