// The build's helper: asks Pango for the advances of the house's faces and writes them as C++, for house_advances.cpp.
// Which letters: those of the report's languages, and the mathematics that labels know (plot/text/symbol.cpp).
#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <exception>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "cairo/drawing.hpp"
#include "cairo/text.hpp"

namespace {

using plot::Face;

constexpr double em = 1000;  // of the faces; at this size an advance is a whole number of points

struct Glyph {
  char32_t code;
  std::string text;
};

std::string utf8(char32_t c) {
  const auto byte = [](char32_t bits) { return static_cast<char>(bits); };
  if (c < 0x80) return {byte(c)};
  if (c < 0x800) return {byte(0xC0 | c >> 6), byte(0x80 | (c & 0x3F))};
  if (c < 0x10000) return {byte(0xE0 | c >> 12), byte(0x80 | (c >> 6 & 0x3F)), byte(0x80 | (c & 0x3F))};
  return {byte(0xF0 | c >> 18), byte(0x80 | (c >> 12 & 0x3F)), byte(0x80 | (c >> 6 & 0x3F)), byte(0x80 | (c & 0x3F))};
}

using Ranges = std::vector<std::pair<char32_t, char32_t>>;

// Letters and punctuation of texts, which are kerned; ascending, as are the signs.
const Ranges letters{{0x20, 0x7E},     {0xA0, 0xAC},     {0xAE, 0xFF},     {0x131, 0x131},   {0x152, 0x153},
                     {0x160, 0x161},   {0x178, 0x178},   {0x17D, 0x17E},   {0x2010, 0x2014}, {0x2018, 0x201A},
                     {0x201C, 0x201E}, {0x2026, 0x2026}, {0x2039, 0x203A}, {0x2212, 0x2212}};
const Ranges signs{{0x2C6, 0x2C7},   {0x2D8, 0x2DD},     {0x300, 0x304},     {0x307, 0x308},    {0x391, 0x3F6},
                   {0x2009, 0x200A}, {0x2016, 0x2016},   {0x2020, 0x2022},   {0x202F, 0x202F},  {0x2030, 0x2030},
                   {0x2032, 0x2034}, {0x2070, 0x208E},   {0x20AC, 0x20AC},   {0x2100, 0x214F},  {0x2190, 0x21FF},
                   {0x2200, 0x22FF}, {0x2308, 0x230B},   {0x25A0, 0x25FF},   {0x2713, 0x2717},  {0x27E8, 0x27E9},
                   {0x2A7D, 0x2A7E}, {0x1D434, 0x1D467}, {0x1D49C, 0x1D4CF}, {0x1D6A8, 0x1D71B}};
const std::vector<Glyph> ligatures{{0xFB00, "ff"}, {0xFB01, "fi"}, {0xFB02, "fl"}, {0xFB03, "ffi"}, {0xFB04, "ffl"}};

/// The width of a text in thousandths of the size, none where the face lacks a glyph of it.
std::optional<int> width_of(const std::string& text, Face face) {
  try {
    const cairo::Layout layout = cairo::set_text(text, face, em);
    PangoRectangle logical;
    pango_layout_get_extents(layout.get(), nullptr, &logical);
    const double width = logical.width / double(PANGO_SCALE);
    if (std::abs(width - std::round(width)) > 0.05 * static_cast<double>(text.size()))
      throw std::logic_error(fmt::format("'{}' measures {} thousandths of an em, no whole number", text, width));
    return static_cast<int>(std::lround(width));
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }
}

/// Pairs are set one after another in a layout that is made once: there are 200,000.
class PairSetter {
 public:
  explicit PairSetter(Face face) : layout_(cairo::set_text("x", face, em)) {}

  int width(const std::string& text) const {
    pango_layout_set_text(layout_.get(), text.data(), static_cast<int>(text.size()));
    PangoRectangle logical;
    pango_layout_get_extents(layout_.get(), nullptr, &logical);
    return static_cast<int>(std::lround(logical.width / double(PANGO_SCALE)));
  }

