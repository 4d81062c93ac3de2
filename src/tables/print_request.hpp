// What a table of the text may say, ```{.table #tbl:id}: which rows and columns of a file, or of a figure's run.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "data/tables/table.hpp"
#include "experiment/parameter_type.hpp"

namespace tables {

using experiment::Json;

constexpr int most_printed_rows = 500;
constexpr std::size_t most_printed_columns = 24;

/// What a row of a table from a figure stands for: a series, with its exports; or a point of one.
enum class RowMeaning { series, point };

struct ColumnRequest {
  std::string column;                 // its name; of a figure's exports also "theta1(100)"
  std::optional<std::string> header;  // Markdown; none: the column's name
  std::string unit = {};              // Markdown
  std::string format = {};            // of numbers, as a value's; "text": as it stands in the file; empty: none
  std::string align = {};             // "left", "right", "center"; empty: as suits the column
};

struct SortRequest {
  std::string column;
  bool is_descending = false;
};

struct PrintRequest {
  std::string file;  // from the document's folder; empty: from a figure
  std::string from;  // the figure's ID, without "fig:"
  RowMeaning each = RowMeaning::series;
  std::vector<ColumnRequest> columns;  // none: all
  std::string where;
  std::vector<SortRequest> sort;  // the first counts most
  std::optional<std::size_t> rows;
  data::TableOptions options;
};

const std::vector<experiment::ParameterInfo>& print_parameters();

/// From effective parameters that have been checked.
PrintRequest read_print_request(const Json& effective);

/// What does not go together, whatever the file or the figure holds. `given` are the keys that the author wrote.
std::vector<experiment::ParameterError> print_contradictions(const PrintRequest& request, const Json& given);

/// Where the column of a request stands in what the author wrote.
std::vector<std::string> path_of_column(const Json& given, std::size_t column);

}  // namespace tables
