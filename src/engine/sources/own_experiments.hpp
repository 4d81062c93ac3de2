// The experiments that a document brings along.
#pragma once

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
  std::vector<manuscript::Diagnostic> errors;  // of the declarations
};

/// Reads the declarations in the document's folder of experiments; there may be none.
OwnExperiments read_experiments(const Settings& settings);

}  // namespace engine
