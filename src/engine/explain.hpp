// Why a figure is fresh, stale or missing: what its result's key is made of, and what of that changed since its last
// run.
#pragma once

#include <string>
#include <vector>

#include "engine/runs/runner.hpp"

namespace engine {

enum class State { fresh, stale, missing };
const char* state_name(State state);

/// One input of the key that is not what it was.
struct Change {
  enum class Kind { experiment, parameter, seed, dataset, code, arithmetic, lost };
  Kind kind = Kind::parameter;
  std::string name;                // of the parameter
  Json before, now;                // null: there was none, there is none any more
  std::vector<std::string> where;  // of code: "numerics::norm in src/numerics/linear/norm.cpp"
};

/// What of the inputs of a request's key is not what an entry like those of the manifest says ("experiment",
/// "parameters", "seed", "dataset", "code", "arithmetic"); the parts of the code are those of code_parts.
std::vector<Change> changes_since(const Request& request, const RunOutcome& outcome, const Json& before,
                                  const Json& code_before, const Json& code_now);

/// "depth 50 -> 40"; "the code of gradient-depth changed (numerics::norm in src/numerics/linear/norm.cpp)".
std::string text(const Change& change, const std::string& experiment);

struct Freshness {
  State state = State::fresh;
  std::string why;              // of a figure that is not fresh: all changes in one line
  std::vector<Change> changes;  // since the figure was made for the output
  double seconds = -1;          // of the last run; negative when unknown
  std::string key, code, data_sha256;
  bool stored = false;           // there is a result under the key
  std::filesystem::path result;  // where it is stored, or would be
};

/// Explains a figure by its stored result (`outcome` from Runner::look_up) and the last manifest.
Freshness freshness(const Request& request, const RunOutcome& outcome, const Json& manifest, const Settings& settings);

}  // namespace engine
