// REPORT_WEB_FONTS is the folder of the .woff2 files that the build made from the installed fonts.
#include "publish/page/web_fonts.hpp"

#include <fmt/format.h>

#include "publish/base64.hpp"

#define FONT(symbol, file)                                                                                            \
  __asm__(".section .rodata\n.global " #symbol "\n.global " #symbol "_end\n" #symbol ":\n.incbin \"" REPORT_WEB_FONTS \
          "/" file "\"\n" #symbol "_end:\n.byte 0\n.previous\n");                                                     \
  extern "C" const unsigned char symbol[], symbol##_end[];

FONT(report_font_regular, "texgyrepagella-regular.woff2")
FONT(report_font_italic, "texgyrepagella-italic.woff2")
FONT(report_font_bold, "texgyrepagella-bold.woff2")
FONT(report_font_math, "texgyrepagella-math.woff2")

namespace publish {
namespace {

std::string face(const char* family, const char* style, int weight, const unsigned char* begin,
                 const unsigned char* end) {
  return fmt::format(
      "@font-face {{ font-family: \"{}\"; font-style: {}; font-weight: {}; font-display: block;\n"
      "  src: url(data:font/woff2;base64,{}) format(\"woff2\"); }}\n",
      family, style, weight, base64(begin, end));
}

}  // namespace

const std::string& web_fonts_css() {
  static const std::string css = face("TeX Gyre Pagella", "normal", 400, report_font_regular, report_font_regular_end) +
                                 face("TeX Gyre Pagella", "italic", 400, report_font_italic, report_font_italic_end) +
                                 face("TeX Gyre Pagella", "normal", 700, report_font_bold, report_font_bold_end) +
                                 face("TeX Gyre Pagella Math", "normal", 400, report_font_math, report_font_math_end);
  return css;
}

}  // namespace publish
