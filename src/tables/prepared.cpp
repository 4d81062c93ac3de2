// See prepared.hpp.
#include "tables/prepared.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "data/tables/filter.hpp"
#include "data/tables/groups.hpp"
#include "numerics/sample_statistics.hpp"
#include "numerics/statistics.hpp"
#include "tables/table_file.hpp"
#include "tables/table_outputs.hpp"

namespace tables {
namespace {

using data::ColumnKind;
using data::Row;
using experiment::ParameterError;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// x as numbers: themselves, seconds, or indices of categories.
struct Places {
  std::vector<double> values;
  std::vector<std::string> categories;
};

class Preparation {
 public:
  Preparation(const data::Table& table, const TableRequest& request) : table_(table), request_(request) {}

  PreparedOrErrors run() {
    require_columns();
    if (!errors_.empty()) return {{}, std::move(errors_)};
    const data::Table rows = chosen_rows();
    if (!errors_.empty()) return {{}, std::move(errors_)};
    if (rows.rows() == 0) return fail("where", "no row is left"), PreparedOrErrors{{}, std::move(errors_)};
    read_columns(rows);
    if (errors_.empty()) errors_ = contradictions(request_.drawing, {panel_info(prepared_, {}, request_)});
    if (!errors_.empty()) return {{}, std::move(errors_)};
    for (const auto& [title, members] : split(rows, request_.panels)) panel(rows, title, members);
    if (!errors_.empty()) return {{}, std::move(errors_)};
    return {std::move(prepared_), {}};
  }

 private:
  void fail(const std::string& parameter, std::string message, std::string hint = "") {
    errors_.push_back({.path = {parameter}, .message = std::move(message), .hint = std::move(hint)});
  }

  void bad_cells(const std::string& parameter, const data::TableErrors& errors) {
    auto more = cell_errors(errors, parameter, request_.file, *table_.bytes);
    std::move(more.begin(), more.end(), std::back_inserter(errors_));
  }

  bool is_column(const std::string& name) const {
    return std::find(table_.names.begin(), table_.names.end(), name) != table_.names.end();
  }
  bool is_summarised_error() const {
    return (request_.error == "se" || request_.error == "sd") && !is_column(request_.error);
  }

  void require_column(const std::vector<std::string>& path, const std::string& name) {
    if (name.empty() || is_column(name)) return;
    errors_.push_back(
        {.path = path,
         .message = fmt::format("{} has no column '{}'; it has {}", request_.file, name, fmt::join(table_.names, ", ")),
         .given = name,
         .candidates = table_.names});
  }

  void require_columns() {
    require_column({"x"}, request_.x);
    for (std::size_t i = 0; i < request_.y.size(); ++i) {
      const bool is_list = request_.y.size() > 1;
      require_column(is_list ? std::vector<std::string>{"y", std::to_string(i)} : std::vector<std::string>{"y"},
                     request_.y[i]);
    }
    require_column({"group"}, request_.group);
    require_column({"panels"}, request_.panels);
    if (!is_summarised_error()) require_column({"error"}, request_.error);
    require_column({"lower"}, request_.lower);
    require_column({"upper"}, request_.upper);
    require_column({"size"}, request_.size);
    require_column({"color"}, request_.color);
  }

  data::Table chosen_rows() {
    if (request_.where.empty()) return table_;
    const auto parsed = data::parse_filter(request_.where);
    filter_errors(parsed.errors);
    if (!parsed.errors.empty()) return table_;
    const auto found = data::filter_rows(table_, parsed.filter);
    filter_errors(found.errors);
    bad_cells("where", found.bad_cells);
    return table_.with_rows(found.rows);
  }

  void filter_errors(const std::vector<data::FilterError>& errors) {
    auto more = condition_errors(errors, request_.where, table_.names);
    std::move(more.begin(), more.end(), std::back_inserter(errors_));
  }

  /// As declared, or what its cells are. A column that would be numbers or dates but for a few cells has slips in it.
  ColumnKind kind_of_x(const data::Table& rows) const {
    const std::string& scale = request_.drawing.x.scale;
    if (scale == "date") return ColumnKind::dates;
    if (scale == "category") return ColumnKind::categories;
    if (!scale.empty() || request_.drawing.has(MarkKind::histogram)) return ColumnKind::numbers;
    const ColumnKind kind = data::kind_of(rows, request_.x);
    if (kind != ColumnKind::categories) return kind;
    const std::size_t few = rows.rows() / 10;
    if (data::numbers(rows, request_.x).errors.count() <= few) return ColumnKind::numbers;
    return data::dates(rows, request_.x).errors.count() <= few ? ColumnKind::dates : kind;
  }

  Places places(const data::Table& rows) {
    prepared_.x_kind = kind_of_x(rows);
    if (prepared_.x_kind == ColumnKind::numbers) return {numbers(rows, request_.x, "x"), {}};
    if (prepared_.x_kind == ColumnKind::dates) {
      auto column = data::dates(rows, request_.x);
      bad_cells("x", column.errors);
      return {std::move(column.seconds), {}};
    }
    const auto column = data::categories(rows, request_.x);
    Places places{{}, column.names};
    for (const auto index : column.index) places.values.push_back(index < 0 ? nan : index);
    return places;
  }

  std::vector<double> numbers(const data::Table& rows, const std::string& name, const std::string& parameter) {
    auto column = data::numbers(rows, name);
    bad_cells(parameter, column.errors);
    return std::move(column.values);
  }

  std::vector<double> optional_numbers(const data::Table& rows, const std::string& name, const std::string& parameter) {
    return name.empty() ? std::vector<double>{} : numbers(rows, name, parameter);
  }

