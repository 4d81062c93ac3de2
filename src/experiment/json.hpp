// JSON as the store and the data files have it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace experiment {

using Json = nlohmann::ordered_json;

/// The shortest text that reads back to the same bits; Infinity, -Infinity, NaN.
std::string number_text(double x);

/// A number in JSON, which knows no infinity and no NaN: these are text.
Json stored_number(double x);
double number_from(const Json& json);

}  // namespace experiment
