// Changes that a text undergoes before Pandoc reads it: names of ours in place of the author's.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace manuscript {

/// Bytes of a text, and what is put in their place.
struct Edit {
  std::size_t begin = 0, end = 0;
  std::string text;
};

/// The text with all edits made, which may be given in any order; of those that overlap the first one counts.
std::string edited(std::string_view text, std::vector<Edit> edits);

/// A number as a name of so many letters, or of more when these do not suffice. The letters are such as nobody types
/// (Unified Canadian Aboriginal Syllabics), and as wide as Latin ones: a name that takes the place of one of the same
/// length moves no column of a table.
std::string name_of_number(std::size_t number, std::size_t length);

/// The same in signs (dots of Braille), which are left out where Pandoc makes an ID of a text.
std::string signs_of_number(std::size_t number, std::size_t length);

}  // namespace manuscript
