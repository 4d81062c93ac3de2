// The papers that a report may be printed on, and what stands where on each.
#pragma once

#include <string>
#include <vector>

namespace publish {

/// Lengths in millimetres. A paper that is wide enough has a margin for captions beside the text, and figures may take
/// both; on a narrower one figures are as wide as the text at most, and captions stand below them.
struct Paper {
  const char* name;         // "a4", as authors, KOMA-Script and geometry (with "paper") know it
  double width, height;     // of the sheet
  double left;              // where the text begins
  double text, full;        // the text's width, and that of text and margin together; the same without a margin
  double top, text_height;  // above the text, and its own
  double word_text;         // the text's width in Word, whose captions stand below figures on every paper

  bool has_margin() const { return full > text; }
};

/// A4 first, which is the usual one.
const std::vector<Paper>& papers();

/// The paper of a name; null when there is none.
const Paper* paper_named(const std::string& name);

std::vector<std::string> paper_names();

}  // namespace publish
