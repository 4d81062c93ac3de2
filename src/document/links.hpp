// Where links and images lead: destinations, and definitions such as "[label]: path".
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace document {

/// Labels are compared without regard to case and blanks.
std::string normal_label(std::string_view label);

/// The path at the beginning of a destination: <path> or path, up to a blank.
std::string_view destination_of(std::string_view text);

/// The path without backslashes and percent signs that stand for characters.
std::string unescaped_path(std::string_view path);

/// A link definition at the beginning of a line; footnotes "[^label]:" are none.
struct LinkDefinition {
  std::string label, path;
};
std::optional<LinkDefinition> link_definition(std::string_view line);

}  // namespace document
