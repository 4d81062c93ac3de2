// What is wrong with YAML, in words for those who did not write its parser.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace manuscript {

/// A mistake at a row (from 0) and byte of the text.
struct YamlComplaint {
  std::size_t row = 0, byte = 0, bytes = 1;
  std::string message;
  std::string hint;
};

/// yaml-cpp's message at a row and byte, with the likely mistake and where it was made.
YamlComplaint plain_words(const std::string& text, std::size_t row, std::size_t byte, const std::string& message);

/// Rows whose indentation holds a tab. In the text of block scalars tabs may follow the indentation.
std::vector<std::size_t> rows_indented_by_tabs(const std::string& text);

}  // namespace manuscript
