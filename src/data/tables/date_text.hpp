// What is said of a cell that should be a date.
#pragma once

#include <string_view>

#include "data/tables/table_error.hpp"

namespace data {

Complaint why_not_date(std::string_view text);

}  // namespace data
