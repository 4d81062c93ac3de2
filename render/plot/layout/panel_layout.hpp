// Where the panels of a figure stand: scales shared, margins measured from their text, equal inner
// sizes.
#pragma once

#include <string>
#include <vector>

#include "plot/figure.hpp"
#include "plot/geometry/box.hpp"
#include "plot/geometry/tick.hpp"
#include "plot/layout/autoscale.hpp"
#include "plot/layout/kept_layout.hpp"
#include "plot/style.hpp"
#include "plot/text/label.hpp"

namespace plot {

/// Panels in rows, and what they have in common; each list has one entry per panel.
struct Grouping {
  std::vector<const Panel*> panels;
  std::size_t columns = 1;
  std::vector<std::string> letters;               // empty: none
  std::vector<std::size_t> x_scale, y_scale;      // panels of one number share the scale
  std::vector<double> row_heights;                // relative; empty: all the same
  std::vector<std::vector<std::size_t>> legends;  // of each panel, the marks that its legend explains; empty: none
  std::vector<std::string> remarks;               // of each panel, what its legend says last; empty: nothing
  std::vector<const KeptPanel*> kept;             // of each panel's last drawing; empty: there was none
  double pace = 0;                                // of labels, from that one to this
};

/// All that drawing one panel needs to know.
struct PanelPlan {
  const Panel* panel = nullptr;
  const KeptPanel* kept = nullptr;  // of its last drawing
  double pace = 0;                  // of labels, from that one to this
  std::string letter;
  std::vector<std::string> title;    // lines
  std::vector<std::string> x_label;  // lines; empty where another panel says it
  std::vector<std::string> y_label;
  std::vector<std::string> bar_label;       // of the colour bar
  bool x_numbers = true, y_numbers = true;  // whether tick labels stand here
  Domain x, y;
  Strips strips;
  std::vector<Tick> x_ticks, y_ticks;
  std::vector<std::size_t> margin_labels;  // marks labelled in the margin to the right
  std::vector<std::size_t> legend;         // marks explained under the panel, for their labels found no place in it
  std::string remark;                      // under the legend: what the drawing leaves out
  double legend_width = 0, legend_height = 0, legend_left = 0, legend_top = 0;
  double title_height = 0;               // from the first line's capitals to the panel
  double left_room = 0, right_room = 0;  // beside the panel, of the column
  double tick_room = 0;                  // width of the y tick labels of the column
  double x_tick_extra = 0;               // height of the x tick labels beyond one line
  bool x_ticks_turned = false;
  Box box;   // the data area
  Box room;  // the data area with its strips
};

struct PanelLayout {
  std::vector<PanelPlan> panels;
  double bottom = 0;          // the lowest point used; below the area when that was too small
  double legend_heights = 0;  // what the legends of all rows take of the height
  double tick_heights = 0;    // the same of tick labels of more than one line
};

/// `tick_heights` of the area are for tick labels of more than one line.
PanelLayout lay_out_panels(const Grouping& grouping, const Box& area, const Style& style, const Measure& measure,
                           double tick_heights = 0);

/// Room for the marker before the label at a line's end, where the line has only few along it.
double label_indent(const SeriesView& series);

/// How far a title stands behind its panel's letter.
double title_indent(const std::string& letter, const Style& style, const Measure& measure);

/// What the strip of values that are not positive is called.
inline const char* name_of_zero_strip(const Strips& strips) { return strips.negative ? "≤ 0" : "0"; }
inline constexpr const char* name_of_infinite_strip = "Inf/NaN";

}  // namespace plot
