// See table.hpp.
#include "data/tables/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "data/tables/json_text.hpp"
#include "data/tables/utf8.hpp"

namespace data {
namespace {

/// The inside of a quoted cell of CSV, each doubled quote as one.
void append_undoubled(std::string& text, std::string_view inside) {
  for (std::size_t at = 0; at < inside.size(); ++at) {
    text += inside[at];
    if (inside[at] == '"') ++at;
  }
}

}  // namespace

const std::vector<Cell>& Table::cells(std::string_view name) const {
  const auto at = std::find(names.begin(), names.end(), name);
  if (at == names.end()) throw std::out_of_range(fmt::format("the table has no column '{}'", name));
  return columns[static_cast<std::size_t>(at - names.begin())];
}

std::string_view Table::text(Cell cell, std::string& room) const {
  const std::string_view raw = std::string_view(*bytes).substr(cell.begin, cell.size);
  if (!raw.starts_with('"')) return raw;
  const std::string_view inside = raw.substr(1, raw.size() - 2);
  if (inside.find(escapes == Escapes::backslashes ? '\\' : '"') == std::string_view::npos) return inside;
  room.clear();
  if (escapes == Escapes::backslashes)
    append_unescaped(room, inside);
  else
    append_undoubled(room, inside);
  return room;
}

bool Table::is_missing(std::string_view text) const {
  const std::string_view shown = trimmed(text);
  return shown.empty() || std::find(missing.begin(), missing.end(), shown) != missing.end();
}

TableError Table::error(Cell cell, Complaint complaint) const {
  return PlaceFinder(*bytes).error(cell.begin, cell.begin + cell.size, std::move(complaint));
}

void Table::reserve_like(std::size_t first_row) {
  // A quarter more, since rows differ. A row has a byte for each cell or more, so that this is bounded by the file's
  // size.
  for (auto& column : columns) column.reserve(bytes->size() / std::max<std::size_t>(1, first_row) * 5 / 4);
}

Table Table::with_rows(std::span<const Row> chosen) const {
  Table table{bytes, names, {}, escapes, decimal, missing};
  for (const auto& column : columns) {
    auto& cells = table.columns.emplace_back();
    cells.reserve(chosen.size());
    for (const Row row : chosen) cells.push_back(column[row]);
  }
  return table;
}

}  // namespace data
