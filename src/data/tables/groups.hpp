// Rows that have something in common.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "data/tables/columns.hpp"

namespace data {

struct RowGroup {
  std::string name;
  std::vector<Row> rows;  // in the table's order; at least one
};

struct RowGroups {
  std::vector<RowGroup> groups;  // one for each of the column's categories, in their order
  std::vector<Row> without;      // rows whose category is missing
};

RowGroups group_rows(const CategoryColumn& column);

/// The values of these rows, in their order.
template <typename T>
std::vector<T> at_rows(const std::vector<T>& values, std::span<const Row> rows) {
  std::vector<T> chosen;
  chosen.reserve(rows.size());
  for (const Row row : rows) chosen.push_back(values[row]);
  return chosen;
}

}  // namespace data