 private:
  cairo::Layout layout_;
};

/// Whether the face sets these letters as one glyph.
bool is_ligature(const std::string& text, Face face) {
  if (!text.ends_with("ff") && !text.ends_with("fi") && !text.ends_with("fl")) return false;
  const cairo::Layout layout = cairo::set_text(text, face, em);
  const auto* run = static_cast<const PangoGlyphItem*>(pango_layout_get_line_readonly(layout.get(), 0)->runs->data);
  for (int i = 1; i < run->glyphs->num_glyphs; ++i)
    if (run->glyphs->glyphs[i].glyph != PANGO_GLYPH_EMPTY) return false;
  return true;
}

std::vector<Glyph> all_of(const Ranges& ranges) {
  std::vector<Glyph> glyphs;
  for (const auto& [first, last] : ranges)
    for (char32_t c = first; c <= last; ++c) glyphs.push_back({c, utf8(c)});
  return glyphs;
}

void write_face(Face face, int number) {
  std::map<char32_t, std::pair<std::string, int>> known;  // of those that are kerned
  std::map<char32_t, int> widths;
  const auto take = [&](const std::vector<Glyph>& glyphs, bool are_kerned) {
    for (const Glyph& glyph : glyphs) {
      const auto width = width_of(glyph.text, face);
      if (!width) continue;
      widths[glyph.code] = *width;
      if (are_kerned) known[glyph.code] = {glyph.text, *width};
    }
  };
  take(all_of(letters), true);
  std::vector<Glyph> joined;
  for (const Glyph& ligature : ligatures)
    if (is_ligature(ligature.text, face)) joined.push_back(ligature);
  take(joined, true);
  take(all_of(signs), false);

  fmt::print("constexpr plot::Advance glyphs_{}[] = {{\n", number);
  for (const auto& [code, width] : widths) fmt::print("{{0x{:X},{}}},", static_cast<unsigned>(code), width);
  fmt::print("}};\nconstexpr plot::Kerning pairs_{}[] = {{\n", number);
  const PairSetter setter(face);
  for (const auto& [first, a] : known)
    for (const auto& [second, b] : known) {
      const int more = setter.width(a.first + b.first) - a.second - b.second;
      // What two letters join to is in the table as a glyph of its own.
      if (more != 0 && !is_ligature(a.first + b.first, face))
        fmt::print("{{0x{:X},0x{:X},{}}},", static_cast<unsigned>(first), static_cast<unsigned>(second), more);
    }
  fmt::print("{{0xFFFF,0,0}}}};\n");  // no letter: a face may have no pairs, and an array needs one
}

double baseline_of(Face face) {
  return pango_layout_get_baseline(cairo::set_text("x", face, em).get()) / double(PANGO_SCALE);
}
double height_of(Face face) {
  PangoRectangle logical;
  pango_layout_get_extents(cairo::set_text("x", face, em).get(), nullptr, &logical);
  return logical.height / double(PANGO_SCALE);
}

}  // namespace

int main(int count, char** arguments) try {
  if (count != 2) throw std::invalid_argument("the file of the font configuration is missing");
  cairo::use_fonts(arguments[1]);
  constexpr Face faces[] = {Face::regular, Face::italic, Face::bold, Face::math};
  for (int i = 0; i < 4; ++i) write_face(faces[i], i);
  fmt::print("inline plot::AdvanceTable advances_of_faces() {{\n  return {{{{");
  for (int i = 0; i < 4; ++i) {
    const long ascent = std::lround(baseline_of(faces[i]));
    fmt::print("{{{},{},glyphs_{},pairs_{}}},\n", ascent, std::lround(height_of(faces[i])) - ascent, i, i);
  }
  fmt::print("}}}};\n}}\n");
} catch (const std::exception& error) {
  fmt::print(stderr, "error: {}\n", error.what());
  return 1;
}
