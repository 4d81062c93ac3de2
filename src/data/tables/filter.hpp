// Which rows of a table are meant: "year >= 2020 and site in ['north', 'south']". Parsed once, and held against a
// table's columns.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/tables/columns.hpp"

namespace data {

/// What is wrong with a condition, and where: offset and length in bytes.
struct FilterError {
  std::size_t offset = 0;
  std::size_t length = 1;
  std::string message;
  std::string hint;
  std::string unknown_column{};  // the name that the table does not have, where this is what is wrong
};

/// What a column is compared with, and what it can be taken for.
struct FilterOperand {
  std::size_t offset = 0, length = 1;
  std::string text;  // without quotes
  bool is_quoted = false;
  std::optional<double> number{};  // of what is not quoted
  std::optional<text::Date> date{};
};

/// A node of a condition's tree.
struct RowFilter {
  enum class Op { equal, unequal, less, less_or_equal, greater, greater_or_equal, missing, negation, all, any };
  Op op = Op::all;
  std::size_t offset = 0, length = 1;     // of the column's name
  std::string column;                     // of a comparison, and of `missing`
  std::vector<FilterOperand> operands{};  // of a comparison: one of them must hold (of unequal, all); else none
  std::vector<RowFilter> parts{};         // of negation one, of all and any two
};

struct ParsedFilter {
  RowFilter filter;
  std::vector<FilterError> errors;
};

/// A comparison is of a column with a number, a 'text' or "text" (its own quote written twice within), or an ISO date:
/// = != < <= > >=, or "in" and "not in" with a list in brackets. Also missing(column), and, or, not, parentheses.
/// Columns whose names are not of letters, digits, _ . - stand in `backquotes`. Parsing ends at the first error.
ParsedFilter parse_filter(std::string_view text);

struct FilteredRows {
  std::vector<Row> rows;            // those of which the condition holds, in the table's order
  std::vector<FilterError> errors;  // unknown columns, and comparisons that a column is not of the kind for
  TableErrors bad_cells;            // of columns of numbers or dates that are compared as such
};

/// Of a filter that was parsed without errors. A missing cell makes any comparison false, != and "not in" too; what is
/// negated by "not" is then true. Columns of numbers compare with numbers, columns of dates with dates: a date is all
/// of its time, so that 2021-03-05 equals 2021-03, and comes neither before nor after it. Texts compare as they are
/// written, by code points.
FilteredRows filter_rows(const Table& table, const RowFilter& filter);

}  // namespace data
