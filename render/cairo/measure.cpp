// Text is measured by the table of advances; what that lacks (letters of other scripts in an author's labels) by Pango.
#include <map>
#include <memory>
#include <string>
#include <tuple>

#include "cairo/drawing.hpp"
#include "cairo/house_advances.hpp"
#include "cairo/text.hpp"

namespace cairo {

plot::TextExtent extent_by_pango(std::string_view text, plot::Face face, double size) {
  const Layout layout = set_text(text, face, size);
  PangoRectangle logical;
  pango_layout_get_extents(layout.get(), nullptr, &logical);
  const double baseline = pango_layout_get_baseline(layout.get());
  return {logical.width / double(PANGO_SCALE), baseline / PANGO_SCALE, (logical.height - baseline) / PANGO_SCALE};
}

plot::Measure text_measure() {
  using Key = std::tuple<std::string, plot::Face, double>;
  auto known = std::make_shared<std::map<Key, plot::TextExtent>>();
  return [known](std::string_view text, plot::Face face, double size) {
    if (size > 0)
      if (const auto extent = extent_by(house_advances(), text, face, size)) return *extent;
    const auto [at, is_new] = known->try_emplace({std::string(text), face, size});
    if (is_new) at->second = extent_by_pango(text, face, size);
    return at->second;
  };
}

}  // namespace cairo
