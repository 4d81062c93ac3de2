// What may keep a document from being made.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace publish {

/// The sources or the document cannot be turned into the format; the message is the tool's, made readable.
struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// LaTeX that the text may not use, or characters that print cannot set.
struct RefusedText : Error {
  RefusedText(const std::string& message, std::vector<std::string> which) : Error(message), texts(std::move(which)) {}
  std::vector<std::string> texts;  // "\input", "\begin{input}", "^^", a character: as the author wrote them
};

/// The filter makes nothing of a document in units, and says why.
struct NotInUnits : Error {
  using Error::Error;
};

/// A program, LaTeX package or font is missing; the message names it and the Debian package that has it.
struct MissingTool : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A Debian package is missing that only documents of some languages need; the message names it.
struct MissingPackage : MissingTool {
  MissingPackage(const std::string& message, std::string name) : MissingTool(message), package(std::move(name)) {}
  std::string package;
};

}  // namespace publish
