// A table as a figure needs it: panels with series, each with its points.
#pragma once

#include <string>
#include <vector>

#include "data/tables/columns.hpp"
#include "data/tables/table.hpp"
#include "experiment/parameter_type.hpp"
#include "experiment/series.hpp"
#include "tables/table_request.hpp"

namespace tables {

/// The points of one series, in the rows' order, or in that of x where rows were summarised. NaN where a value is
/// missing.
struct TableSeries : experiment::Series {
  std::vector<double> sizes, colors;
  std::size_t without_place = 0;  // rows whose x is missing; they stand in none of the lists
};

struct TablePanel {
  std::string title;
  std::vector<TableSeries> series;
};

struct Prepared {
  data::ColumnKind x_kind = data::ColumnKind::numbers;
  std::vector<std::string> categories;  // of x, where it is categories: x are indices of it
  std::vector<TablePanel> panels;
};

struct PreparedOrErrors {
  Prepared prepared;
  std::vector<experiment::ParameterError> errors;
};

/// Takes the columns of a table apart. Unknown columns are errors at their parameters, bad cells at their places in the
/// file.
PreparedOrErrors prepare(const data::Table& table, const TableRequest& request);

}  // namespace tables
