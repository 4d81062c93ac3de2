// A stretch of running text put together from lines of a source, and the way back to them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "manuscript/markdown/lines.hpp"

namespace manuscript {

/// From `offset` on, the run's text stands in `line` at `byte`, up to the next piece.
struct Piece {
  std::size_t offset = 0;
  int line = 0;
  std::size_t byte = 0;
};

struct SourceText {
  std::string text;  // lines are separated by line feeds
  std::vector<Piece> pieces;
  bool is_item = false;   // of a list: indentation says nothing then
  bool is_plain = false;  // of a list without blank lines: no paragraph

  void add_line(std::string_view part, int line, std::size_t byte);
  /// The place of some bytes; of those that go over a line's end, the part in the first line.
  SourceLocation place(const Lines& lines, std::size_t offset, std::size_t bytes) const;
  /// Where a byte stands in Lines::text().
  std::size_t source_offset(const Lines& lines, std::size_t offset) const;

 private:
  const Piece& piece_at(std::size_t offset) const;
};

/// The text of the YAML scalar that begins at a line and byte of the source, as its reader gets it; `value` is that
/// text. `shifts` are the bytes before the YAML in each line from `first_line` on.
SourceText scalar_run(const Lines& lines, int line, std::size_t byte, const std::string& value, int first_line,
                      const std::vector<std::size_t>& shifts);

/// Where that stands in a scalar's value which stands at `offset` in its run: they differ in nothing but blanks, which
/// YAML folds.
std::size_t offset_in_value(const SourceText& run, std::size_t offset, std::string_view value);

}  // namespace manuscript
