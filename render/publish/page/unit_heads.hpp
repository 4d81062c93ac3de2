// What Pandoc has to have read before a unit of the page that it reads alone.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace publish {

/// Macros of the units before these, and headings with those IDs of theirs that make IDs of these what they are.
/// `heads` is what the filter wrote down: of each unit a line "SIZE ID ID ..." and so many bytes of macros in lines of
/// their own. `words` is what such a heading says.
std::string text_before(std::string_view heads, std::size_t first, std::size_t count, const std::string& words);

}  // namespace publish
