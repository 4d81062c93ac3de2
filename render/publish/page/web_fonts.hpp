// The page's typefaces, compressed for the web at build time and carried by the program.
#pragma once

#include <string>

namespace publish {

/// @font-face rules with the fonts inside: TeX Gyre Pagella (regular, italic, bold) and TeX Gyre Pagella Math.
const std::string& web_fonts_css();

}  // namespace publish
