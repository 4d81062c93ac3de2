// Labels with mathematics, on their way to the page: whatever they hold, the drawing is well-formed XML.
#include <expat.h>
#include <glib.h>

#include <stdexcept>

#include "cairo/drawing.hpp"
#include "fuzz.hpp"
#include "plot/layout.hpp"

namespace {

plot::TextExtent measure(std::string_view text, plot::Face, double size) {
  return {0.5 * size * static_cast<double>(text.size()), 0.7 * size, 0.2 * size};
}

bool is_well_formed(const std::string& xml) {
  const XML_Parser parser = XML_ParserCreate("UTF-8");
  const bool parsed = XML_Parse(parser, xml.data(), static_cast<int>(xml.size()), 1) == XML_STATUS_OK;
  XML_ParserFree(parser);
  return parsed;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string label = fuzz::text_of(data, size);
  // A chapter that is no UTF-8 is refused before.
  if (size > 200 || !g_utf8_validate(label.data(), static_cast<gssize>(label.size()), nullptr)) return 0;
  try {
    plot::plain_text(label);
    plot::Figure figure;
    figure.title = label;
    plot::Panel panel;
    panel.title = label;
    panel.x.label = label;
    plot::Line line;
    line.series = line.label = label;
    line.x = {0, 1, 2};
    line.y = {1, 3, 2};
    panel.marks.push_back(line);
    figure.panels = {panel};
    const auto scene = plot::layout(figure, measure);
    fuzz::require(is_well_formed(drawing::to_inline_svg(scene, "id-", label, label)), "the page's drawing is well-formed");
  } catch (const std::invalid_argument&) {
  }
  return 0;
}
