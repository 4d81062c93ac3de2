// Fingerprints of the code that computes results, taken at build time from what the compiler made of it.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "store/store.hpp"

namespace store {

using Json = nlohmann::ordered_json;

/// Fingerprint of an experiment's run function and of everything of ours that it calls; comments, other experiments
/// and drawing code do not count. That of the whole program where the build left no table for this very program.
std::string code_fingerprint(const std::filesystem::path& root, const std::string& experiment);

/// What an experiment's fingerprint is made of: source file -> function -> hash. Empty where there is no table.
Json code_parts(const std::filesystem::path& root, const std::string& experiment);

/// Keeps an experiment's parts under its fingerprint, so that a later build can say which of them changed.
void remember_code(const Store& store, const std::filesystem::path& root, const std::string& experiment);

/// The parts that were kept under a fingerprint; empty when there are none.
Json code_parts(const Store& store, const std::string& fingerprint);

/// What a document's experiments may call in this program: symbol -> [fingerprint of all that it reaches, name,
/// source]. Empty where the build left no table for this very program.
Json program_symbols(const std::filesystem::path& root);

/// The folder of what the build or the installation wrote of this program.
std::filesystem::path folder_of_program(const std::filesystem::path& root);

/// Fingerprint of the whole program that runs; drawings depend on it.
const std::string& program_fingerprint();

}  // namespace store
