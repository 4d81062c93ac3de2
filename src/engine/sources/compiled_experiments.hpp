// A document's experiments in C++: compiled where they are not known, loaded into this process, and put beside the
// others.
#pragma once

#include "engine/sources/own_experiments.hpp"

namespace engine {

/// What a compiled source of the document's registers, loaded now; `code` is the fingerprint of its run. Throws
/// CodeFailure, native::LoadError.
std::vector<experiment::Experiment> experiments_in(const std::string& file, const std::string& object,
                                                   const std::string& code);

/// The document's experiments in C++ that are no part of the program.
std::vector<std::filesystem::path> sources_to_compile(const Settings& settings);

/// Adds those of the document's folder of experiments. Throws publish::MissingTool when something is not installed that
/// compiling them needs.
void add_compiled_experiments(const Settings& settings, OwnExperiments& own);

}  // namespace engine
