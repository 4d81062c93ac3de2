// Text through Pango: the faces of the house, unhinted, with no fall-back to other fonts.
#pragma once

#include <pango/pangocairo.h>

#include <memory>
#include <string_view>

#include "plot/scene.hpp"
#include "plot/text/label.hpp"

namespace cairo {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
using Layout = std::unique_ptr<PangoLayout, Unref>;

/// One line of text, set. Throws std::runtime_error naming the text and the family when the face lacks a glyph of it,
/// std::invalid_argument for what is not a line of text in UTF-8.
Layout set_text(std::string_view text, plot::Face face, double size);

/// The room of a line of text as Pango has it, without the table of advances (house_advances.hpp); throws as set_text.
plot::TextExtent extent_by_pango(std::string_view text, plot::Face face, double size);

/// The Fontconfig family of a face.
const char* family(plot::Face face);

}  // namespace cairo
