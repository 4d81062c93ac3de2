// REPORT_WEB_FONTS is a folder with links to the installed fonts.
#include "publish/page/web_fonts.hpp"

#include <fmt/format.h>

#include <string_view>

#include "publish/base64.hpp"
#include "publish/page/cut_typeface.hpp"
#include "publish/page/kept_part.hpp"
#include "publish/page/woff2.hpp"
#include "system/checksum.hpp"

#define FONT(symbol, file)                                                                                            \
  __asm__(".section .rodata\n.global " #symbol "\n.global " #symbol "_end\n" #symbol ":\n.incbin \"" REPORT_WEB_FONTS \
          "/" file "\"\n" #symbol "_end:\n.byte 0\n.previous\n");                                                     \
  extern "C" const unsigned char symbol[], symbol##_end[];

FONT(report_font_pagella_regular, "texgyrepagella-regular.otf")
FONT(report_font_pagella_italic, "texgyrepagella-italic.otf")
FONT(report_font_pagella_bold, "texgyrepagella-bold.otf")
FONT(report_font_pagella_math, "texgyrepagella-math.otf")
FONT(report_font_termes_regular, "texgyretermes-regular.otf")
FONT(report_font_termes_italic, "texgyretermes-italic.otf")
FONT(report_font_termes_bold, "texgyretermes-bold.otf")
FONT(report_font_schola_regular, "texgyreschola-regular.otf")
FONT(report_font_schola_italic, "texgyreschola-italic.otf")
FONT(report_font_schola_bold, "texgyreschola-bold.otf")
FONT(report_font_bonum_regular, "texgyrebonum-regular.otf")
FONT(report_font_bonum_italic, "texgyrebonum-italic.otf")
FONT(report_font_bonum_bold, "texgyrebonum-bold.otf")
FONT(report_font_termes_math, "texgyretermes-math.otf")
FONT(report_font_lmroman_regular, "lmroman10-regular.otf")
FONT(report_font_lmroman_italic, "lmroman10-italic.otf")
FONT(report_font_lmroman_bold, "lmroman10-bold.otf")
FONT(report_font_lm_math, "latinmodern-math.otf")
FONT(report_font_lmmono_regular, "lmmono10-regular.otf")
FONT(report_font_lmmono_italic, "lmmono10-italic.otf")
FONT(report_font_cursor_regular, "texgyrecursor-regular.otf")
FONT(report_font_cursor_italic, "texgyrecursor-italic.otf")
FONT(report_font_cursor_bold, "texgyrecursor-bold.otf")

namespace publish {
namespace {

struct Face {
  std::string_view family;
  const char* style;
  int weight;
  const unsigned char *begin, *end;
};

const Face faces[] = {
    {"TeX Gyre Pagella", "normal", 400, report_font_pagella_regular, report_font_pagella_regular_end},
    {"TeX Gyre Pagella", "italic", 400, report_font_pagella_italic, report_font_pagella_italic_end},
    {"TeX Gyre Pagella", "normal", 700, report_font_pagella_bold, report_font_pagella_bold_end},
    {"TeX Gyre Pagella Math", "normal", 400, report_font_pagella_math, report_font_pagella_math_end},
    {"TeX Gyre Termes", "normal", 400, report_font_termes_regular, report_font_termes_regular_end},
    {"TeX Gyre Termes", "italic", 400, report_font_termes_italic, report_font_termes_italic_end},
    {"TeX Gyre Termes", "normal", 700, report_font_termes_bold, report_font_termes_bold_end},
    {"TeX Gyre Schola", "normal", 400, report_font_schola_regular, report_font_schola_regular_end},
    {"TeX Gyre Schola", "italic", 400, report_font_schola_italic, report_font_schola_italic_end},
    {"TeX Gyre Schola", "normal", 700, report_font_schola_bold, report_font_schola_bold_end},
    {"TeX Gyre Bonum", "normal", 400, report_font_bonum_regular, report_font_bonum_regular_end},
    {"TeX Gyre Bonum", "italic", 400, report_font_bonum_italic, report_font_bonum_italic_end},
    {"TeX Gyre Bonum", "normal", 700, report_font_bonum_bold, report_font_bonum_bold_end},
    {"TeX Gyre Termes Math", "normal", 400, report_font_termes_math, report_font_termes_math_end},
    {"Latin Modern Roman", "normal", 400, report_font_lmroman_regular, report_font_lmroman_regular_end},
    {"Latin Modern Roman", "italic", 400, report_font_lmroman_italic, report_font_lmroman_italic_end},
    {"Latin Modern Roman", "normal", 700, report_font_lmroman_bold, report_font_lmroman_bold_end},
    {"Latin Modern Math", "normal", 400, report_font_lm_math, report_font_lm_math_end},
    {"Latin Modern Mono", "normal", 400, report_font_lmmono_regular, report_font_lmmono_regular_end},
    {"Latin Modern Mono", "italic", 400, report_font_lmmono_italic, report_font_lmmono_italic_end},
    {"TeX Gyre Cursor", "normal", 400, report_font_cursor_regular, report_font_cursor_regular_end},
    {"TeX Gyre Cursor", "italic", 400, report_font_cursor_italic, report_font_cursor_italic_end},
    {"TeX Gyre Cursor", "normal", 700, report_font_cursor_bold, report_font_cursor_bold_end}};

std::string_view whole(const Face& face) {
  return {reinterpret_cast<const char*>(face.begin), static_cast<std::size_t>(face.end - face.begin)};
}

bool is_for_mathematics(const Face& face) { return face.family.ends_with(" Math"); }

std::string cut(const Face& face, const Signs& signs, const store::Store* store) {
  std::string source = fmt::format("{} {}", cutter_version(), sys::sha256(whole(face)));
  for (const char32_t sign : signs) source += fmt::format(" {:x}", static_cast<unsigned>(sign));
  return kept_part(store, source, [&] { return woff2(cut_typeface(whole(face), signs, is_for_mathematics(face))); });
}

std::string rule(const Face& face, const std::string& font) {
  return fmt::format(
      "@font-face {{ font-family: \"{}\"; font-style: {}; font-weight: {}; font-display: block;\n"
      "  src: url(data:font/woff2;base64,{}) format(\"woff2\"); }}\n",
      face.family, face.style, face.weight, base64(font));
}

}  // namespace

std::string web_fonts_css(const std::vector<std::string>& families, const PageSigns& signs, const store::Store* store) {
  const PageSigns shown = as_shown(signs);
  std::string css;
  for (const auto& family : families)
    for (const Face& face : faces)
      if (face.family == family)
        css += rule(face, cut(face, is_for_mathematics(face) ? shown.mathematics : shown.text, store));
  return css;
}

std::vector<WebFont> web_fonts() {
  std::vector<WebFont> all;
  for (const Face& face : faces) all.push_back({face.family, whole(face), is_for_mathematics(face)});
  return all;
}

}  // namespace publish
