// Pandoc's attributes: {#id .class key=value}.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace manuscript {

struct Attributes {
  struct Pair {
    std::string key, value;
    std::size_t key_offset = 0;
    std::size_t value_offset = 0;  // inside its quotes
  };
  std::string id;
  std::size_t id_offset = 0;  // of the '#'
  int ids = 0;                // how many are given; the last one counts
  std::vector<std::string> classes;
  std::vector<std::size_t> class_offsets;  // of their names
  std::vector<Pair> pairs;
  std::size_t length = 0;  // both braces included
  bool is_sound = true;    // IDs and classes are such as Pandoc 2.17 takes: a letter, then letters,
                           // digits and _ - : .

  bool has_class(std::string_view name) const;
  /// Where the name of a class stands that is there.
  std::size_t offset_of_class(std::string_view name) const;
  const Pair* find(std::string_view key) const;
};

/// The attributes that begin at the start of a text; nothing when these are not attributes. Offsets are in bytes from
/// the opening brace.
std::optional<Attributes> parse_attributes(std::string_view text);

}  // namespace manuscript
