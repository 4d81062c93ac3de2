// Comma-separated values (RFC 4180), and their kin with semicolons, tabs or bars.
#pragma once

#include <string>

#include "data/tables/table.hpp"

namespace data {

/// The first line names the columns. Quoted cells may hold delimiters, line breaks, and quotes written twice; lines end
/// in CRLF, LF or CR; a byte order mark is skipped. Blanks around cells do not count, those within quotes do. Blank
/// lines are skipped; in a table of one column they are missing cells, but for those at the end. Every error that is
/// found in one reading is told, each at its place.
ReadTable read_csv(std::string bytes, const TableOptions& options = {});

}  // namespace data
