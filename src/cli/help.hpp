// What the program says of itself.
#pragma once

#include <string>
#include <vector>

namespace cli {

/// A command. What its arguments are, completion reads off the synopsis: ID, EXPERIMENT, DATASET, COMMAND, DIR, SHELL.
struct CommandHelp {
  std::string name, synopsis, summary, details;
  bool is_of_script = false;  // done by the script of a checkout, not by the program
};
const std::vector<CommandHelp>& command_table();

struct ExitCode {
  int code;
  const char* meaning;
};
const std::vector<ExitCode>& exit_codes();

/// The help on everything, or on a command; `program` is what is typed to call it. Throws UsageError for a command that
/// is not known.
std::string help_text(const std::string& program);
std::string help_text(const std::string& program, const std::string& command);

}  // namespace cli
