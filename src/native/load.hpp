// A compiled experiment as a value of this process.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "experiment/any_experiment.hpp"
#include "manuscript/diagnostic.hpp"
#include "manuscript/source.hpp"

namespace native {

/// The object calls what this program does not have; the message names that.
struct LoadError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What a shared object registers, which stays loaded for as long as the process lives. Throws LoadError, and what the
/// code throws that is run in loading.
std::vector<experiment::Experiment> load(const std::string& name, const std::string& object);

/// What is wrong with what a source registered: it must be one experiment of the file's name, declared as those of the
/// program are.
std::vector<manuscript::Diagnostic> declaration_errors(const manuscript::Source& source,
                                                       const std::vector<experiment::Experiment>& registered);

/// The experiment of a file: saddle_escape.cpp and saddle-escape.cpp hold saddle-escape.
std::string experiment_name(const std::string& file);

}  // namespace native
