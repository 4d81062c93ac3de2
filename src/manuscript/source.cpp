// Lines of a source as its readers count them: ended by LF or CR LF, a byte-order mark not counted.
#include "manuscript/source.hpp"

#include "manuscript/markdown/lines.hpp"

namespace manuscript {

std::string line_of(const Source& source, int line) {
  std::string_view rest = source.text;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  for (int skipped = 1; skipped < line; ++skipped) {
    const std::size_t feed = rest.find('\n');
    if (feed == std::string_view::npos) return "";
    rest.remove_prefix(feed + 1);
  }
  if (line < 1) return "";
  const std::size_t feed = rest.find('\n');
  rest = rest.substr(0, feed);
  if (feed != std::string_view::npos && rest.ends_with('\r')) rest.remove_suffix(1);
  return std::string(rest);
}

Diagnostic error_at(const Source& source, SourceLocation place, std::string message, std::string hint) {
  Excerpt shown = excerpt(line_of(source, place.line), place.column);
  return {Severity::error, std::move(place), std::move(message), std::move(shown.text), std::move(hint), shown.skipped};
}

}  // namespace manuscript
