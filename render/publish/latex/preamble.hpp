// The preamble, precompiled: what stands before \begin{document} takes LaTeX half of each pass, and seldom changes.
#pragma once

#include <string>

#include "publish/latex/tex_engine.hpp"

namespace publish {

/// A document parted before \begin{document}; `body` is empty when it has none.
struct TexParts {
  std::string preamble, body;
};

TexParts parts_of(const std::string& tex);

/// Makes the folder's preamble.fmt, from which pdflatex starts with this preamble read, unless the one that is there
/// was made of the same text and of files that did not change. False when the preamble cannot be precompiled: it holds
/// an error, or something that LaTeX cannot keep in a format. Throws what TexEngine::run throws.
bool precompile(const std::string& preamble, const TexEngine& engine);

}  // namespace publish
