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

/// The house's inks. All tones of the light palette differ, so that a colour in a drawing leads back to its ink.
const std::array<InkColor, 12>& palette(Theme theme);

constexpr double least_line_contrast = 3, least_text_contrast = 4.5;

Rgb line_color(plot::Ink ink, Theme theme, const Inks& inks = house_inks());
Rgb text_color(plot::Ink ink, Theme theme, const Inks& inks = house_inks());

Rgb shade_color(plot::Shade shade, Theme theme);

/// The name of a shade's CSS variable: "sequential-3".
std::string shade_name(plot::Shade shade);

/// All shades of all ramps. Those of the light theme differ from each other and from the inks' tones.
const std::vector<plot::Shade>& all_shades();

/// "#0072b2"
std::string css(Rgb color);

/// Contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance).
double contrast(Rgb a, Rgb b);

/// The colour, or the one nearest to it towards black or white that has at least this contrast to the paper.
Rgb readable_on(Rgb paper, Rgb color, double least_contrast);

/// An ink in another colour than the house's: lines in it, letters in it or as much darker or lighter as they need.
void set_ink(Inks& inks, plot::Ink ink, Theme theme, Rgb color);

}  // namespace cairo
