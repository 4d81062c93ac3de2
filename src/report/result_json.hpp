// A result as JSON and CSV: what output/data/ holds and what the store keeps.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "experiments/result.hpp"

namespace report {

using Json = nlohmann::ordered_json;

/// {"panels": [...], "values": {...}, "functions": {...}}; infinities and NaN are the strings "Infinity",
/// "-Infinity", "NaN". Numbers are written so that reading gives the same bits.
Json to_json(const experiments::Result& result);

/// The inverse; throws std::exception when the JSON is no result.
experiments::Result result_from_json(const Json& json);

/// Tidy CSV: panel,series,x,y,lower,upper. Series of theory and reference bear their kind after the name.
std::string to_csv(const experiments::Result& result);

/// A number as in the data files: shortest text that reads back to the same bits; Infinity, -Infinity, NaN.
std::string number_text(double x);

}  // namespace report
