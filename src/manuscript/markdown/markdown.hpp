// The blocks of a chapter: code, and running text. libcmark finds them; what Pandoc's Markdown has beyond CommonMark is
// made digestible for it first, byte for byte, so that places stay.
#pragma once

#include <string>
#include <vector>

#include "manuscript/markdown/inline.hpp"
#include "manuscript/markdown/lines.hpp"
#include "manuscript/markdown/source_text.hpp"

namespace manuscript {

struct CodeBlock {
  int line = 0;          // of the opening fence
  std::size_t byte = 0;  // where the fence begins there
  bool is_closed = false;
  std::vector<std::size_t> body;  // where each line of its content begins; they follow the fence's line
  std::string obstacle;           // why Pandoc does not see this block; empty when it does
  std::string remedy;
};

/// A fence that no other ends.
struct OpenFence {
  int line = 0;
  std::size_t byte = 0, length = 0;
};

struct TextBlock {
  RunKind kind = RunKind::text;
  SourceText run;
};

struct LineRange {
  int first = 0, last = 0;
};

class Markdown {
 public:
  explicit Markdown(const Lines& lines);

  struct Blocks {
    std::vector<CodeBlock> code;  // fenced ones
    std::vector<OpenFence> open_fences;
    std::vector<int> lost_directives;  // lines that Pandoc reads as a directive's fence, and we as indented code
    std::vector<TextBlock> text;
    int too_deep = 0;                 // the line in which blocks lie too deep in each other; 0 when none do
    std::vector<LineRange> metadata;  // metadata blocks, between their marks
    std::vector<ByteRange> regions;   // metadata blocks within the chapter, fences that are never closed
  };
  Blocks parse() const;

  /// The metadata block that the chapter begins with; no line when there is none.
  LineRange head() const { return head_; }

  /// Whether a note or an example begins in a line, which stands in no comment.
  bool has_masked_marker(int line) const;

  /// Blanks out regions for the next parse, or makes text of what begins nothing.
  void mask(const std::vector<ByteRange>& regions);

 private:
  const Lines& lines_;
  std::string text_;  // as long as the lines' text
  LineRange head_;
};

}  // namespace manuscript
