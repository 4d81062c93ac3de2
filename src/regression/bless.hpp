// Acceptance: what the last check showed becomes the reference.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/settings.hpp"
#include "engine/sources/project.hpp"

namespace regression {

/// Nothing can be accepted; the message says what to do.
struct BlessError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// One acceptance in words: "fig:bowl: 3f2a91c07d1e replaced by 91bc...; title ...".
struct Blessed {
  std::string figure;
  std::string text;
};

/// Moves what `check` showed of the named figures, or of all, into the references. Throws BlessError when there was no
/// check, when the sources or references changed since, or when a named figure was not checked.
std::vector<Blessed> bless(const engine::Project& project, const std::vector<std::string>& ids,
                           const engine::Settings& settings, const std::filesystem::path& references);

}  // namespace regression
