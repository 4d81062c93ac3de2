// Text measured by a table of advances: how far each letter moves the pen, and by how much more or less before certain
// others. A drawing that is laid out in a reader's browser, where no font library is, then is the program's own; and no
// layout depends on the version of such a library.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "plot/text/label.hpp"

namespace plot {

/// A letter's code point; of the faces' ligatures (ff, fi, fl, ffi, ffl) that of U+FB00 to U+FB04. Lengths here and
/// below are thousandths of the size.
struct Advance {
  char32_t glyph;
  short width;
};

/// What is added between two letters, which all lie in the first plane.
struct Kerning {
  char16_t first, second;
  short width;
};

/// One face. Advances ascend by their glyphs, pairs by both of theirs.
struct FaceAdvances {
  short ascent = 0, descent = 0;
  std::span<const Advance> glyphs;
  std::span<const Kerning> pairs;
};

using AdvanceTable = std::array<FaceAdvances, 4>;  // by plot::Face

/// The next letter of a text in a face, or ligature where the face has one, which is taken from its front. What is no
/// UTF-8 gives U+FFFD.
char32_t take_glyph(std::string_view& text, const FaceAdvances& face);

/// What a line of text measures, each length rounded to 1/1024 of a point as HarfBuzz does for Pango, whose widths
/// these are; none where the table lacks one of its letters.
std::optional<TextExtent> extent_by(const AdvanceTable& table, std::string_view text, Face face, double size);

}  // namespace plot
