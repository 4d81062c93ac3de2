// A chapter scanned: its figure directives and its references, each with its place.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "manuscript/diagnostic.hpp"
#include "manuscript/markdown/latex_commands.hpp"
#include "manuscript/source.hpp"
#include "manuscript/yaml/yaml.hpp"

namespace manuscript {

class Lines;
struct SourceText;

/// A directive, ```{.figure #fig:id} or ```{.table #tbl:id}, with a body of YAML.
struct Directive {
  std::string id;        // "fig:gradient-depth"
  SourceLocation place;  // of the opening fence
  SourceLocation id_place;
  YamlNode body;  // a mapping
  std::string file_stem() const { return id.substr(4); }
};

/// A cross-reference or citation in the text or in a caption: @fig:id, @sec:id, @eq:id, @tbl:id, @key.
struct CrossReference {
  std::string target;  // without the @
  SourceLocation place;
};

/// Something besides directives that references may lead to: a section, an equation, a table, an image with an ID.
struct IdTarget {
  std::string id;
  SourceLocation place;
  bool is_broken = false;   // it cannot be read, or cannot bear a number; its own errors say so
  std::string within = {};  // of a figure that stands in another, as a panel: the other's ID
};

/// A heading and its ID: its own, or the one that Pandoc would make of its words if no other had
/// it.
struct Heading {
  std::string id;
  bool has_own_id = false;
  SourceLocation place;
};

/// A link within the report: "#id", "02.md", "02.md#id".
struct Link {
  std::string target;
  SourceLocation place;
};

/// A label that belongs to its chapter: of a note, of a link's address, of an example; where it is
/// defined or used.
struct Label {
  enum class Kind { note, link, example };
  enum class Form {
    definition,
    use,
    collapsed,
    shortcut
  };  // of links, [text][label] is a use, and then [label][], [label]
  Kind kind = Kind::note;
  Form form = Form::use;
  std::string name;  // as labels are compared
  SourceLocation place;
  std::size_t begin = 0, end = 0;  // its bytes in Lines::text(); of the shorter forms, where a
                                   // label would have to be put
};

struct Image {
  std::string path;
  SourceLocation place;
};

/// From byte `offset` on, a text that goes over lines of its source stands at this line and column.
struct Stretch {
  std::size_t offset = 0;
  int line = 0;
  int column = 0;
};

/// The class of a statement, or the name of the command \value, in place of which Pandoc is given the statement's
/// number (pandoc_text.hpp).
struct StatementMark {
  std::size_t begin = 0;    // of the name, in bytes of Lines::text() or of the caption that holds it
  std::string figure = {};  // or table, whose caption that is, by its ID; empty in running text
  std::size_t number = 0;   // given by number_statements
  bool in_formula = false;
};

/// What an attribute of a value says; nothing where it has none.
struct ValueOption {
  std::string text;
  SourceLocation place;
};

/// Inline code of class `value`, `figure: expression`{.value format=".1f" unit=m}, or \value{figure: expression} in
/// mathematics. Both may say format and unit behind bars: figure: expression | .1f | m.
struct ValueSite {
  std::string expression;
  std::optional<ValueOption> format, unit;
  SourceLocation place;  // of the expression
  std::vector<Stretch> stretches;
  StatementMark mark;
};

/// A value that a block of class `values` names for use anywhere: "name: figure: expression | format | unit".
struct NamedValueSite {
  std::string name;
  std::string expression;
  SourceLocation name_place;
  SourceLocation place;  // of the expression
  std::vector<Stretch> stretches;
};

/// A span of class `claim`: [text]{.claim that="figure: condition"}.
struct ClaimSite {
  std::string text;
  std::string condition;
  SourceLocation place;            // of the span
  SourceLocation condition_place;  // of the condition between its quotes
  std::vector<Stretch> stretches;  // of the condition
  StatementMark mark;
};

/// Inline code that is not of class `value`, but may have been meant to be.
struct CodeSite {
  std::string text;
  SourceLocation place;
};

/// "{{name}}" outside of captions, where nothing is filled in.
struct NameSite {
  std::string name;
  bool in_formula = false;  // where TeX may have such braces
  SourceLocation place;
};

/// The first use of a LaTeX command or environment in a context, in mathematics or as raw LaTeX;
/// named as in latex_use.hpp.
struct LatexUse {
  std::string name;
  SourceLocation place;
  LatexContext context;
  std::string argument;
  bool is_for_print = false;  // it stands in code marked {=latex}, which the other formats do without
};

/// A macro that the text defines: its name, as in latex_use.hpp, and all of its definition.
struct MacroSite {
  std::string name, definition;
  SourceLocation place;
};

/// A mapping between rules, which is metadata of the whole document.
struct FrontMatter {
  YamlNode root;
  int first_line = 0, last_line = 0;  // of the YAML
};

struct Chapter {
  Source source;
  std::vector<Directive> directives;  // of figures
  std::vector<Directive> tables;
  std::vector<CrossReference> references;
  std::vector<IdTarget> anchors;
  std::vector<Heading> headings;
  std::vector<Link> links;
  std::vector<Label> labels;
  std::vector<Image> images;
  std::vector<ValueSite> values;
  std::vector<ClaimSite> claims;
  std::vector<NamedValueSite> named_values;
  int value_blocks = 0;            // that name them
  bool has_broken_values = false;  // named ones that cannot be read; their own errors say so
  std::vector<CodeSite> codes;
  std::vector<NameSite> names;
  std::vector<LatexUse> latex;
  std::vector<MacroSite> macros;
  std::vector<FrontMatter> front_matter;
  std::vector<Diagnostic> errors;  // of the chapter alone
};

/// Scans one chapter. Directives in other code blocks, in HTML comments and in inline code are text.
Chapter scan(Source source);

/// Scans a text that stands within a source, such as an abstract in the metadata, as if it were a chapter. All places
/// are the source's. `lines` are the source's, and `run` leads to them.
Chapter scan_within(const Source& source, const Lines& lines, const SourceText& run);

/// Errors that only show when all chapters are known: IDs used twice, references, citations, links
/// and labels that lead nowhere. `citation_keys` are those of the bibliography.
std::vector<Diagnostic> check_references(const std::vector<Chapter>& chapters,
                                         const std::vector<std::string>& citation_keys);

/// Where links to chapters lead in the document that all chapters make: "02.md#results" ->
/// "results-1".
std::map<std::string, std::string> chapter_links(const std::vector<Chapter>& chapters);

}  // namespace manuscript
