// Errors as data: a place in a source, what is wrong there, what would be right.
#pragma once

#include <string>
#include <vector>

namespace manuscript {

/// A place in a file: line and column count from 1, columns in Unicode code points; `length` of them are meant.
/// Line 0 means the file as a whole.
struct SourceLocation {
  std::string file;
  int line = 0;
  int column = 0;
  int length = 1;
};

/// "chapters/02.md" -> "02.md"
inline std::string without_folders(const std::string& path) { return path.substr(path.rfind('/') + 1); }

enum class Severity { error, warning };

struct Diagnostic {
  Severity severity = Severity::error;
  SourceLocation place;
  std::string message;      // "unknown parameter 'dpeth' for experiment 'gradient-depth'"
  std::string source_line;  // the offending line, without its end
  std::string hint;         // after the caret: "did you mean 'depth'?"
  int skipped = 0;          // columns left out at the beginning of source_line, when the line is very long
};

/// The diagnostic as users read it (place, message, line, caret and hint), ending in a newline.
/// Tabs and wide characters in the line keep the caret under the right place.
std::string render(const Diagnostic&, bool color);

/// The candidate nearest to `name` by edit distance when it is near enough to be meant; else empty.
std::string nearest(const std::string& name, const std::vector<std::string>& candidates);

/// Whether `given` is another name that one slip makes of `name`: one letter more, less, wrong or
/// exchanged, or its case.
bool is_slip(const std::string& given, const std::string& name);

/// "did you mean 'depth'?" or empty.
std::string did_you_mean(const std::string& name, const std::vector<std::string>& candidates);

}  // namespace manuscript
