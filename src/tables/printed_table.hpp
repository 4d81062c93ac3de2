// A table as the text shows it: chosen rows and columns, sorted, each cell as it is printed.
#pragma once

#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "data/tables/table.hpp"
#include "experiment/parameter_type.hpp"
#include "tables/print_request.hpp"

namespace tables {

/// In a table from a run this number stands for infinity, which no cell can hold.
constexpr double infinite = std::numeric_limits<double>::max();

struct PrintedCell {
  std::string text;        // empty: missing
  bool is_number = false;  // whose powers of ten are mathematics
};

struct PrintedColumn {
  std::string header;        // Markdown, or the column's own name
  bool is_markdown = false;  // the header
  std::string unit;          // Markdown
  std::string align;         // "left", "right", "center"
};

struct PrintedTable {
  std::vector<PrintedColumn> columns;
  std::vector<std::vector<PrintedCell>> rows;
};

struct PrintedOrErrors {
  PrintedTable table;
  std::vector<experiment::ParameterError> errors;
};

/// What printing takes from whoever asks for it.
struct PrintRules {
  std::string source;   // "data/trapping.csv", "figure 'bowl'": for messages
  bool is_file = true;  // of which cells have places
  std::function<std::string(double, const std::string& format)> number;
  std::function<data::Complaint(std::string_view text)> refusal;  // of what cannot be printed; an empty message: it can
};

/// Rows of `table`, as the request says. The columns of the request are the table's. `given` is what the author wrote,
/// for the errors' places.
PrintedOrErrors print_table(const data::Table& table, const PrintRequest& request, const Json& given,
                            const PrintRules& rules);

/// That a request's column, or that of an order, is none of these.
experiment::ParameterError unknown_column(std::vector<std::string> path, const std::string& source,
                                          const std::string& name, const std::vector<std::string>& columns);

}  // namespace tables
