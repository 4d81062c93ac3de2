// REPORT_WEB_FONTS is the folder of the .woff2 files that the build made from the installed fonts.
#include "publish/page/web_fonts.hpp"

#include <fmt/format.h>

#include <string_view>

#include "publish/base64.hpp"

#define FONT(symbol, file)                                                                                            \
  __asm__(".section .rodata\n.global " #symbol "\n.global " #symbol "_end\n" #symbol ":\n.incbin \"" REPORT_WEB_FONTS \
          "/" file "\"\n" #symbol "_end:\n.byte 0\n.previous\n");                                                     \
  extern "C" const unsigned char symbol[], symbol##_end[];

FONT(report_font_pagella_regular, "texgyrepagella-regular.woff2")
FONT(report_font_pagella_italic, "texgyrepagella-italic.woff2")
FONT(report_font_pagella_bold, "texgyrepagella-bold.woff2")
FONT(report_font_pagella_math, "texgyrepagella-math.woff2")
FONT(report_font_termes_regular, "texgyretermes-regular.woff2")
FONT(report_font_termes_italic, "texgyretermes-italic.woff2")
FONT(report_font_termes_bold, "texgyretermes-bold.woff2")
FONT(report_font_schola_regular, "texgyreschola-regular.woff2")
FONT(report_font_schola_italic, "texgyreschola-italic.woff2")
FONT(report_font_schola_bold, "texgyreschola-bold.woff2")
FONT(report_font_bonum_regular, "texgyrebonum-regular.woff2")
FONT(report_font_bonum_italic, "texgyrebonum-italic.woff2")
FONT(report_font_bonum_bold, "texgyrebonum-bold.woff2")
FONT(report_font_termes_math, "texgyretermes-math.woff2")
FONT(report_font_lmroman_regular, "lmroman10-regular.woff2")
FONT(report_font_lmroman_italic, "lmroman10-italic.woff2")
FONT(report_font_lmroman_bold, "lmroman10-bold.woff2")
FONT(report_font_lm_math, "latinmodern-math.woff2")
FONT(report_font_lmmono_regular, "lmmono10-regular.woff2")
FONT(report_font_lmmono_italic, "lmmono10-italic.woff2")
FONT(report_font_cursor_regular, "texgyrecursor-regular.woff2")
FONT(report_font_cursor_italic, "texgyrecursor-italic.woff2")
FONT(report_font_cursor_bold, "texgyrecursor-bold.woff2")

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

std::string rule(const Face& face) {
  return fmt::format(
      "@font-face {{ font-family: \"{}\"; font-style: {}; font-weight: {}; font-display: block;\n"
      "  src: url(data:font/woff2;base64,{}) format(\"woff2\"); }}\n",
      face.family, face.style, face.weight, base64(face.begin, face.end));
}

}  // namespace

std::string web_font_css(const std::string& family) {
  std::string css;
  for (const Face& face : faces)
    if (face.family == family) css += rule(face);
  return css;
}

const std::string& web_fonts_css() {
  static const std::string css = web_font_css("TeX Gyre Pagella") + web_font_css("TeX Gyre Pagella Math");
  return css;
}

}  // namespace publish
