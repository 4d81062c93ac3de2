// A table's bytes as text: whether they are UTF-8, and what is said when they are something else.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "data/tables/table_error.hpp"

namespace data {

/// Where the text begins: after the byte order mark, if there is one.
std::size_t text_begin(std::string_view bytes);

/// Of a text in UTF-8.
int count_code_points(std::string_view text);

/// Adds the code point in UTF-8.
void append_utf8(std::string& text, char32_t code_point);

/// The text in single quotes, as messages show it: long ones are cut, and line breaks are blanks.
std::string in_quotes(std::string_view text);

/// The text without blanks and tabs around it.
std::string_view trimmed(std::string_view text);

/// Whether the bytes are a text that a table can be read from; adds what is wrong to `errors` otherwise: an empty file,
/// one of 4 GiB or more, UTF-16, a packed file, a NUL byte, or the first byte that is not UTF-8.
bool is_readable_text(std::string_view bytes, TableErrors& errors);

}  // namespace data
