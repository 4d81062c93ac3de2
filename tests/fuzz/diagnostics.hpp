// Diagnostics that a reader can follow: each place lies in its source, and each can be shown.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "fuzz.hpp"
#include "manuscript/diagnostic.hpp"
#include "manuscript/source.hpp"
#include "manuscript/unicode.hpp"

namespace fuzz {

/// Lines count from 1 and columns in code points, so that one behind a line's last character is the end of the line.
inline void promise_place(const manuscript::Source& source, const manuscript::SourceLocation& place) {
  promise(place.file == source.file, "a place names its file:", place.file);
  const auto lines = 1 + std::count(source.text.begin(), source.text.end(), '\n');
  promise(place.line >= 0 && place.line <= lines, "a place's line is in the file:", std::to_string(place.line));
  if (place.line == 0) return;  // the file as a whole
  const int width = manuscript::count_code_points(manuscript::line_of(source, place.line));
  promise(place.column >= 1 && place.column <= width + 1,
          "a place's column is in its line:", std::to_string(place.line) + ":" + std::to_string(place.column));
  promise(place.length >= 1, "a place has a length");
}

inline void promise_diagnostics(const manuscript::Source& source, const std::vector<manuscript::Diagnostic>& errors) {
  for (const auto& error : errors) {
    promise(!error.message.empty(), "a diagnostic says something");
    promise_place(source, error.place);
    for (const bool color : {false, true}) {
      const std::string shown = manuscript::render(error, color);
      promise(shown.ends_with('\n'), "a diagnostic ends its line");
      for (std::size_t at = 0; at < shown.size();) {
        const auto c = manuscript::decode(shown, at);
        promise(c.valid, "a diagnostic is UTF-8");
        promise(color || c.value == '\n' || c.value >= ' ', "a diagnostic does nothing to a terminal");
        at += c.bytes;
      }
    }
  }
}

}  // namespace fuzz
