// Sizes of the house style, in points at final size: text 8, tick labels 7.5, never below 7; lines
// and ticks thin. The words of the document's language are of the style, too.
#pragma once

#include "text/words.hpp"

namespace plot {

struct Style {
  double text = 8;
  double tick_text = 7.5;
  double axis_width = 0.6;
  double spine_offset = 3;  // between the data area and the axis lines
  double tick_length = 3;
  double minor_length = 1.5;
  double tick_gap = 2;       // between a tick and its label
  double label_gap = 4;      // between tick labels and the axis label
  double title_gap = 5;      // between a title's baseline and the panel
  double line_spacing = 10;  // of titles and axis labels
  double strip_height = 9;   // for values that the axis cannot show
  double strip_gap = 2;
  double column_gap = 14;  // between panels; half a tick label fits on either side
  double row_gap = 8;
  double margin = 2;  // of the page
  const text::Words* words = &text::english();

  double tick_line_spacing() const { return 1.2 * tick_text; }
};

/// The house style for a panel inside another.
inline Style small_style(const text::Words& words) {
  Style style;
  style.words = &words;
  style.text = style.tick_text = 7;
  style.axis_width = 0.5;
  style.spine_offset = 2;
  style.tick_length = 2;
  style.minor_length = 1;
  style.line_spacing = 9;
  style.label_gap = 3;
  style.strip_height = 7;
  style.strip_gap = 1;
  return style;
}

constexpr double title_air = 3;  // above titles
constexpr double leader_width = 0.5;
constexpr double marker_line_width = 0.9;
constexpr double direct_label_gap = 9;      // least distance of baselines
constexpr double bare_label_distance = 16;  // at most, of a line's end from its label without a leader
constexpr double direct_label_offset = 7;   // from the panel to labels in the margin
constexpr double label_marker_gap = 2;      // between a marker and the label beside it
constexpr double pointer_size = 5;

/// Height of capitals and figures, and depth of descenders, as fractions of the size (TeX Gyre
/// Pagella: 0.69, 0.28).
constexpr double cap_height = 0.69;
constexpr double descender = 0.25;
/// What letters ink over and under their baseline at most, but for the tails of a few.
constexpr double ink_above = 0.7, ink_below = 0.2;

}  // namespace plot