  void read_columns(const data::Table& rows) {
    Places read = places(rows);
    x_ = std::move(read.values);
    prepared_.categories = std::move(read.categories);
    for (const auto& name : request_.y) y_.push_back(numbers(rows, name, "y"));
    if (!is_summarised_error()) error_ = optional_numbers(rows, request_.error, "error");
    lower_ = optional_numbers(rows, request_.lower, "lower");
    upper_ = optional_numbers(rows, request_.upper, "upper");
    sizes_ = optional_numbers(rows, request_.size, "size");
    colors_ = optional_numbers(rows, request_.color, "color");
  }

  using Named = std::vector<std::pair<std::string, std::vector<Row>>>;

  /// All rows, or those of each value of a column.
  static Named split(const data::Table& rows, const std::string& column) {
    Named parts;
    if (column.empty()) {
      std::vector<Row> all(rows.rows());
      for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<Row>(i);
      parts.emplace_back("", std::move(all));
      return parts;
    }
    for (auto& group : data::group_rows(data::categories(rows, column)).groups)
      parts.emplace_back(group.name, std::move(group.rows));
    return parts;
  }

  void panel(const data::Table& rows, const std::string& title, const std::vector<Row>& members) {
    TablePanel made{title, {}};
    std::vector<bool> is_inside(rows.rows(), false);
    for (const Row row : members) is_inside[row] = true;
    for (const auto& [group, all] : split(rows, request_.group)) {
      std::vector<Row> own;
      std::copy_if(all.begin(), all.end(), std::back_inserter(own), [&](Row row) { return is_inside[row]; });
      if (own.empty()) continue;
      for (std::size_t k = 0; k < std::max<std::size_t>(request_.y.size(), 1); ++k) {
        made.series.push_back(series(group, k, own));
        if (!errors_.empty()) return;
      }
    }
    prepared_.panels.push_back(std::move(made));
  }

  std::string name_of(const std::string& group, std::size_t k) const {
    const std::string column = request_.y.empty() ? (request_.group.empty() ? request_.x : "") : request_.y[k];
    if (group.empty()) return column;
    return request_.y.size() > 1 ? group + " " + column : group;
  }

  TableSeries series(const std::string& group, std::size_t k, const std::vector<Row>& rows) {
    TableSeries s;
    s.name = name_of(group, k);
    s.x = data::at_rows(x_, rows);
    if (!request_.y.empty()) s.y = data::at_rows(y_[k], rows);
    if (!error_.empty()) {
      const auto half = data::at_rows(error_, rows);
      for (std::size_t i = 0; i < s.y.size(); ++i) {
        s.lower.push_back(s.y[i] - half[i]);
        s.upper.push_back(s.y[i] + half[i]);
      }
    }
    if (!lower_.empty()) s.lower = data::at_rows(lower_, rows);
    if (!upper_.empty()) s.upper = data::at_rows(upper_, rows);
    if (!sizes_.empty()) s.sizes = data::at_rows(sizes_, rows);
    if (!colors_.empty()) s.colors = data::at_rows(colors_, rows);
    without_places(s);
    if (const RowSummary summary = summary_of(); summary != RowSummary::none) summarise(s, summary);
    return s;
  }

  /// `error: se` is that of means.
  RowSummary summary_of() const {
    return request_.summary == RowSummary::none && is_summarised_error() ? RowSummary::mean : request_.summary;
  }

  /// A row without x stands nowhere.
  static void without_places(TableSeries& s) {
    if (std::none_of(s.x.begin(), s.x.end(), [](double x) { return std::isnan(x); })) return;
    const std::vector<double> x = s.x;
    for (auto* column : {&s.x, &s.y, &s.lower, &s.upper, &s.sizes, &s.colors}) {
      std::size_t kept = 0;
      for (std::size_t i = 0; i < column->size(); ++i)
        if (!std::isnan(x[i])) (*column)[kept++] = (*column)[i];
      column->resize(kept);
    }
    s.without_place = x.size() - s.x.size();
  }

  /// One point for each x, in ascending order.
  void summarise(TableSeries& s, RowSummary summary) const {
    std::map<double, std::vector<double>> at;
    for (std::size_t i = 0; i < s.x.size(); ++i) at[s.x[i]].push_back(s.y.empty() ? 1 : s.y[i]);
    TableSeries made;
    made.name = s.name;
    made.without_place = s.without_place;
    for (const auto& [x, values] : at) {
      const auto found = numerics::sample_statistics(values);
      made.x.push_back(x);
      made.y.push_back(of(summary, values, found));
      if (!is_summarised_error()) continue;
      const double half = request_.error == "sd" ? found.sd : found.se;
      made.lower.push_back(made.y.back() - (std::isnan(half) ? 0 : half));
      made.upper.push_back(made.y.back() + (std::isnan(half) ? 0 : half));
    }
    s = std::move(made);
  }

  static double of(RowSummary summary, const std::vector<double>& values, const numerics::SampleStatistics& found) {
    if (summary == RowSummary::count) return static_cast<double>(found.n);
    if (found.n == 0) return nan;
    if (summary == RowSummary::median) return numerics::quantile(numerics::present(values), 0.5);
    return summary == RowSummary::sum ? found.sum : found.mean;
  }

  const data::Table& table_;
  const TableRequest& request_;
  Prepared prepared_;
  std::vector<double> x_, error_, lower_, upper_, sizes_, colors_;
  std::vector<std::vector<double>> y_;
  std::vector<ParameterError> errors_;
};

}  // namespace

PreparedOrErrors prepare(const data::Table& table, const TableRequest& request) {
  return Preparation(table, request).run();
}

}  // namespace tables
