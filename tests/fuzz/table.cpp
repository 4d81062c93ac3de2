// Any bytes as a table of measurements and as a condition on its rows; the first byte says which delimiter, or JSON.
// The condition is what follows the first blank line.
#include <algorithm>
#include <array>
#include <cmath>

#include "data/tables/csv.hpp"
#include "data/tables/filter.hpp"
#include "data/tables/groups.hpp"
#include "data/tables/json_records.hpp"
#include "fuzz.hpp"

using namespace data;

namespace {

void promise_errors(const TableErrors& errors, const std::string& bytes) {
  const auto line_ends = std::count_if(bytes.begin(), bytes.end(), [](char c) { return c == '\n' || c == '\r'; });
  for (const TableError& e : errors.first) {
    fuzz::promise(!e.message.empty(), "an error says something");
    fuzz::promise(e.line >= 0 && e.line <= line_ends + 1, "an error's line is one of the file's:", e.message);
    fuzz::promise(
        e.length >= 1 && (e.line == 0) == (e.column == 0) && e.column + e.length <= static_cast<int>(bytes.size()) + 2,
        "an error's columns lie in the file:", e.message);
  }
  fuzz::promise(errors.first.size() <= TableErrors::most && (errors.more == 0 || !errors.empty()),
                "some errors are told, others are counted");
}

template <typename Column>
void promise_values(const Table& table, const Column& column, const std::vector<double>& values, bool fits) {
  fuzz::promise(values.size() == table.rows(), "a column has a value for each row");
  const auto gaps = static_cast<std::size_t>(
      std::count_if(values.begin(), values.end(), [](double value) { return std::isnan(value); }));
  fuzz::promise(gaps == column.missing + column.errors.count(), "what is not a value is missing or an error");
  fuzz::promise(std::none_of(values.begin(), values.end(), [](double value) { return std::isinf(value); }),
                "values are finite");
  fuzz::promise(!fits || column.errors.empty(), "a column of a kind is without errors as that kind");
  promise_errors(column.errors, *table.bytes);
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + '"';
}

/// The table once more, written as CSV with all cells in quotes.
std::string written(const Table& table, const std::vector<CategoryColumn>& columns) {
  std::string csv;
  for (const auto& name : table.names) csv += (csv.empty() ? "" : ",") + quoted(name);
  csv += '\n';
  for (std::size_t row = 0; row < table.rows(); ++row)
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto index = columns[i].index[row];
      csv += quoted(index < 0 ? "" : columns[i].names[static_cast<std::size_t>(index)]);
      csv += i + 1 < columns.size() ? ',' : '\n';
    }
  return csv;
}

void promise_table(const Table& table) {
  std::vector<CategoryColumn> columns;
  for (std::size_t i = 0; i < table.names.size(); ++i) {
    const std::string& name = table.names[i];
    fuzz::promise(!name.empty(), "a column has a name");
    fuzz::promise(std::count(table.names.begin(), table.names.end(), name) == 1, "names are different:", name);
    fuzz::promise(table.columns[i].size() == table.rows(), "columns have the same length");
    const ColumnKind kind = kind_of(table, name);
    const NumberColumn as_numbers = numbers(table, name);
    promise_values(table, as_numbers, as_numbers.values, kind == ColumnKind::numbers);
    const DateColumn as_dates = dates(table, name);
    promise_values(table, as_dates, as_dates.seconds, kind == ColumnKind::dates);
    columns.push_back(categories(table, name));
    std::size_t grouped = 0;
    for (const RowGroup& group : group_rows(columns.back()).groups) {
      fuzz::promise(!group.rows.empty(), "a group has rows");
      grouped += group.rows.size();
    }
    fuzz::promise(grouped + columns.back().missing == table.rows(), "a row is in a group, or its category is missing");
  }
  const ReadTable again = read_csv(written(table, columns), {',', '.', {}});
  if (!again.errors.empty()) return;  // a name that is blank without its quotes, a row like the header
  fuzz::promise(again.table.rows() == table.rows(), "a table written and read has the same rows");
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const CategoryColumn column = categories(again.table, again.table.names[i]);
    fuzz::promise(column.names == columns[i].names && column.index == columns[i].index,
                  "a table written and read has the same cells");
  }
}

void promise_filter(const Table* table, const std::string& condition) {
  const ParsedFilter parsed = parse_filter(condition);
  for (const FilterError& error : parsed.errors)
    fuzz::promise(!error.message.empty() && error.length >= 1 && error.offset <= condition.size(),
                  "an error lies in the condition");
  if (!table || !parsed.errors.empty()) return;
  const FilteredRows filtered = filter_rows(*table, parsed.filter);
  for (const FilterError& error : filtered.errors)
    fuzz::promise(!error.message.empty() && error.offset + error.length <= condition.size(),
                  "an error lies in the condition");
  promise_errors(filtered.bad_cells, *table->bytes);
  fuzz::promise(std::is_sorted(filtered.rows.begin(), filtered.rows.end()) && filtered.rows.size() <= table->rows(),
                "chosen rows keep their order");
  fuzz::promise(table->with_rows(filtered.rows).rows() == filtered.rows.size(), "a part has the rows that were chosen");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const std::string all = fuzz::text_of(bytes + 1, size - 1);
  const std::size_t blank = all.find("\n\n");
  const std::string text = all.substr(0, blank);
  const std::string condition = blank == std::string::npos ? "" : all.substr(blank + 2);
  constexpr std::array<TableOptions (*)(), 5> options{[] { return TableOptions{}; },
                                                      [] {
                                                        return TableOptions{';', ',', {"-999"}};
                                                      },
                                                      [] {
                                                        return TableOptions{'\t', '.', {}};
                                                      },
                                                      [] {
                                                        return TableOptions{'|', ',', {"-", "0"}};
                                                      },
                                                      [] {
                                                        return TableOptions{',', ',', {}};
                                                      }};
  const std::size_t kind = bytes[0] % 6;
  const ReadTable read = kind == 5 ? read_json_records(text) : read_csv(text, options[kind]());
  promise_errors(read.errors, text);
  if (read.errors.empty()) promise_table(read.table);
  promise_filter(read.errors.empty() ? &read.table : nullptr, condition);
  return 0;
}
