// Pango contexts and fonts. Sizes go through set_absolute_size at 72 dpi, so that one unit is one point; families
// through set_family, because Pango reads a style out of names such as "Latin Modern Roman 10".
#include "cairo/text.hpp"

#include <fmt/format.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>

#include <map>
#include <stdexcept>
#include <string>
#include <tuple>

#include "cairo/drawing.hpp"

namespace drawing {
namespace {

using plot::Face;

/// A font map and context for each thread; Pango's are not shared between threads.
PangoContext* context() {
  struct Context {
    std::unique_ptr<PangoFontMap, Unref> map{pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT)};
    std::unique_ptr<PangoContext, Unref> context;
    Context() {
      pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map.get()), 72);
      context.reset(pango_font_map_create_context(map.get()));
      cairo_font_options_t* options = cairo_font_options_create();
      cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
      cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
      cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
      pango_cairo_context_set_font_options(context.get(), options);
      cairo_font_options_destroy(options);
      pango_context_set_round_glyph_positions(context.get(), FALSE);
      pango_context_set_language(context.get(), pango_language_from_string("en"));
    }
  };
  thread_local Context own;
  return own.context.get();
}

struct FreeFont {
  void operator()(PangoFontDescription* d) const { pango_font_description_free(d); }
};
using FontDescription = std::unique_ptr<PangoFontDescription, FreeFont>;

FontDescription font_description(Face face, double size) {
  FontDescription d(pango_font_description_new());
  pango_font_description_set_family(d.get(), family(face));
  pango_font_description_set_style(d.get(), face == Face::italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
  pango_font_description_set_weight(d.get(), face == Face::bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(d.get(), size * PANGO_SCALE);
  return d;
}

}  // namespace

const char* family(Face face) { return face == Face::math ? "TeX Gyre Pagella Math" : "TeX Gyre Pagella"; }

Layout set_text(std::string_view text, Face face, double size) {
  Layout layout(pango_layout_new(context()));
  pango_layout_set_font_description(layout.get(), font_description(face, size).get());
  PangoAttrList* attributes = pango_attr_list_new();
  pango_attr_list_insert(attributes, pango_attr_fallback_new(FALSE));
  pango_layout_set_attributes(layout.get(), attributes);
  pango_attr_list_unref(attributes);
  pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  if (pango_layout_get_unknown_glyphs_count(layout.get()) > 0)
    throw std::runtime_error(fmt::format("the font {} lacks a glyph of '{}'", family(face), text));
  return layout;
}

void use_fonts(const std::string& fontconfig_file) {
  FcConfig* config = FcConfigCreate();
  if (!config || !FcConfigParseAndLoad(config, reinterpret_cast<const FcChar8*>(fontconfig_file.c_str()), FcTrue) ||
      !FcConfigBuildFonts(config))
    throw std::runtime_error(fmt::format("cannot read the font configuration {}", fontconfig_file));
  FcConfigSetCurrent(config);
  FcConfigDestroy(config);  // Fontconfig keeps a reference of its own
  for (const Face face : {Face::regular, Face::italic, Face::bold, Face::math}) {
    std::unique_ptr<PangoFont, Unref> font(pango_context_load_font(context(), font_description(face, 8).get()));
    const FontDescription found(font ? pango_font_describe(font.get()) : pango_font_description_new());
    const char* name = pango_font_description_get_family(found.get());
    if (!name || std::string(name) != family(face))
      throw std::runtime_error(fmt::format("the font {} is missing (Debian packages fonts-texgyre, fonts-texgyre-math)", family(face)));
  }
}

plot::Measure text_measure() {
  using Key = std::tuple<std::string, Face, double>;
  auto known = std::make_shared<std::map<Key, plot::TextExtent>>();
  return [known](std::string_view text, Face face, double size) {
    const auto [at, is_new] = known->try_emplace({std::string(text), face, size});
    if (is_new) {
      const Layout layout = set_text(text, face, size);
      PangoRectangle logical;
      pango_layout_get_extents(layout.get(), nullptr, &logical);
      const double baseline = pango_layout_get_baseline(layout.get());
      at->second = {logical.width / double(PANGO_SCALE), baseline / PANGO_SCALE, (logical.height - baseline) / PANGO_SCALE};
    }
    return at->second;
  };
}

}  // namespace drawing
