// The IDs that Pandoc gives to headings by itself: its extension auto_identifiers.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace manuscript {

/// The ID of a heading by its words; empty when nothing is left of them.
std::string identifier_of(std::string_view heading);

/// IDs given out in the text's order: what is there already gets "-1", "-2" and so on.
class Identifiers {
 public:
  /// A heading's own ID, which is used as it is.
  void take(const std::string& id) { taken_.insert(id); }
  /// The ID that a heading gets for the words' ID.
  std::string give(const std::string& wanted);

 private:
  std::unordered_set<std::string> taken_;
  std::unordered_map<std::string, int> next_;
};

}  // namespace manuscript
