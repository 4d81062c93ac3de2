// A panel as it was drawn, its parts apart: between the layout of panels and the scene, for whoever asks what is in a
// picture.
#pragma once

#include <string>
#include <vector>

#include "plot/layout/panel_layout.hpp"
#include "plot/layout/placed_label.hpp"
#include "plot/scene.hpp"
#include "text/words.hpp"

namespace plot {

struct DrawnPanel {
  PanelPlan plan;
  std::vector<Item> strips, marks;
  std::vector<std::size_t> shown;  // of each of `marks`, the panel's mark that it shows
  std::vector<Item> inset_paper;   // one an inset
  std::vector<DrawnPanel> insets;
  std::vector<Item> axes, color_bar, title, labels, legend;
  std::vector<std::size_t> unplaced;  // marks whose labels found no free place
  std::vector<PlacedLabel> placed;    // all others, contours' included
  bool is_settled = true;             // no label is on its way to another place (kept_layout.hpp)
  std::string remark;                 // what is left out; empty: nothing
};

struct DrawnFigure {
  double width = 0, height = 0;  // points
  std::vector<Item> title;
  std::vector<DrawnPanel> panels;
};

/// Lays a figure out, `kept` being what another drawing of it left, with other values. The plans point into both, which
/// must live as long.
DrawnFigure draw(const Figure& figure, const Measure& measure, const text::Words& words = text::english(),
                 const KeptLayout& kept = {});

/// All items in the order in which they are painted.
Scene compose(DrawnFigure drawn);

}  // namespace plot
