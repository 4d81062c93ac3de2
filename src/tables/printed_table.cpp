// See printed_table.hpp.
#include "tables/printed_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "data/tables/columns.hpp"
#include "data/tables/filter.hpp"
#include "tables/table_file.hpp"

namespace tables {
namespace {

using data::ColumnKind;
using data::Row;
using experiment::ParameterError;
using Path = std::vector<std::string>;

/// A column of the rows that are left, for printing and for sorting.
struct ReadColumn {
  ColumnKind kind = ColumnKind::categories;
  std::vector<double> numbers;     // of numbers and dates; NaN where one is missing
  std::vector<std::string> texts;  // as they are written; of categories and dates
};

class Printing {
 public:
  Printing(const data::Table& table, const PrintRequest& request, const Json& given, const PrintRules& rules)
      : table_(table), request_(request), given_(given), rules_(rules) {}

  PrintedOrErrors run() {
    choose_columns();
    require_columns();
    if (!errors_.empty()) return {{}, std::move(errors_)};
    rows_ = chosen_rows();
    if (!errors_.empty()) return {{}, std::move(errors_)};
    check_size();
    if (!errors_.empty()) return {{}, std::move(errors_)};
    sort();
    limit();
    for (std::size_t i = 0; i < columns_.size() && errors_.empty(); ++i) print(i);
    if (!errors_.empty()) return {{}, std::move(errors_)};
    return {std::move(printed_), {}};
  }

 private:
  void fail(Path path, std::string message, std::string hint = "") {
    errors_.push_back({.path = std::move(path), .message = std::move(message), .hint = std::move(hint)});
  }

  std::string source_key() const { return rules_.is_file ? "file" : "from"; }

  void choose_columns() {
    columns_ = request_.columns;
    if (!columns_.empty()) return;
    for (const auto& name : table_.names) columns_.push_back({.column = name, .header = std::nullopt});
    if (columns_.size() > most_printed_columns)
      fail({source_key()},
           fmt::format("{} has {} columns, and a table at most {}", rules_.source, columns_.size(),
                       most_printed_columns),
           "choose some with 'columns'");
  }

  bool has(const std::string& name) const {
    return std::find(table_.names.begin(), table_.names.end(), name) != table_.names.end();
  }

  void require_columns() {
    for (std::size_t i = 0; i < request_.columns.size(); ++i)
      if (!has(request_.columns[i].column))
        errors_.push_back(
            unknown_column(path_of_column(given_, i), rules_.source, request_.columns[i].column, table_.names));
    for (std::size_t i = 0; i < request_.sort.size(); ++i)
      if (!has(request_.sort[i].column))
        errors_.push_back(unknown_column(path_of_sort(i), rules_.source, request_.sort[i].column, table_.names));
  }

  Path path_of_sort(std::size_t i) const {
    const auto found = given_.find("sort");
    return found != given_.end() && found->is_array() ? Path{"sort", std::to_string(i)} : Path{"sort"};
  }

  void bad_cells(const std::string& parameter, const data::TableErrors& bad) {
    auto more = cell_errors(bad, parameter, rules_.source, *table_.bytes);
    if (!rules_.is_file)
      for (auto& error : more) error.place.reset();
    std::move(more.begin(), more.end(), std::back_inserter(errors_));
  }

  data::Table chosen_rows() {
    if (request_.where.empty()) return table_;
    const auto add = [&](const std::vector<data::FilterError>& found) {
      auto more = condition_errors(found, request_.where, table_.names);
      std::move(more.begin(), more.end(), std::back_inserter(errors_));
    };
    const auto parsed = data::parse_filter(request_.where);
    add(parsed.errors);
    if (!parsed.errors.empty()) return table_;
    const auto found = data::filter_rows(table_, parsed.filter);
    add(found.errors);
    bad_cells("where", found.bad_cells);
    return table_.with_rows(found.rows);
  }

  void check_size() {
    const std::size_t count = rows_.rows();
    if (count == 0)
      return request_.where.empty() ? fail({source_key()}, fmt::format("{} has no rows", rules_.source))
                                    : fail({"where"}, "no row is left");
    if (std::min(count, request_.rows.value_or(count)) > most_printed_rows)
      fail({source_key()},
           fmt::format("this table would have {} rows; nobody reads more than {}", count, most_printed_rows),
           "choose some with 'where', or the first with 'rows: 20', or draw them: experiment: table");
  }

  /// As its cells are. A column that would be numbers or dates but for a few cells has slips in it.
  ColumnKind kind_of(const std::string& name) const {
    const ColumnKind kind = data::kind_of(rows_, name);
    if (kind != ColumnKind::categories) return kind;
    const std::size_t few = rows_.rows() / 10;
    if (data::numbers(rows_, name).errors.count() <= few) return ColumnKind::numbers;
    return data::dates(rows_, name).errors.count() <= few ? ColumnKind::dates : kind;
  }

