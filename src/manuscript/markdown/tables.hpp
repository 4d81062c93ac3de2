// Tables whose cells Pandoc would lose or cut without a word.
#pragma once

#include "manuscript/markdown/inline.hpp"
#include "manuscript/markdown/source_text.hpp"

namespace manuscript {

/// Complains of cells beyond a pipe table's columns, which Pandoc drops, and of cells of a grid table that do not end
/// where its columns do, which Pandoc 2.17 cuts in two.
void check_table(const SourceText& run, InlineContext& context);

}  // namespace manuscript
