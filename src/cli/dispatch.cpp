// From options to a command, and from errors to messages and exit codes.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <string>
#include <vector>

#include "cairo/drawing.hpp"
#include "cli/commands.hpp"
#include "cli/help.hpp"
#include "cli/manual.hpp"
#include "data/error.hpp"
#include "engine/runs/runner.hpp"
#include "live/page_server.hpp"
#include "publish/errors.hpp"
#include "store/remote_store.hpp"
#include "system/files.hpp"
#include "system/process.hpp"

namespace cli {

std::atomic<bool> interrupt_requested{false};
std::atomic<std::chrono::milliseconds> interrupt_grace{std::chrono::milliseconds(600)};

bool use_color(const Options& o) {
  if (o.color != ColorChoice::automatic) return o.color == ColorChoice::always;
  const char* no_color = std::getenv("NO_COLOR");
  return isatty(STDERR_FILENO) != 0 && !(no_color && *no_color);
}

namespace {

int help(const Options& o) {
  if (o.man)
    fmt::print("{}", manual_page());
  else
    fmt::print("{}", o.arguments.empty() ? help_text(o.program) : help_text(o.program, o.arguments.front()));
  return all_well;
}

/// What does without a document: whoever mends report.yaml can ask for help.
bool needs_document(const Options& o) {
  const char* without[] = {"help", "completion", "doctor", "data", "new", "work", "store"};
  return std::find(std::begin(without), std::end(without), o.command) == std::end(without);
}

/// True when report.yaml cannot be gone by.
bool print_document_errors(const Options& o) {
  for (const auto& error : o.document_errors) fmt::print(stderr, "{}", manuscript::render(error, use_color(o)));
  return !o.document_errors.empty();
}

int run(const Options& o) {
  if (o.version) {
    fmt::print("literate-report {}\n", REPORT_VERSION);
    return all_well;
  }
  if (o.help) {
    fmt::print("{}", o.command == "build" ? help_text(o.program) : help_text(o.program, o.command));
    return all_well;
  }
  const std::pair<const char*, int (*)(const Options&)> commands[] = {
      {"build", build}, {"figure", figure},   {"watch", watch},
      {"list", list},   {"explain", explain}, {"describe", describe},
      {"check", check}, {"bless", bless},     {"jobs", jobs},
      {"work", work},   {"audit", audit},     {"store", store},
      {"data", data},   {"doctor", doctor},   {"clean", clean},
      {"help", help},   {"new", create},      {"completion", completion}};
  for (const auto& command : command_table())
    if (command.is_of_script && command.name == o.command)
      throw UsageError(fmt::format("'{0}' is done by the script of a checkout: ./build-report.sh {0}", o.command));
  if (needs_document(o) && print_document_errors(o)) return bad_input;
  for (const auto& [name, command] : commands)
    if (o.command == name) return command(o);
  throw UsageError("unknown command '" + o.command + "'");
}

}  // namespace

Failure failure_of(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const sys::Interrupted&) {
    return {interrupted, "interrupted; what was finished is kept"};
  } catch (const publish::MissingTool& missing) {
    return {lacking, missing.what()};
  } catch (const cairo::MissingFont& font) {
    return {lacking, font.what()};
  } catch (const data::DataError& lost) {
    if (lost.fault != data::Fault::missing) return {bad_input, lost.what()};
    return {lacking, fmt::format("{}\nwith 'dataset: auto' a figure does without it", lost.what())};
  } catch (const sys::FileError& file) {
    return {bad_input, file.what()};
  } catch (const publish::Error& document) {
    return {bad_input, document.what()};
  } catch (const live::ServeError& server) {
    return {bad_input, server.what()};
  } catch (const std::exception& other) {
    return {not_true, other.what()};
  }
}

namespace {

/// The script of a checkout, which says here where it is, installs the package and has the program begin anew. Comes
/// back where there is none, or it was told to install nothing.
void have_installed(const std::string& package) {
  const char* script = std::getenv("REPORT_INSTALLER");
  if (!script || !*script) return;
  const std::vector<std::string> words = sys::own_command_line();
  std::vector<std::string> command{script, "--with-package", package};
  if (!words.empty()) command.insert(command.end(), words.begin() + 1, words.end());
  ::execv(script, sys::pointers_to(command).data());
}

}  // namespace

int dispatch(const Options& given) {
  Options o = given;
  if (!o.quiet) o.settings.on_compiling = [](const std::string& file) { fmt::print(stderr, "compiling {}\n", file); };
  if (o.settings.remote)
    o.settings.remote->warn_by([](const std::string& text) { fmt::print(stderr, "warning: {}\n", text); });
  try {
    return run(o);
  } catch (const UsageError&) {
    throw;
  } catch (const publish::MissingPackage& missing) {
    have_installed(missing.package);
    fmt::print(stderr, "error: {}\n", missing.what());
    return lacking;
  } catch (const engine::Detached& detached) {
    fmt::print(stderr, "{}\n", detached.message);
    return all_well;
  } catch (...) {
    const Failure failure = failure_of(std::current_exception());
    fmt::print(stderr, "{}{}\n", failure.code == interrupted ? "" : "error: ", failure.message);
    return failure.code;
  }
}

}  // namespace cli
