// A drawing on paper as a plain value: paths and text, in points (1/72 inch), y downwards.
// Colours are named inks; a palette turns them into light or dark RGB when the scene is drawn.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace plot {

/// A colour by its meaning. The marks' inks are Okabe and Ito's; each has a line tone and a darker text tone.
enum class Ink {
  foreground,  // axes, text
  background,  // paper; halos
  muted,       // secondary text, reference lines
  faint,       // contours, shaded regions
  blue,
  orange,
  green,
  vermillion,
  purple,
  sky,
  grey,
  black,  // a series drawn in the foreground's colour
};

/// A point on paper, in points from the top left corner.
struct PaperPoint {
  double x = 0;
  double y = 0;
};

enum class Dash { solid, dashed, dotted, dash_dot };

struct StrokeStyle {
  Ink ink = Ink::foreground;
  double width = 1.3;  // points
  Dash dash = Dash::solid;
  double opacity = 1;
};

/// Colours that stand for numbers: `sequential` away from the paper, `diverging` from blue over the paper to
/// vermillion.
enum class Ramp { sequential, diverging };

/// How many tones a ramp has; half of a diverging one's are on either side.
constexpr int tones(Ramp ramp) { return ramp == Ramp::sequential ? 12 : 20; }

/// One tone of a ramp, 0 .. tones - 1 from low to high.
struct Shade {
  Ramp ramp = Ramp::sequential;
  int tone = 0;
  bool operator==(const Shade&) const = default;
};

struct FillStyle {
  Ink ink = Ink::foreground;
  double opacity = 1;
  std::optional<Shade> shade = std::nullopt;  // in place of the ink
};

struct MoveTo {
  PaperPoint to;
};
struct LineTo {
  PaperPoint to;
};
struct CurveTo {
  PaperPoint control1, control2, to;
};
struct ClosePath {};
using PathStep = std::variant<MoveTo, LineTo, CurveTo, ClosePath>;

/// A shape: filled first, then stroked; all coordinates finite and inside the page.
struct Path {
  std::vector<PathStep> steps;
  std::optional<StrokeStyle> stroke;
  std::optional<FillStyle> fill;
  std::string series;     // the series it shows; empty for axes and decoration
  bool even_odd = false;  // an outline inside another bounds a hole, whichever way they turn
};

/// Which part of a text stands at its place.
enum class Anchor { left, centre, right };

enum class Face { regular, italic, bold, math };

/// Characters in one face and size, their baseline's start at `offset` from the text's origin (before rotation).
struct TextRun {
  std::string text;  // UTF-8
  Face face = Face::regular;
  double size = 8;  // points
  PaperPoint offset;
};

/// A line of text: runs placed along a baseline through `origin`, turned by `angle` (radians, counter-clockwise).
struct TextItem {
  PaperPoint origin;
  double angle = 0;
  std::vector<TextRun> runs;
  Ink ink = Ink::foreground;  // drawn in the ink's text tone
  bool halo = false;          // a rim of background behind the glyphs
  std::string series;
};

using Item = std::variant<Path, TextItem>;

struct Scene {
  double width = 0;         // points
  double height = 0;        // points
  std::vector<Item> items;  // painted in this order
};

}  // namespace plot
