// The palettes: Okabe and Ito's colours, orange and sky darkened on white until they can be seen.
#include "cairo/palette.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace drawing {
namespace {

using plot::Ink;

constexpr Rgb rgb(unsigned hex) {
  return {static_cast<int>(hex >> 16 & 255), static_cast<int>(hex >> 8 & 255), static_cast<int>(hex & 255)};
}

constexpr std::array<InkColor, 12> light{{
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
}};

constexpr std::array<InkColor, 12> dark{{
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
}};

const InkColor& color_of(Ink ink, Theme theme) { return palette(theme)[static_cast<std::size_t>(ink)]; }

double luminance(Rgb c) {
  const auto channel = [](int value) {
    const double x = value / 255.0;
    return x <= 0.04045 ? x / 12.92 : std::pow((x + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * channel(c.red) + 0.7152 * channel(c.green) + 0.0722 * channel(c.blue);
}

}  // namespace

const std::array<InkColor, 12>& palette(Theme theme) { return theme == Theme::light ? light : dark; }

Rgb line_color(Ink ink, Theme theme) { return color_of(ink, theme).line; }
Rgb text_color(Ink ink, Theme theme) { return color_of(ink, theme).text; }

std::string css(Rgb c) { return fmt::format("#{:02x}{:02x}{:02x}", c.red, c.green, c.blue); }

double contrast(Rgb a, Rgb b) {
  const double la = luminance(a), lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

std::string ink_css(Theme theme) {
  std::string text = ":root {\n";
  for (const auto& c : palette(theme))
    text += fmt::format("  --ink-{}: {}; --text-{}: {};\n", c.name, css(c.line), c.name, css(c.text));
  return text + "}\n";
}

}  // namespace drawing
