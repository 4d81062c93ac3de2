// The page's typefaces, compressed for the web at build time and carried by the program.
#pragma once

#include <string>

namespace publish {

/// @font-face rules with the fonts inside: TeX Gyre Pagella (regular, italic, bold) and TeX Gyre Pagella Math.
const std::string& web_fonts_css();

/// The same for all styles that there are of one family ("Latin Modern Mono"); none of one that is not carried.
std::string web_font_css(const std::string& family);

}  // namespace publish
