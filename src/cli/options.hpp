// The command line as a value.
#pragma once

#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "engine/settings.hpp"
#include "engine/sources/request.hpp"

namespace cli {

/// A command line that makes no sense; the message says what would.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Where `watch` serves unless told otherwise; and the variable by which it tells the port to itself.
constexpr int usual_port = 8017;
constexpr const char* restart_variable = "REPORT_WATCH_PORT";

enum class ColorChoice { automatic, always, never };

struct Options {
  std::string command = "build";
  std::vector<std::string> arguments;
  engine::Settings settings;
  std::vector<engine::ParameterOverride> set;  // figure --set name=value
  std::filesystem::path references;            // of check and bless
  bool json = false;
  bool markdown = false;
  bool cache = false;  // clean --cache
  bool open = false;   // build, figure, watch --open
  int port = 0;        // watch --port; 0: any that is free
  bool port_given = false;
  bool restarted = false;  // watch, by itself, after the program was compiled anew
  bool quiet = false;
  bool verbose = false;
  bool help = false;
  bool version = false;
  ColorChoice color = ColorChoice::automatic;
};

/// Parses the arguments after the program's name. `environment` gives variables (REPORT_DATA, REPORT_CACHE, HOME,
/// XDG_CACHE_HOME); `root` is the project's folder. Throws UsageError.
Options parse(const std::vector<std::string>& arguments, const std::filesystem::path& root,
              const std::function<std::string(const char*)>& environment);

/// One command for `help`.
struct CommandHelp {
  std::string name, synopsis, summary, details;
};
const std::vector<CommandHelp>& command_table();

/// `help` without and with a command; throws UsageError for one that is not known.
std::string help_text();
std::string help_text(const std::string& command);

}  // namespace cli
