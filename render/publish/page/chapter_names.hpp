// Names by which the text of a chapter refers to what others define.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace publish {

/// What links of other chapters could mean: labels of links and notes, and the words of headings; in small letters.
std::set<std::string> defined_names(std::string_view text);

/// Labels of links and notes alone.
std::set<std::string> defined_labels(std::string_view text);

/// What stands in brackets in the text, in small letters.
std::set<std::string> names_in_brackets(std::string_view text);

}  // namespace publish
