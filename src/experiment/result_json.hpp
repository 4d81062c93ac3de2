// A result as JSON and CSV: what output/data/ and references hold.
#pragma once

#include <string>

#include "experiment/result.hpp"

namespace experiment {

/// {"panels": [...], "values": {...}, "functions": {...}}; infinities and NaN are the strings "Infinity",
/// "-Infinity", "NaN". Numbers are written so that reading gives the same bits.
Json to_json(const Result& result);

/// The members of `head`, then those of `to_json(result)`, as Json::dump(1) writes them.
std::string to_json_text(const Json& head, const Result& result);

/// Tidy CSV: panel,series,x,y,lower,upper. Series of theory and reference bear their kind after the name.
std::string to_csv(const Result& result);

}  // namespace experiment
