// The formats that a report is written in: the one list of them.
#pragma once

#include <string>
#include <vector>

namespace publish {

/// "pdf", "html", "epub", "docx", "tex", "json"
const std::vector<std::string>& known_formats();

/// The file that a format is, from the output folder: "report.pdf", and "tex/report.tex" in a folder of its own.
std::string file_of_format(const std::string& format);

/// Whether LaTeX sets it.
bool is_printed(const std::string& format);

/// The format in whose form it shows pictures: LaTeX's text takes print's.
std::string picture_format(const std::string& format);

}  // namespace publish
