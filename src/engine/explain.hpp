// Why a figure is fresh, stale or missing: what its result's key is made of, and what of that changed since its last
// run.
#pragma once

#include <string>
#include <vector>

#include "engine/runs/runner.hpp"

namespace engine {

enum class State { fresh, stale, missing };
const char* state_name(State state);

struct Freshness {
  State state = State::fresh;
  std::string why;              // of a figure that is not fresh: all changes in one line
  std::vector<Change> changes;  // since the figure was made for the output
  double seconds = -1;          // of the last run; negative when unknown
  Provenance provenance;
  std::string key;
  bool stored = false;           // there is a result under the key
  std::filesystem::path result;  // where it is stored, or would be
};

/// Explains a figure by its stored result (`outcome` from Runner::look_up) and the last manifest.
Freshness freshness(const Request& request, const RunOutcome& outcome, const Json& manifest, const Settings& settings);

}  // namespace engine
