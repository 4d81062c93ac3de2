// The palettes: Okabe and Ito's colours, orange and sky darkened on white until they can be seen.
#include "cairo/palette.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <stdexcept>

namespace cairo {
namespace {

using plot::Ink;

constexpr Rgb rgb(unsigned hex) {
  return {static_cast<int>(hex >> 16 & 255), static_cast<int>(hex >> 8 & 255), static_cast<int>(hex & 255)};
}

constexpr Inks house{{{
                         {Ink::foreground, "foreground", rgb(0x1A1A1A), rgb(0x1B1B1B)},
                         {Ink::background, "background", rgb(0xFFFFFF), rgb(0xFEFEFE)},
                         {Ink::muted, "muted", rgb(0x8C8C8C), rgb(0x666666)},
                         {Ink::faint, "faint", rgb(0xC9C9C9), rgb(0x707070)},
                         {Ink::blue, "blue", rgb(0x0072B2), rgb(0x006FAE)},
                         {Ink::orange, "orange", rgb(0xD07F00), rgb(0x9A6A00)},
                         {Ink::green, "green", rgb(0x009E73), rgb(0x00775A)},
                         {Ink::vermillion, "vermillion", rgb(0xD55E00), rgb(0xB04E00)},
                         {Ink::purple, "purple", rgb(0xCB77A6), rgb(0x9B4F7C)},
                         {Ink::sky, "sky", rgb(0x3A92CC), rgb(0x1F77A8)},
                         {Ink::grey, "grey", rgb(0x7F7F7F), rgb(0x656565)},
                         {Ink::black, "black", rgb(0x000000), rgb(0x010101)},
                     }},
                     {{
                         {Ink::foreground, "foreground", rgb(0xE6E6E6), rgb(0xE7E7E7)},
                         {Ink::background, "background", rgb(0x111418), rgb(0x121519)},
                         {Ink::muted, "muted", rgb(0x858B92), rgb(0xA8AEB5)},
                         {Ink::faint, "faint", rgb(0x454C54), rgb(0x8E959D)},
                         {Ink::blue, "blue", rgb(0x56B4E9), rgb(0x6CBDED)},
                         {Ink::orange, "orange", rgb(0xE69F00), rgb(0xF0B43C)},
                         {Ink::green, "green", rgb(0x00B488), rgb(0x2CC79C)},
                         {Ink::vermillion, "vermillion", rgb(0xE8722A), rgb(0xF58B4A)},
                         {Ink::purple, "purple", rgb(0xCC79A7), rgb(0xDB95BC)},
                         {Ink::sky, "sky", rgb(0x9BD3F3), rgb(0xA5D7F4)},
                         {Ink::grey, "grey", rgb(0x9AA0A6), rgb(0xB4BAC0)},
                         {Ink::black, "black", rgb(0xF4F4F4), rgb(0xF5F5F5)},
                     }}};

// Ramps in equal steps of lightness, chroma and hue in Oklab (Ottosson 2020): from the paper's tone outwards, and no
// further than the text that stands on them can be read.
constexpr unsigned light_sequential[] = {0xEBF6F5, 0xDAEEEE, 0xC8E6E8, 0xB7DEE4, 0xA6D5E0, 0x95CCDD,
                                         0x86C2DB, 0x78B8D9, 0x6BAED7, 0x61A3D5, 0x5997D3, 0x548BD0};
constexpr unsigned light_diverging[] = {0x4C97DA, 0x5FA1DE, 0x72ABE2, 0x83B5E5, 0x95C0E9, 0xA6CAED, 0xB7D4F0,
                                        0xC8DEF3, 0xDAE8F6, 0xEBF2F9, 0xF9EFEA, 0xF5E2D8, 0xF1D4C6, 0xEDC7B4,
                                        0xE8BAA3, 0xE4AD91, 0xDFA07F, 0xD9926E, 0xD4855B, 0xCE7748};
constexpr unsigned dark_sequential[] = {0x121F1E, 0x122626, 0x112D2F, 0x103438, 0x0E3A43, 0x0E414F,
                                        0x0F485B, 0x134E67, 0x195475, 0x225A82, 0x2C5F8F, 0x38659D};
constexpr unsigned dark_diverging[] = {0x1F659F, 0x205D90, 0x205481, 0x204B72, 0x204363, 0x1E3B55, 0x1D3347,
                                       0x1B2B3A, 0x19232C, 0x171B20, 0x1F1916, 0x2B1F18, 0x37241A, 0x44291C,
                                       0x512F1D, 0x5E341E, 0x6B3A1E, 0x793F1F, 0x87451E, 0x954A1E};
static_assert(std::size(light_sequential) == plot::tones(plot::Ramp::sequential));
static_assert(std::size(dark_sequential) == plot::tones(plot::Ramp::sequential));
static_assert(std::size(light_diverging) == plot::tones(plot::Ramp::diverging));
static_assert(std::size(dark_diverging) == plot::tones(plot::Ramp::diverging));

const InkColor& color_of(Ink ink, Theme theme, const Inks& inks) {
  return inks.of(theme)[static_cast<std::size_t>(ink)];
}

Rgb mixed(Rgb a, Rgb b, double share_of_b) {
  const auto mix = [&](int x, int y) { return static_cast<int>(std::lround(x + share_of_b * (y - x))); };
  return {mix(a.red, b.red), mix(a.green, b.green), mix(a.blue, b.blue)};
}

double luminance(Rgb c) {
  const auto channel = [](int value) {
    const double x = value / 255.0;
    return x <= 0.04045 ? x / 12.92 : std::pow((x + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * channel(c.red) + 0.7152 * channel(c.green) + 0.0722 * channel(c.blue);
}

}  // namespace

const Inks& house_inks() { return house; }

const std::array<InkColor, 12>& palette(Theme theme) { return house.of(theme); }

Rgb line_color(Ink ink, Theme theme, const Inks& inks) { return color_of(ink, theme, inks).line; }
Rgb text_color(Ink ink, Theme theme, const Inks& inks) { return color_of(ink, theme, inks).text; }

Rgb shade_color(plot::Shade shade, Theme theme) {
  if (shade.tone < 0 || shade.tone >= tones(shade.ramp))
    throw std::invalid_argument(
        fmt::format("a scene has a shade {} of a ramp with {} tones", shade.tone, tones(shade.ramp)));
  const bool is_light = theme == Theme::light;
  if (shade.ramp == plot::Ramp::sequential) return rgb((is_light ? light_sequential : dark_sequential)[shade.tone]);
  return rgb((is_light ? light_diverging : dark_diverging)[shade.tone]);
}

std::string shade_name(plot::Shade shade) {
  return fmt::format("{}-{}", shade.ramp == plot::Ramp::sequential ? "sequential" : "diverging", shade.tone);
}

const std::vector<plot::Shade>& all_shades() {
  static const std::vector<plot::Shade> shades = [] {
    std::vector<plot::Shade> list;
    for (const auto ramp : {plot::Ramp::sequential, plot::Ramp::diverging})
      for (int tone = 0; tone < tones(ramp); ++tone) list.push_back({ramp, tone});
    return list;
  }();
  return shades;
}

std::string css(Rgb c) { return fmt::format("#{:02x}{:02x}{:02x}", c.red, c.green, c.blue); }

double contrast(Rgb a, Rgb b) {
  const double la = luminance(a), lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

Rgb readable_on(Rgb paper, Rgb color, double least_contrast) {
  const Rgb far = luminance(paper) > 0.18 ? Rgb{0, 0, 0} : Rgb{255, 255, 255};
  constexpr int steps = 256;
  for (int step = 0; step < steps; ++step)
    if (const Rgb tone = mixed(color, far, static_cast<double>(step) / steps); contrast(tone, paper) >= least_contrast)
      return tone;
  return far;
}

void set_ink(Inks& inks, plot::Ink ink, Theme theme, Rgb color) {
  const Rgb paper = line_color(Ink::background, theme, inks);
  InkColor& own = (theme == Theme::light ? inks.light : inks.dark)[static_cast<std::size_t>(ink)];
  own.line = color;
  own.text = readable_on(paper, color, least_text_contrast);
}

std::string ink_css(Theme theme, const Inks& inks) {
  std::string text = ":root {\n";
  for (const auto& c : inks.of(theme))
    text += fmt::format("  --ink-{}: {}; --text-{}: {};\n", c.name, css(c.line), c.name, css(c.text));
  for (const plot::Shade shade : all_shades())
    text += fmt::format("  --{}: {};\n", shade_name(shade), css(shade_color(shade, theme)));
  return text + "}\n";
}

}  // namespace cairo
