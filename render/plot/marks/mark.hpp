// What a mark is: a value, and what it answers for itself, all in one file of this folder.
//
// Each mark's header declares the functions that CompleteMark lists, each for its own type; none has a version for all
// types, so that a mark that lacks one does not compile.
#pragma once

#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "plot/geometry/grid.hpp"
#include "plot/geometry/staircase.hpp"
#include "plot/marks/color_bands.hpp"
#include "plot/marks/marker.hpp"
#include "plot/scene.hpp"
#include "text/words.hpp"

namespace plot {

class Autoscaler;        // takes what data ask of the axes
class InkMap;            // takes what is inked
struct PanelContext;     // a panel that is being drawn
struct Frame;            // its data area with its scales
struct Labeller;         // finds places for labels
struct LegendSample;     // the place of a mark's sample in a legend
struct ProjectedSeries;  // data points on paper; empty for a mark that shows none

/// What data in a panel say, whatever they look like: readout, labels, tables, and the marks at the frame ask for it.
enum class Role {
  measured,   // what a run gave
  theory,     // what is expected of it; one without a label bears the name of the series that it lies over
  reference,  // what it is held against: a level, a threshold, a limit
};

/// What a mark is to those that lie on it.
struct Ground {
  bool is_landscape = false;                         // a function of the plane, over which no axis is a value
  std::optional<ColorValues> colors = std::nullopt;  // for the colour bar; none: it has no such colours
};

/// Points that are the ends of bars, and do not stand at their data where bars stand side by side or on one another.
struct BarEnds {
  double offset = 0;                // along the axis of their places
  std::span<const double> below{};  // what each lies on; empty: nothing
  bool horizontal = false;          // y is the axis of their places
};

/// The data points of a mark that shows them one by one.
struct SeriesView {
  const std::string &name, &label;
  const std::vector<double>&x, &y;
  Ink ink;
  Role role;
  bool joined;  // by a line
  double line_width;
  Marker marker;
  double marker_size;
  bool marker_filled;
  double marker_gap;             // points of paper along x from marker to marker; 0: one at every data point
  bool is_drawn_singly = false;  // bars through its points, or sizes or colours of their own
  std::optional<BarEnds> bars = std::nullopt;
  Steps steps = Steps::none;    // of its line
  bool nan_is_missing = false;  // no value was taken there; otherwise it is a result, which is marked in a strip
  std::optional<text::Phrase> remark = std::nullopt;  // what the legend says of how the points are drawn

  std::size_t size() const { return x.size() < y.size() ? x.size() : y.size(); }
  /// Where a point stands, in the axes' values.
  std::pair<double, double> place(std::size_t i) const {
    if (!bars) return {x[i], y[i]};
    const double below = i < bars->below.size() ? bars->below[i] : 0;
    return bars->horizontal ? std::pair{x[i] + below, y[i] + bars->offset}
                            : std::pair{x[i] + bars->offset, y[i] + below};
  }
  bool marks_every_point() const { return marker != Marker::none && marker_gap <= 0; }
};

/// In how many places a label can stand: those that have only one choose first, those that can stand anywhere last.
enum class Freedom { at_its_place, at_its_shape, along_its_data, along_a_line, in_an_area };

/// What is written at a mark, or in the legend where that found no place.
struct MarkLabel {
  std::string text{};  // empty: none
  Freedom freedom = Freedom::at_its_place;
  Ink ink = Ink::foreground;  // in the legend
  std::string in_legend{};    // the words there; empty: the same
  /// In the legend it stands beside this series' sample, not the mark's own; empty: beside none.
  std::optional<std::string> sample_of{};
};

/// What can be read off a panel's marks.
struct ReadoutParts {
  /// Around the points of a series in one role, whose x it repeats; none along x where left and right are empty, none
  /// along y where lower and upper are.
  struct Bounds {
    const std::string& series;
    Role role;
    std::span<const double> x, lower, upper, left = {}, right = {};
  };
  struct Map {
    const std::string& label;
    const Grid& grid;
  };
  /// What can be said of each point of one of the series, besides its values; plain text.
  struct Notes {
    std::size_t series;
    std::vector<std::string> texts;
  };
  const text::Words& words;  // of the document's language
  std::vector<SeriesView> series{};
  std::vector<Bounds> bounds{};
  std::vector<Notes> notes{};
  std::optional<Map> map{};
};

template <class M>
concept CompleteMark = requires(const M& mark, Autoscaler& axes, const ProjectedSeries& projected, const Frame& frame,
                                InkMap& ink_map, PanelContext& context, std::size_t index, Labeller& labeller,
                                LegendSample& sample, ReadoutParts& readout) {
  { ground_of(mark) } -> std::same_as<Ground>;
  /// The data points that it shows one by one: they are thinned, get marks where they leave the panel, and are read
  /// out.
  { series_of(mark) } -> std::same_as<std::optional<SeriesView>>;
  { fit_axes(mark, axes) } -> std::same_as<void>;
  /// Inks what labels should not cover.
  { occupy(mark, projected, frame, ink_map) } -> std::same_as<void>;
  { paint(mark, projected, context) } -> std::same_as<void>;
  { label_of(mark) } -> std::same_as<MarkLabel>;
  /// Puts its label, which is not empty, in the panel, or leaves it to the legend; `index` is the mark's place in the
  /// panel.
  { place_label(mark, index, labeller) } -> std::same_as<void>;
  /// What stands for it in a legend.
  { draw_sample(mark, sample) } -> std::same_as<void>;
  { add_readout(mark, readout) } -> std::same_as<void>;
};

}  // namespace plot
