// See text_tables.hpp. A run's numbers become a table like that of a file, so that conditions, order and printing are
// the same.
#include "engine/text_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "data/tables/csv.hpp"
#include "engine/sources/directive_places.hpp"
#include "engine/sources/figure_names.hpp"
#include "engine/sources/run_columns.hpp"
#include "experiment/result_json.hpp"
#include "manuscript/expression.hpp"
#include "manuscript/unicode.hpp"

namespace engine {
namespace {

using experiment::ParameterError;
using experiment::Result;

struct RunTable {
  data::Table table;
  tables::PrintRequest request;  // its columns are the table's
  std::vector<ParameterError> errors;
};

/// In a CSV, whose numbers are finite.
double finite(double x) { return std::isinf(x) ? std::copysign(tables::infinite, x) : x; }

std::string field(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

std::string field(double x) { return std::isnan(x) ? "" : experiment::number_text(finite(x)); }

data::Table read(std::string csv) {
  data::TableOptions options;
  options.missing = {};  // a series may have any name
  return std::move(data::read_csv(std::move(csv), options).table);
}

// ------------------------------------------------------------------------------------------------------------- exports

/// A row for each series that has any of the columns that are shown.
class ExportTable {
 public:
  ExportTable(const TableBlock& block, const Request& figure, const Result& result)
      : block_(block), figure_(figure), lookup_(exports_of(result)), names_(export_names(figure.outputs)) {}

  RunTable run() {
    RunTable made;
    made.request = block_.request;
    if (made.request.columns.empty()) made.request.columns = all_run_columns(figure_);
    std::vector<std::string> columns{"series"};
    const auto add = [&](const std::string& name) {
      if (std::find(columns.begin(), columns.end(), name) == columns.end()) columns.push_back(name);
    };
    for (const auto& column : made.request.columns) add(column.column);
    for (const auto& name : block_.wanted) add(name);
    std::string csv;
    for (const auto& name : columns) csv += (csv.empty() ? "" : ",") + field(name);
    for (const auto& series : series_with(figure_, made.request.columns)) {
      csv += "\n" + field(series);
      for (std::size_t i = 1; i < columns.size(); ++i) csv += "," + field(number(series, columns[i]));
    }
    made.table = read(csv + "\n");
    made.errors = std::move(errors_);
    return made;
  }

 private:
  /// NaN where the series has no such export.
  double number(const std::string& series, const std::string& column) {
    if (!has_export(figure_, series, column)) return std::nan("");
    const auto parsed = manuscript::parse_expression(export_of(series, column), {.exports = &names_});
    if (!parsed.errors.empty()) return std::nan("");
    try {
      return manuscript::evaluate(parsed.term, lookup_);
    } catch (const std::logic_error& failure) {
      // What one series lacks, others lack too.
      if (errors_.empty()) errors_.push_back({.path = {"columns"}, .message = failure.what()});
      return std::nan("");
    }
  }

  const TableBlock& block_;
  const Request& figure_;
  const manuscript::Lookup lookup_;
  const std::vector<manuscript::ExportName> names_;
  std::vector<ParameterError> errors_;
};

// -------------------------------------------------------------------------------------------------------------- points

/// What all panels say of an axis; nothing where they differ.
std::string label_of(const Result& result, experiment::AxisInfo experiment::PanelInfo::*axis) {
  std::string label;
  for (const auto& panel : result.panels) {
    if (!label.empty() && (panel.*axis).label != label) return "";
    label = (panel.*axis).label;
  }
  return label;
}

/// The points as output/data has them.
RunTable points_of(const TableBlock& block, Result result) {
  RunTable made;
  made.request = block.request;
  bool has_bounds = false;
  for (auto& panel : result.panels)
    for (auto& series : panel.series) {
      has_bounds = has_bounds || !series.lower.empty();
      for (auto* values : {&series.x, &series.y, &series.lower, &series.upper})
        std::transform(values->begin(), values->end(), values->begin(), finite);
    }
  std::string csv = experiment::to_csv(result);
  made.table = read(std::move(csv));
  auto& columns = made.request.columns;
  if (columns.empty()) {
    for (const char* name : {"panel", "series", "x", "y", "lower", "upper"}) {
      const bool is_bound = std::string_view(name) == "lower" || std::string_view(name) == "upper";
      if ((is_bound && !has_bounds) || (std::string_view(name) == "panel" && result.panels.size() < 2)) continue;
      columns.push_back({.column = name, .header = std::nullopt});
    }
  }
  for (auto& column : columns) {
    if (column.header) continue;
    std::string label;
    if (column.column == "x") label = label_of(result, &experiment::PanelInfo::x);
    if (column.column == "y") label = label_of(result, &experiment::PanelInfo::y);
    if (!label.empty()) column.header = label;
  }
  return made;
}

// ------------------------------------------------------------------------------------------------------- the document

/// In one line, without what acts on whoever shows it.
std::string shown(std::string text) {
  for (char& c : text)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  return manuscript::visible(text);
}

publish::DocumentTable document_table(const TableBlock& block, const tables::PrintedTable& printed) {
  publish::DocumentTable table{block.id(), block.caption, {}, {}};
  for (const auto& c : printed.columns) table.columns.push_back({shown(c.header), c.is_markdown, c.unit, c.align});
  for (const auto& row : printed.rows) {
    auto& cells = table.rows.emplace_back();
    for (const auto& cell : row) cells.push_back({shown(cell.text), cell.is_number});
  }
  return table;
}

const manuscript::Source& source_of(const TableBlock& block, const Project& project) {
  const auto is_its = [&](const auto& chapter) { return chapter.source.file == block.directive.place.file; };
  return std::find_if(project.chapters.begin(), project.chapters.end(), is_its)->source;
}

publish::DocumentTable withheld_table(const TableBlock& block, const text::Words& words) {
  return {block.id(), block.caption, {{unknown_number, false, "", "left"}}, {{{words["figure_withheld"], false}}}};
}

/// The printed form of a table that shows a figure's run.
tables::PrintedTable printed(const TableBlock& block, const FigureBuild& made, const Project& project,
                             Judgement& judgement) {
  const Result& result = made.outcome.result;
  RunTable of_run = block.request.each == tables::RowMeaning::point ? points_of(block, result)
                                                                    : ExportTable(block, *made.request, result).run();
  tables::PrintedOrErrors printed;
  if (of_run.errors.empty()) {
    const std::string name = fmt::format("the run of '{}'", made.request->stem());
    printed = tables::print_table(of_run.table, of_run.request, Json::object(),
                                  print_rules(block, name, project.printable, project.metadata.language));
    of_run.errors = std::move(printed.errors);
  }
  for (const auto& error : of_run.errors)
    judgement.errors.push_back(diagnostic_of(error, block.directive, source_of(block, project)));
  return std::move(printed.table);
}

}  // namespace

void add_tables(std::vector<FigureBuild>& figures, BuildContext& context, Judgement& judgement) {
  std::map<std::string, FigureBuild*> by_id;
  for (auto& made : figures) by_id[made.request->id] = &made;
  std::vector<FigureBuild*> unread;
  for (const auto& block : context.project.tables)
    if (const auto made = by_id.find(block.figure);
        made != by_id.end() && !made->second->outcome.has_result() &&
        std::find(unread.begin(), unread.end(), made->second) == unread.end())
      unread.push_back(made->second);
  get_results(unread, context, Rerun::nothing);
  for (const auto& block : context.project.tables) {
    const auto made = by_id.find(block.figure);
    if (context.project.find_withheld(block.figure)) {
      judgement.tables.push_back(withheld_table(block, context.project.words));
      continue;
    }
    judgement.tables.push_back(document_table(
        block, made == by_id.end() ? block.printed : printed(block, *made->second, context.project, judgement)));
  }
}

}  // namespace engine
