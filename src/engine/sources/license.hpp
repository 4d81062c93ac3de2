// Licences that a report can be under: by their SPDX identifiers, and Creative Commons' by their names and addresses
// too.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace engine {

struct License {
  std::string id;       // SPDX: "CC-BY-4.0"
  std::string name;     // as readers know it: "CC BY 4.0"
  std::string address;  // of its text
};

/// "CC-BY-4.0", "cc by 4.0", "https://creativecommons.org/licenses/by/4.0/", "MIT"; nothing for what is none.
std::optional<License> license_of(const std::string& text);

/// Identifiers, the newest version of a licence first.
const std::vector<std::string>& license_ids();

/// What a text that is no licence was to say: "did you mean 'GPL-3.0-only' or 'GPL-3.0-or-later'?", or empty.
std::string license_meant(const std::string& text);

}  // namespace engine
