// Experiments of one name. They register themselves before main(), where nobody would catch an exception.
#pragma once

#include <string>
#include <vector>

namespace experiment {

/// Experiments that were left out since another one has their name, in words.
const std::vector<std::string>& clashes();

}  // namespace experiment
