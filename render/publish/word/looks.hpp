// How a report looks in Word: the reference document that Pandoc takes page, styles and typefaces from.
#pragma once

#include <string>

#include "publish/layout/paper.hpp"

namespace publish {

/// Pandoc's own reference document with the page, the sizes and the typeface of the printed report.
std::string word_reference(const std::string& pandocs, const Paper& paper);

/// Pandoc's document with the pictures in its notes, whose files Pandoc lists for the text alone, and with the day, ISO
/// 8601, as its entries' time. Throws Error.
std::string finished_docx(const std::string& docx, const std::string& day);

}  // namespace publish
