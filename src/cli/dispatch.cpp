// From options to a command, and from errors to messages and exit codes.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>

#include "cli/commands.hpp"
#include "data/error.hpp"
#include "report/files.hpp"
#include "report/publish.hpp"
#include "report/runner.hpp"

namespace cli {

std::atomic<bool> interrupt_requested{false};

bool use_color(const Options& o) {
  if (o.color != ColorChoice::automatic) return o.color == ColorChoice::always;
  const char* no_color = std::getenv("NO_COLOR");
  return isatty(STDERR_FILENO) != 0 && !(no_color && *no_color);
}

namespace {

int help(const Options& o) {
  fmt::print("{}", o.arguments.empty() ? help_text() : help_text(o.arguments.front()));
  return all_well;
}

int test(const Options&) {
  throw UsageError("the tests are compiled and run by the script: ./build-report.sh test");
}

int run(const Options& o) {
  if (o.version) {
    fmt::print("literate-report {}\n", REPORT_VERSION);
    return all_well;
  }
  if (o.help) {
    fmt::print("{}", o.command == "build" ? help_text() : help_text(o.command));
    return all_well;
  }
  const std::pair<const char*, int (*)(const Options&)> commands[] = {
      {"build", build}, {"figure", figure}, {"list", list}, {"explain", explain}, {"describe", describe},
      {"data", data},   {"doctor", doctor}, {"clean", clean}, {"help", help},       {"test", test}};
  for (const auto& [name, command] : commands)
    if (o.command == name) return command(o);
  throw UsageError("unknown command '" + o.command + "'");
}

int fail(Exit code, const std::string& message) {
  fmt::print(stderr, "error: {}\n", message);
  return code;
}

}  // namespace

int dispatch(const Options& o) {
  try {
    return run(o);
  } catch (const report::Interrupted&) {
    fmt::print(stderr, "interrupted; what was finished is kept\n");
    return interrupted;
  } catch (const report::MissingTool& missing) {
    return fail(lacking, missing.what());
  } catch (const data::DataError& error) {
    if (error.fault != data::Fault::missing) return fail(bad_input, error.what());
    return fail(lacking, fmt::format("{}\nwith 'dataset: auto' a figure does without it", error.what()));
  } catch (const report::FileError& error) {
    return fail(bad_input, error.what());
  } catch (const report::PublishError& error) {
    return fail(bad_input, error.what());
  } catch (const UsageError&) {
    throw;
  } catch (const std::exception& error) {
    return fail(not_true, error.what());
  }
}

}  // namespace cli
