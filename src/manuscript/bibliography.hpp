// The keys of a BibTeX file, and what Pandoc does to its titles.
#pragma once

#include <string>
#include <vector>

#include "manuscript/diagnostic.hpp"
#include "manuscript/source.hpp"

namespace manuscript {

struct BibliographyEntry {
  std::string key;
  SourceLocation place;
  std::vector<Diagnostic> warnings;  // capitals of its titles that Pandoc takes away
};

struct Bibliography {
  std::vector<BibliographyEntry> entries;
  std::vector<Diagnostic> errors;  // keys used twice, entries without a key or an end
};

Bibliography read_bibliography(const Source& source);

}  // namespace manuscript
