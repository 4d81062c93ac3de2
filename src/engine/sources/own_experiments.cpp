// See own_experiments.hpp.
#include "engine/sources/own_experiments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "data/catalogue.hpp"
#include "engine/sources/compiled_experiments.hpp"
#include "native/load.hpp"
#include "programs/declaration.hpp"
#include "programs/program.hpp"
#include "system/files.hpp"
#include "tables/table_experiment.hpp"

namespace engine {
namespace fs = std::filesystem;
namespace {

std::vector<fs::path> dataset_files(const std::vector<fs::path>& folders, const std::string& name) {
  if (name == "none") return {};
  std::vector<fs::path> files;
  for (const auto& file : data::find(folders, name).files) files.push_back(file);
  return files;
}

std::set<std::string> names_of_own(const Settings& settings) {
  std::set<std::string> names;
  for (const auto& file : files_in(settings.experiments, ".yaml")) names.insert(file.stem().string());
  for (const auto& file : sources_to_compile(settings)) names.insert(native::experiment_name(file.string()));
  return names;
}

}  // namespace

std::vector<fs::path> files_in(const fs::path& folder, const std::string& extension) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& item : fs::directory_iterator(folder, error))
    if (item.path().extension() == extension && !item.path().filename().string().starts_with('.'))
      files.push_back(item.path());
  std::sort(files.begin(), files.end());
  return files;
}

manuscript::Diagnostic name_is_taken(const experiment::Catalogue& catalogue, const std::string& name,
                                     const std::string& file) {
  const auto* other = catalogue.find(name);
  const bool is_built_in = name == "table" || experiment::find(name) != nullptr;
  return {manuscript::Severity::error,
          {file, 0, 0, 1},
          fmt::format("there is an experiment '{}' already, {}", name,
                      is_built_in ? "built in" : "in " + (other ? other->file : "")),
          "",
          "rename the file"};
}

void add_program(const fs::path& file, const Settings& settings, OwnExperiments& own) {
  const std::string name = file.lexically_relative(settings.document).string();
  try {
    auto read = programs::read_declaration({name, sys::read_file(file)}, file.parent_path(), settings.document);
    if (!read.errors.empty()) {
      own.broken.insert(read.declaration.name);
      std::move(read.errors.begin(), read.errors.end(), std::back_inserter(own.errors));
      return;
    }
    const programs::Surroundings surroundings{
        settings.document, file.parent_path(), settings.scratch() / "programs",
        [folders = settings.data](const std::string& set) { return dataset_files(folders, set); }};
    if (!own.catalogue.add(programs::experiment_of(read.declaration, surroundings)))
      own.errors.push_back(name_is_taken(own.catalogue, read.declaration.name, name));
  } catch (const sys::FileError& unreadable) {
    own.errors.push_back({manuscript::Severity::error, {name, 0, 0, 1}, unreadable.what(), "", ""});
  }
}

OwnExperiments read_experiments(const Settings& settings) {
  OwnExperiments own;
  own.catalogue.add(tables::table_experiment(settings.document));
  if (settings.untrusted) {
    own.withheld = names_of_own(settings);
    return own;
  }
  for (const fs::path& file : files_in(settings.experiments, ".yaml")) add_program(file, settings, own);
  add_compiled_experiments(settings, own);
  return own;
}

}  // namespace engine
