// A chapter scanned: its figure directives and its references, each with its place.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "document/diagnostic.hpp"
#include "document/latex_use.hpp"
#include "document/source.hpp"
#include "document/yaml.hpp"

namespace document {

/// A figure directive: ```{.figure #fig:id} with a body of YAML.
struct Directive {
  std::string id;      // "fig:gradient-depth"
  Place place;         // of the opening fence
  Place id_place;
  Node body;           // a mapping
  std::string file_stem() const { return id.substr(4); }
};

/// A cross-reference or citation in the text or in a caption: @fig:id, @sec:id, @eq:id, @tbl:id, @key.
struct Reference {
  std::string target;  // without the @
  Place place;
};

/// Something besides directives that references may lead to: a section, an equation, a table, an image with an ID.
struct Anchor {
  std::string id;
  Place place;
};

struct Image {
  std::string path;
  Place place;
};

/// From byte `offset` on, a text that goes over lines of its source stands at this line and column.
struct Stretch {
  std::size_t offset = 0;
  int line = 0;
  int column = 0;
};

/// Inline code of class `value`: `figure: expression`{.value format=".1f"}.
struct ValueSite {
  std::string expression;
  std::string format;
  Place place;  // of the expression
  std::vector<Stretch> stretches;
};

/// A span of class `claim`: [text]{.claim that="figure: condition"}.
struct ClaimSite {
  std::string text;
  std::string condition;
  Place place;            // of the span
  Place condition_place;  // of the condition between its quotes
  std::vector<Stretch> stretches;  // of the condition
};

/// The first use of a LaTeX command or environment in a context, in mathematics or as raw LaTeX;
/// named as in latex_use.hpp.
struct LatexUse {
  std::string name;
  Place place;
  LatexContext context;
  std::string argument;
  bool is_for_print =
      false;  // it stands in code marked {=latex}, which the other formats do without
};

struct Chapter {
  Source source;
  std::vector<Directive> directives;
  std::vector<Reference> references;
  std::vector<Anchor> anchors;
  std::vector<Image> images;
  std::vector<ValueSite> values;
  std::vector<ClaimSite> claims;
  std::vector<LatexUse> latex;
  std::vector<std::string> macros;  // that the chapter defines
  std::vector<Diagnostic> errors;   // of the chapter alone
};

/// Scans one chapter. Directives in other code blocks, in HTML comments and in inline code are text.
Chapter scan(Source source);

/// Errors that only show when all chapters are known: IDs used twice, references and citations that lead nowhere.
/// `citation_keys` are those of the bibliography.
std::vector<Diagnostic> check_references(const std::vector<Chapter>& chapters,
                                         const std::vector<std::string>& citation_keys);

}  // namespace document
