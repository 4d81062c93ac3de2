// A chapter's text in sections: pieces that Pandoc, as far as can be seen from their lines, reads as well with
// something in between.
#pragma once

#include <string_view>
#include <vector>

namespace publish {

/// The text, cut before headings that stand for themselves: not in a block of code, a division or HTML.
std::vector<std::string_view> sections_of(std::string_view chapter);

}  // namespace publish
