// JSON that people read in a diff: one thing a line, numbers side by side, in no more digits than are compared.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace regression {

using Json = nlohmann::ordered_json;

/// Objects and lists that fit into a line stand in one; longer lists of numbers fill lines.
std::string readable(const Json& json);

/// A number rounded to so many significant digits; infinities and NaN are strings as in the data files.
Json rounded(double x, int digits);

/// The inverse of `rounded`. Throws std::exception for what is not a number.
double number(const Json& json);

}  // namespace regression
