// The comparison of a figure's inputs with those of its last run, as the manifest remembers them.
#include "engine/explain.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "numerics/arithmetic.hpp"
#include "store/code_fingerprint.hpp"

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

std::string in_one_line(const Freshness& f, const std::string& experiment) {
  std::vector<std::string> texts;
  for (const auto& change : f.changes) texts.push_back(text(change, experiment));
  return fmt::format("{}", fmt::join(texts, "; "));
}

}  // namespace

std::vector<Change> changes_since(const Request& request, const RunOutcome& outcome, const Json& before,
                                  const Json& code_before, const Json& code_now) {
  const std::string experiment = before.value("experiment", "");
  if (experiment != request.experiment->name)
    return {{Change::Kind::experiment, "", experiment, request.experiment->name, {}}};
  std::vector<Change> changes;
  compare_parameters(before.value("parameters", Json::object()), request.parameters, changes);
  if (const Json seed = before.value("seed", Json(nullptr)); seed != Json(request.seed))
    changes.push_back({Change::Kind::seed, "", seed, request.seed, {}});
  const Json data = before.value("dataset", Json(nullptr));
  const std::string name = data.is_object() ? data.value("name", "") : "",
                    sha256 = data.is_object() ? data.value("sha256", "") : "";
  if (name == request.dataset && sha256 != outcome.data_sha256)
    changes.push_back({Change::Kind::dataset, name, sha256, outcome.data_sha256, {}});
  if (const std::string code = before.value("code", ""); code != outcome.code) {
    // What the code was made of is not known of every run; then everything would look new.
    auto where = code_before.empty() ? std::vector<std::string>{} : changed_code(code_before, code_now);
    changes.push_back({Change::Kind::code, "", code, outcome.code, without_library_code(std::move(where))});
  }
  // A manifest of before it was an input does not say what it was.
  if (const std::string was = before.value("arithmetic", numerics::arithmetic()); was != numerics::arithmetic())
    changes.push_back({Change::Kind::arithmetic, "", was, numerics::arithmetic(), {}});
  return changes;
}

const char* state_name(State state) {
  switch (state) {
    case State::fresh:
      return "fresh";
    case State::stale:
      return "stale";
    case State::missing:
      return "missing";
  }
  return "";
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

Freshness freshness(const Request& request, const RunOutcome& outcome, const Json& manifest, const Settings& settings) {
  const auto figures = manifest.find("figures");
  const bool known = figures != manifest.end() && figures->contains(request.id);
  Freshness f;
  f.key = outcome.key;
  f.code = outcome.code;
  f.data_sha256 = outcome.data_sha256;
  f.stored = !outcome.bytes.empty();
  f.result = store::Store(settings.cache).place(store::Kind::results, outcome.key);
  if (f.stored) f.seconds = outcome.seconds;
  if (!known) {
    f.state = State::missing;
    if (f.stored) f.why = "its result is stored; the figure is not in the output yet";
    return f;
  }
  const Json& before = figures->at(request.id);
  if (!f.stored) f.seconds = before.value("seconds", -1.0);
  if (f.stored && before.value("result", "") == f.key) return f;
  f.state = State::stale;
  f.changes =
      changes_since(request, outcome, before, store::code_parts(store::Store(settings.cache), before.value("code", "")),
                    store::code_parts(settings.root, request.experiment->name));
  if (f.changes.empty()) f.changes.push_back({Change::Kind::lost, "", nullptr, nullptr, {}});
  f.why = in_one_line(f, request.experiment->name) + (f.stored ? " (a stored result fits)" : "");
  return f;
}

}  // namespace engine
