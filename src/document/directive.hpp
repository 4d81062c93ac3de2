// Figure directives: code blocks whose attributes say so, and those that were meant to.
#pragma once

#include "document/inline.hpp"
#include "document/markdown.hpp"

namespace document {

/// Adds the directive that a fenced code block holds, with what its caption holds, or the mistake in it. Other code
/// blocks add nothing.
void scan_code_block(const CodeBlock& block, InlineContext& context);

}  // namespace document
