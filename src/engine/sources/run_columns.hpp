// What of a figure's run a table of the text can show: the exports of each series, or the points of all.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "engine/sources/request.hpp"
#include "experiment/parameter_type.hpp"
#include "tables/print_request.hpp"

namespace engine {

/// An export's name taken apart: "eta=0.001" and "steps". What belongs to no series has an empty one.
struct ExportParts {
  std::string series, column;
};
ExportParts export_parts(const std::string& name);

struct RunColumns {
  std::set<std::string> wanted;  // beside the series: columns chosen, sorted by, and asked for in the condition
  std::vector<experiment::ParameterError> errors;
};

/// Holds a request's columns against what the figure will export, before it is run. `given` is what the author wrote.
RunColumns check_run_columns(const Request& figure, const tables::PrintRequest& request, const Json& given);

/// The columns that a table of exports has without any being chosen: the series, and every number.
std::vector<tables::ColumnRequest> all_run_columns(const Request& figure);

/// The series that have one of these columns, in the order of the exports.
std::vector<std::string> series_with(const Request& figure, const std::vector<tables::ColumnRequest>& columns);

/// The export of a series by a column's name: "eta=0.001.theta1(100)".
std::string export_of(const std::string& series, const std::string& column);

/// Whether the figure has an export for it: of "theta1(100)", "theta1".
bool has_export(const Request& figure, const std::string& series, const std::string& column);

}  // namespace engine
