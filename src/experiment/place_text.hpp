// Places along an axis as data files and expressions have them.
#pragma once

#include <string>

#include "experiment/result.hpp"

namespace experiment {

/// A date in ISO 8601, with a time where it is not midnight; a category's name; else the number.
std::string place_text(const AxisInfo& axis, double x);

}  // namespace experiment
