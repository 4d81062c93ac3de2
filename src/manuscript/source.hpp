// A chapter's text, and the way from places in parts of it back to the file.
#pragma once

#include <string>
#include <vector>

#include "manuscript/diagnostic.hpp"

namespace manuscript {

/// A source file in memory, read by somebody else.
struct Source {
  std::string file;  // as shown to users
  std::string text;  // UTF-8, as it stands in the file
};

/// The line (from 1) of a source without its end; empty outside.
std::string line_of(const Source&, int line);

/// A diagnostic at a place in this source, its line filled in (of a very long line, what stands around the place).
Diagnostic error_at(const Source&, SourceLocation place, std::string message, std::string hint = "");

}  // namespace manuscript
