// Cairo's SVG made fit to share a page with others.
#pragma once

#include <string>

namespace drawing {

/// The same drawing with `prefix` before every id and in every reference to one. Cairo numbers its surfaces through
/// a whole process; that number goes, so that bytes do not depend on what was drawn before.
std::string with_prefixed_ids(const std::string& svg, const std::string& prefix);

/// The drawing as an element of a page: no XML prolog, a title and a description, colours as CSS variables.
/// Throws std::logic_error for a colour that is not in the light palette.
std::string for_page(const std::string& svg, const std::string& prefix, const std::string& title, const std::string& description);

}  // namespace drawing
