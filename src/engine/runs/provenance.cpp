// The form of a provenance, and its comparison with an older one.
#include "engine/runs/provenance.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "system/checksum.hpp"

namespace engine {
namespace {

constexpr std::size_t most_places = 4;  // of changed code in one line

void compare_parameters(const Json& before, const Json& now, std::vector<Change>& changes) {
  for (const auto& [name, value] : now.items()) {
    const Json old = before.value(name, Json(nullptr));
    if (old != value) changes.push_back({Change::Kind::parameter, name, old, value, {}});
  }
  for (const auto& [name, value] : before.items())
    if (!now.contains(name)) changes.push_back({Change::Kind::parameter, name, value, nullptr, {}});
}

void compare_files(const Json& before, const Json& now, std::vector<Change>& changes) {
  for (const auto& [name, sum] : now.items())
    if (const Json old = before.value(name, Json(nullptr)); old != sum)
      changes.push_back({Change::Kind::file, name, old, sum, {}});
  for (const auto& [name, sum] : before.items())
    if (!now.contains(name)) changes.push_back({Change::Kind::file, name, sum, nullptr, {}});
}

/// The functions that differ; both lists are source file -> function -> hash.
std::vector<std::string> changed_code(const Json& before, const Json& now) {
  std::vector<std::string> where;
  const auto compare = [&](const Json& these, const Json& those, const char* how, bool contents) {
    for (const auto& [source, functions] : these.items())
      for (const auto& [name, hash] : functions.items()) {
        const Json others = those.value(source, Json::object());
        if (!others.contains(name) || (contents && others[name] != hash))
          where.push_back(fmt::format("{} in {}{}", name, source, others.contains(name) ? "" : how));
      }
  };
  compare(now, before, " (new)", true);
  compare(before, now, " (gone)", false);
  return where;
}

/// What the compiler made of libraries' templates changes along with the functions that use them: those say enough.
std::vector<std::string> without_library_code(std::vector<std::string> where) {
  const auto is_ours = [](const std::string& place) { return !place.starts_with("library code"); };
  if (std::any_of(where.begin(), where.end(), is_ours))
    where.erase(std::remove_if(where.begin(), where.end(), std::not_fn(is_ours)), where.end());
  return where;
}

std::string shown(const Json& value) { return value.is_null() ? "none" : value.dump(); }

std::string string_in(const Json& json, const char* name, const std::string& otherwise = "") {
  const auto at = json.find(name);
  return at != json.end() && at->is_string() ? at->get<std::string>() : otherwise;
}

}  // namespace

Json to_json(const Provenance& p) {
  Json json{{"experiment", p.experiment}, {"figure", p.figure}, {"parameters", p.parameters}, {"seed", p.seed},
            {"dataset", nullptr},         {"code", p.code},     {"arithmetic", p.arithmetic}};
  if (!p.reads.empty()) json["reads"] = p.reads;
  if (!p.dataset.empty()) json["dataset"] = {{"name", p.dataset}, {"sha256", p.data_sha256}};
  return json;
}

std::string result_key(const Provenance& provenance) { return sys::sha256(to_json(provenance).dump()); }

const char* name_of(Change::Kind kind) {
  switch (kind) {
    case Change::Kind::experiment:
      return "experiment";
    case Change::Kind::parameter:
      return "parameter";
    case Change::Kind::seed:
      return "seed";
    case Change::Kind::dataset:
      return "dataset";
    case Change::Kind::file:
      return "file";
    case Change::Kind::code:
      return "code";
    case Change::Kind::arithmetic:
      return "arithmetic";
    case Change::Kind::lost:
      return "lost";
  }
  return "";
}

std::vector<Change> changes_since(const Provenance& now, const Json& before, const Json& functions_before,
                                  const Json& functions_now) {
  if (const std::string was = string_in(before, "experiment"); was != now.experiment)
    return {{Change::Kind::experiment, "", was, now.experiment, {}}};
  std::vector<Change> changes;
  compare_parameters(before.value("parameters", Json::object()), now.parameters, changes);
  if (const Json seed = before.value("seed", Json(nullptr)); seed != Json(now.seed))
    changes.push_back({Change::Kind::seed, "", seed, now.seed, {}});
  const Json data = before.value("dataset", Json(nullptr));
  const std::string name = data.is_object() ? string_in(data, "name") : "",
                    sha256 = data.is_object() ? string_in(data, "sha256") : "";
  if (name == now.dataset && sha256 != now.data_sha256)
    changes.push_back({Change::Kind::dataset, name, sha256, now.data_sha256, {}});
  compare_files(before.value("reads", Json::object()), now.reads, changes);
  if (const std::string was = string_in(before, "code", now.code); was != now.code) {
    // What the code was made of is not known of every run; then everything would look new.
    auto where = functions_before.empty() ? std::vector<std::string>{} : changed_code(functions_before, functions_now);
    changes.push_back({Change::Kind::code, "", was, now.code, without_library_code(std::move(where))});
  }
  if (const std::string was = string_in(before, "arithmetic", now.arithmetic); was != now.arithmetic)
    changes.push_back({Change::Kind::arithmetic, "", was, now.arithmetic, {}});
  return changes;
}

std::string text(const Change& change, const std::string& experiment) {
  switch (change.kind) {
    case Change::Kind::experiment:
      return fmt::format("experiment {} -> {}", change.before.get<std::string>(), change.now.get<std::string>());
    case Change::Kind::parameter:
      if (change.before.is_null()) return fmt::format("new parameter {} {}", change.name, change.now.dump());
      if (change.now.is_null()) return fmt::format("parameter {} is gone", change.name);
      return fmt::format("{} {} -> {}", change.name, change.before.dump(), change.now.dump());
    case Change::Kind::seed:
      return fmt::format("seed {} -> {}", shown(change.before), shown(change.now));
    case Change::Kind::dataset:
      return fmt::format("content of the data set {} changed", change.name);
    case Change::Kind::file:
      if (change.before.is_null()) return fmt::format("it reads {}", change.name);
      if (change.now.is_null()) return fmt::format("it does not read {} any more", change.name);
      return fmt::format("the content of {} changed", change.name);
    case Change::Kind::code: {
      std::string line = fmt::format("the code of {} changed", experiment);
      if (change.where.empty()) return line;
      const auto shown_places = std::min(change.where.size(), most_places);
      line += fmt::format(" ({}", fmt::join(change.where.begin(),
                                            change.where.begin() + static_cast<std::ptrdiff_t>(shown_places), ", "));
      if (shown_places < change.where.size()) line += fmt::format(", and {} more", change.where.size() - shown_places);
      return line + ")";
    }
    case Change::Kind::arithmetic:
      return fmt::format("this processor's arithmetic is another ({} -> {})", change.before.get<std::string>(),
                         change.now.get<std::string>());
    case Change::Kind::lost:
      return "its stored result is gone";
  }
  return "";
}

}  // namespace engine
