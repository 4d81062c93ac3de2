// Macros of the text put in place in texts that Pandoc does not read: a figure's title and its alternative text.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace manuscript {

class Macros {
 public:
  /// What a definition says: \newcommand and its kin, \def, \let, \DeclareMathOperator. Environments are no part of
  /// such texts.
  void define(std::string_view definition);

  /// The text with macros put in place, as Pandoc does it; nothing when that has no end.
  std::optional<std::string> expanded(std::string text) const;

 private:
  struct Macro {
    int parameters = 0;
    std::optional<std::string> default_argument;  // of the first
    std::string body;
  };
  static std::optional<Macro> read(std::string_view definition, std::size_t at);
  static std::string applied(const Macro& macro, std::string_view text, std::size_t& at);

  std::map<std::string, Macro, std::less<>> macros_;  // by names without the backslash
};

}  // namespace manuscript
