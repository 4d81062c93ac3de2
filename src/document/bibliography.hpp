// The keys of a BibTeX file, and what Pandoc does to its titles.
#pragma once

#include <string>
#include <vector>

#include "document/diagnostic.hpp"
#include "document/source.hpp"

namespace document {

struct BibliographyEntry {
  std::string key;
  Place place;
  std::vector<Diagnostic> warnings;  // capitals of its titles that Pandoc takes away
};

struct Bibliography {
  std::vector<BibliographyEntry> entries;
  std::vector<Diagnostic> errors;  // keys used twice, entries without a key or an end
};

Bibliography read_bibliography(const Source& source);

}  // namespace document
