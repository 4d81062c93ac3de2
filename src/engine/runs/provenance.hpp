// What a result comes from: everything that it depends on, in one value with one form, one hash and one comparison.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace engine {

using Json = nlohmann::ordered_json;

struct Provenance {
  std::string experiment;
  std::string figure;                // its ID, which names the random streams
  Json parameters = Json::object();  // effective, in the order of declaration
  std::uint64_t seed = 1;
  std::string dataset, data_sha256;          // name and checksum of the content; empty when none is used
  std::string code;                          // fingerprint of what computes the result
  std::map<std::string, std::string> reads;  // that the run reads: name from the document's folder -> SHA-256
  std::string arithmetic;                    // of this processor, as numerics::arithmetic() probes it, and for programs
                                             // sys::c_mathematics()
};

/// As manifest, data files, references and `explain --json` hold it: {"experiment", "figure", "parameters", "seed",
/// "dataset": null or {"name", "sha256"}, "code", "arithmetic"}, and "reads" where there are any.
Json to_json(const Provenance& provenance);

/// The key under which the store keeps the result: SHA-256 of the form above.
std::string result_key(const Provenance& provenance);

/// One thing that is not what it was.
struct Change {
  enum class Kind { experiment, parameter, seed, dataset, file, code, arithmetic, lost };
  Kind kind = Kind::parameter;
  std::string name;                // of the parameter, or the file
  Json before, now;                // null: there was none, there is none any more
  std::vector<std::string> where;  // of code: "numerics::norm in src/numerics/linear/norm.cpp"
};

/// "parameter", "code", ...
const char* name_of(Change::Kind kind);

/// What differs from an object that holds the form above, among others; what it lacks of code and arithmetic counts as
/// unchanged. The functions are source file -> function -> hash; empty where they are not known.
std::vector<Change> changes_since(const Provenance& now, const Json& before, const Json& functions_before,
                                  const Json& functions_now);

/// "depth 50 -> 40"; "the code of gradient-depth changed (numerics::norm in src/numerics/linear/norm.cpp)".
std::string text(const Change& change, const std::string& experiment);

}  // namespace engine
