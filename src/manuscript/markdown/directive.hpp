// Directives of figures and tables: code blocks whose attributes say so, and those that were meant to.
#pragma once

#include "manuscript/markdown/inline.hpp"
#include "manuscript/markdown/markdown.hpp"

namespace manuscript {

/// Adds the directive that a fenced code block holds, with what its caption holds, or the mistake in it. Other code
/// blocks add nothing.
void scan_code_block(const CodeBlock& block, InlineContext& context);

}  // namespace manuscript
