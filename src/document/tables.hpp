// Tables whose cells Pandoc would lose or cut without a word.
#pragma once

#include "document/inline.hpp"
#include "document/text_run.hpp"

namespace document {

/// Complains of cells beyond a pipe table's columns, which Pandoc drops, and of cells of a grid table that do not end
/// where its columns do, which Pandoc 2.17 cuts in two.
void check_table(const TextRun& run, InlineContext& context);

}  // namespace document
