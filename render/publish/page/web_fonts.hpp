// The page's typefaces, which the program carries.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "publish/page/page_signs.hpp"
#include "store/store.hpp"

namespace publish {

/// @font-face rules for all styles that there are of these families ("Latin Modern Mono"), with the fonts inside, cut
/// to what the page shows; none for a family that is not carried. Cut fonts are kept in the store, if there is one.
std::string web_fonts_css(const std::vector<std::string>& families, const PageSigns& signs, const store::Store* store);

/// A typeface, whole.
struct WebFont {
  std::string_view family, opentype;
  bool is_for_mathematics = false;
};
std::vector<WebFont> web_fonts();

}  // namespace publish
