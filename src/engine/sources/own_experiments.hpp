// The experiments that a document brings along.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "engine/settings.hpp"
#include "experiment/catalogue.hpp"
#include "manuscript/diagnostic.hpp"

namespace engine {

struct OwnExperiments {
  experiment::Catalogue catalogue;             // with the program's
  std::set<std::string> broken;                // names of those whose declarations cannot be read
  std::set<std::string> withheld;              // names of those whose code must not run
  std::vector<manuscript::Diagnostic> errors;  // of the declarations, and what a compiler warns of
  std::vector<std::filesystem::path>
      included;  // sources in C++, with what they include of the document's or its author's
};

/// Reads the declarations in the document's folder of experiments, and compiles what is in C++; there may be none. Of a
/// document that is not trusted only the names are read.
OwnExperiments read_experiments(const Settings& settings);

/// Adds the program that a file of the document declares.
void add_program(const std::filesystem::path& declaration, const Settings& settings, OwnExperiments& own);

/// In name order, without hidden ones.
std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder, const std::string& extension);

/// The error of a file whose experiment's name another has.
manuscript::Diagnostic name_is_taken(const experiment::Catalogue& catalogue, const std::string& name,
                                     const std::string& file);

}  // namespace engine
