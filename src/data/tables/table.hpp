// A table of measurements: named columns over the bytes of its file. A cell is a place in the bytes; what it means is
// decided when its column is asked for (columns.hpp).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/tables/table_error.hpp"

namespace data {

using Row = std::uint32_t;  // counts from 0, the header left out

/// What stands for a missing value, besides the empty cell and JSON's null.
inline const std::vector<std::string> usual_missing{"NA", "NaN"};

struct TableOptions {
  char delimiter = ',';  // or ';', '|' or a tab
  char decimal = '.';    // or ','
  std::vector<std::string> missing = usual_missing;
};

/// From `begin` so many bytes, quotes included; 0 bytes are an empty cell.
struct Cell {
  std::uint32_t begin = 0, size = 0;
};

enum class Escapes { doubled_quotes, backslashes };  // within quotes: of CSV, of JSON

struct Table {
  std::shared_ptr<const std::string> bytes;
  std::vector<std::string> names;  // of the columns: all different, none empty
  std::vector<std::vector<Cell>> columns;
  Escapes escapes = Escapes::doubled_quotes;
  char decimal = '.';
  std::vector<std::string> missing;

  std::size_t rows() const { return columns.empty() ? 0 : columns[0].size(); }

  /// The cells of a column. Throws std::out_of_range unless `names` has the name.
  const std::vector<Cell>& cells(std::string_view name) const;

  /// A cell without its quotes: a view into the bytes, or into `room` where something was escaped.
  std::string_view text(Cell cell, std::string& room) const;

  /// Whether that text stands for a missing value.
  bool is_missing(std::string_view text) const;

  /// An error at the place of a cell.
  TableError error(Cell cell, Complaint complaint) const;

  /// Makes room for the rows of a file like its first one, which has so many bytes: a million cells are not moved while
  /// they come in.
  void reserve_like(std::size_t first_row);

  /// The table of these rows alone. The bytes are shared, and errors keep their places.
  Table with_rows(std::span<const Row> chosen) const;
};

/// With errors, the table is not to be used.
struct ReadTable {
  Table table;
  TableErrors errors;
};

}  // namespace data
