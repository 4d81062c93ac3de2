// How a report looks in Word: the reference document that Pandoc takes page, styles and typefaces from.
#pragma once

#include <string>

namespace publish {

/// The width of the text on Word's page, in millimetres.
constexpr double word_text_width_mm = 150;

/// Pandoc's own reference document with the page, the sizes and the typeface of the printed report.
std::string word_reference(const std::string& pandocs);

/// Pandoc's document with the pictures in its notes, whose files Pandoc lists for the text alone, and with the day, ISO
/// 8601, as its entries' time. Throws Error.
std::string finished_docx(const std::string& docx, const std::string& day);

}  // namespace publish
