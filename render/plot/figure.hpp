// The grammar of figures: panels with axes and marks (each in a file of plot/marks), in data coordinates. A value,
// drawn by nobody yet.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "plot/geometry/scale.hpp"
#include "plot/marks/arrows.hpp"
#include "plot/marks/band.hpp"
#include "plot/marks/bars.hpp"
#include "plot/marks/boxes.hpp"
#include "plot/marks/contours.hpp"
#include "plot/marks/error_bars.hpp"
#include "plot/marks/heat_map.hpp"
#include "plot/marks/line.hpp"
#include "plot/marks/note.hpp"
#include "plot/marks/points.hpp"
#include "plot/marks/region.hpp"
#include "plot/marks/rule.hpp"
#include "plot/marks/slope_guide.hpp"

namespace plot {

// Every label is plain text with mathematics between dollar signs, as in "layer $\\ell$"; see plot/text/label.hpp.

/// One axis. Limits and ticks that are not given are chosen from the data of all panels that share the axis.
struct Axis {
  std::string label{};
  ScaleKind scale = ScaleKind::linear;
  std::optional<double> min{};
  std::optional<double> max{};
  bool reversed = false;
  bool is_fitted = false;       // its limits follow from the data even where they are given
  std::vector<double> ticks{};  // major ticks; empty: chosen
  bool counts = false;          // layers, steps, epochs: there is nothing between two whole numbers
  /// Names of the values 0, 1, 2 ..., each of which has a tick; the axis goes from half before the first to half behind
  /// the last. None: the axis shows numbers or dates.
  std::vector<std::string> categories{};
};

/// Every mark is complete (plot/marks/mark.hpp), or nothing compiles.
template <CompleteMark... M>
using CompleteMarks = std::variant<M...>;
using AnyMark = CompleteMarks<HeatMap, Region, Contours, Band, Rule, Line, Points, ErrorBars, Bars, Boxes, Arrows,
                              SlopeGuide, Note>;

/// One of the marks. How all of them are copied, moved and destroyed is compiled once, and not where a figure is made.
struct Mark : AnyMark {
  template <class M>
  requires std::constructible_from<AnyMark, M> && CompleteMark<M> Mark(M mark);
  Mark(const Mark&);
  Mark(Mark&&) noexcept;
  Mark& operator=(const Mark&);
  Mark& operator=(Mark&&) noexcept;
  ~Mark();
};

struct Inset;

struct Panel {
  std::string title{};
  Axis x{}, y{};
  std::vector<Mark> marks{};  // painted in this order
  std::vector<Inset> insets;  // Inset is not known here, which an initialiser {} would ask Clang for
};

/// A small panel inside another, which shows a part of it closely; its frame in fractions of the outer panel, from its
/// bottom left, or in the corner in which it covers least. It moves away from data, and is left out where there is no
/// room for it.
struct Inset {
  std::optional<double> left{}, bottom{};  // not given: of a corner
  double width = 0.4, height = 0.3;
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
