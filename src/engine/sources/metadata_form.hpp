// The forms that metadata take: which keys there are, and what their values must look like.
#pragma once

#include <string>
#include <vector>

namespace engine {

/// What a key holds, and so how it is checked and how the theme's filter reads it.
enum class Form {
  line,       // Markdown of one paragraph: a title
  lines,      // one such text, or a list of them
  blocks,     // Markdown of any kind: an abstract
  authors,    // names, or mappings
  word,       // characters as they are: an identifier
  language,   // a tag of BCP 47
  direction,  // ltr or rtl
  truth,      // true or false
  date,       // a day
  license,    // an SPDX identifier, or a Creative Commons licence
  picture,    // a picture's file, or a mapping
  sources,    // a list of mappings as citeproc reads them
  layout,     // of the document's pages (layout_form.hpp); not a field of the filter
  defaults    // of figures and of the build; not for the filter
};

struct KnownKey {
  const char* name;
  Form form;
};

/// In the order in which the filter goes through them.
const std::vector<KnownKey>& known_keys();

/// The form as the filter knows it.
const char* name_of(Form form);

/// Whether a key would have Pandoc read files or carry code: not for texts that others may have written.
bool is_refused_key(const std::string& key);

/// Why a text is not a language's tag after BCP 47; empty when it is one.
std::string refusal_of_language(const std::string& tag);

/// Whether a text is an ORCID: sixteen digits of which the last is the checksum of ISO 7064 (mod 11-2).
bool is_orcid(const std::string& text);

bool is_email(const std::string& text);

/// Whether a text is the width of a picture: "30mm", "25%".
bool is_length(const std::string& text);

/// Whether a text is a day as ISO 8601 writes it.
bool is_day(const std::string& text);

}  // namespace engine
