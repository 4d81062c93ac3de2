// The grammar of figures: panels with axes and marks, in data coordinates. A value, drawn by nobody yet.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "plot/scene.hpp"

namespace plot {

// Every label is plain text with mathematics between dollar signs, as in "layer $\\ell$"; see plot/label.hpp.

enum class ScaleKind { linear, log };

/// One axis. Limits and ticks that are not given are chosen from the data of all panels that share the axis.
struct Axis {
  std::string label{};
  ScaleKind scale = ScaleKind::linear;
  std::optional<double> min{};
  std::optional<double> max{};
  bool reversed = false;
  std::vector<double> ticks{};  // major ticks; empty: chosen
  bool counts = false;          // layers, steps, epochs: there is nothing between two whole numbers
};

/// What a curve says, whatever it looks like: readout, labels and tables ask for it.
enum class Role {
  measured,   // what a run gave
  theory,     // what is expected of it; one without a label bears the name of the series that it lies over
  reference,  // what it is held against: a level, a threshold, a limit
};

enum class Marker { none, circle, square, triangle, diamond, cross, plus, star };

/// A curve through (x, y). Parts outside the panel are clipped; values that the axis cannot show
/// (zero on a log axis, infinity, NaN) become marks in a strip at the panel's edge, never nothing.
struct Line {
  std::string series{};
  std::vector<double> x{}, y{};
  StrokeStyle stroke{};
  std::string label{};  // written beside the line's end; labels push each other apart. Without room: in a key below
  Marker marker = Marker::none;
  double marker_size = 4;  // points across
  bool marker_filled = true;
  double marker_gap = 0;  // points of paper along x from marker to marker; 0: one at every data point
  Role role = Role::measured;
};

/// Separate points, otherwise as Line.
struct Points {
  std::string series{};
  std::vector<double> x{}, y{};
  Marker marker = Marker::circle;
  double size = 4;  // points across
  bool filled = true;
  Ink ink = Ink::black;
  std::string label{};
};

/// The area between lower(x) and upper(x).
struct Band {
  std::string series{};
  std::vector<double> x{}, lower{}, upper{};
  Ink ink = Ink::grey;
  double opacity = 0.25;
};

/// A reference line over the whole panel: vertical at x, or horizontal at y.
struct Rule {
  std::optional<double> x{};
  std::optional<double> y{};
  StrokeStyle stroke{Ink::muted, 0.5, Dash::solid, 1};
  std::string label{};
};

/// A shaded rectangle; an infinite side reaches the panel's edge.
struct Region {
  std::pair<double, double> x{-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  std::pair<double, double> y{-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  Ink ink = Ink::faint;
  double opacity = 0.5;
  std::string label{};
};

/// Samples z[j * x.size() + i] of a function at (x[i], y[j]); x and y ascend.
struct Grid {
  std::vector<double> x{}, y{}, z{};
};

/// Level curves of a sampled function.
struct Contours {
  Grid grid{};
  std::vector<double> levels{};
  bool labelled = false;  // the level, written on the line
  StrokeStyle stroke{Ink::faint, 0.6, Dash::solid, 1};
  std::vector<std::string>
      names{};  // of the levels, written in place of their numbers; no other text covers such lines
};

/// A sampled function as bands of colour between levels, with a colour bar to the panel's right. Infinite samples have
/// the colour of their end, and those that are not a number none.
struct HeatMap {
  Grid grid{};
  Ramp ramp = Ramp::sequential;
  double centre = 0;             // where a diverging ramp changes its colour
  std::vector<double> levels{};  // edges of the bands, the bar's ends included, ascending; empty: chosen
  std::string label{};           // of the colour bar
};

/// Arrows from (x[i], y[i]) to (x[i+1], y[i+1]), the head in the middle of the step.
struct Arrows {
  std::string series{};
  std::vector<double> x{}, y{};
  StrokeStyle stroke{};
};

enum class Anchor { left, centre, right };

/// A note at a place in the panel, in data coordinates; it moves a little away from what is there already. Without room
/// it stands in the key, far from its place, where other words may be needed, or a sample of the series that it names.
struct Note {
  double x = 0, y = 0;
  std::string text{};
  Anchor anchor = Anchor::left;
  Ink ink = Ink::muted;
  double dx = 0, dy = 0;  // shift in points, dy upwards
  std::string in_key{};   // its words there; empty: the same
  std::string series{};   // that it names; empty: none
};

/// A triangle on a line of slope dy/dx (in decades on log axes) from (x0, y0) up to x1, labelled with its slope.
struct SlopeGuide {
  double slope = 1;
  double x0 = 0, y0 = 0, x1 = 0;
  std::string label{};
};

using Mark = std::variant<HeatMap, Region, Contours, Band, Rule, Line, Points, Arrows, SlopeGuide, Note>;

struct Inset;

struct Panel {
  std::string title{};
  Axis x{}, y{};
  std::vector<Mark> marks{};  // painted in this order
  std::vector<Inset> insets;  // Inset is not known here, which an initialiser {} would ask Clang for
};

/// A small panel inside another, which shows a part of it closely; its frame in fractions of the outer panel, from its
/// bottom left. It moves away from data, and is left out where there is no room for it.
struct Inset {
  double left = 0, bottom = 0, width = 0.4, height = 0.3;
  Panel panel{};
};

enum class FigureWidth { margin, column, full };  // 50, 117, 175 mm

/// Where a figure is to stand, if that is not the place that it was made for.
struct FigurePlace {
  FigureWidth width = FigureWidth::column;
  double height_mm = 0;  // 0: as suits the width
};

/// Panels in rows of `columns`, lettered a, b, c ... where there is more than one. In a narrower place rows are
/// shorter.
struct Figure {
  std::string title{};
  std::vector<Panel> panels{};
  int columns = 1;
  bool share_x = false;  // one x scale for the panels of a column, labelled at the bottom
  bool share_y = false;  // one y scale for the panels of a row, labelled at the left
  FigureWidth width = FigureWidth::column;
  double height_mm = 70;
  std::vector<double> row_heights{};  // relative; empty: all the same
  std::optional<FigurePlace> place{};
};

}  // namespace plot
