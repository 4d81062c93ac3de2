// The one error of data sets: a file that is missing or damaged. What is wrong in a table of measurements is data
// (tables/table_error.hpp).
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

namespace data {

enum class Fault {
  missing,  // fetching it would help
  damaged   // it is there, but is not what it should be
};

/// The message names the file, what is wrong, and what would be right.
class DataError : public std::runtime_error {
 public:
  DataError(Fault kind, std::filesystem::path where, const std::string& what)
      : std::runtime_error(where.empty() ? what : where.string() + ": " + what), fault(kind), file(std::move(where)) {}

  Fault fault;
  std::filesystem::path file;  // empty when no single file is at fault
};

}  // namespace data
