// A condition over whole columns: each node gives a truth for every row, and a column is read once for all its
// comparisons.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "data/tables/filter.hpp"
#include "data/tables/utf8.hpp"

namespace data {
namespace {

using Op = RowFilter::Op;
using Truths = std::vector<std::uint8_t>;  // one a row

bool is_ordering(Op op) { return op != Op::equal && op != Op::unequal; }

/// How `value` stands to the stretch from `begin` to `end`, or to the point that both are. False of NaN.
bool compare(Op op, double value, double begin, double end) {
  const bool is_within = value == begin || (value > begin && value < end);
  switch (op) {
    case Op::less:
      return value < begin;
    case Op::less_or_equal:
      return value < begin || is_within;
    case Op::greater:
      return value > begin && !is_within;
    case Op::greater_or_equal:
      return value >= begin;
    case Op::unequal:
      return value < begin || (value > begin && !is_within);
    default:
      return is_within;
  }
}

bool compare(Op op, std::string_view value, std::string_view with) {
  switch (op) {
    case Op::less:
      return value < with;
    case Op::less_or_equal:
      return value <= with;
    case Op::greater:
      return value > with;
    case Op::greater_or_equal:
      return value >= with;
    case Op::unequal:
      return value != with;
    default:
      return value == with;
  }
}

class Evaluation {
 public:
  Evaluation(const Table& table, FilteredRows& result) : table_(table), result_(result) {}

  Truths evaluate(const RowFilter& node) {
    switch (node.op) {
      case Op::negation: {
        Truths truths = evaluate(node.parts[0]);
        for (auto& truth : truths) truth = truth == 0;
        return truths;
      }
      case Op::all:
        return join(node, [](std::uint8_t a, std::uint8_t b) { return static_cast<std::uint8_t>(a & b); });
      case Op::any:
        return join(node, [](std::uint8_t a, std::uint8_t b) { return static_cast<std::uint8_t>(a | b); });
      default:
        return of_column(node);
    }
  }

 private:
  /// A column, read as far as conditions have asked for it.
  struct ReadColumn {
    std::optional<ColumnKind> kind;
    std::optional<std::vector<double>> numbers, seconds;
    std::optional<CategoryColumn> texts;
  };

  template <typename Join>
  Truths join(const RowFilter& node, Join joined) {
    Truths truths = evaluate(node.parts[0]);
    const Truths others = evaluate(node.parts[1]);
    std::transform(truths.begin(), truths.end(), others.begin(), truths.begin(), joined);
    return truths;
  }

  Truths nothing() const { return Truths(table_.rows(), 0); }

  template <typename Value, typename Holds>
  static Truths each(const std::vector<Value>& values, Holds holds) {
    Truths truths(values.size());
    std::transform(values.begin(), values.end(), truths.begin(),
                   [&](const Value& value) { return static_cast<std::uint8_t>(holds(value)); });
    return truths;
  }

  Truths of_column(const RowFilter& node) {
    if (std::find(table_.names.begin(), table_.names.end(), node.column) == table_.names.end()) {
      result_.errors.push_back({node.offset, node.length,
                                fmt::format("the table has no column {}", in_quotes(node.column)), "", node.column});
      return nothing();
    }
    if (node.op == Op::missing) return each(texts(node.column).index, [](std::int32_t index) { return index < 0; });
    Truths truths;
    for (const FilterOperand& operand : node.operands) {
      const Truths next = comparison(node, operand);
      if (truths.empty())
        truths = next;
      else
        for (std::size_t i = 0; i < truths.size(); ++i)
          truths[i] = node.op == Op::unequal ? truths[i] & next[i] : truths[i] | next[i];
    }
    return truths;
  }

  Truths comparison(const RowFilter& node, const FilterOperand& operand) {
    const ColumnKind kind = kind_for(node.column, operand);
    if (kind == ColumnKind::dates && operand.date)
      return each(seconds(node.column),
                  [&](double value) { return compare(node.op, value, operand.date->begin, operand.date->end); });
    if (kind == ColumnKind::numbers && operand.number)
      return each(numbers(node.column),
                  [&](double value) { return compare(node.op, value, *operand.number, *operand.number); });
    const bool is_text = operand.is_quoted && (kind == ColumnKind::categories || !is_ordering(node.op));
    if (is_text) return text_comparison(node, operand);
    result_.errors.push_back(mismatch(node, operand, kind));
    return nothing();
  }

  Truths text_comparison(const RowFilter& node, const FilterOperand& operand) {
    const CategoryColumn& column = texts(node.column);
    const Truths of_name =
        each(column.names, [&](const std::string& name) { return compare(node.op, name, operand.text); });
    return each(column.index,
                [&](std::int32_t index) { return index >= 0 && of_name[static_cast<std::size_t>(index)] != 0; });
  }

  static FilterError mismatch(const RowFilter& node, const FilterOperand& operand, ColumnKind kind) {
    const auto error = [&](const char* holds, std::string hint) {
      return FilterError{operand.offset, operand.length, fmt::format("{} holds {}", in_quotes(node.column), holds),
                         std::move(hint)};
    };
    if (kind == ColumnKind::numbers) return error("numbers", "a number stands without quotes: 2020");
    if (kind == ColumnKind::dates) return error("dates", "dates are 2021, 2021-03, 2021-03-05 or 2021-03-05T12:30");
    return error("texts", "a text stands in quotes: " + in_quotes(operand.text));
  }

  /// A column of texts counts as one of numbers or of dates where some of its cells are: the others are bad cells then.
  ColumnKind kind_for(const std::string& name, const FilterOperand& operand) {
    auto& kind = columns_[name].kind;
    if (!kind) kind = kind_of(table_, name);
    if (*kind != ColumnKind::categories || operand.is_quoted) return *kind;
    const std::size_t as_numbers = good_cells(data::numbers(table_, name)), as_dates = good_cells(dates(table_, name));
    if (as_numbers == 0 && as_dates == 0) return *kind;
    return as_numbers >= as_dates ? ColumnKind::numbers : ColumnKind::dates;
  }

  template <typename Column>
  std::size_t good_cells(const Column& column) const {
    return table_.rows() - column.errors.count() - column.missing;
  }

  const std::vector<double>& numbers(const std::string& name) {
    auto& values = columns_[name].numbers;
    if (!values) {
      NumberColumn column = data::numbers(table_, name);
      tell(column.errors);
      values = std::move(column.values);
    }
    return *values;
  }

  const std::vector<double>& seconds(const std::string& name) {
    auto& values = columns_[name].seconds;
    if (!values) {
      DateColumn column = dates(table_, name);
      tell(column.errors);
      values = std::move(column.seconds);
    }
    return *values;
  }

  const CategoryColumn& texts(const std::string& name) {
    auto& column = columns_[name].texts;
    if (!column) column = categories(table_, name);
    return *column;
  }

  void tell(TableErrors& errors) {
    for (TableError& error : errors.first) result_.bad_cells.add([&] { return std::move(error); });
    result_.bad_cells.more += errors.more;
  }

  const Table& table_;
  FilteredRows& result_;
  std::map<std::string, ReadColumn> columns_;
};

}  // namespace

FilteredRows filter_rows(const Table& table, const RowFilter& filter) {
  FilteredRows result;
  const Truths truths = Evaluation(table, result).evaluate(filter);
  for (std::size_t row = 0; row < truths.size(); ++row)
    if (truths[row] != 0) result.rows.push_back(static_cast<Row>(row));
  return result;
}

}  // namespace data
