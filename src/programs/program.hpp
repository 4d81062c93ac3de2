// A declared program as an experiment: what runs it, confined, on copies of the files that it may read.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "experiment/any_experiment.hpp"
#include "programs/declaration.hpp"

namespace programs {

/// What a program is run in.
struct Surroundings {
  std::filesystem::path document;  // the folder that holds the declaration and what is read
  std::filesystem::path folder;    // of the declaration, in the document
  std::filesystem::path scratch;   // below it each run gets a folder that is removed after it
  std::function<std::vector<std::filesystem::path>(const std::string& dataset)> dataset_files;
};

/// The experiment. Its run throws std::runtime_error, with the end of what the program said, when the program does not
/// do what it declares.
experiment::Experiment experiment_of(const Declaration& declaration, const Surroundings& surroundings);

}  // namespace programs
