// See document_looks.hpp.
#include "engine/sources/document_looks.hpp"

#include "cairo/palette.hpp"

namespace engine {

nlohmann::ordered_json key_form(const DocumentLooks& looks) {
  nlohmann::ordered_json form{{"margin", looks.has_margin}};
  for (const auto theme : {cairo::Theme::light, cairo::Theme::dark})
    for (const auto& ink : looks.inks.of(theme)) form["inks"].push_back(cairo::css(ink.line) + cairo::css(ink.text));
  return form;
}

}  // namespace engine
