// A typeface cut to the signs that are asked for.
#pragma once

#include <string>
#include <string_view>

#include "publish/page/page_signs.hpp"

namespace publish {

/// The typeface (OpenType) with the glyphs of these signs, as far as it has them, and those that its features make of
/// them: ligatures and figures of other kinds in text, in formulas all, and the larger forms and parts of what
/// stretches.
std::string cut_typeface(std::string_view font, const Signs& signs, bool is_for_mathematics);

/// What else the bytes of a cut typeface depend on.
std::string cutter_version();

}  // namespace publish
