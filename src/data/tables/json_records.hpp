// Records in JSON (RFC 8259): flat objects, a row each.
#pragma once

#include <string>
#include <vector>

#include "data/tables/table.hpp"

namespace data {

/// An array of flat objects, or flat objects one after the other (JSON Lines). The columns are the keys in the order of
/// their first appearance, at most 1,000; a key that a record lacks, and null, are empty cells. Numbers, texts, true
/// and false are cells as CSV's are, so that "5" can be read as a number. Python's NaN is taken, too. Errors in records
/// are all told, each at its place; one in JSON itself ends the reading.
ReadTable read_json_records(std::string bytes, const std::vector<std::string>& missing = usual_missing);

}  // namespace data
