// What is written down of an experiment's fingerprint, so that a later build can name the functions that changed.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "fingerprint/objects.hpp"

namespace fingerprint {

using Json = nlohmann::ordered_json;

/// An experiment's run function, in an unnamed namespace: experiments::(anonymous namespace)::run.
constexpr const char* run_function = "_ZN11experiments12_GLOBAL__N_13runE";

/// The source of an object, without its extension: CMakeFiles/numerics.dir/src/numerics/norm.cpp.o was compiled from
/// src/numerics/norm.
std::string source_of(const std::filesystem::path& object);

/// Source file -> function -> hash.
Json parts_by_source(const std::vector<Object>& objects, const std::vector<Part>& parts);

}  // namespace fingerprint
