// JSON's texts (RFC 8259, section 7): the characters that a backslash stands for.
#pragma once

#include <string>
#include <string_view>

namespace data {

/// The length of the escape that begins with the backslash at the front of `text`: 2, 6 for \uXXXX, 12 for a pair of
/// surrogates. 0 for what is no escape, for half a pair, and for NUL.
std::size_t escape_length(std::string_view text);

/// Adds the inside of a JSON text to `text`. Every escape in it must have a length.
void append_unescaped(std::string& text, std::string_view inside);

}  // namespace data
