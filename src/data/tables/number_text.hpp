// A number as a cell writes it.
#pragma once

#include <optional>
#include <string_view>

#include "data/tables/table_error.hpp"

namespace data {

/// The finite number that the whole text writes, blanks around it left out: -3, +5, .5, 1e-3, with `decimal` ('.' or
/// ',') before its fraction. Empty for other texts: thousands separators, units, infinity, and what is out of range.
std::optional<double> read_number(std::string_view text, char decimal);

/// What is said of a text that is not a number.
Complaint why_not_number(std::string_view text, char decimal);

}  // namespace data
