// Values of enums by their names.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

namespace experiment {

/// The value whose name is among these, which stand in the order of the enum's values.
template <class Enum>
Enum enum_named(const std::vector<std::string>& names, const std::string& name) {
  return static_cast<Enum>(std::find(names.begin(), names.end(), name) - names.begin());
}

}  // namespace experiment
