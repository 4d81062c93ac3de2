// Cairo's SVG made fit to share a page with others.
#pragma once

#include <string>

namespace cairo {

/// The same drawing with `prefix` before every id and in every reference to one. Cairo numbers its surfaces through
/// a whole process; that number goes, so that bytes do not depend on what was drawn before.
std::string with_prefixed_ids(const std::string& svg, const std::string& prefix);

}  // namespace cairo
