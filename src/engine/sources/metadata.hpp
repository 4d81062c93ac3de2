// What is true of the whole report: chapters/metadata.yaml, and mappings between rules in the chapters.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/sources/document_looks.hpp"
#include "engine/sources/layout_form.hpp"
#include "manuscript/chapter.hpp"
#include "manuscript/source.hpp"
#include "manuscript/yaml/yaml.hpp"
#include "publish/layout/layout.hpp"

namespace engine {

struct Metadata {
  std::string date;     // ISO 8601 day, "2026-01-31"; empty when not given
  std::string dataset;  // default of experiments that use one; empty when not given
  std::uint64_t seed = 1;
  std::string language;  // its tag, "pt-BR"; empty when not given
  std::vector<std::string> formats{"pdf", "html"};
  /// For the theme's filter: {"key", "form", "value"}, in the order in which the filter counts what they claim. Texts
  /// are as they are written, so that no reader makes numbers or truths of them; but statements bear their numbers.
  manuscript::Json fields = manuscript::Json::array();
  std::vector<manuscript::Chapter> texts;  // the same texts scanned, in the order in which they are read
  manuscript::Diagnostic language_place;   // where the language is given, for what is to be said of it
  std::size_t statements = 0;              // how many these hold; they have the first numbers
  std::vector<std::string> sources;        // keys of sources that the metadata itself describes
  struct Picture {
    std::string file, alt;
  };
  std::optional<Picture> cover;  // of the book
  publish::Layout layout;
  DocumentLooks looks;               // what the layout says of drawings
  manuscript::SourceLocation draft;  // where the document is said to be one; line 0 when it is none
  NamedFile csl;                     // the style of citations; no name: the house's
  std::vector<manuscript::Diagnostic> errors;
  std::vector<manuscript::Diagnostic> warnings;  // what does not count because it is given elsewhere
};

/// Reads the metadata. What the file gives stands over what chapters give, and an earlier chapter over a later one.
Metadata read_metadata(const manuscript::Source& file, const std::vector<manuscript::Chapter>& chapters = {});

}  // namespace engine
