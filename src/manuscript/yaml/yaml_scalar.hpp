// Plain YAML scalars as values: the core schema of YAML 1.2.2, section 10.3.
#pragma once

#include <string>

#include "manuscript/yaml/yaml.hpp"

namespace manuscript {

/// What a plain (unquoted) scalar stands for: null, a truth, an integer, a number, else its text. Integers too large
/// for 64 bits become numbers; numbers too large for a double become infinite.
Json plain_scalar(const std::string& text);

}  // namespace manuscript
