// See compiled_experiments.hpp.
#include "engine/sources/compiled_experiments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <set>

#include "engine/runs/experiment_code.hpp"
#include "native/compiler.hpp"
#include "native/load.hpp"
#include "publish/errors.hpp"
#include "store/store.hpp"
#include "system/checksum.hpp"
#include "system/files.hpp"

namespace engine {
namespace fs = std::filesystem;
namespace {

using experiment::Experiment;
using manuscript::Diagnostic;
using manuscript::Severity;

/// Those of the generator's checkout are compiled into the program by its build.
bool are_compiled_in(const Settings& settings) {
  return fs::weakly_canonical(settings.experiments) == fs::weakly_canonical(settings.root / "src" / "experiments");
}

bool has_errors(const std::vector<Diagnostic>& list) {
  return std::any_of(list.begin(), list.end(), [](const auto& d) { return d.severity == Severity::error; });
}

/// What is known of the sources, or becomes known now, as many at a time as there are jobs.
std::vector<native::Compiled> compiled(const std::vector<fs::path>& sources, const Settings& settings) {
  const store::Store store(settings.cache);
  native::Compiler compiler(settings.root, settings.document, store);
  std::vector<native::Compiled> all(sources.size());
  std::vector<std::size_t> unknown;
  for (std::size_t i = 0; i < sources.size(); ++i)
    if (auto known = compiler.known(sources[i]))
      all[i] = std::move(*known);
    else
      unknown.push_back(i);
  if (unknown.empty()) return all;
  compiler.prepare();
  std::mutex taking;
  std::size_t next = 0;
  const auto take = [&]() -> std::optional<std::size_t> {
    const std::lock_guard lock(taking);
    if (next == unknown.size()) return std::nullopt;
    const std::size_t i = unknown[next++];
    if (settings.on_compiling) settings.on_compiling(sources[i].lexically_relative(settings.document).string());
    return i;
  };
  const auto work = [&] {
    while (const auto i = take()) all[*i] = compiler.compile(sources[*i]);
  };
  std::vector<std::future<void>> workers;
  for (std::size_t k = 0; k < std::min<std::size_t>(unknown.size(), static_cast<std::size_t>(settings.jobs)); ++k)
    workers.push_back(std::async(std::launch::async, work));
  for (auto& worker : workers) worker.get();
  return all;
}

/// Objects stay in the process that loaded them; the same one is not loaded twice, however often the sources are read.
std::vector<Experiment> registered_by(const std::string& file, const native::Compiled& made) {
  static std::mutex loading;
  static std::map<std::string, std::vector<Experiment>> known;
  const std::lock_guard lock(loading);
  const std::string checksum = sys::sha256(made.object);
  if (const auto found = known.find(file + checksum); found != known.end()) return found->second;
  return known[file + checksum] = experiments_in(file, made.object, made.code);
}

/// Outputs of one name would be one in the data files, and in the text.
std::vector<Diagnostic> output_errors(const std::string& file, const Experiment& e) {
  std::vector<Diagnostic> errors;
  const auto fail = [&](std::string message) {
    errors.push_back({Severity::error, {file, 0, 0, 1}, std::move(message), "", ""});
  };
  try {
    std::set<std::string> names;
    for (const auto& output :
         outputs_of(e, experiment::effective_parameters(e.parameters, experiment::Json::object()).value))
      if (const std::string name = output.is_curve() ? output.panel + " / " + output.name : output.name;
          !names.insert(name).second)
        fail(fmt::format("the output '{}' is declared twice", name));
  } catch (const CodeFailure& failure) {
    fail(failure.what());
  }
  return errors;
}

void add(const fs::path& source, const std::string& file, native::Compiled made, OwnExperiments& own) {
  const std::string name = native::experiment_name(file);
  const auto broken = [&](std::vector<Diagnostic> errors) {
    own.broken.insert(name);
    std::move(errors.begin(), errors.end(), std::back_inserter(own.errors));
  };
  const auto broken_as_a_whole = [&](std::string message) {
    broken({{Severity::error, {file, 0, 0, 1}, std::move(message), "", ""}});
  };
  if (has_errors(made.complaints)) {  // warnings follow from them
    std::erase_if(made.complaints, [](const auto& d) { return d.severity == Severity::warning; });
    return broken(std::move(made.complaints));
  }
  std::move(made.complaints.begin(), made.complaints.end(), std::back_inserter(own.errors));
  try {
    auto registered = registered_by(file, made);
    if (auto errors = native::declaration_errors({file, sys::read_file(source)}, registered); !errors.empty())
      return broken(std::move(errors));
    if (auto errors = output_errors(file, registered.front()); !errors.empty()) return broken(std::move(errors));
    if (!own.catalogue.add(registered.front())) own.errors.push_back(name_is_taken(own.catalogue, name, file));
  } catch (const native::LoadError& missing) {
    broken_as_a_whole(fmt::format("it cannot be loaded: {}", missing.what()));
  } catch (const CodeFailure& failure) {
    broken_as_a_whole(failure.what());
  }
}

}  // namespace

std::vector<Experiment> experiments_in(const std::string& file, const std::string& object, const std::string& code) {
  auto registered = loaded(file, object);
  const auto bytes = std::make_shared<const std::string>(object);
  for (Experiment& e : registered) {
    e.file = file;
    e.code = code;
    e.object = sys::sha256(object);
    e.object_bytes = bytes;
  }
  return registered;
}

std::vector<fs::path> sources_to_compile(const Settings& settings) {
  return are_compiled_in(settings) ? std::vector<fs::path>{} : files_in(settings.experiments, ".cpp");
}

void add_compiled_experiments(const Settings& settings, OwnExperiments& own) {
  const auto sources = sources_to_compile(settings);
  if (sources.empty()) return;
  // From here on the document's code is compiled, and runs: what may not do that must have turned back.
  try {
    auto all = compiled(sources, settings);
    for (std::size_t i = 0; i < sources.size(); ++i) {
      own.included.insert(own.included.end(), all[i].included.begin(), all[i].included.end());
      add(sources[i], sources[i].lexically_relative(settings.document).string(), std::move(all[i]), own);
    }
  } catch (const native::Lacking& lacking) {
    throw publish::MissingTool(lacking.what());
  }
}

}  // namespace engine
