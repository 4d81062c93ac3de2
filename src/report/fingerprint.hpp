// Fingerprints of the code that computes results, taken at build time from what the compiler made of it.
#pragma once

#include <filesystem>
#include <string>

namespace report {

/// Fingerprint of an experiment's run function and of everything of ours that it calls; comments, other experiments
/// and drawing code do not count. Falls back to that of the whole program where no table was built.
std::string code_fingerprint(const std::filesystem::path& root, const std::string& experiment);

/// Fingerprint of the whole program; drawings depend on it.
std::string program_fingerprint(const std::filesystem::path& root);

}  // namespace report
