// Contents of Word's documents.
#pragma once

#include <string>

namespace publish {

/// The document (word/document.xml) with its contents filled in. Pandoc leaves them to Word, which fills them when a
/// reader lets it, and every other program shows a heading with nothing below. The entries lead to their headings; the
/// numbers of the pages are known once Word has set them, and come when the field is updated.
std::string with_contents(const std::string& document);

}  // namespace publish
