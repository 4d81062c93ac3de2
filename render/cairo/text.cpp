// Pango contexts and fonts. Sizes go through set_absolute_size at 72 dpi, so that one unit is one point; families
// through set_family, because Pango reads a style out of names such as "Latin Modern Roman 10".
#include "cairo/text.hpp"

#include <fmt/format.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>

#include <algorithm>
#include <mutex>
#include <stdexcept>
#include <string>

#include "cairo/drawing.hpp"

namespace cairo {
namespace {

using plot::Face;

using Fonts = std::shared_ptr<FcConfig>;

/// The fonts that use_fonts chose, for all threads.
struct Chosen {
  std::mutex mutex;
  Fonts fonts;
};
Chosen& chosen() {
  static Chosen own;
  return own;
}

/// A font map and a context that see these fonts only.
struct Context {
  Fonts fonts;
  std::unique_ptr<PangoFontMap, Unref> map;
  std::unique_ptr<PangoContext, Unref> context;

  explicit Context(Fonts from)
      : fonts(std::move(from)), map(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT)) {
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map.get()), fonts.get());
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

/// Each thread's own context, for Pango's are not shared between threads.
PangoContext* context() {
  Fonts fonts;
  {
    const std::lock_guard lock(chosen().mutex);
    fonts = chosen().fonts;
  }
  if (!fonts) throw std::logic_error("text is set before use_fonts was called");
  thread_local std::unique_ptr<Context> own;
  if (!own || own->fonts != fonts) own = std::make_unique<Context>(fonts);
  return own->context.get();
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

bool has_family(PangoFont* font, const char* wanted) {
  const FontDescription found(pango_font_describe(font));
  const char* name = pango_font_description_get_family(found.get());
  return name && std::string_view(name) == wanted;
}

/// Fall-back is off, and yet a missing family or glyph would be replaced in silence: each run of glyphs is asked.
bool is_all_in_face(PangoLayout* layout, Face face) {
  if (pango_layout_get_unknown_glyphs_count(layout) > 0 || pango_layout_get_line_count(layout) > 1) return false;
  for (GSList* run = pango_layout_get_line_readonly(layout, 0)->runs; run; run = run->next)
    if (!has_family(static_cast<PangoGlyphItem*>(run->data)->item->analysis.font, family(face))) return false;
  return true;
}

/// Pango would mend broken text with signs of its own, and set tabs and line feeds.
bool is_plain_utf8(std::string_view text) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  return g_utf8_validate(text.data(), static_cast<gssize>(text.size()), nullptr) &&
         std::none_of(text.begin(), text.end(), is_control);
}

FcConfig* loaded(const std::string& file) {
  FcConfig* config = FcConfigCreate();
  if (config && FcConfigParseAndLoad(config, reinterpret_cast<const FcChar8*>(file.c_str()), FcTrue) &&
      FcConfigBuildFonts(config))
    return config;
  if (config) FcConfigDestroy(config);
  throw std::runtime_error(fmt::format("cannot read the font configuration {}", file));
}

void require_face(PangoContext* context, Face face) {
  const FontDescription wanted = font_description(face, 8);
  const std::unique_ptr<PangoFont, Unref> font(pango_context_load_font(context, wanted.get()));
  const FontDescription found(font ? pango_font_describe(font.get()) : pango_font_description_new());
  if (font && has_family(font.get(), family(face)) &&
      pango_font_description_get_style(found.get()) == pango_font_description_get_style(wanted.get()) &&
      pango_font_description_get_weight(found.get()) == pango_font_description_get_weight(wanted.get()))
    return;
  const char* variant = face == Face::italic ? " Italic" : face == Face::bold ? " Bold" : "";
  throw MissingFont(fmt::format("the font {}{} is missing (Debian packages fonts-texgyre, fonts-texgyre-math)",
                                family(face), variant));
}

}  // namespace

const char* family(Face face) { return face == Face::math ? "TeX Gyre Pagella Math" : "TeX Gyre Pagella"; }

Layout set_text(std::string_view text, Face face, double size) {
  if (!(size > 0 && size < 1e4)) throw std::invalid_argument(fmt::format("a size of {} points for '{}'", size, text));
  if (!is_plain_utf8(text)) throw std::invalid_argument(fmt::format("no line of UTF-8 text: '{}'", text));
  Layout layout(pango_layout_new(context()));
  pango_layout_set_font_description(layout.get(), font_description(face, size).get());
  PangoAttrList* attributes = pango_attr_list_new();
  pango_attr_list_insert(attributes, pango_attr_fallback_new(FALSE));
  pango_layout_set_attributes(layout.get(), attributes);
  pango_attr_list_unref(attributes);
  pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  if (!is_all_in_face(layout.get(), face))
    throw std::runtime_error(fmt::format("the font {} lacks a glyph of '{}'", family(face), text));
  return layout;
}

void use_fonts(const std::string& fontconfig_file) {
  const Fonts fonts(loaded(fontconfig_file), FcConfigDestroy);
  FcConfigSetCurrent(fonts.get());  // or Pango's first font map would load the system's
  const Context trial(fonts);
  for (const Face face : {Face::regular, Face::italic, Face::bold, Face::math}) require_face(trial.context.get(), face);
  const std::lock_guard lock(chosen().mutex);
  chosen().fonts = fonts;
}

}  // namespace cairo
