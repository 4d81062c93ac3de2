// Any bytes as a label and as the names of a drawing: understood or refused at a column, and the page's SVG is XML that
// says them back.
#include "plot/text/label.hpp"

#include <expat.h>

#include <cmath>
#include <stdexcept>
#include <vector>

#include "cairo/page_svg.hpp"
#include "fuzz.hpp"
#include "manuscript/unicode.hpp"
#include "plot/layout/layout.hpp"
#include "plot/text/formula.hpp"

using namespace plot;

namespace {

/// Every character half as wide as it is high, so that no font is needed.
TextExtent measure(std::string_view text, Face, double size) {
  double count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return {0.5 * size * count, 0.7 * size, 0.2 * size};
}

bool is_utf8(const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto c = manuscript::decode(text, at);
    if (!c.valid) return false;
    at += c.bytes;
  }
  return true;
}

/// The text as XML can hold it: U+FFFD in place of what XML 1.0 (section 2.2) excludes.
std::string as_xml(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool noncharacter = text.compare(at, 3, "\xEF\xBF\xBE") == 0 || text.compare(at, 3, "\xEF\xBF\xBF") == 0;
    const auto c = static_cast<unsigned char>(text[at]);
    const bool excluded = noncharacter || (c < 0x20 && c != '\t' && c != '\n' && c != '\r');
    out += excluded ? "\xEF\xBF\xBD" : text.substr(at, 1);
    if (noncharacter) at += 2;
  }
  return out;
}

/// What an XML reader sees of a drawing.
struct Seen {
  std::vector<std::string> elements;
  std::string title, description, texts;
};

Seen seen_in(const std::string& svg) {
  Seen seen;
  XML_Parser parser = XML_ParserCreate("UTF-8");
  XML_SetUserData(parser, &seen);
  XML_SetElementHandler(
      parser, [](void* data, const char* name, const char**) { static_cast<Seen*>(data)->elements.emplace_back(name); },
      [](void* data, const char*) { static_cast<Seen*>(data)->elements.pop_back(); });
  XML_SetCharacterDataHandler(parser, [](void* data, const char* text, int length) {
    Seen& to = *static_cast<Seen*>(data);
    const std::string& in = to.elements.back();
    if (in == "title") to.title.append(text, static_cast<std::size_t>(length));
    if (in == "desc") to.description.append(text, static_cast<std::size_t>(length));
    if (in == "text" || in == "tspan") to.texts.append(text, static_cast<std::size_t>(length));
  });
  const bool fine = XML_Parse(parser, svg.data(), static_cast<int>(svg.size()), 1) == XML_STATUS_OK;
  const std::string problem = fine ? "" : XML_ErrorString(XML_GetErrorCode(parser));
  XML_ParserFree(parser);
  fuzz::promise(fine, "a drawing is well-formed XML:", problem + "\n" + svg);
  return seen;
}

void draw(const std::string& label, const std::string& title, const std::string& description) {
  Figure figure;
  figure.title = label;
  Panel panel;
  panel.title = panel.x.label = panel.y.label = label;
  Line line;
  line.series = line.label = label;
  line.x = {0, 1, 2};
  line.y = {1, 3, 2};
  panel.marks = {line};
  figure.panels = {panel};
  const Seen seen = seen_in(cairo::write_page_svg(layout(figure, measure), "a-", title, description));
  fuzz::promise(seen.title == as_xml(title), "a drawing's title is what was given:", seen.title);
  fuzz::promise(seen.description == as_xml(description),
                "a drawing's description is what was given:", seen.description);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text = fuzz::text_of(bytes, size);
  // Label, title and description, each to the end of its line.
  const std::size_t first = text.find('\n');
  const std::size_t second = first == std::string::npos ? first : text.find('\n', first + 1);
  const std::string label = text.substr(0, first);
  const std::string title = first == std::string::npos ? "" : text.substr(first + 1, second - first - 1);
  const std::string description = second == std::string::npos ? "" : text.substr(second + 1);
  try {
    const SetLabel set = set_label(label, 8, measure);
    fuzz::promise(std::isfinite(set.width) && std::isfinite(set.ascent) && std::isfinite(set.descent),
                  "a label has a size");
    for (const auto& run : set.runs)
      fuzz::promise(run.size > 0 && run.size <= 8 && std::isfinite(run.offset.x) && std::isfinite(run.offset.y),
                    "a run has a place and a size");
    plain_text(label);
    // Chapters are UTF-8 when they come to be drawn.
    if (is_utf8(text)) draw(label, title, description);
  } catch (const std::invalid_argument& refusal) {
    fuzz::promise(*refusal.what() != 0, "a refusal says something");
  }
  return 0;
}
