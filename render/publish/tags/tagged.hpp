// A PDF whose pages have marks, made one that says what its text is (PDF/UA-1, ISO 14289-1).
#pragma once

#include <string>

namespace publish::tags {

/// The PDF that LaTeX made of a text, the marks on its pages made into a structure tree (ISO 32000-1, 14.7); as it is
/// where the text's `structure` has no nodes. The same bytes for the same PDF. Throws Error for what is not such a PDF.
std::string tagged(const std::string& pdf, const std::string& structure);

}  // namespace publish::tags
