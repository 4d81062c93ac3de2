// See run_columns.hpp.
#include "engine/sources/run_columns.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "data/tables/filter.hpp"
#include "engine/sources/figure_names.hpp"
#include "manuscript/expression.hpp"
#include "tables/printed_table.hpp"
#include "tables/table_file.hpp"

namespace engine {
namespace {

using experiment::OutputKind;
using experiment::ParameterError;

const std::vector<std::string> point_columns{"panel", "series", "x", "y", "lower", "upper"};

std::string base_of(const std::string& column) { return column.substr(0, column.find('(')); }

void columns_of(const data::RowFilter& filter, std::set<std::string>& names) {
  if (!filter.column.empty()) names.insert(filter.column);
  for (const auto& part : filter.parts) columns_of(part, names);
}

class Check {
 public:
  Check(const Request& figure, const tables::PrintRequest& request, const Json& given)
      : figure_(figure), request_(request), given_(given), is_of_points_(request.each == tables::RowMeaning::point) {
    known_ = is_of_points_ ? point_columns : std::vector<std::string>{"series"};
    if (is_of_points_) return;
    for (const auto& output : figure.outputs) {
      if (output.is_curve()) continue;
      const std::string column = export_parts(output.name).column;
      if (std::find(known_.begin(), known_.end(), column) == known_.end()) known_.push_back(column);
    }
  }

  RunColumns run() {
    for (std::size_t i = 0; i < request_.columns.size(); ++i)
      column(request_.columns[i].column, tables::path_of_column(given_, i));
    for (std::size_t i = 0; i < request_.sort.size(); ++i) {
      const auto sort = given_.find("sort");
      const bool is_list = sort != given_.end() && sort->is_array();
      column(request_.sort[i].column,
             is_list ? std::vector<std::string>{"sort", std::to_string(i)} : std::vector<std::string>{"sort"});
    }
    condition();
    return {std::move(wanted_), std::move(errors_)};
  }

 private:
  bool is_known(const std::string& name) const {
    return std::find(known_.begin(), known_.end(), is_of_points_ ? name : base_of(name)) != known_.end();
  }

  void column(const std::string& name, const std::vector<std::string>& path) {
    if (!is_known(name))
      return errors_.push_back(
          tables::unknown_column(path, fmt::format("the run of '{}'", figure_.stem()), name, known_));
    if (is_of_points_ || name == "series") return;
    wanted_.insert(name);
    // What is wrong with "theta1" of one series is wrong with that of all.
    for (const auto& output : figure_.outputs) {
      const ExportParts parts = export_parts(output.name);
      if (output.is_curve() || parts.column != base_of(name)) continue;
      const auto names = export_names(figure_.outputs);
      const auto parsed = manuscript::parse_expression(export_of(parts.series, name), {.exports = &names});
      if (!parsed.errors.empty())
        errors_.push_back({.path = path, .message = parsed.errors[0].message, .hint = parsed.errors[0].hint});
      else if (parsed.term.type != manuscript::ValueType::number)
        errors_.push_back({.path = path, .message = "a column's cells are numbers, but this is a condition"});
      return;
    }
  }

  void condition() {
    if (request_.where.empty()) return;
    const auto parsed = data::parse_filter(request_.where);
    auto wrong = parsed.errors;
    if (wrong.empty()) {
      // A table without rows says which columns it lacks; of what kind they are only the run tells.
      std::set<std::string> names;
      columns_of(parsed.filter, names);
      data::Table empty;
      empty.bytes = std::make_shared<const std::string>();
      empty.names = known_;
      for (const auto& name : names)
        if (is_known(name) && std::find(known_.begin(), known_.end(), name) == known_.end())
          empty.names.push_back(name);
      empty.columns.resize(empty.names.size());
      for (auto& error : data::filter_rows(empty, parsed.filter).errors)
        if (!error.unknown_column.empty()) wrong.push_back(std::move(error));
      if (wrong.empty())
        for (const auto& name : names) column(name, {"where"});
    }
    auto more = tables::condition_errors(wrong, request_.where, known_);
    std::move(more.begin(), more.end(), std::back_inserter(errors_));
  }

  const Request& figure_;
  const tables::PrintRequest& request_;
  const Json& given_;
  const bool is_of_points_;
  std::vector<std::string> known_;
  std::set<std::string> wanted_;
  std::vector<ParameterError> errors_;
};

}  // namespace

ExportParts export_parts(const std::string& name) {
  const std::size_t point = name.rfind('.');
  return point == std::string::npos ? ExportParts{"", name}
                                    : ExportParts{name.substr(0, point), name.substr(point + 1)};
}

RunColumns check_run_columns(const Request& figure, const tables::PrintRequest& request, const Json& given) {
  return Check(figure, request, given).run();
}

std::vector<tables::ColumnRequest> all_run_columns(const Request& figure) {
  std::vector<tables::ColumnRequest> columns;
  std::set<std::string> seen;
  bool has_series = false;
  for (const auto& output : figure.outputs) {
    if (output.kind != OutputKind::number) continue;
    const ExportParts parts = export_parts(output.name);
    has_series = has_series || !parts.series.empty();
    if (seen.insert(parts.column).second) columns.push_back({.column = parts.column, .header = std::nullopt});
  }
  if (has_series) columns.insert(columns.begin(), {.column = "series", .header = std::nullopt});
  return columns;
}

std::vector<std::string> series_with(const Request& figure, const std::vector<tables::ColumnRequest>& columns) {
  std::vector<std::string> all;
  for (const auto& output : figure.outputs) {
    if (output.is_curve()) continue;
    const ExportParts parts = export_parts(output.name);
    const auto is_of_it = [&](const tables::ColumnRequest& c) { return base_of(c.column) == parts.column; };
    if (std::any_of(columns.begin(), columns.end(), is_of_it) &&
        std::find(all.begin(), all.end(), parts.series) == all.end())
      all.push_back(parts.series);
  }
  return all;
}

std::string export_of(const std::string& series, const std::string& column) {
  return series.empty() ? column : series + "." + column;
}

bool has_export(const Request& figure, const std::string& series, const std::string& column) {
  const std::string name = export_of(series, base_of(column));
  return std::any_of(figure.outputs.begin(), figure.outputs.end(),
                     [&](const auto& output) { return !output.is_curve() && output.name == name; });
}

}  // namespace engine
