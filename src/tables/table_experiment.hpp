// `experiment: table`: a figure from a file of the document.
#pragma once

#include <filesystem>

#include "experiment/any_experiment.hpp"

namespace tables {

/// The experiment, for the document in this folder: files are those of the document.
experiment::Experiment table_experiment(const std::filesystem::path& document);

}  // namespace tables
