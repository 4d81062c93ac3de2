// Inks as colours, on white and on dark paper. Line tones have a contrast of at least 3:1 to the paper, text tones
// of 4.5:1 (WCAG 2.2, 1.4.11 and 1.4.3); `faint` lines are decoration and may be fainter.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "cairo/drawing.hpp"
#include "plot/scene.hpp"

namespace cairo {

struct Rgb {
  int red = 0, green = 0, blue = 0;  // 0..255
  bool operator==(const Rgb&) const = default;
};

struct InkColor {
  plot::Ink ink;
  std::string_view name;  // of its CSS variables: --ink-blue, --text-blue
  Rgb line, text;
};

/// Every ink. All tones of the light palette differ, so that a colour in a drawing leads back to its ink.
const std::array<InkColor, 12>& palette(Theme theme);

Rgb line_color(plot::Ink ink, Theme theme);
Rgb text_color(plot::Ink ink, Theme theme);

Rgb shade_color(plot::Shade shade, Theme theme);

/// The name of a shade's CSS variable: "sequential-3".
std::string shade_name(plot::Shade shade);

/// All shades of all ramps. Those of the light theme differ from each other and from the inks' tones.
const std::vector<plot::Shade>& all_shades();

/// "#0072b2"
std::string css(Rgb color);

/// Contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance).
double contrast(Rgb a, Rgb b);

}  // namespace cairo
