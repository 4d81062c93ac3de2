// The keys of the metadata that say how the document is laid out: papersize, class, csl, toc, lof, lot, linenumbers,
// draft, colours, fonts.
#pragma once

#include <string>
#include <vector>

#include "engine/sources/document_looks.hpp"
#include "manuscript/source.hpp"
#include "manuscript/yaml/yaml.hpp"
#include "publish/layout/layout.hpp"

namespace engine {

/// A file that the metadata names, and where it does.
struct NamedFile {
  std::string name;
  manuscript::Source source;
  manuscript::SourceLocation place;
};

/// What is wrong with a value, and what would be right.
struct LayoutFault {
  manuscript::SourceLocation place;
  std::string message, hint;
};

struct LayoutKeys {
  publish::Layout& layout;
  DocumentLooks& looks;
  NamedFile& csl;
};

/// Takes what one of these keys gives; what cannot be is told, and changes nothing.
std::vector<LayoutFault> read_layout(const manuscript::Entry& entry, const manuscript::Source& source, LayoutKeys keys);

}  // namespace engine
