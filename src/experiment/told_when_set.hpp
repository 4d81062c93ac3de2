// A parameter that an author mostly leaves alone.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "experiment/parameter_type.hpp"

namespace experiment {

/// One that, while it has its default, says nothing of how a figure was made.
inline ParameterInfo told_when_set(std::string name, const ParameterType& type, Json otherwise, std::string meaning,
                                   std::vector<std::string> choices = {}) {
  return {.name = std::move(name),
          .type = &type,
          .default_value = std::move(otherwise),
          .unit = "",
          .meaning = std::move(meaning),
          .choices = std::move(choices),
          .is_told_when_set = true};
}

/// The text of such a parameter; empty where it is not set.
inline std::string text_when_set(const Json& effective, const char* name) {
  const Json& value = effective.at(name);
  return value.is_string() ? value.get<std::string>() : "";
}

}  // namespace experiment
