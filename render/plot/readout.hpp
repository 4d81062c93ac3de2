// What a reader can read off a drawn panel: where its data area stands, its scales, and the values of its series.
// Pages turn it into crosshairs and tables; the scene itself does not need it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plot/geometry/projected_series.hpp"
#include "plot/layout/drawn.hpp"
#include "text/words.hpp"

namespace plot {

/// Where the ends of bars stand, away from their data.
struct BarsReadout {
  double offset = 0;          // along the axis of their places
  std::vector<double> below;  // what each lies on; empty: nothing
  bool horizontal = false;    // y is the axis of their places
};

/// The data points of one mark that lie in the panel, thinned where they would coincide on paper.
struct SeriesReadout {
  std::string series;  // as in the figure's marks and the scene's items
  std::string name;    // for readers, plain text
  Ink ink = Ink::foreground;
  bool joined = true;              // by a line
  bool theory = false;             // of the series that it bears the name of, without a name of its own
  std::vector<std::size_t> index;  // of each point in the mark's data
  std::vector<double> x, y;
  std::vector<double> lower, upper;  // of the band or bars around the series; empty where there is none
  std::vector<double> left, right;   // the same along x
  std::optional<BarsReadout> bars;   // of which the points are ends
  Steps steps = Steps::none;         // of the line
  bool nan_is_missing = false;       // y that is not a number was not taken; otherwise it is a result
  std::vector<std::string> notes;    // what else is said of each point; empty: nothing
};

/// A heat map's samples, thinned to what a reader can point at: value[row * x.size() + column].
struct MapReadout {
  std::string label;  // of the colour bar, plain text
  std::vector<double> x, y, value;
};

struct AxisReadout {
  std::string label;  // plain text
  Scale scale;
  std::vector<std::string> categories;  // plain text; none: the values are numbers or dates
};

struct PanelReadout {
  std::string title;  // plain text, with the panel's letter
  Box box;
  AxisReadout x, y;
  bool plane = false;  // both axes are places: points are met where they are, not at their x
  std::vector<SeriesReadout> series;
  std::optional<MapReadout> map;
};

/// The panels of a figure as they were drawn; an inset comes after the panel that it stands in.
std::vector<PanelReadout> readout(const Figure& figure, const DrawnFigure& drawn,
                                  const text::Words& words = text::english());

}  // namespace plot
