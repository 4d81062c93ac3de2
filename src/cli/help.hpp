// What the program says of itself.
#pragma once

#include <string>
#include <vector>

namespace cli {

struct CommandHelp {
  std::string name, synopsis, summary, details;
};
const std::vector<CommandHelp>& command_table();

/// The help on everything, or on a command; `program` is what is typed to call it. Throws UsageError for a command that
/// is not known.
std::string help_text(const std::string& program);
std::string help_text(const std::string& program, const std::string& command);

}  // namespace cli
