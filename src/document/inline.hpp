// The inline text of a chapter: references, anchors, images, values and claims, outside code and mathematics.
#pragma once

#include <string>
#include <vector>

#include "document/chapter.hpp"

namespace document {

/// A stretch of text as it stands in the source: consecutive lines (without their ends), the first one perhaps from
/// a later column on.
struct Stretch {
  int first_line = 1;
  int first_column = 1;
  std::vector<std::string> lines;
};

/// Finds what a stretch holds and adds it to the chapter, with the errors. `is_caption`: a figure's caption, in which
/// nothing can be labelled.
void scan_inline(const Stretch& stretch, Chapter& chapter, bool is_caption);

}  // namespace document
