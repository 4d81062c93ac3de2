// See formats.hpp.
#include "publish/formats.hpp"

namespace publish {

const std::vector<std::string>& known_formats() {
  static const std::vector<std::string> formats{"pdf", "html", "epub", "docx", "tex", "json"};
  return formats;
}

std::string file_of_format(const std::string& format) {
  return format == "tex" ? "tex/report.tex" : "report." + format;
}

bool is_printed(const std::string& format) { return format == "pdf" || format == "tex"; }

std::string picture_format(const std::string& format) { return is_printed(format) ? "pdf" : format; }

}  // namespace publish
