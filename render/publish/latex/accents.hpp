// Accented letters as LaTeX can set them.
#pragma once

#include <string>
#include <string_view>

namespace publish {

/// LaTeX's text with each accented letter in a form that font encoding T1 can set: as one character where it has one
/// ("e" with U+0301 as "é"), else as an accent over what is left ("ễ" as "\~{ê}"). The preamble and verbatim text stay,
/// but for letters that become one character.
std::string with_accents(const std::string& tex);

/// The bytes of the letter at `at`, its marks included, when it is one that with_accents sets; else 0.
std::size_t accented_letter(std::string_view text, std::size_t at);

}  // namespace publish
