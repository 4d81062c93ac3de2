// Everything that the sources say, read and checked before anything is computed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/settings.hpp"
#include "engine/sources/metadata.hpp"
#include "engine/sources/request.hpp"
#include "engine/sources/statements.hpp"
#include "engine/sources/table_block.hpp"
#include "experiment/catalogue.hpp"
#include "manuscript/chapter.hpp"
#include "system/files.hpp"
#include "text/words.hpp"

namespace engine {

struct Project {
  std::filesystem::path folder;  // the document's
  Metadata metadata;
  text::Words words;  // of the document's language
  std::vector<manuscript::Chapter>
      chapters;  // every text that was scanned: the metadata's, then the chapters in name order
  std::vector<std::filesystem::path> chapter_files;
  std::filesystem::path bibliography;           // empty when there is none
  std::filesystem::path citation_style;         // the document's own; empty when it has none
  experiment::Catalogue experiments;            // that figures may name
  std::vector<std::filesystem::path> included;  // outside of the system's folders, by the document's experiments in C++
  std::vector<Request> requests;                // in the order of the text
  std::vector<Request> withheld;                // whose experiments are code of the document's that must not run
  std::vector<TableBlock> tables;               // of the text, in its order
  std::optional<publish::Characters> printable;  // that print can set, if the report is printed at all
  Statements statements;                         // values and claims
  std::vector<manuscript::Diagnostic> errors;    // of all sources, in the order of the text
  std::vector<manuscript::Diagnostic> warnings;

  const Request* find(const std::string& id) const;
  const Request* find_withheld(const std::string& id) const;

  /// A source's name, which is relative to the document's folder, as it is opened from the current one.
  std::string at_hand(const std::string& file) const { return sys::path_at_hand(folder / file); }
};

/// Reads chapters, metadata and bibliography, and binds every directive. `set` are parameters for the figures
/// named in `set_for`. Throws FileError when the chapters folder cannot be read.
Project read_project(const Settings& settings, const std::vector<ParameterOverride>& set = {},
                     const std::vector<std::string>& set_for = {});

}  // namespace engine
