// Where in a directive something stands.
#pragma once

#include <string>
#include <vector>

#include "experiment/parameter_type.hpp"
#include "manuscript/chapter.hpp"

namespace engine {

/// The value at a path of keys and list indices, or the key before it; the fence where the directive lacks the first.
manuscript::SourceLocation place_in(const manuscript::Directive& directive, const std::vector<std::string>& path,
                                    bool is_of_key);

/// A parameter's error at its place in the directive, or in the file that is wrong.
manuscript::Diagnostic diagnostic_of(const experiment::ParameterError& error, const manuscript::Directive& directive,
                                     const manuscript::Source& source);

/// "did you mean", or what the error itself says would be right.
std::string hint_of(const experiment::ParameterError& error);

}  // namespace engine
