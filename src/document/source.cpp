// Lines of a source.
#include "document/source.hpp"

namespace document {

std::string line_of(const Source& source, int line) {
  std::size_t begin = 0;
  for (int i = 1; i < line; ++i) {
    begin = source.text.find('\n', begin);
    if (begin == std::string::npos) return {};
    ++begin;
  }
  if (line < 1) return {};
  std::size_t end = source.text.find('\n', begin);
  if (end == std::string::npos) end = source.text.size();
  if (end > begin && source.text[end - 1] == '\r') --end;
  return source.text.substr(begin, end - begin);
}

Diagnostic error_at(const Source& source, Place place, std::string message, std::string hint) {
  if (place.file.empty()) place.file = source.file;
  std::string line = line_of(source, place.line);
  return {Severity::error, std::move(place), std::move(message), std::move(line), std::move(hint)};
}

}  // namespace document
