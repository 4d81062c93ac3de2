// The code of an experiment, whoever compiled it.
#pragma once

#include <string>

#include "engine/settings.hpp"
#include "experiment/any_experiment.hpp"
#include "store/code_fingerprint.hpp"

namespace engine {

/// The fingerprint of what computes its results.
inline std::string code_of(const experiment::Experiment& e, const Settings& settings) {
  return e.code.empty() ? store::code_fingerprint(settings.root, e.name) : e.code;
}

/// What that fingerprint is made of: source file -> function -> hash. Empty where nobody knows.
inline store::Json code_parts(const experiment::Experiment& e, const Settings& settings) {
  return e.code.empty() ? store::code_parts(settings.root, e.name) : store::code_parts(settings.store(), e.code);
}

}  // namespace engine
