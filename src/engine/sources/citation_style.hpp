// A style of citations that a document brings along: a file in the Citation Style Language (CSL 1.0), which citeproc
// reads.
#pragma once

#include <filesystem>
#include <vector>

#include "engine/sources/layout_form.hpp"
#include "manuscript/diagnostic.hpp"

namespace engine {

/// What keeps a text from being a style, at its place: markup that does not end, no style at all, or one that depends
/// on another, which is nowhere at hand. Empty when citeproc can take it.
std::vector<manuscript::Diagnostic> faults_of_style(const manuscript::Source& style);

/// Where the style lies that the metadata names, beside the chapters or beside report.yaml, and what is wrong with it.
struct CitationStyle {
  std::filesystem::path file;  // empty when none is named, or it cannot be had
  std::vector<manuscript::Diagnostic> errors;
};
CitationStyle find_style(const NamedFile& named, const std::filesystem::path& chapters,
                         const std::filesystem::path& document);

}  // namespace engine
