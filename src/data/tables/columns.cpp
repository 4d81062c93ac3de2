// See columns.hpp.
#include "data/tables/columns.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <unordered_map>

#include "data/tables/date_text.hpp"
#include "data/tables/number_text.hpp"

namespace data {
namespace {

constexpr double missing_value = std::numeric_limits<double>::quiet_NaN();

/// Reads numbers out of cells.
class NumberReader {
 public:
  explicit NumberReader(const Table& table) : table_(table) {
    for (const std::string& sign : table.missing)
      if (const auto number = read_number(sign, table.decimal)) missing_numbers_.push_back(*number);
  }

  /// NaN for a missing value; empty for what is no number.
  std::optional<double> read(std::string_view text) const {
    const std::optional<double> number = read_number(text, table_.decimal);
    if (!number) return table_.is_missing(text) ? std::optional(missing_value) : std::nullopt;
    const bool is_missing =
        std::find(missing_numbers_.begin(), missing_numbers_.end(), *number) != missing_numbers_.end();
    return is_missing ? missing_value : *number;
  }

 private:
  const Table& table_;
  std::vector<double> missing_numbers_;
};

/// Whether `is_good` holds of every cell's text, as far as cells have any.
template <typename Predicate>
bool all_texts(const Table& table, const std::vector<Cell>& cells, Predicate is_good) {
  std::string room;
  return std::all_of(cells.begin(), cells.end(),
                     [&](Cell cell) { return cell.size == 0 || is_good(table.text(cell, room)); });
}

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

}  // namespace

ColumnKind kind_of(const Table& table, std::string_view name) {
  const auto& cells = table.cells(name);
  const NumberReader reader(table);
  if (all_texts(table, cells, [&](std::string_view text) { return reader.read(text).has_value(); }))
    return ColumnKind::numbers;
  const bool are_dates = all_texts(
      table, cells, [&](std::string_view text) { return text::read_date(text).has_value() || table.is_missing(text); });
  return are_dates ? ColumnKind::dates : ColumnKind::categories;
}

NumberColumn numbers(const Table& table, std::string_view name) {
  const auto& cells = table.cells(name);
  const NumberReader reader(table);
  PlaceFinder places(*table.bytes);
  NumberColumn column;
  column.values.reserve(cells.size());
  std::string room;
  for (const Cell cell : cells) {
    const std::string_view text = table.text(cell, room);
    const auto value = cell.size == 0 ? missing_value : reader.read(text);
    if (!value)
      column.errors.add(
          [&] { return places.error(cell.begin, cell.begin + cell.size, why_not_number(text, table.decimal)); });
    column.values.push_back(value.value_or(missing_value));
    if (value && std::isnan(*value)) ++column.missing;
  }
  return column;
}

DateColumn dates(const Table& table, std::string_view name) {
  const auto& cells = table.cells(name);
  PlaceFinder places(*table.bytes);
  DateColumn column;
  column.seconds.reserve(cells.size());
  std::string room;
  for (const Cell cell : cells) {
    const std::string_view text = table.text(cell, room);
    const bool is_missing = table.is_missing(text);
    const auto date = is_missing ? std::nullopt : text::read_date(text);
    if (date)
      column.precision = std::max(column.precision, date->precision);
    else if (is_missing)
      ++column.missing;
    else
      column.errors.add([&] { return places.error(cell.begin, cell.begin + cell.size, why_not_date(text)); });
    column.seconds.push_back(date ? date->begin : missing_value);
  }
  return column;
}

CategoryColumn categories(const Table& table, std::string_view name) {
  const auto& cells = table.cells(name);
  CategoryColumn column;
  column.index.reserve(cells.size());
  std::unordered_map<std::string, std::int32_t, TextHash, std::equal_to<>> known;
  std::string room;
  for (const Cell cell : cells) {
    const std::string_view text = table.text(cell, room);
    auto at = known.find(text);
    if (at == known.end()) {
      const bool is_missing = table.is_missing(text);
      at = known.emplace(text, is_missing ? -1 : static_cast<std::int32_t>(column.names.size())).first;
      if (!is_missing) column.names.emplace_back(text);
    }
    column.index.push_back(at->second);
    if (at->second < 0) ++column.missing;
  }
  return column;
}

}  // namespace data
