// A source by lines, made safe to parse: no byte-order mark, line ends of one kind, nothing but well-formed UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "manuscript/diagnostic.hpp"
#include "manuscript/source.hpp"

namespace manuscript {

struct SourceText;

/// Replacements keep the number of bytes in a line, so that offsets in the text parsed are offsets in the file's line.
class Lines {
 public:
  /// `source` must outlive the lines.
  explicit Lines(const Source& source);
  /// The lines of a text that stands within those of `outer`, such as an abstract in the metadata; places are the
  /// source's. `outer` and `run` must outlive the lines.
  Lines(const Lines& outer, const SourceText& run);

  int count() const { return static_cast<int>(starts_.size()) - 1; }
  /// Line `number` from 1, without its end; empty outside.
  std::string_view line(int number) const;
  /// All lines, each ended by one line feed.
  const std::string& text() const { return text_; }
  /// Where line `number` begins in text(); at its beginning for 0, the only line of an empty text.
  std::size_t start(int number) const { return number < 1 ? 0 : starts_[static_cast<std::size_t>(number - 1)]; }
  int line_at(std::size_t offset) const;

  /// The place of some bytes of line `number`, which may end before they do.
  SourceLocation place(int number, std::size_t byte, std::size_t bytes) const;
  /// The byte of its line at which a place of these lines begins.
  std::size_t byte_of(const SourceLocation& place) const;
  Diagnostic error(const SourceLocation& place, std::string message, std::string hint = "") const;

  /// Invalid UTF-8, NUL bytes, stray carriage returns.
  const std::vector<Diagnostic>& encoding_errors() const { return encoding_errors_; }
  /// The bytes are not text in UTF-8 at all; looking for more mistakes in them is pointless.
  bool hopeless() const { return hopeless_; }
  /// Whether the text stands within another's lines.
  bool is_embedded() const { return outer_ != nullptr; }

 private:
  void clean(std::size_t begin, std::size_t end);
  void complain(std::size_t begin, std::string message, std::string hint);
  int column(int number, std::size_t byte) const;

  const Source& source_;
  const Lines* outer_ = nullptr;
  const SourceText* run_ = nullptr;  // the text's way back to the outer lines
  std::string text_;
  std::vector<std::size_t> starts_;      // of the lines in text_, and its end
  std::vector<std::size_t> raw_starts_;  // of the lines in the source
  std::vector<Diagnostic> encoding_errors_;
  bool hopeless_ = false;

  // Places are mostly asked for in order; counting on from the last one keeps a very long line from costing its
  // length at each of them.
  mutable int counted_line_ = 0;
  mutable std::size_t counted_byte_ = 0;
  mutable int counted_columns_ = 0;
};

/// What is shown of a line around a column: the line, or a part of one that is very long and the columns before it.
struct Excerpt {
  std::string text;
  int skipped = 0;
};
Excerpt excerpt(std::string_view line, int column);

}  // namespace manuscript
