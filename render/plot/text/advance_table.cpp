// See advance_table.hpp.
#include "plot/text/advance_table.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

namespace plot {
namespace {

constexpr char32_t not_utf8 = 0xFFFD;

struct Ligature {
  std::string_view letters;
  char32_t glyph;
};
constexpr Ligature ligatures[] = {{"ffi", 0xFB03}, {"ffl", 0xFB04}, {"ff", 0xFB00}, {"fi", 0xFB01}, {"fl", 0xFB02}};

/// The code point at the front, which is taken.
char32_t take_code_point(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  const std::size_t length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 0;
  if (length == 0 || length > text.size()) {
    text.remove_prefix(1);
    return not_utf8;
  }
  char32_t point = length == 1 ? first : first & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) point = point << 6 | (byte(i) & 0x3Fu);
  text.remove_prefix(length);
  return point;
}

const Advance* find(const FaceAdvances& face, char32_t glyph) {
  const auto at = std::lower_bound(face.glyphs.begin(), face.glyphs.end(), glyph,
                                   [](const Advance& a, char32_t wanted) { return a.glyph < wanted; });
  return at != face.glyphs.end() && at->glyph == glyph ? &*at : nullptr;
}

int kerning(const FaceAdvances& face, char32_t first, char32_t second) {
  const std::pair<char32_t, char32_t> wanted{first, second};
  const auto at = std::lower_bound(face.pairs.begin(), face.pairs.end(), wanted, [](const Kerning& k, const auto& w) {
    return std::pair<char32_t, char32_t>(k.first, k.second) < w;
  });
  return at != face.pairs.end() && at->first == first && at->second == second ? at->width : 0;
}

constexpr double units_a_point = 1024;  // Pango's

double in_points(std::int64_t units) { return static_cast<double>(units) / units_a_point; }

/// Thousandths of a size as Pango's units, by HarfBuzz's arithmetic (hb_font_t::em_mult): 16 bits of fraction.
class Scaler {
 public:
  explicit Scaler(double size) : factor_((std::llround(size * units_a_point) << 16) / 1000) {}
  std::int64_t operator()(int thousandths) const { return (thousandths * factor_ + (1 << 15)) >> 16; }

 private:
  std::int64_t factor_;
};

}  // namespace

char32_t take_glyph(std::string_view& text, const FaceAdvances& face) {
  for (const Ligature& ligature : ligatures)
    if (text.starts_with(ligature.letters) && find(face, ligature.glyph)) {
      text.remove_prefix(ligature.letters.size());
      return ligature.glyph;
    }
  return take_code_point(text);
}

std::optional<TextExtent> extent_by(const AdvanceTable& table, std::string_view text, Face face, double size) {
  const FaceAdvances& of = table[static_cast<std::size_t>(face)];
  const Scaler scaled(size);
  std::int64_t width = 0;
  char32_t before = 0;
  while (!text.empty()) {
    const char32_t glyph = take_glyph(text, of);
    const Advance* advance = find(of, glyph);
    if (!advance) return std::nullopt;
    width += scaled(advance->width);
    if (before != 0) width += scaled(kerning(of, before, glyph));
    before = glyph;
  }
  return TextExtent{in_points(width), in_points(scaled(of.ascent)), in_points(scaled(of.descent))};
}

}  // namespace plot
