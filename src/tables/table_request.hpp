// What a figure of `experiment: table` may say: which columns of which file, and how they are to look.
#pragma once

#include <string>
#include <vector>

#include "data/tables/table.hpp"
#include "experiment/drawing/drawing_request.hpp"

namespace tables {

using experiment::Json;
using experiment::MarkKind;

/// What several rows of one x become.
enum class RowSummary { none, mean, median, sum, count };

struct TableRequest {
  std::string file;            // from the document's folder
  std::string x;               // column
  std::vector<std::string> y;  // columns: one series each
  std::string group, panels;   // columns: one series, one panel for each value
  std::string error;           // "se", "sd", or a column; empty: none
  std::string lower, upper;    // columns
  std::string where;           // condition on rows
  RowSummary summary = RowSummary::none;
  std::string size, color;  // columns of numbers, of points
  experiment::DrawingRequest drawing;
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
