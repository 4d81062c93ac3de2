// The command line as a value.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
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
  std::string program = "report";  // what is typed to call it
  std::string command = "build";
  std::vector<std::string> arguments;
  engine::Settings settings;
  std::vector<engine::ParameterOverride> set;           // figure --set name=value
  int dots_per_inch = 0;                                // figure --dpi; 0: not given
  std::filesystem::path references;                     // of check and bless
  std::vector<manuscript::Diagnostic> document_errors;  // of report.yaml
  bool json = false;
  bool markdown = false;
  bool cache = false;             // clean --cache
  bool slurm = false;             // --executor slurm
  bool detach = false;            // build --executor slurm --detach
  std::optional<double> older{};  // store prune --older, seconds
  std::optional<double> size{};   // store prune --size, bytes
  bool open = false;              // build, figure, watch --open
  int port = 0;                   // watch --port; 0: any that is free
  bool port_given = false;
  bool restarted = false;  // watch, by itself, after the program was compiled anew
  bool quiet = false;
  bool verbose = false;
  bool help = false;
  bool man = false;  // help --man
  bool version = false;
  ColorChoice color = ColorChoice::automatic;
};

/// From where folders are looked for.
struct Places {
  std::filesystem::path here;  // the current folder
  std::filesystem::path root;  // the generator's
};

/// What is typed to call the program: a checkout's script, or its own name where it is installed.
std::string program_name(const std::filesystem::path& root);

/// Parses the arguments after the program's name. `environment` gives variables (REPORT_DATA, REPORT_CACHE,
/// REPORT_STORE, HOME ...). Throws UsageError.
Options parse(const std::vector<std::string>& arguments, const Places& places,
              const std::function<std::string(const char*)>& environment);

/// All options with what they do, as the help shows them, and one by one.
std::string options_text();
struct OptionHelp {
  std::string name;     // "--jobs"
  std::string letter;   // "-j", or empty
  std::string value;    // "N"; empty: it takes none
  std::string meaning;  // "work on N things at once (default: all cores)"
};
std::vector<OptionHelp> option_table();

}  // namespace cli
