// Which signs a page may show, so that its typefaces need to hold no others.
#pragma once

#include <set>
#include <string_view>

namespace publish {

using Signs = std::set<char32_t>;

/// Those of formulas, with what drawings set in the mathematics font, and those of everything else.
struct PageSigns {
  Signs text, mathematics;
  bool has_capitals = false;  // a style shows small letters as capitals
};

/// Adds the signs of a piece of HTML. Names of elements, scripts and styles count as text: what a script may write
/// stands in it. A variable in a formula counts in its mathematical italic form too, which browsers show.
void add_signs(std::string_view html, PageSigns& signs);

/// The signs with those that browsers put in their place or beside them: accents apart, brackets turned round,
/// capitals, bullets, quotation marks. What is in every text anyway is among them, so that few edits need another
/// typeface.
PageSigns as_shown(const PageSigns& signs);

}  // namespace publish
