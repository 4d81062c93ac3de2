// See table_outputs.hpp.
#include "tables/table_outputs.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "experiment/place_text.hpp"
#include "numerics/sample_statistics.hpp"
#include "numerics/statistics.hpp"

namespace tables {
namespace {

using experiment::OutputInfo;
using experiment::OutputKind;
using numerics::SampleStatistics;

constexpr std::size_t most_cells = 20000;  // of a series that the text can ask for by name

struct Statistic {
  const char* name;
  const char* meaning;
  double (*of)(const SampleStatistics&);
};
constexpr std::array statistics{
    Statistic{"n", "how many values there are", [](const SampleStatistics& s) { return static_cast<double>(s.n); }},
    Statistic{"missing", "how many are missing",
              [](const SampleStatistics& s) { return static_cast<double>(s.missing); }},
    Statistic{"mean", "their mean", [](const SampleStatistics& s) { return s.mean; }},
    Statistic{"sd", "their standard deviation, with n - 1", [](const SampleStatistics& s) { return s.sd; }},
    Statistic{"se", "the standard error of the mean", [](const SampleStatistics& s) { return s.se; }},
    Statistic{"min", "the least", [](const SampleStatistics& s) { return s.min; }},
    Statistic{"max", "the greatest", [](const SampleStatistics& s) { return s.max; }},
    Statistic{"sum", "their sum", [](const SampleStatistics& s) { return s.sum; }},
    Statistic{"first", "the first that is not missing", [](const SampleStatistics& s) { return s.first; }},
    Statistic{"last", "the last that is not missing", [](const SampleStatistics& s) { return s.last; }}};

/// What the text may ask about: y, or x where there is no y; and, after the series' name, x where it is numbers.
struct Column {
  std::string prefix;
  const std::vector<double>* values;
  std::string what;
  std::size_t missing = 0;  // values that are not in the list
};

std::vector<Column> columns_of(const Prepared& prepared, const TablePanel& panel, const TableSeries& s,
                               const TableRequest& request) {
  const std::string name = (prepared.panels.size() > 1 ? panel.title + "." : "") + s.name + ".";
  if (s.y.empty()) return {{name, &s.x, request.x, s.without_place}};
  std::vector<Column> columns{{name, &s.y, s.name}};
  if (prepared.x_kind == data::ColumnKind::numbers)
    columns.push_back({name + request.x + ".", &s.x, request.x, s.without_place});
  return columns;
}

template <class Each>
void each_series(const Prepared& prepared, const Each& each) {
  for (const TablePanel& panel : prepared.panels)
    for (const TableSeries& series : panel.series) each(panel, series);
}

experiment::Allowed of_the_table() { return experiment::within(experiment::closed_form, "a statistic of the table"); }

/// The value at each place; the first where there are several.
std::map<std::string, double> cells_of(const TableSeries& s, const experiment::AxisInfo& axis) {
  std::map<std::string, double> cells;
  for (std::size_t i = 0; i < s.x.size(); ++i) cells.emplace(experiment::place_text(axis, s.x[i]), s.y[i]);
  return cells;
}

bool has_cells(const TableSeries& s) { return !s.y.empty() && s.x.size() <= most_cells; }

}  // namespace

std::vector<OutputInfo> outputs_of(const Prepared& prepared, const TableRequest& request) {
  std::vector<OutputInfo> all;
  each_series(prepared, [&](const TablePanel& panel, const TableSeries& s) {
    for (const Column& column : columns_of(prepared, panel, s, request)) {
      for (const Statistic& statistic : statistics)
        all.push_back({OutputKind::number, "", column.prefix + statistic.name,
                       fmt::format("of {}: {}", column.what, statistic.meaning), of_the_table()});
      all.push_back({OutputKind::number, "", column.prefix + "median", fmt::format("of {}: the median", column.what),
                     of_the_table()});
      all.push_back({OutputKind::sample, "", column.prefix + "quantile",
                     fmt::format("of {}: the value below which this part of them lies", column.what), of_the_table()});
    }
    if (has_cells(s))
      all.push_back({OutputKind::cells, "", columns_of(prepared, panel, s, request)[0].prefix + "at",
                     fmt::format("{} at a {}, in quotes where that is not a number", s.name, request.x),
                     of_the_table()});
    all.push_back({OutputKind::measured, panel.title, s.name, "", of_the_table()});
  });
  return all;
}

experiment::Result result_of(const Prepared& prepared, const TableRequest& request) {
  experiment::Result result;
  result.nan_is_missing = true;
  each_series(prepared, [&](const TablePanel& panel, const TableSeries& s) {
    const experiment::PanelInfo info = panel_info(prepared, panel, request);
    for (const Column& column : columns_of(prepared, panel, s, request)) {
      SampleStatistics found = numerics::sample_statistics(*column.values);
      found.missing += column.missing;
      for (const Statistic& statistic : statistics) result.values[column.prefix + statistic.name] = statistic.of(found);
      std::vector<double> sorted = numerics::present(*column.values);
      std::sort(sorted.begin(), sorted.end());
      result.values[column.prefix + "median"] = numerics::quantile(sorted, 0.5);
      result.samples[column.prefix + "quantile"] = std::move(sorted);
    }
    if (has_cells(s)) result.cells[columns_of(prepared, panel, s, request)[0].prefix + "at"] = cells_of(s, info.x);
    // A histogram's values have no y: they are counted one by one.
    experiment::panel_of(info, result)
        .series.push_back({s.name, experiment::SeriesKind::measured, s.x,
                           s.y.empty() ? std::vector<double>(s.x.size(), 1) : s.y, s.lower, s.upper});
  });
  return result;
}

experiment::PanelInfo panel_info(const Prepared& prepared, const TablePanel& panel, const TableRequest& request) {
  experiment::PanelInfo info;
  info.title = panel.title;
  info.x.label = request.drawing.x.label.empty() ? request.x : request.drawing.x.label;
  info.x.scale = prepared.x_kind == data::ColumnKind::dates        ? "date"
                 : prepared.x_kind == data::ColumnKind::categories ? "category"
                 : request.drawing.x.scale.empty()                 ? "linear"
                                                                   : request.drawing.x.scale;
  info.x.categories = prepared.categories;
  const bool counts = request.y.empty();
  info.y.label = !request.drawing.y.label.empty() ? request.drawing.y.label
                 : counts                         ? "count"
                 : request.y.size() == 1          ? request.y[0]
                                                  : "";
  if (!request.drawing.y.scale.empty()) info.y.scale = request.drawing.y.scale;
  return info;
}

}  // namespace tables
