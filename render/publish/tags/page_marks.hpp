// The marks that LaTeX leaves in the content of a PDF's pages (report.latex, \report@mark), and what stands between
// them.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "publish/tags/glyph_text.hpp"
#include "publish/tags/picture_boxes.hpp"
#include "publish/tags/text_pen.hpp"

class QPDFObjectHandle;

namespace publish::tags {

struct TagMark {
  enum class Kind {
    begin,           // of the node `number`
    part,            // a further part of the node `number` begins, or its first: a line of code
    heading,         // the next heading begins
    role,            // an element that no node declares begins: `name` its role, `number` the node that it belongs to
    link,            // a link begins, whose annotations have the same `number`
    note,            // the text of the note `name` begins
    note_reference,  // here the text refers to it
    artefact,        // what belongs to the page and not to the text begins: running heads, numbers of lines
    end,             // of what was begun last
    floating,        // a float begins, in which nothing of the text around it goes on
    end_of_float,
    flow,  // from here to the end of the page: another text than the page's own, as its notes are
  };
  Kind kind{};
  int number = 0;
  std::string name;
};

struct Content {
  std::string bytes{};  // operators of a page, with whole text objects
  bool paints = false;
  std::string text{};                    // what is shown, in UTF-8
  std::string space{};                   // operators for a space before its first word, where it goes on with a text
  std::size_t space_at = 0;              // in the bytes
  std::optional<PictureBox> pictures{};  // what holds all that it shows
};

using Piece = std::variant<Content, TagMark>;

/// What a document's fonts have been found to hold.
struct Glyphs {
  GlyphText text;
  GlyphWidths widths;
};

/// A page's content in its pieces, without the marks, with spaces between words in `space_font`, "/F1", a font of the
/// page; without such where it is empty. Throws Error for marks that are not of a known form or stand within a text
/// object.
std::vector<Piece> pieces_of(QPDFObjectHandle& page, const std::string& space_font, Glyphs& glyphs);

}  // namespace publish::tags
