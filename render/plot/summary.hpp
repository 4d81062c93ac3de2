// What a drawn figure says, without the accidents of its typefaces: its words, axes and ticks, and which series is
// drawn how and where. A value to compare two drawings by.
//
// Places are fractions of the panel's data area, which do not depend on the room that labels take around it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plot/figure.hpp"
#include "plot/text/label.hpp"

namespace plot {

struct TickSummary {
  std::string label;  // empty: a minor tick; in one line
  double value = 0;   // in data units
  double place = 0;   // where its stroke stands, from the axis' low end on paper (left, bottom)
};

struct AxisSummary {
  std::string label;
  ScaleKind scale = ScaleKind::linear;
  bool reversed = false;
  double low = 0, high = 0;  // in data units
  std::vector<TickSummary> ticks;
};

/// A stretch of paths, neighbours in painting order, that show one series in one style.
struct ShapeSummary {
  std::string series;
  std::string form;  // of the first of them: "line", "curve", "circle", "polygon of 4", ...
  std::optional<StrokeStyle> stroke;
  std::optional<FillStyle> fill;
  double left = 0, bottom = 0, right = 0, top = 0;
  double length = 0;                  // of all outlines, in sides of the data area
  double middle_x = 0, middle_y = 0;  // of the outlines, by their length: a mirrored curve has another
};

struct TextSummary {
  std::string text;
  Ink ink = Ink::foreground;
  double size = 0;            // points, of the first run
  Face face = Face::regular;  // of the first run
};

struct PanelSummary {
  std::string title;  // with the panel's letter
  AxisSummary x, y;
  std::vector<ShapeSummary> shapes;  // in painting order
  std::vector<TextSummary> texts;    // all but the title, in painting order; a label of two lines is two texts
  std::vector<PanelSummary> insets;
};

struct Summary {
  double width = 0, height = 0;  // points
  std::vector<TextSummary> title;
  std::vector<PanelSummary> panels;
};

Summary summarise(const Figure& figure, const Measure& measure);

}  // namespace plot
