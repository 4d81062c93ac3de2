// Series drawn as a directive asks for them: measured ones in the marks that it names, theory dashed over them,
// references muted.
#pragma once

#include <string>
#include <vector>

#include "experiment/drawing/drawing_request.hpp"
#include "experiment/series.hpp"
#include "plot/figure.hpp"

namespace experiment {

/// A series, and what its points are beside their places.
struct DrawnSeries : Series {
  std::string label;                  // of its curve; empty: none
  std::vector<double> sizes, colors;  // of points: what their areas and their colours stand for
};

/// Labels and the title are those of drawings, in which dollars begin mathematics.
struct SeriesPanel : PanelInfo {
  std::vector<DrawnSeries> series;
};

struct SeriesStyle {
  std::string size_label, color_label;
  bool nan_is_missing = false;  // where y is not a number, none was taken; otherwise it is a result
  bool shares_bins = false;     // histograms of all panels have the same
};

/// Whether no place of x has two values, so that they can be joined.
bool has_one_value_a_place(const Series& series);

/// One panel for each. Without marks in the request: lines, with their bands; over categories bars, or boxes where a
/// place has several values. A series of one name looks the same in all panels. Throws std::runtime_error when the
/// request asks for bounds, and no series has any.
std::vector<plot::Panel> drawn(const std::vector<SeriesPanel>& panels, const DrawingRequest& request,
                               const SeriesStyle& style);

}  // namespace experiment
