// What the tests of tables share: errors as one line each, and columns as texts.
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <string>
#include <vector>

#include "catch.hpp"
#include "data/tables/columns.hpp"
#include "data/tables/csv.hpp"

namespace tables {

using Texts = std::vector<std::string>;

/// "2:5+3 message (hint)", the length after the plus; with what was only counted last.
inline Texts told(const data::TableErrors& errors) {
  Texts lines;
  for (const auto& e : errors.first)
    lines.push_back(fmt::format("{}:{}+{} {}{}", e.line, e.column, e.length, e.message,
                                e.hint.empty() ? "" : fmt::format(" ({})", e.hint)));
  if (errors.more > 0) lines.push_back(fmt::format("and {} more", errors.more));
  return lines;
}

/// The table, which must have no errors.
inline data::Table sound(data::ReadTable read) {
  CHECK(told(read.errors) == Texts{});
  return std::move(read.table);
}

inline data::Table csv(const std::string& bytes, const data::TableOptions& options = {}) {
  return sound(data::read_csv(bytes, options));
}

inline Texts csv_errors(const std::string& bytes, const data::TableOptions& options = {}) {
  return told(data::read_csv(bytes, options).errors);
}

/// A column's cells as they are written, "(missing)" where nothing is.
inline Texts texts(const data::Table& table, const std::string& name) {
  const auto column = data::categories(table, name);
  Texts cells;
  for (const auto index : column.index) cells.push_back(index < 0 ? "(missing)" : column.names[index]);
  return cells;
}

/// Numbers that are equal, or both missing.
inline bool same(const std::vector<double>& a, const std::vector<double>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

}  // namespace tables
