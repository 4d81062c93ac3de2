// From chapters, figures, values and claims to a document: Pandoc with the theme's filter and templates, then pdfLaTeX.
#pragma once

#include <string>

#include "publish/errors.hpp"
#include "publish/publication.hpp"

namespace publish {

/// Makes one format: "html", "pdf", "epub", "docx", "tex" or "json". The bytes depend on the publication alone, not on
/// where it lies or when it is made. Throws Error, MissingTool, Interrupted, FileError.
Document publish(const Publication& publication, const std::string& format);

}  // namespace publish
