// Columns as what they are asked for: numbers, dates, or categories. Values stand in the rows' order.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "data/tables/table.hpp"
#include "text/date.hpp"

namespace data {

enum class ColumnKind { numbers, dates, categories };

struct NumberColumn {
  std::vector<double> values;  // finite; NaN where one is missing
  std::size_t missing = 0;
  TableErrors errors;  // cells that are not numbers
};

struct DateColumn {
  std::vector<double> seconds;                                // text::Date::begin; NaN where one is missing
  text::DatePrecision precision = text::DatePrecision::year;  // the finest in the column
  std::size_t missing = 0;
  TableErrors errors;  // cells that are not dates
};

struct CategoryColumn {
  std::vector<std::string> names;   // in the order of their first appearance
  std::vector<std::int32_t> index;  // into `names`; -1 where one is missing
  std::size_t missing = 0;
};

// A column's name must be one of the table's: std::out_of_range otherwise.

/// What the column can be: numbers if all its cells are, else dates if all are, else categories. Missing cells are of
/// any kind. Years of four digits are numbers, and can be asked for as dates.
ColumnKind kind_of(const Table& table, std::string_view name);

/// A declared sign for missing values that is a number (-999) stands for every writing of it (-999.0).
NumberColumn numbers(const Table& table, std::string_view name);

DateColumn dates(const Table& table, std::string_view name);

/// Texts as they are written; numbers and dates too.
CategoryColumn categories(const Table& table, std::string_view name);

}  // namespace data
