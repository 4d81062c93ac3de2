// The comparison of a figure's inputs with those of its last run, as the manifest remembers them.
#include "engine/explain.hpp"

#include <fmt/format.h>

#include "engine/runs/code_of.hpp"

namespace engine {
namespace {

std::string in_one_line(const Freshness& f, const std::string& experiment) {
  std::vector<std::string> texts;
  for (const auto& change : f.changes) texts.push_back(text(change, experiment));
  return fmt::format("{}", fmt::join(texts, "; "));
}

}  // namespace

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

Freshness freshness(const Request& request, const RunOutcome& outcome, const Json& manifest, const Settings& settings) {
  const auto figures = manifest.find("figures");
  const bool known = figures != manifest.end() && figures->contains(request.id);
  Freshness f;
  f.provenance = outcome.provenance;
  f.key = outcome.key;
  f.stored = outcome.has_result();
  f.result = settings.store().place(store::EntryKind::results, outcome.key);
  if (f.stored) f.seconds = outcome.seconds;
  if (outcome.has_failed()) {
    f.state = State::missing;
    f.why = outcome.error;
    return f;
  }
  if (!known) {
    f.state = State::missing;
    if (f.stored) f.why = "its result is stored; the figure is not in the output yet";
    return f;
  }
  const Json& before = figures->at(request.id);
  if (!f.stored) f.seconds = before.value("seconds", -1.0);
  if (f.stored && before.value("result", "") == f.key) return f;
  f.state = State::stale;
  f.changes = changes_since(outcome.provenance, before, store::code_parts(settings.store(), before.value("code", "")),
                            code_parts(*request.experiment, settings));
  if (f.changes.empty()) f.changes.push_back({Change::Kind::lost, "", nullptr, nullptr, {}});
  f.why = in_one_line(f, request.experiment->name) + (f.stored ? " (a stored result fits)" : "");
  return f;
}

}  // namespace engine
