// Where links and images lead: destinations, and definitions such as "[label]: path".
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace manuscript {

/// Labels are compared without regard to case and blanks.
std::string normal_label(std::string_view label);

/// The parentheses behind a link's or a picture's bracket: (path "title"). Paths may hold blanks,
/// and parentheses that balance.
struct Destination {
  std::size_t offset = 0, bytes = 0;  // of the path as it is written, without angle brackets
  std::size_t length = 0;             // of all, both parentheses included
};

/// The destination at the beginning of a text; nothing when Pandoc sees none there.
std::optional<Destination> link_destination(std::string_view text);

/// The path without backslashes and percent signs that stand for characters; of blanks, one stays.
std::string unescaped_path(std::string_view path);

/// A link definition at the beginning of a line; footnotes "[^label]:" are none.
struct LinkDefinition {
  std::string label, path;
  std::size_t label_offset = 0, label_bytes = 0;  // within the brackets
  std::size_t path_offset = 0, path_bytes = 0;
};
std::optional<LinkDefinition> link_definition(std::string_view line);

}  // namespace manuscript
