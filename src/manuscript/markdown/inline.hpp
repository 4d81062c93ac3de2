// Running text: what of references, labels, images, values and claims it holds, outside of code and mathematics.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "manuscript/chapter.hpp"
#include "manuscript/markdown/lines.hpp"
#include "manuscript/markdown/source_text.hpp"

namespace manuscript {

enum class RunKind { text, heading, caption };

/// A formula, LaTeX in the text, or code marked {=latex}.
enum class LatexPiece { formula, text, for_print };

/// Something that goes on beyond its block, by its bytes in Lines::text(). It is either blanked out whole, or begins
/// nothing and becomes text.
struct ByteRange {
  std::size_t begin = 0, end = 0;
  bool is_text = false;
};

/// What the running text of one chapter refers to and adds to.
struct InlineContext {
  const Lines& lines;
  Chapter& chapter;
  std::map<std::string, std::string> links;  // link definitions: label -> path
  std::set<std::string> examples;            // labels of example lists: (@label)
  std::vector<ByteRange> regions;            // comments and raw TeX that do not end in their run
  std::size_t comments_end = 0;              // regions found so far reach to here
  bool no_comment_end = false;               // there is no "-->" beyond comments_end
  bool display_is_open = false;              // a line "$$" began what no other ended in its paragraph
  bool has_more_errors = false;              // than are kept
  std::vector<SourceLocation> divisions;     // that are open
  std::set<std::string> latex;               // commands and environments that were met, and in which context
  std::vector<std::string> division_ids{};   // of those that are open; empty where one is no figure

  void complain(const SourceLocation& place, std::string message, std::string hint = "");
  /// Those beyond the first `from`.
  void complain_of_open_divisions(std::size_t from);
  /// A figure or a table that is there, but cannot be read: what refers to it is not a mistake of its own.
  void add_broken_directive(std::string_view line, const SourceLocation& place);
  /// Adds the names in a piece of LaTeX that were not met before; `place` says where its bytes stand.
  void use_latex(std::string_view text, LatexPiece kind,
                 const std::function<SourceLocation(std::size_t at, std::size_t bytes)>& place);
};

/// Who made so many mistakes made one; listing them all would take long.
constexpr std::size_t most_errors = 1000;

/// Link definitions ([label]: path) and labels of example lists anywhere in the chapter.
void find_definitions(InlineContext& context);

/// "(@label)" at the beginning of a text; empty when there is none.
std::string_view example_label(std::string_view text);

/// "[^label]" at the beginning of a text; empty when there is none.
std::string_view note_label(std::string_view text);

/// Adds what a run holds to the chapter, mistakes included.
void scan_inline(const SourceText& run, RunKind kind, InlineContext& context);

}  // namespace manuscript
