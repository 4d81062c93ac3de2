// The characters that print can set. The theme's LaTeX says which they are; what it lacks is told
// before anything runs.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "manuscript/diagnostic.hpp"
#include "manuscript/source.hpp"

namespace publish {

using Characters = std::set<char32_t>;

/// Those that report.latex declares, and those that it says its fonts' encodings have; ASCII is not
/// among them.
Characters print_characters(const std::filesystem::path& theme);

/// An error for each character of a source that is none of these, where it first stands. HTML's
/// comments are not read, and neither are lines that begin with `comment`.
std::vector<manuscript::Diagnostic> unprintable_characters(const manuscript::Source& source,
                                                           const Characters& printable,
                                                           const std::string& comment = "");

/// Such characters in a text for LaTeX, each with the words around it: "☃ (U+2603); near: A ☃
/// stands here".
struct Unprintable {
  char32_t character = 0;
  std::string shown;
};
std::vector<Unprintable> unprintable_in(const std::string& tex, const Characters& printable);

}  // namespace publish