  ReadColumn read(const std::string& name, const std::string& format, const std::string& parameter) {
    ReadColumn column;
    column.kind = format == "text" ? ColumnKind::categories : format.empty() ? kind_of(name) : ColumnKind::numbers;
    if (column.kind == ColumnKind::numbers) {
      auto numbers = data::numbers(rows_, name);
      bad_cells(parameter, numbers.errors);
      column.numbers = std::move(numbers.values);
      return column;
    }
    if (column.kind == ColumnKind::dates) {
      auto dates = data::dates(rows_, name);
      bad_cells(parameter, dates.errors);
      column.numbers = std::move(dates.seconds);
    }
    std::string room;
    for (const data::Cell cell : rows_.cells(name)) {
      const std::string_view text = rows_.text(cell, room);
      column.texts.emplace_back(rows_.is_missing(text) ? "" : text);
    }
    return column;
  }

  static bool is_missing(const ReadColumn& column, Row row) {
    return column.kind == ColumnKind::categories ? column.texts[row].empty() : std::isnan(column.numbers[row]);
  }

  /// Rows that lack what they are sorted by come last, whatever the direction; equal ones stay in their order.
  void sort() {
    std::vector<Row> order(rows_.rows());
    std::iota(order.begin(), order.end(), Row{0});
    for (std::size_t k = request_.sort.size(); k-- > 0;) {
      const auto& [name, is_descending] = request_.sort[k];
      const ReadColumn column = read(name, "", "sort");
      if (!errors_.empty()) return;
      std::stable_sort(order.begin(), order.end(), [&, descending = is_descending](Row a, Row b) {
        if (is_missing(column, a) || is_missing(column, b)) return !is_missing(column, a) && is_missing(column, b);
        if (descending) std::swap(a, b);
        return column.kind == ColumnKind::categories ? column.texts[a] < column.texts[b]
                                                     : column.numbers[a] < column.numbers[b];
      });
    }
    rows_ = rows_.with_rows(order);
  }

  void limit() {
    printed_.rows.resize(std::min(rows_.rows(), request_.rows.value_or(rows_.rows())));
    std::vector<Row> first(printed_.rows.size());
    std::iota(first.begin(), first.end(), Row{0});
    rows_ = rows_.with_rows(first);
  }

  void print(std::size_t index) {
    const ColumnRequest& wanted = columns_[index];
    const ReadColumn column = read(wanted.column, wanted.format, request_.columns.empty() ? source_key() : "columns");
    if (!errors_.empty()) return;
    const bool is_number = column.kind == ColumnKind::numbers;
    printed_.columns.push_back({wanted.header.value_or(wanted.column), wanted.header.has_value(), wanted.unit,
                                !wanted.align.empty() ? wanted.align
                                : is_number           ? "right"
                                                      : "left"});
    if (!wanted.header) refuse(wanted.column, wanted.column, std::nullopt);
    for (Row row = 0; row < printed_.rows.size(); ++row) {
      PrintedCell cell{"", is_number};
      if (is_number && !is_missing(column, row)) cell.text = number(column.numbers[row], wanted.format);
      if (!is_number) {
        cell.text = column.texts[row];
        refuse(cell.text, wanted.column, row);
      }
      printed_.rows[row].push_back(std::move(cell));
    }
  }

  std::string number(double x, const std::string& format) const {
    const bool is_finite = rules_.is_file || std::abs(x) < infinite;
    return rules_.number(is_finite ? x : std::copysign(std::numeric_limits<double>::infinity(), x), format);
  }

  /// Of a cell, or of a column's name.
  void refuse(const std::string& text, const std::string& column, std::optional<Row> row) {
    if (!rules_.refusal) return;
    data::Complaint complaint = rules_.refusal(text);
    if (complaint.message.empty()) return;
    if (!row || !rules_.is_file) return fail({source_key()}, complaint.message, complaint.hint);
    data::TableErrors errors;
    errors.add([&] { return rows_.error(rows_.cells(column)[*row], std::move(complaint)); });
    bad_cells(source_key(), errors);
  }

  const data::Table& table_;
  const PrintRequest& request_;
  const Json& given_;
  const PrintRules& rules_;
  data::Table rows_;
  std::vector<ColumnRequest> columns_;
  PrintedTable printed_;
  std::vector<ParameterError> errors_;
};

}  // namespace

PrintedOrErrors print_table(const data::Table& table, const PrintRequest& request, const Json& given,
                            const PrintRules& rules) {
  return Printing(table, request, given, rules).run();
}

ParameterError unknown_column(std::vector<std::string> path, const std::string& source, const std::string& name,
                              const std::vector<std::string>& columns) {
  return {.path = std::move(path),
          .message = fmt::format("{} has no column '{}'; it has {}", source, name, fmt::join(columns, ", ")),
          .given = name,
          .candidates = columns};
}

}  // namespace tables
