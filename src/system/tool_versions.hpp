// The versions of the programs that make documents. A program is asked only when it is another than the last time.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

namespace sys {

using Json = nlohmann::ordered_json;

/// The first line that a program prints when it is called so; empty when it cannot be run.
std::string first_line_of(const std::string& program, const std::string& argument);

/// The file that a call of the program would run; empty when there is none.
std::filesystem::path program_file(const std::string& program);

/// The same file as it stands: its path, size and time; empty when there is none.
std::string program_identity(const std::string& program);

class ToolVersions {
 public:
  /// `memory` is the file in which answers are kept from build to build; one that is missing or damaged is an empty
  /// one.
  explicit ToolVersions(std::filesystem::path memory);

  /// {"pandoc": "pandoc 2.17.1.1", "pdflatex": ...}; empty text for one that is not there.
  const Json& versions();

  /// Keeps what was learnt. Throws FileError.
  void save() const;

 private:
  std::filesystem::path memory_;
  Json known_, now_;  // program -> [which file on PATH, version]
  Json versions_;
};

}  // namespace sys
