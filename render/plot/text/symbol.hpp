// The symbols that label mathematics knows: TeX names, characters, and how they space (The TeXbook, chapter 18).
#pragma once

#include <string>
#include <string_view>

#include "plot/scene.hpp"

namespace plot {

enum class SymbolClass { ordinary, operation, binary, relation, opening, closing, punctuation };

struct Symbol {
  std::string glyph;  // as drawn: italic Greek are mathematical alphanumerics
  std::string plain;  // as read out
  Face face = Face::math;
  SymbolClass kind = SymbolClass::ordinary;
};

/// The symbol of a command without its backslash, "alpha", "le"; nullptr when unknown.
const Symbol* find_symbol(std::string_view command);

/// The symbol of one character (UTF-8) that stands for itself in mathematics: letters, digits, signs.
Symbol character_symbol(std::string_view c);

/// What the house's fonts (TeX Gyre Pagella Italic, Pagella Math) make of a symbol: whether it leans, whether it rises
/// above the height of x, and by how many ems its ink passes its width to the right.
bool is_slanted(const Symbol& symbol);
bool is_tall(const Symbol& symbol);
double overhang(const Symbol& symbol);

/// A capital script letter: \mathcal{N}. Empty glyph for what has none.
Symbol script_symbol(char letter);

}  // namespace plot
