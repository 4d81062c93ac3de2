// Cairo's SVG made fit to share a page with others.
#pragma once

#include <string>

namespace cairo {

/// The same drawing with `prefix` before every id and in every reference to one. Cairo numbers its surfaces through
/// a whole process; that number goes, so that bytes do not depend on what was drawn before.
std::string with_prefixed_ids(const std::string& svg, const std::string& prefix);

/// The drawing with what it is and shows in words, as its title and description, where they are not empty.
std::string with_words(const std::string& svg, const std::string& title, const std::string& description);

/// One drawing of two of the same scene: the light one on its paper, in which rules for dark screens turn each colour,
/// and the paper, into the dark one's. Programs that know no such rules show the light one. Colours of papers as CSS
/// has them.
std::string in_both_themes(const std::string& light, const std::string& dark, const std::string& light_paper,
                           const std::string& dark_paper);

}  // namespace cairo
