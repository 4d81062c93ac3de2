// What a figure of `experiment: table` may say: which columns of which file, and how they are to look.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "data/tables/table.hpp"
#include "experiment/parameter_type.hpp"

namespace tables {

using experiment::Json;

enum class MarkKind { points, line, steps, bars, errorbars, band, histogram, boxes };

/// What several rows of one x become.
enum class RowSummary { none, mean, median, sum, count };

struct AxisRequest {
  std::string label;  // empty: the column's name
  std::string scale;  // "linear", "log", of x also "date", "category"; empty: what the column asks for
  std::optional<double> minimum, maximum;
};

struct TableRequest {
  std::string file;             // from the document's folder
  std::string x;                // column
  std::vector<std::string> y;   // columns: one series each
  std::string group, panels;    // columns: one series, one panel for each value
  std::string error;            // "se", "sd", or a column; empty: none
  std::string lower, upper;     // columns
  std::string where;            // condition on rows
  std::vector<MarkKind> marks;  // none: as suits the columns
  bool stacked = false;         // bars
  RowSummary summary = RowSummary::none;
  std::vector<double> bins;  // of a histogram: one number of bins, or edges; none: chosen
  std::string size, color;   // columns of numbers, of points
  AxisRequest x_axis, y_axis;
  data::TableOptions options;
};

const std::vector<experiment::ParameterInfo>& table_parameters();

/// How a file is to be read: the parameters 'delimiter', 'decimal' and 'missing'.
data::TableOptions table_options(const Json& effective, const std::string& file);

/// From effective parameters that have been checked.
TableRequest read_request(const Json& effective);

/// What the parameters ask for that does not go together, whatever the file holds.
std::vector<experiment::ParameterError> contradictions(const TableRequest& request);

}  // namespace tables
